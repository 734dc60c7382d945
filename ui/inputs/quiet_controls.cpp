#include "ui/inputs/quiet_controls.h"

#include <QPainter>
#include <QWheelEvent>

#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

QColor veiled(QColor colour, float alpha) {
  colour.setAlphaF(alpha);
  return colour;
}

}  // namespace

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  constexpr int kAround = 10;
  QSize size = QStyledItemDelegate::sizeHint(option, index);
  size.setHeight(option.fontMetrics.height() + kAround);
  return size;
}

QuietCombo::QuietCombo(QWidget* parent) : QComboBox(parent) {
  setItemDelegate(new RowDelegate(this));
  setMaxVisibleItems(20);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
}

void QuietCombo::setDefaultText(const QString& text) {
  if (text == defaultText_) return;
  defaultText_ = text;
  update();
}

void QuietCombo::wheelEvent(QWheelEvent* event) {
  hasFocus() ? QComboBox::wheelEvent(event) : event->ignore();
}

void QuietCombo::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::current();
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  const double edge = hasFocus() ? 2 : 1;
  p.setPen(QPen(hasFocus() ? theme.accent : underMouse() ? veiled(theme.quietText, 0.6F) : theme.line, edge));
  p.setBrush(veiled(theme.quietText, hasFocus() ? 0.0F : 0.07F));
  p.drawRoundedRect(QRectF(rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2), 6, 6);
  const bool byDefault = currentIndex() == 0 && !defaultText_.isEmpty();
  p.setPen(byDefault ? theme.quietText : theme.text);
  const QRect text = rect().adjusted(9, 0, -22, 0);
  p.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
             fontMetrics().elidedText(byDefault ? defaultText_ : currentText(), Qt::ElideRight, text.width()));
  p.setPen(QPen(theme.quietText, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  const double x = width() - 14, y = height() / 2.0;
  p.drawPolyline(QPolygonF({{x - 4, y - 2}, {x, y + 2}, {x + 4, y - 2}}));
}

Switch::Switch(QWidget* parent) : QCheckBox(parent) {
  setAttribute(Qt::WA_Hover);
  setCursor(Qt::PointingHandCursor);
}

void Switch::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::current();
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  const QRectF track(4, height() / 2.0 - 8, 32, 16);
  if (hasFocus()) {
    p.setPen(QPen(theme.accent, 2));
    p.setBrush(Qt::NoBrush);
    p.drawRoundedRect(track.adjusted(-3, -3, 3, 3), 11, 11);
  }
  p.setPen(Qt::NoPen);
  p.setBrush(isChecked() ? theme.accent : veiled(theme.quietText, underMouse() ? 0.5F : 0.35F));
  p.drawRoundedRect(track, 8, 8);
  p.setBrush(theme.card);
  p.drawEllipse(QPointF(isChecked() ? track.right() - 8 : track.left() + 8, track.center().y()), 6, 6);
}

}  // namespace headroom::ui
