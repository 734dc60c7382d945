#include "ui/charts/breakdown_legend.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

#include "ui/charts/marks.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr double kSwatchRoom = 20, kValueGap = 16, kRowsBeside = 2;  // heading and total

}  // namespace

void BreakdownLegend::arrange(const Stack& stack, const std::vector<ComponentId>& shown, ByteUnit unit,
                              const QFont& font, double height, bool heading, Detail detail,
                              const std::vector<Mark>& marks) {
  rowHeight_ = QFontMetricsF(font).height() * 1.4;
  detail_ = detail;
  heading_ = heading ? stack.label : QString();
  total_ = inUnit(stack.total, unit);
  rows_.clear();
  const double beside = detail == Detail::names ? 1 : kRowsBeside;  // names alone have no total
  const auto room = static_cast<std::size_t>(std::max(1.0, height / rowHeight_ - beside));
  std::vector<ComponentId> listed = shown;
  Bytes rest;
  std::size_t others = 0;
  while (listed.size() + (others > 0 ? 1 : 0) > room && listed.size() > 1) {
    const auto least = std::min_element(listed.begin(), listed.end(),
                                        [&](ComponentId a, ComponentId b) { return stack.at(a) < stack.at(b); });
    rest += stack.at(*least);
    ++others;
    listed.erase(least);
  }
  if (others > 0)
    rows_.push_back(
        {std::nullopt, headroom::ui::tr("%n others", nullptr, static_cast<int>(others)), inUnit(rest, unit)});
  for (auto id = listed.rbegin(); id != listed.rend(); ++id)
    rows_.push_back({*id, componentName(*id), inUnit(stack.at(*id), unit)});
  const double left = height / rowHeight_ - static_cast<double>(rows_.size()) - kRowsBeside;
  marks_ = marks;
  if (left < static_cast<double>(marks.size())) marks_.resize(static_cast<std::size_t>(std::max(0.0, left)));
}

double BreakdownLegend::widthFor(const std::vector<Stack>& stacks, const std::vector<ComponentId>& shown, ByteUnit unit,
                                 const QFont& font, Detail detail) {
  if (detail == Detail::none) return 0;
  const QFontMetricsF metrics(scaledFont(font, 1, true));
  double name = metrics.horizontalAdvance(headroom::ui::tr("Total")), value = 0, heading = 0;
  for (ComponentId id : shown) name = std::max(name, metrics.horizontalAdvance(componentName(id)));
  if (detail == Detail::names) return kSwatchRoom + name;
  for (const Stack& stack : stacks) {
    value = std::max(value, metrics.horizontalAdvance(withUnit(stack.total, unit)));
    heading = std::max(heading, metrics.horizontalAdvance(stack.label));
  }
  return std::max(kSwatchRoom + name + kValueGap + value, heading) + 4;
}

void BreakdownLegend::paint(QPainter& painter, const QRectF& area, std::optional<ComponentId> marked,
                            const Theme& theme) const {
  if (detail_ == Detail::none) return;
  const bool values = detail_ == Detail::values;
  const QFont plain = painter.font();
  const QFont strong = scaledFont(plain, 1, true);
  QRectF row(area.left(), firstRow(area) - rowHeight_, area.width(), rowHeight_);
  painter.setPen(theme.quietText);
  if (!heading_.isEmpty() && values) painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, heading_);
  for (const Row& entry : rows_) {
    row.translate(0, rowHeight_);
    if (entry.id) paintSwatch(painter, QPointF(row.left() + 6, row.center().y()), *entry.id, theme);
    painter.setFont(entry.id && entry.id == marked ? strong : plain);
    painter.setPen(entry.id ? theme.text : theme.quietText);
    painter.drawText(row.adjusted(kSwatchRoom, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, entry.name);
    if (values) painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, entry.value);
  }
  painter.setFont(plain);
  if (!values) return;
  row.translate(0, rowHeight_);
  painter.setPen(QPen(theme.line, 1));
  painter.drawLine(row.topLeft() + QPointF(kSwatchRoom, 1), row.topRight() + QPointF(0, 1));
  painter.setFont(strong);
  painter.setPen(theme.text);
  painter.drawText(row.adjusted(kSwatchRoom, 2, 0, 2), Qt::AlignLeft | Qt::AlignVCenter, headroom::ui::tr("Total"));
  painter.drawText(row.adjusted(0, 2, 0, 2), Qt::AlignRight | Qt::AlignVCenter, total_);
  painter.setFont(plain);
  row.translate(0, 4);
  for (const Mark mark : marks_) {
    row.translate(0, rowHeight_);
    paintMark(painter, QPointF(row.left() + 6, row.center().y()), mark, theme);
    painter.setPen(theme.quietText);
    painter.drawText(row.adjusted(kSwatchRoom, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, markName(mark));
  }
}

std::optional<ComponentId> BreakdownLegend::componentAt(const QRectF& area, const QPointF& position) const {
  if (detail_ == Detail::none || position.x() < area.left() || position.x() > area.right()) return std::nullopt;
  const double row = (position.y() - firstRow(area)) / rowHeight_;
  if (row < 0 || row >= static_cast<double>(rows_.size())) return std::nullopt;
  return rows_[static_cast<std::size_t>(row)].id;
}

}  // namespace headroom::ui
