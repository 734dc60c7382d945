#include "ui/window/drop_overlay.h"

#include <QPainter>

#include "ui/style/theme.h"

namespace headroom::ui {

DropOverlay::DropOverlay(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("dropOverlay"));
  setAttribute(Qt::WA_TransparentForMouseEvents);
  hide();
}

void DropOverlay::appear() {
  setGeometry(parentWidget()->rect());
  raise();
  show();
}

void DropOverlay::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::current();
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  QColor veil = theme.page;
  veil.setAlphaF(0.88F);
  p.fillRect(rect(), veil);
  p.setPen(QPen(theme.accent, 3, Qt::DashLine));
  p.drawRoundedRect(QRectF(rect()).adjusted(16, 16, -16, -16), 16, 16);
  QFont big = font();
  big.setPointSizeF(font().pointSizeF() * 1.6);
  p.setFont(big);
  p.setPen(theme.text);
  p.drawText(rect().adjusted(32, 0, -32, -24), Qt::AlignCenter, tr("Drop to open"));
  p.setFont(font());
  p.setPen(theme.quietText);
  p.drawText(
      rect().adjusted(32, 40, -32, 0), Qt::AlignCenter | Qt::TextWordWrap,
      tr("A model: config.json, a folder, .safetensors, .gguf   ·   a scenario or a report: .headroom.json, .pdf, "
         ".html   ·   a log: .log, .txt, a snapshot of PyTorch's memory"));
}

}  // namespace headroom::ui
