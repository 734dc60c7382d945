// ChartFigure: a chart as it goes into a report. Title, verdict, the chart with its legend, what was asked, and the
// version and date, at a fixed size in the light theme, whatever the window looks like.
#pragma once

#include <QDate>
#include <QFont>
#include <QSize>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>

#include "ui/document/snapshot.h"

class QPainter;

namespace headroom::ui {

class Chart;

// The charts by the name that --view takes: "breakdown", "moments", "bar", "context", "compare", "devices".
QStringList chartNames();
// One line about a chart, for help texts; empty for an unknown name.
QString chartSummary(const QString& name);
// A new chart of that name; nullptr for an unknown one. Needs a QApplication.
std::unique_ptr<Chart> makeChart(const QString& name);

class ChartFigure {
 public:
  // name: one of chartNames(). Lays the chart out off screen; needs a QApplication, but no display and no event loop.
  // prepare is told the chart first.
  ChartFigure(const Snapshot& snapshot, const QString& name, QSize size, QDate date,
              const std::function<void(Chart&)>& prepare = {});
  ~ChartFigure();

  // Widened where the chart needs more room than was asked for.
  QSize size() const { return size_; }
  QString title() const;
  // The chart in a sentence: alternative text.
  QString description() const;
  void paint(QPainter& painter) const;

 private:
  QRectF chartArea() const;

  const Snapshot& snapshot_;
  std::unique_ptr<Chart> chart_;
  QSize size_;
  QDate date_;
  QFont font_;
};

// "inference · vllm · weights bf16 · KV cache bf16 · batch 4 · context 8 192 · GeForce RTX 4090": what was asked.
QString inputsLine(const Snapshot& snapshot);

// The size a chart of that name is exported at unless told otherwise.
QSize usualSize(const QString& name);

}  // namespace headroom::ui
