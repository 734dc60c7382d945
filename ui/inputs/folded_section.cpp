#include "ui/inputs/folded_section.h"

#include <QPainter>

#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

constexpr int kHeight = 32;
constexpr int kTextLeft = 22;

}  // namespace

FoldHeader::FoldHeader(QWidget* parent) : QAbstractButton(parent) {
  setCheckable(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setCursor(Qt::PointingHandCursor);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FoldHeader::setNote(const QString& note) {
  if (note == note_) return;
  note_ = note;
  setAccessibleDescription(note);
  update();
}

QSize FoldHeader::sizeHint() const {
  return {200, kHeight};
}

void FoldHeader::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::current();
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  p.setPen(QPen(theme.line, 1));
  p.drawLine(QPointF(0, 0.5), QPointF(width(), 0.5));
  if (hasFocus()) {
    p.setPen(QPen(theme.accent, 2));
    p.drawRoundedRect(QRectF(rect()).adjusted(1, 3, -1, -3), 6, 6);
  }
  const QColor ink = underMouse() ? theme.accent : theme.text;
  p.setPen(QPen(underMouse() ? theme.accent : theme.quietText, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  const double x = 8, y = height() / 2.0 + 0.5;
  if (isChecked())
    p.drawPolyline(QPolygonF({{x - 4, y - 2}, {x, y + 2}, {x + 4, y - 2}}));
  else
    p.drawPolyline(QPolygonF({{x - 2, y - 4}, {x + 2, y}, {x - 2, y + 4}}));
  p.setPen(ink);
  p.drawText(rect().adjusted(kTextLeft, 0, 0, 0),
             int(Qt::AlignVCenter) | int(Qt::AlignLeft) | int(Qt::TextShowMnemonic), text());
  p.setPen(theme.accent);
  p.drawText(rect().adjusted(0, 0, -4, 0), Qt::AlignVCenter | Qt::AlignRight, note_);
}

FoldedSection::FoldedSection(const QString& name, const QString& title, QWidget* parent)
    : QWidget(parent), header_(new FoldHeader(this)), content_(new QWidget(this)), layout_(new QVBoxLayout(content_)) {
  setObjectName(name);
  header_->setObjectName(name + QStringLiteral("Header"));
  header_->setText(title);
  header_->setAccessibleName(
      QString(title).replace(QLatin1String("&&"), QLatin1String("and")).remove(QLatin1Char('&')));
  content_->hide();
  layout_->setContentsMargins(0, 4, 0, 12);
  layout_->setSpacing(6);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(header_);
  column->addWidget(content_);
  connect(header_, &QAbstractButton::toggled, this, [this](bool open) {
    content_->setVisible(open || forced_);
    Q_EMIT toggled(open);
  });
}

void FoldedSection::setForced(bool forced) {
  if (forced == forced_) return;
  forced_ = forced;
  content_->setVisible(isOpen() || forced_);
}

}  // namespace headroom::ui
