// Lines of several series: colours apart from every component's, dashes of their own, and the legend that names them.
#pragma once

#include <QColor>
#include <QPen>
#include <QStringList>

#include "ui/style/theme.h"

class QPainter;
class QFontMetricsF;

namespace headroom::ui {

QColor lineColour(std::size_t line, const Theme& theme);
QPen linePen(std::size_t line, const Theme& theme);

struct LineLegend {
  QStringList labels, notes;  // notes may be fewer, or none
};

// Two columns from the top left of `width`, one for a single line and where two have no room for their notes; a label
// that does not fit is elided, the note behind it never.
void paintLineLegend(QPainter& painter, const LineLegend& legend, double width, const Theme& theme);
double lineLegendHeight(const LineLegend& legend, double width, const QFontMetricsF& metrics);

}  // namespace headroom::ui
