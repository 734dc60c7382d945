#include "ui/charts/stacked_chart.h"

#include <QtCharts/QBarSet>
#include <QtCharts/QChart>
#include <QtCharts/QStackedBarSeries>
#include <QtCharts/QValueAxis>
#include <algorithm>

#include "ui/style/text.h"

namespace headroom::ui {
namespace {

double number(Bytes bytes) {
  return static_cast<double>(bytes.value());
}

}  // namespace

StackedChart::StackedChart(QWidget* parent)
    : PlottedChart(parent), series_(new QStackedBarSeries), categories_(new QValueAxis), values_(new QValueAxis) {
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    sets_[i] = new QBarSet(componentName(static_cast<ComponentId>(i)));
    sets_[i]->setPen(Qt::NoPen);
    series_->append(sets_[i]);
  }
  QChart* chart = view()->chart();
  chart->addSeries(series_);
  chart->addAxis(categories_, Qt::AlignBottom);
  chart->addAxis(values_, Qt::AlignLeft);
  series_->attachAxis(categories_);
  series_->attachAxis(values_);
  categories_->setVisible(false);
  values_->setVisible(false);
}

void StackedChart::setStacks(std::vector<Stack> stacks) {
  divisor_ = static_cast<double>(snapshot().unit == ByteUnit::gib ? kGiB : kGB);
  stacks_ = std::move(stacks);
  shown_ = shownComponents(stacks_);
  double largest = 0;
  for (const Stack& s : stacks_) largest = std::max(largest, number(s.extent()));
  scale_ = niceScale(largest / divisor_);
  updateSeries();
}

void StackedChart::updateSeries() {
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    QBarSet* set = sets_[i];
    if (set->count() > columns()) set->remove(columns(), set->count() - columns());
    for (int c = 0; c < columns(); ++c) {
      const double value = number(stacks_[static_cast<std::size_t>(c)].bytes[i]) / divisor_;
      if (c >= set->count()) {
        set->append(value);
      } else if (set->at(c) != value) {
        set->replace(c, value);
      }
    }
  }
  categories_->setRange(-0.5, std::max(columns(), 1) - 0.5);
  values_->setRange(0, scale_.maximum);
}

void StackedChart::applyTheme() {
  for (std::size_t i = 0; i < kComponentCount; ++i) sets_[i]->setColor(theme().colour(static_cast<ComponentId>(i)));
  PlottedChart::applyTheme();
}

double StackedChart::shownValue(ComponentId id, int column) const {
  return sets_[static_cast<std::size_t>(id)]->at(column);
}
QColor StackedChart::shownColour(ComponentId id) const {
  return sets_[static_cast<std::size_t>(id)]->color();
}

double StackedChart::yOf(double bytes) const {
  const QRectF plot = plotRect();
  return plot.bottom() - bytes / divisor_ / scale_.maximum * plot.height();
}

void StackedChart::setBarWidth(double share) {
  series_->setBarWidth(share);
}

QRectF StackedChart::segmentRect(int column, ComponentId id) const {
  const Stack& stack = stacks_[static_cast<std::size_t>(column)];
  double below = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(id); ++i) below += number(stack.bytes[i]);
  const double top = yOf(below + number(stack.at(id)));
  const QRectF rect = columnRect(column);
  return {rect.left(), top, rect.width(), yOf(below) - top};
}

}  // namespace headroom::ui
