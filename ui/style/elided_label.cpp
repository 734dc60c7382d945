#include "ui/style/elided_label.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOption>

#include "ui/style/text.h"

namespace headroom::ui {

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void ElidedLabel::setText(const QString& text) {
  if (text == this->text()) return;
  QLabel::setText(text);
  tellWhole();
}

QSize ElidedLabel::minimumSizeHint() const {
  return {fontMetrics().horizontalAdvance(QStringLiteral("…")), QLabel::minimumSizeHint().height()};
}

bool ElidedLabel::isElided() const {
  const int room = contentsRect().width();
  for (const QString& line : text().split(QLatin1Char('\n')))
    if (fontMetrics().horizontalAdvance(line) > room) return true;
  return false;
}

void ElidedLabel::tellWhole() {
  setToolTip(isElided() ? plainTip(text()) : QString());
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
  QLabel::resizeEvent(event);
  tellWhole();
}

void ElidedLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  QStyleOption option;
  option.initFrom(this);
  style()->drawPrimitive(QStyle::PE_Widget, &option, &painter, this);
  const QRect room = contentsRect();
  QStringList lines = text().split(QLatin1Char('\n'));
  for (QString& line : lines) line = fontMetrics().elidedText(line, Qt::ElideRight, room.width());
  style()->drawItemText(&painter, room, static_cast<int>(alignment()), palette(), isEnabled(),
                        lines.join(QLatin1Char('\n')), foregroundRole());
}

}  // namespace headroom::ui
