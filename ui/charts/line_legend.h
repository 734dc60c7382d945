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

// Two columns from the top left of `width`, one for a single line; what does not fit is elided. `notes` stand behind
// the labels whole.
void paintLineLegend(QPainter& painter, const QStringList& labels, const QStringList& notes, double width,
                     const Theme& theme);
double lineLegendHeight(qsizetype lines, const QFontMetricsF& metrics);

}  // namespace headroom::ui
