// The legend of the breakdown: one row per component of one column, top of the stack first, with its value.
#pragma once

#include <QRectF>
#include <optional>
#include <vector>

#include "ui/charts/mark_key.h"
#include "ui/charts/stack.h"
#include "ui/style/theme.h"

class QPainter;
class QFont;

namespace headroom::ui {

class BreakdownLegend {
 public:
  // How much of itself it shows: at small sizes the table beside the chart names the colours.
  enum class Detail { none, names, values };

  // Arranges the rows of `stack` for a height; components that do not find room are summed as "others". What the marks
  // over the bars mean stands below the total, where there is room left.
  void arrange(const Stack& stack, const std::vector<ComponentId>& shown, ByteUnit unit, const QFont& font,
               double height, bool heading, Detail detail, const std::vector<Mark>& marks = {});

  // Width that every value of these stacks fits into, so that the plot beside it does not jump.
  static double widthFor(const std::vector<Stack>& stacks, const std::vector<ComponentId>& shown, ByteUnit unit,
                         const QFont& font, Detail detail);

  void paint(QPainter& painter, const QRectF& area, std::optional<ComponentId> marked, const Theme& theme) const;
  std::optional<ComponentId> componentAt(const QRectF& area, const QPointF& position) const;

 private:
  struct Row {
    std::optional<ComponentId> id;  // empty: others, or the total
    QString name, value;
  };
  double firstRow(const QRectF& area) const { return area.top() + (heading_.isEmpty() ? 0 : rowHeight_); }

  std::vector<Row> rows_;
  std::vector<Mark> marks_;
  QString heading_, total_;
  double rowHeight_ = 20;
  Detail detail_ = Detail::values;
};

}  // namespace headroom::ui
