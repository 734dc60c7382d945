#include "ui/charts/memory_bar.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/charts/marks.h"
#include "ui/languages/core_text.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr double kBarHeight = 32, kGap = 6, kFocusRing = 3;

double number(Bytes bytes) {
  return static_cast<double>(bytes.value());
}

}  // namespace

MemoryBar::MemoryBar(QWidget* parent) : PaintedChart(parent) {
  setObjectName(QStringLiteral("memoryBar"));
  setAccessibleName(tr("Memory bar"));
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

// Two rows of text, one above for the limits and one below for the values: the height never depends on the numbers.
QSize MemoryBar::sizeHint() const {
  const double line = QFontMetricsF(font()).height();
  return {640, static_cast<int>(std::ceil(kBarHeight + 2 * (line + kGap)))};
}

QSize MemoryBar::minimumSizeHint() const {
  return {320, sizeHint().height()};
}

QRectF MemoryBar::barRect(const QRectF& area) const {
  const double line = QFontMetricsF(font()).height();
  return {area.left() + kFocusRing, area.top() + line + kGap, area.width() - 2 * kFocusRing, kBarHeight};
}

void MemoryBar::setHighlight(std::optional<ComponentId> id) {
  if (highlight_ == id) return;
  highlight_ = id;
  update();
}

void MemoryBar::applySnapshot() {
  if (snapshot().estimate.ranks.empty()) return;
  const RankEstimate& rank = snapshot().estimate.heaviest();
  const bool one = snapshot().estimate.ranks.size() == 1;
  stack_ = stackOf(rank, one ? QString() : coreText(rank.label));
  shown_ = shownComponents({stack_});
  if (current_ >= shown_.size()) current_ = 0;
  if (hover_ && stack_.at(*hover_) == Bytes(0)) hover_.reset();
  setAccessibleDescription(spoken(stack_, snapshot().unit));
  update();
}

double MemoryBar::xOf(const QRectF& bar, double bytes) const {
  const double extent = number(stack_.extent());
  return bar.left() + (extent > 0 ? bytes / extent : 0) * bar.width();
}

QRectF MemoryBar::segmentIn(const QRectF& bar, ComponentId id) const {
  double before = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(id); ++i) before += number(stack_.bytes[i]);
  const double left = xOf(bar, before);
  return {left, bar.top(), xOf(bar, before + number(stack_.at(id))) - left, bar.height()};
}

QRectF MemoryBar::segmentRect(ComponentId id) const {
  return segmentIn(barRect(rect()), id);
}

std::optional<ComponentId> MemoryBar::currentSegment() const {
  return current_ < shown_.size() ? std::optional(shown_[current_]) : std::nullopt;
}

std::optional<ComponentId> MemoryBar::segmentAt(const QPointF& position) const {
  // From the right, so that a sliver wins over the broad neighbour whose edge it shares.
  for (auto id = shown_.rbegin(); id != shown_.rend(); ++id) {
    if (segmentRect(*id).adjusted(-0.5, 0, 0.5, 0).contains(position)) return *id;
  }
  return std::nullopt;
}

void MemoryBar::hoverAt(const QPointF& at, const QPoint& global) {
  const auto id = segmentAt(at);
  if (id != hover_) {
    hover_ = id;
    update();
    if (id) {
      Q_EMIT componentHovered(*id);
    } else {
      Q_EMIT hoverLeft();
    }
  }
  if (id) {
    QToolTip::showText(global, segmentTip(stack_, *id, &snapshot().estimate.heaviest().ledger, snapshot().unit), this);
  } else {
    QToolTip::hideText();
  }
}

void MemoryBar::clickAt(const QPointF& at) {
  const auto id = segmentAt(at);
  if (!id) return;
  current_ = static_cast<std::size_t>(std::find(shown_.begin(), shown_.end(), *id) - shown_.begin());
  Q_EMIT componentActivated(*id);
}

void MemoryBar::leave() {
  if (!hover_) return;
  hover_.reset();
  update();
  Q_EMIT hoverLeft();
}

void MemoryBar::keyPressEvent(QKeyEvent* event) {
  if (shown_.empty()) return PaintedChart::keyPressEvent(event);
  const std::size_t last = shown_.size() - 1;
  switch (event->key()) {
    case Qt::Key_Left:
      current_ = current_ > 0 ? current_ - 1 : 0;
      break;
    case Qt::Key_Right:
      current_ = std::min(current_ + 1, last);
      break;
    case Qt::Key_Home:
      current_ = 0;
      break;
    case Qt::Key_End:
      current_ = last;
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      Q_EMIT componentActivated(shown_[current_]);
      return;
    default:
      return PaintedChart::keyPressEvent(event);
  }
  Q_EMIT componentHovered(shown_[current_]);
  const QRectF segment = segmentRect(shown_[current_]);
  QToolTip::showText(mapToGlobal(segment.center().toPoint()),
                     segmentTip(stack_, shown_[current_], &snapshot().estimate.heaviest().ledger, snapshot().unit),
                     this);
  update();
}

}  // namespace headroom::ui
