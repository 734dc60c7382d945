#include "ui/charts/marker.h"

#include <QPainter>
#include <cmath>

namespace headroom::ui {

void paintMarker(QPainter& p, std::size_t kind, const QPointF& c, double size) {
  const double r = size / 2;
  const QRectF box(c.x() - r, c.y() - r, size, size);
  switch (kind) {
    case 0:
      return p.drawEllipse(box);
    case 1:
      return p.drawRect(box);
    case 2:
      return p.drawPolygon(QPolygonF({{c.x(), box.top()}, box.bottomRight(), box.bottomLeft()}));
    case 3: {
      QPolygonF pentagon;
      for (int i = 0; i < 5; ++i) {
        const double angle = -M_PI / 2 + i * 2 * M_PI / 5;
        pentagon << c + QPointF(r * std::cos(angle), r * std::sin(angle));
      }
      return p.drawPolygon(pentagon);
    }
    default:
      return p.drawPolygon(
          QPolygonF({{c.x(), box.top()}, {box.right(), c.y()}, {c.x(), box.bottom()}, {box.left(), c.y()}}));
  }
}

}  // namespace headroom::ui
