#include "ui/pages/explore/advice_list.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/document/document.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr int kRestMs = 150;
constexpr std::size_t kMost = 3;

}  // namespace

AdviceList::AdviceList(Document& document, QWidget* parent)
    : QWidget(parent), document_(document), grid_(new QGridLayout(this)) {
  setObjectName(QStringLiteral("adviceList"));
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setHorizontalSpacing(12);
  grid_->setVerticalSpacing(6);
  grid_->setColumnStretch(0, 1);
  rest_.setSingleShot(true);
  rest_.setInterval(kRestMs);
  connect(&rest_, &QTimer::timeout, this, &AdviceList::refresh);
  hide();
}

void AdviceList::render(const Snapshot&) {
  // What is shown answers the question before; it cannot be pressed any more.
  setEnabled(false);
  rest_.start();
}

void AdviceList::refresh() {
  rest_.stop();
  advice_ = adviceOf(document_.scenario(), document_.snapshot().estimate, kMost);
  showRows();
  setEnabled(true);
}

void AdviceList::showRows() {
  while (QLayoutItem* item = grid_->takeAt(0)) {
    if (item->widget() != nullptr) item->widget()->deleteLater();
    delete item;
  }
  setVisible(!advice_.empty());
  if (advice_.empty()) return;
  auto* heading = new QLabel(tr("What would help"), this);
  heading->setProperty("heading", true);
  grid_->addWidget(heading, 0, 0, 1, 3);
  const ByteUnit unit = document_.snapshot().unit;
  for (std::size_t i = 0; i < advice_.size(); ++i) {
    const Advice& a = advice_[i];
    const int row = static_cast<int>(i) + 1;
    auto* what = new QLabel(grouped(shown(a.change)), this);
    what->setTextFormat(Qt::PlainText);
    what->setToolTip(a.cost.empty() ? QString() : plainTip(tr("Costs %1").arg(grouped(shown(a.cost)))));
    auto* saves = new QLabel(tr("−%1").arg(withUnit(a.saved, unit)), this);
    saves->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* apply =
        new QPushButton(a.verdict && *a.verdict != Verdict::exceeds ? tr("Apply: then it fits") : tr("Apply"), this);
    apply->setObjectName(QStringLiteral("applyAdvice%1").arg(i));
    apply->setAccessibleName(tr("Apply: %1").arg(what->text()));
    apply->setProperty("goal", true);
    apply->setAutoDefault(false);
    connect(apply, &QPushButton::clicked, this,
            [this, wanted = a.scenario] { document_.edit(Field::advice, [&](Scenario& s) { s = wanted; }); });
    grid_->addWidget(what, row, 0);
    grid_->addWidget(saves, row, 1);
    grid_->addWidget(apply, row, 2);
  }
}

}  // namespace headroom::ui
