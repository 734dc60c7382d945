#include "ui/style/focus_ring.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QMenuBar>
#include <QPainter>
#include <QPlainTextEdit>
#include <QSlider>

#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

// Fields, buttons, lists to choose from and sliders draw their own focus.
bool showsItself(const QWidget* w) {
  return qobject_cast<const QLineEdit*>(w) != nullptr || qobject_cast<const QAbstractButton*>(w) != nullptr ||
         qobject_cast<const QComboBox*>(w) != nullptr || qobject_cast<const QSlider*>(w) != nullptr ||
         qobject_cast<const QPlainTextEdit*>(w) != nullptr || qobject_cast<const QMenuBar*>(w) != nullptr;
}

}  // namespace

FocusRing::FocusRing(QWidget* window) : QWidget(window), window_(window) {
  setObjectName(QStringLiteral("focusRing"));
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFocusPolicy(Qt::NoFocus);
  hide();
  connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
}

void FocusRing::follow(QWidget* focus) {
  if (focus_ != nullptr) focus_->removeEventFilter(this);
  focus_ = focus != nullptr && focus->window() == window_ && !showsItself(focus) ? focus : nullptr;
  if (focus_ == nullptr) {
    // Never left behind in a parent that may be deleted.
    setParent(window_);
    return hide();
  }
  focus_->installEventFilter(this);
  // Who clicks sees where; the ring comes with the first key.
  if (QGuiApplication::mouseButtons() != Qt::NoButton) {
    setParent(window_);
    return hide();
  }
  place();
}

void FocusRing::place() {
  QWidget* parent = focus_->parentWidget() == nullptr ? window_ : focus_->parentWidget();
  if (parentWidget() != parent) setParent(parent);
  setGeometry(focus_->geometry().intersected(parent->rect()));
  raise();
  show();
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event) {
  if (watched == focus_) {
    const bool moved =
        event->type() == QEvent::Resize || event->type() == QEvent::Move || event->type() == QEvent::Show;
    if (event->type() == QEvent::KeyPress || (moved && isVisible())) place();
    if (event->type() == QEvent::MouseButtonPress) hide();
    if (event->type() == QEvent::Hide || event->type() == QEvent::Destroy || event->type() == QEvent::ParentChange)
      follow(nullptr);
  }
  return QWidget::eventFilter(watched, event);
}

void FocusRing::paintEvent(QPaintEvent*) {
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  p.setPen(QPen(Theme::current().accent, 2));
  p.setBrush(Qt::NoBrush);
  p.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
}

}  // namespace headroom::ui
