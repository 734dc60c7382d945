// MarkKey: what the lines, whiskers and hatching over a chart's bars mean, for its legend.
#pragma once

#include <QPointF>
#include <QString>
#include <vector>

#include "ui/charts/stack.h"
#include "ui/style/theme.h"

class QPainter;

namespace headroom::ui {

enum class Mark { capacity, usable, band, releasable, overflow };

// The marks that charts of these stacks show.
std::vector<Mark> marksOf(const std::vector<Stack>& stacks);
// "capacity", "band of measured runs", "does not fit"; translated.
QString markName(Mark mark);
// Its picture, about 12 wide and high, around `centre`.
void paintMark(QPainter& painter, const QPointF& centre, Mark mark, const Theme& theme);

}  // namespace headroom::ui
