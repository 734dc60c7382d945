#include "ui/pages/explain/explain_page.h"

#include <QHBoxLayout>
#include <QSignalBlocker>

#include "ui/pages/explain/explain_panel.h"
#include "ui/pages/explore/card.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr int kListWidth = 176;
constexpr int kAll = -1;

}  // namespace

ExplainPage::ExplainPage(QWidget* parent)
    : QWidget(parent), list_(new QListWidget(this)), panel_(new ExplainPanel(QStringLiteral("explainAll"), this)) {
  setObjectName(QStringLiteral("explainPage"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 12, 12, 12);
  row->setSpacing(12);
  auto* left = new Card(QStringLiteral("explainListCard"), this);
  left->body()->setContentsMargins(8, 8, 8, 8);
  left->setFixedWidth(kListWidth);
  list_->setObjectName(QStringLiteral("explainList"));
  list_->setAccessibleName(tr("Components"));
  list_->setFrameShape(QFrame::NoFrame);
  list_->setProperty("sheet", true);
  left->body()->addWidget(list_);
  auto* right = new Card(QStringLiteral("explainSheet"), this);
  right->body()->addWidget(panel_);
  row->addWidget(left);
  row->addWidget(right, 1);
  connect(list_, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
    if (item == nullptr) return;
    const int id = item->data(Qt::UserRole).toInt();
    panel_->setComponent(id == kAll ? std::nullopt : std::optional(static_cast<ComponentId>(id)));
  });
}

void ExplainPage::render(const Snapshot& s) {
  const Ledger& ledger = s.estimate.heaviest().ledger;
  std::vector<int> wanted{kAll};
  for (std::size_t i = 0; i < kComponentCount; ++i)
    if (ledger.bytes(static_cast<ComponentId>(i)) > Bytes(0)) wanted.push_back(static_cast<int>(i));
  std::vector<int> present;
  for (int i = 0; i < list_->count(); ++i) present.push_back(list_->item(i)->data(Qt::UserRole).toInt());
  if (wanted != present) {
    const int now = panel_->component() ? static_cast<int>(*panel_->component()) : kAll;
    const QSignalBlocker quiet(list_);
    list_->clear();
    for (int id : wanted) {
      auto* item =
          new QListWidgetItem(id == kAll ? tr("All components") : componentName(static_cast<ComponentId>(id)), list_);
      item->setData(Qt::UserRole, id);
      if (id == now) list_->setCurrentItem(item);
    }
    if (list_->currentItem() == nullptr) {
      list_->setCurrentRow(0);
      panel_->setComponent(std::nullopt);
    }
  }
  panel_->render(s);
}

}  // namespace headroom::ui
