#include "ui/charts/mark_key.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/charts/marks.h"
#include "ui/languages/tr.h"

namespace headroom::ui {
namespace {

constexpr double kReach = 6;

bool differs(Bytes limit, Bytes capacity) {
  const auto a = static_cast<double>(limit.value()), b = static_cast<double>(capacity.value());
  return std::abs(a - b) > 0.005 * std::max(a, b);  // as the line is drawn
}

bool shows(const Stack& s, Mark mark) {
  switch (mark) {
    case Mark::capacity:
      return s.capacity.has_value();
    case Mark::usable:
      return s.limit && s.limit->value() > 0 && (!s.capacity || differs(*s.limit, *s.capacity));
    case Mark::band:
      return s.high > s.low;
    case Mark::releasable:
      return s.releasable > Bytes(0);
    case Mark::overflow:
      return s.overflows();
  }
  return false;
}

}  // namespace

std::vector<Mark> marksOf(const std::vector<Stack>& stacks) {
  std::vector<Mark> marks;
  for (const Mark mark : {Mark::capacity, Mark::usable, Mark::band, Mark::releasable, Mark::overflow})
    if (std::any_of(stacks.begin(), stacks.end(), [mark](const Stack& s) { return shows(s, mark); }))
      marks.push_back(mark);
  return marks;
}

QString markName(Mark mark) {
  switch (mark) {
    case Mark::capacity:
      return tr("capacity");
    case Mark::usable:
      return tr("usable");
    case Mark::band:
      return tr("band of runs");
    case Mark::releasable:
      return tr("gives way");
    case Mark::overflow:
      return tr("does not fit");
  }
  return {};
}

void paintMark(QPainter& painter, const QPointF& centre, Mark mark, const Theme& theme) {
  const QRectF box(centre - QPointF(kReach, kReach), QSizeF(2 * kReach, 2 * kReach));
  switch (mark) {
    case Mark::capacity:
    case Mark::usable:
      painter.setPen(QPen(theme.text, 1.5, mark == Mark::capacity ? Qt::SolidLine : Qt::DashLine));
      painter.drawLine(QPointF(box.left(), centre.y()), QPointF(box.right(), centre.y()));
      return;
    case Mark::band:
      return paintWhisker(painter, {centre.x(), box.bottom()}, {centre.x(), box.top()}, theme, 4);
    case Mark::releasable:
      painter.setPen(Qt::NoPen);
      painter.setBrush(theme.quietText);
      painter.drawRect(box.adjusted(1, 1, -1, -1));
      return paintReleasable(painter, box.adjusted(1, 1, -1, -1), theme);
    case Mark::overflow:
      return paintOverflow(painter, box.adjusted(0, 1, 0, -1), theme);
  }
}

}  // namespace headroom::ui
