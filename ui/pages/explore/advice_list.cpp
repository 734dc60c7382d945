#include "ui/pages/explore/advice_list.h"

#include <QEvent>
#include <algorithm>

#include "ui/document/document.h"
#include "ui/languages/core_text.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr int kRestMs = 150, kGap = 8, kPadding = 26;  // padding: of a button, with its border
constexpr qsizetype kAlike = 20;
constexpr int kLeastButton = 270;  // narrower ones say nothing

}  // namespace

AdviceList::AdviceList(Document& document, QWidget* parent)
    : QWidget(parent), document_(document), heading_(new QLabel(tr("What would help"), this)) {
  setObjectName(QStringLiteral("adviceList"));
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  heading_->setProperty("heading", true);
  for (std::size_t i = 0; i < kMost; ++i) {
    QPushButton* button = buttons_[i] = new QPushButton(this);
    button->setObjectName(QStringLiteral("applyAdvice%1").arg(i));
    button->setProperty("goal", true);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, [this, i] { apply(i); });
  }
  rest_.setSingleShot(true);
  rest_.setInterval(kRestMs);
  connect(&rest_, &QTimer::timeout, this, &AdviceList::refresh);
  place();
}

void AdviceList::render(const Snapshot&) {
  // What is shown answers the question before; it cannot be pressed any more.
  for (QPushButton* button : buttons_) button->setEnabled(false);
  rest_.start();
}

void AdviceList::refresh() {
  rest_.stop();
  advice_ = adviceOf(document_.scenario(), document_.snapshot().estimate, kMost);
  place();
}

void AdviceList::apply(std::size_t which) {
  if (which >= advice_.size()) return;
  const Scenario wanted = advice_[which].scenario;
  document_.edit(Field::advice, [&](Scenario& s) { s = wanted; });
}

QSize AdviceList::sizeHint() const {
  return {320, buttons_[0]->sizeHint().height()};
}
QSize AdviceList::minimumSizeHint() const {
  return {0, sizeHint().height()};
}

void AdviceList::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  place();
}

void AdviceList::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) place();
}

void AdviceList::place() {
  heading_->setVisible(!advice_.empty());
  heading_->ensurePolished();
  const int left = heading_->sizeHint().width() + kGap;
  heading_->setGeometry(0, 0, left - kGap, height());
  const int room = width() - left;
  const auto shownOnes =
      std::min<std::size_t>(advice_.size(), static_cast<std::size_t>(std::max(1, room / (kLeastButton + kGap))));
  const ByteUnit unit = document_.snapshot().unit;
  int x = left;
  QStringList before;
  for (std::size_t i = 0; i < kMost; ++i) {
    QPushButton* button = buttons_[i];
    button->setVisible(i < shownOnes);
    if (i >= shownOnes) continue;
    button->ensurePolished();
    button->setEnabled(true);
    const Advice& a = advice_[i];
    const QString what = grouped(coreText(a.change)), saves = tr("−%1").arg(withUnit(a.saved, unit));
    const bool fits = a.verdict && *a.verdict != Verdict::exceeds;
    const auto waiting = static_cast<int>(shownOnes - i);
    const int most = (width() - x - kGap * (waiting - 1)) / waiting;
    const QString tail = QStringLiteral("  ") + saves + (fits ? QStringLiteral(" ✓") : QString());
    const QFontMetrics metrics = button->fontMetrics();
    const int forWords = most - kPadding - metrics.horizontalAdvance(tail);
    QString words = metrics.elidedText(what, Qt::ElideRight, forWords);
    // Two that begin alike are told apart by their ends.
    const auto alike = [&](const QString& other) { return what != words && other.left(kAlike) == words.left(kAlike); };
    if (std::any_of(before.cbegin(), before.cend(), alike)) words = metrics.elidedText(what, Qt::ElideMiddle, forWords);
    before << words;
    const QString label = words + tail;
    button->setText(QString(label).replace(QLatin1Char('&'), QLatin1String("&&")));
    button->setAccessibleName(tr("Apply: %1").arg(what));
    QStringList tip{what + (fits ? tr(" — then it fits") : QString())};
    if (!a.cost.empty()) tip << tr("Costs %1").arg(grouped(coreText(a.cost)));
    button->setToolTip(plainTip(tip.join(QLatin1Char('\n'))));
    const int width = std::min(most, metrics.horizontalAdvance(label) + kPadding);
    button->setGeometry(x, 0, width, height());
    x += width + kGap;
  }
}

}  // namespace headroom::ui
