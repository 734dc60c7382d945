#include "ui/pages/explore/chip_row.h"

#include <QToolTip>

#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr int kGap = 6, kMostChip = 240;

}  // namespace

ChipRow::ChipRow(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("chipRow"));
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  setMaximumWidth(0);  // no facts yet
}

void ChipRow::show(const std::vector<Fact>& facts) {
  if (facts == facts_) return;
  facts_ = facts;
  // No wider than they are: what stands beside them has the rest.
  int most = 0;
  for (std::size_t i = 0; i < facts_.size(); ++i) most += put(i, facts_[i].text, facts_[i].reason, most) + kGap;
  setMaximumWidth(most);
  fit();
}

QSize ChipRow::sizeHint() const {
  return {kMostChip, fontMetrics().height() + 8};
}
QSize ChipRow::minimumSizeHint() const {
  return {0, sizeHint().height()};
}

void ChipRow::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fit();
}

void ChipRow::explain(QPushButton* chip) {
  QToolTip::showText(chip->mapToGlobal(QPoint(0, chip->height())), chip->toolTip(), chip);
}

int ChipRow::put(std::size_t i, const QString& text, const QString& reason, int x) {
  while (chips_.size() <= i) {
    auto* chip = new QPushButton(this);
    chip->setObjectName(QStringLiteral("factChip%1").arg(chips_.size()));
    chip->setProperty("factChip", true);
    chip->setAutoDefault(false);
    connect(chip, &QPushButton::clicked, this, [this, chip] { explain(chip); });
    chips_.push_back(chip);
  }
  QPushButton* chip = chips_[i];
  chip->ensurePolished();
  QString label = text;
  label.replace(QLatin1Char('&'), QLatin1String("&&"));
  chip->setText(chip->fontMetrics().elidedText(label, Qt::ElideRight, kMostChip - 24));
  chip->setToolTip(plainTip(reason));
  chip->setAccessibleName(text);
  chip->setAccessibleDescription(reason);
  const int width = chip->sizeHint().width();
  chip->setGeometry(x, 0, width, height());
  return width;
}

void ChipRow::fit() {
  std::size_t used = 0;
  int x = 0;
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    const int width = put(used, facts_[i].text, facts_[i].reason, x);
    const bool last = i + 1 == facts_.size();
    const int rest = last ? 0 : fontMetrics().horizontalAdvance(tr("+%1 more").arg(99)) + 24;
    if (x + width + rest > this->width()) {
      QStringList reasons;
      for (std::size_t j = i; j < facts_.size(); ++j)
        reasons << QStringLiteral("%1: %2").arg(facts_[j].text, facts_[j].reason);
      const QString text = i == 0 ? tr("⚠ %1").arg(facts_.size()) : tr("+%1 more").arg(facts_.size() - i);
      const int narrow = put(used, text, reasons.join(QLatin1Char('\n')), x);
      if (x + narrow <= this->width()) ++used;
      break;
    }
    x += width + kGap;
    ++used;
  }
  for (std::size_t i = 0; i < chips_.size(); ++i) chips_[i]->setVisible(i < used);
}

}  // namespace headroom::ui
