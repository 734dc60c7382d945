// MemoryBar: the one wide bar under the verdict. The heaviest rank's memory from left to right, what is left, the
// limit, and what does not fit, hatched. Painted by hand: it is the widget that every slider step repaints.
#pragma once

#include <optional>

#include "ui/charts/painted_chart.h"
#include "ui/charts/stack.h"

namespace headroom::ui {

class MemoryBar : public PaintedChart {
  Q_OBJECT

 public:
  explicit MemoryBar(QWidget* parent = nullptr);

  void setHighlight(std::optional<ComponentId> id);

  void paintFigure(QPainter& painter, const QRectF& target) override;
  QString title() const override { return tr("Memory of the fullest device"); }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

  const Stack& stack() const { return stack_; }
  // Where a segment lies; empty for a component that is not there.
  QRectF segmentRect(ComponentId id) const;
  // The segment the keyboard is on.
  std::optional<ComponentId> currentSegment() const;

 protected:
  void applySnapshot() override;
  void paintEvent(QPaintEvent* event) override;
  void hoverAt(const QPointF& at, const QPoint& global) override;
  void leave() override;
  void clickAt(const QPointF& at) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QRectF barRect(const QRectF& area) const;
  double xOf(const QRectF& bar, double bytes) const;
  QRectF segmentIn(const QRectF& bar, ComponentId id) const;
  std::optional<ComponentId> segmentAt(const QPointF& position) const;

  void paintBar(QPainter& painter, const QRectF& bar) const;
  void paintName(QPainter& painter, const QRectF& bar, const QRectF& segment, ComponentId id) const;
  void paintFree(QPainter& painter, const QRectF& bar) const;
  void paintMarks(QPainter& painter, const QRectF& bar) const;
  // Returns where the label begins; `rightmost` is where it has to end.
  double paintLevel(QPainter& painter, const QRectF& bar, Bytes bytes, const QString& label, Qt::PenStyle style,
                    double rightmost) const;
  void paintValues(QPainter& painter, const QRectF& row) const;

  Stack stack_;
  std::vector<ComponentId> shown_;
  std::optional<ComponentId> hover_, highlight_;
  std::size_t current_ = 0;  // of shown_
};

}  // namespace headroom::ui
