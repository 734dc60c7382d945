// ContextChart: the KV cache against the context on a logarithmic axis, one line per cache format, what is free for it,
// where it is full, and a cursor at the scenario's context that can be dragged.
#pragma once

#include <QPointer>
#include <optional>

#include "ui/charts/axis_scale.h"
#include "ui/charts/context_curves.h"
#include "ui/charts/plotted_chart.h"

class QLineSeries;
class QValueAxis;

namespace headroom::ui {

class ContextChart : public PlottedChart {
  Q_OBJECT

 public:
  explicit ContextChart(QWidget* parent = nullptr);

  QString title() const override;
  QSize minimumSizeHint() const override { return {340, 220}; }
  QSize sizeHint() const override { return {560, 320}; }

  const ContextPicture& picture() const { return picture_; }
  const AxisScale& scale() const { return scale_; }
  // Where a context stands on the axis, and back.
  double xOf(double tokens) const;
  double contextAt(double x) const;
  using PlottedChart::plotRect;
  // Where words about a point stand, clear of what is taken.
  QRectF roomBeside(const QPointF& at, const QFontMetricsF& metrics, const QString& text,
                    const std::vector<QRectF>& taken) const;
  // Points of a line as drawn: (log2 tokens, value in the unit shown).
  QList<QPointF> shownPoints(int line) const;
  QColor shownColour(int line) const;

 Q_SIGNALS:
  // The cursor was moved here: at every step of a drag and once more at its end.
  void contextPicked(qint64 tokens);
  // Around a drag or a run of key presses, so that it can be one step to undo.
  void dragStarted();
  void dragFinished();

 protected:
  void applySnapshot() override;
  void updateLayout() override;
  void paintUnder(QPainter& painter) const override;
  void paintOver(QPainter& painter) const override;
  void hoverAt(const QPointF& at, const QPoint& global) override;
  void pressAt(const QPointF& at) override;
  void dragTo(const QPointF& at) override;
  void clickAt(const QPointF& at) override;
  void applyTheme() override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  void updateSeries();
  void styleLines();
  double ceiling() const;  // bytes at the top of the axis
  double yOf(double bytes) const;
  double cursorContext() const;
  void pickAt(double x);
  QString sentence() const;

  void paintContextAxis(QPainter& painter) const;
  void paintFree(QPainter& painter) const;
  void paintFreeLabel(QPainter& painter) const;
  void paintCrossings(QPainter& painter) const;
  void paintCursor(QPainter& painter) const;
  std::pair<QRectF, QString> freeLabel(const QFontMetricsF& metrics) const;
  void paintLegend(QPainter& painter) const;
  // detail: 0 the name, 1 where it is full, 2 the same in words
  QString legendText(const ContextLine& line, int detail) const;
  QColor lineColour(std::size_t line) const;

  QValueAxis *contexts_, *values_;
  QList<QLineSeries*> series_;
  ContextPicture picture_;
  AxisScale scale_;
  double divisor_ = 1;
  bool dragging_ = false;
  std::optional<std::int64_t> picked_;  // while dragging: before the document has answered
};

}  // namespace headroom::ui
