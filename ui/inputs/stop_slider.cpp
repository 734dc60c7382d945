#include "ui/inputs/stop_slider.h"

#include <QKeyEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QWheelEvent>
#include <cmath>

#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

constexpr int kInset = 10;  // room for half a handle and its focus ring at each end
constexpr int kGrooveY = 12;
constexpr int kHandle = 8;  // radius
constexpr int kGroove = 4;  // thickness
constexpr int kWheelNotch = 120;

}  // namespace

StopSlider::StopSlider(QWidget* parent) : QSlider(Qt::Horizontal, parent) {
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setTracking(true);
  // Whatever moves the slider that is not showValue() (assistive technology included) is the user's choice.
  connect(this, &QSlider::valueChanged, this, [this] { Q_EMIT stopChosen(static_cast<int>(std::lround(position()))); });
}

void StopSlider::setScale(StopScale scale) {
  if (scale == scale_) return;
  scale_ = std::move(scale);
  const QSignalBlocker quiet(this);
  setRange(0, (scale_.size() - 1) * kSub);
  setSingleStep(kSub);
  setPageStep(kSub * 2);
  update();
}

void StopSlider::showValue(double value) {
  const QSignalBlocker quiet(this);
  setValue(static_cast<int>(std::lround(scale_.positionOf(value) * kSub)));
}

void StopSlider::setMarks(std::optional<double> fits, std::optional<double> native) {
  if (fits == fits_ && native == native_) return;
  fits_ = fits;
  native_ = native;
  update();
}

int StopSlider::xOf(double position) const {
  const int span = width() - 2 * kInset;
  return kInset + static_cast<int>(std::lround(scale_.size() > 1 ? span * position / (scale_.size() - 1) : 0));
}

int StopSlider::stopAt(int x) const {
  const double span = std::max(1, width() - 2 * kInset);
  return std::clamp(static_cast<int>(std::lround((x - kInset) / span * (scale_.size() - 1))), 0,
                    std::max(0, scale_.size() - 1));
}

QSize StopSlider::sizeHint() const {
  return {200, kGrooveY + kHandle + labelsHeight()};
}
int StopSlider::labelsHeight() const {
  return QFontMetrics(font()).height() + 6;
}
QSize StopSlider::minimumSizeHint() const {
  return {120, sizeHint().height()};
}

void StopSlider::choose(int stop) {
  setValue(stop * kSub);
}

void StopSlider::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  setSliderDown(true);  // emits sliderPressed: a drag begins
  choose(stopAt(event->pos().x()));
  event->accept();
}

void StopSlider::mouseMoveEvent(QMouseEvent* event) {
  if (!isSliderDown()) return event->ignore();
  choose(stopAt(event->pos().x()));
}

void StopSlider::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !isSliderDown()) return event->ignore();
  setSliderDown(false);
}

void StopSlider::keyPressEvent(QKeyEvent* event) {
  const double at = position();
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
      return choose(scale_.next(at, -1));
    case Qt::Key_Right:
    case Qt::Key_Up:
      return choose(scale_.next(at, +1));
    case Qt::Key_PageDown:
      return choose(scale_.next(at, -2));
    case Qt::Key_PageUp:
      return choose(scale_.next(at, +2));
    case Qt::Key_Home:
      return choose(0);
    case Qt::Key_End:
      return choose(scale_.size() - 1);
    default:
      event->ignore();
  }
}

void StopSlider::wheelEvent(QWheelEvent* event) {
  // Scrolling the panel past a slider must not change it.
  if (!hasFocus()) return event->ignore();
  wheelRest_ += event->angleDelta().y();
  const int notches = wheelRest_ / kWheelNotch;
  wheelRest_ -= notches * kWheelNotch;
  if (notches != 0) choose(scale_.next(position(), notches > 0 ? 1 : -1));
  event->accept();
}

bool StopSlider::event(QEvent* event) {
  if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave) {
    hovered_ = event->type() == QEvent::HoverEnter;
    update();
  }
  return QSlider::event(event);
}

void StopSlider::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::current();
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  p.setPen(Qt::NoPen);
  const int last = scale_.size() - 1;
  const int x = xOf(position());
  const auto groove = [&](int from, int to, const QColor& colour) {
    if (to <= from) return;
    p.setBrush(colour);
    p.drawRoundedRect(QRectF(from, kGrooveY - kGroove / 2.0, to - from, kGroove), kGroove / 2.0, kGroove / 2.0);
  };
  QColor quiet = theme.quietText;
  quiet.setAlphaF(0.28F);
  groove(xOf(0), xOf(last), isEnabled() ? quiet : theme.line);
  if (fits_) {
    QColor full = theme.exceeds;
    full.setAlphaF(0.42F);
    groove(*fits_ < scale_[0].value ? xOf(0) : xOf(scale_.positionOf(*fits_)), xOf(last), full);
  }
  if (isEnabled()) groove(xOf(0), x, theme.accent);

  const double nativeAt = native_ ? scale_.positionOf(*native_) : last;
  QFont small = font();
  small.setPointSizeF(std::max(7.5, font().pointSizeF() - 1.5));
  p.setFont(small);
  const QFontMetrics metrics(small);
  int labelledTo = -1000;
  for (int i = 0; i <= last; ++i) {
    const int at = xOf(i);
    const bool isNative = native_ && scale_[i].value == *native_;
    const bool beyond = native_ && i > nativeAt;
    // Ticks past what the model was trained for are hollow.
    p.setPen(beyond ? QPen(theme.quietText, 1) : QPen(Qt::NoPen));
    p.setBrush(beyond ? QBrush(theme.card) : QBrush(at <= x ? theme.accent : theme.quietText));
    const double r = isNative ? 3.5 : 2;
    p.drawEllipse(QPointF(at, kGrooveY), r, r);
    if (scale_[i].label.isEmpty()) continue;
    const int w = metrics.horizontalAdvance(scale_[i].label);
    const int left = std::clamp(at - w / 2, 0, width() - w);
    if (left < labelledTo + 6) continue;
    p.setPen(theme.quietText);
    p.drawText(left, kGrooveY + kHandle + 4 + metrics.ascent(), scale_[i].label);
    labelledTo = left + w;
  }
  if (hasFocus()) {
    p.setPen(QPen(theme.accent, 2));
    p.setBrush(Qt::NoBrush);
    p.drawEllipse(QPointF(x, kGrooveY), kHandle + 2, kHandle + 2);
  }
  p.setPen(QPen(isEnabled() ? theme.accent : theme.quietText, hovered_ || isSliderDown() ? 3 : 2));
  p.setBrush(theme.card);
  p.drawEllipse(QPointF(x, kGrooveY), kHandle - 1, kHandle - 1);
}

}  // namespace headroom::ui
