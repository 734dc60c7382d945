// Markers: the shapes by which the points of a chart tell apart what they are.
#pragma once

#include <QPointF>

class QPainter;

namespace headroom::ui {

// Circle, square, triangle, pentagon, diamond; with the painter's pen and brush.
void paintMarker(QPainter& painter, std::size_t kind, const QPointF& centre, double size);

}  // namespace headroom::ui
