#include "ui/pages/devices/devices_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QShortcut>
#include <QVBoxLayout>

#include "ui/charts/compare_chart.h"
#include "ui/document/document.h"
#include "ui/inputs/accelerator_items.h"
#include "ui/inputs/stop_scale.h"
#include "ui/pages/explore/card.h"

namespace headroom::ui {
namespace {

constexpr int kRowHeight = 34;
constexpr std::size_t kMostDevices = 8;

}  // namespace

DevicesPage::DevicesPage(Document& document, QWidget* parent)
    : QScrollArea(parent),
      document_(document),
      question_(new QLabel),
      picker_(new PickerField(QStringLiteral("comparePicker"))),
      chart_(new CompareChart),
      table_(new QTableView),
      model_(new DevicesModel(this)) {
  setObjectName(QStringLiteral("devicesPage"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  auto* page = new QWidget(this);
  page->setObjectName(QStringLiteral("devicesBody"));
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(12, 12, 12, 12);
  column->setSpacing(12);

  auto* sheet = new Card(QStringLiteral("compareCard"), page);
  auto* head = new QHBoxLayout;
  question_->setObjectName(QStringLiteral("compareQuestion"));
  question_->setTextFormat(Qt::PlainText);
  question_->setProperty("heading", true);
  picker_->setAccessibleName(tr("Add an accelerator"));
  picker_->setPlaceholderText(tr("Add an accelerator"));
  picker_->setClearsOnChoice(true);
  picker_->setFixedWidth(260);
  picker_->setItems(acceleratorItems());
  picker_->setCustom(customAccelerator);
  connect(picker_, &PickerField::listOpened, this,
          [this] { picker_->setItems(acceleratorItems(&document_.scenario())); });
  connect(picker_, &PickerField::chosen, this, &DevicesPage::add);
  head->addWidget(question_, 1);
  head->addWidget(picker_);
  sheet->body()->addLayout(head);
  chart_->setObjectName(QStringLiteral("compareChart"));
  chart_->setMinimumSize(400, 240);
  sheet->body()->addWidget(chart_, 1);
  column->addWidget(sheet, 1);

  auto* numbers = new Card(QStringLiteral("compareTableCard"), page);
  table_->setObjectName(QStringLiteral("devicesTable"));
  table_->setAccessibleName(tr("Accelerators side by side"));
  table_->setModel(model_);
  table_->setItemDelegate(new DevicesDelegate(table_));
  table_->setShowGrid(false);
  // As high as its rows; the page scrolls.
  table_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  table_->setFrameShape(QFrame::NoFrame);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(kRowHeight);
  QHeaderView* header = table_->horizontalHeader();
  header->setHighlightSections(false);
  header->setSectionsClickable(false);
  header->setFixedHeight(kRowHeight);
  header->setMinimumSectionSize(28);
  header->setSectionResizeMode(QHeaderView::Stretch);
  const int digit = table_->fontMetrics().horizontalAdvance(QLatin1Char('0'));
  for (const auto& [section, digits] : {std::pair(DevicesModel::Fit, 15),
                                        {DevicesModel::Need, 10},
                                        {DevicesModel::Usable, 8},
                                        {DevicesModel::Left, 8},
                                        {DevicesModel::Batch, 10},
                                        {DevicesModel::Context, 11}}) {
    header->setSectionResizeMode(section, QHeaderView::Fixed);
    header->resizeSection(section, digits * digit);
  }
  header->setSectionResizeMode(DevicesModel::Remove, QHeaderView::Fixed);
  header->resizeSection(DevicesModel::Remove, 28);
  connect(table_, &QTableView::clicked, this, [this](const QModelIndex& i) {
    if (i.column() == DevicesModel::Remove) removeRow(i.row());
  });
  auto* remove = new QShortcut(QKeySequence::Delete, table_, nullptr, nullptr, Qt::WidgetShortcut);
  connect(remove, &QShortcut::activated, this, [this] { removeRow(table_->currentIndex().row()); });
  numbers->body()->addWidget(table_);
  column->addWidget(numbers);
  setWidget(page);
}

void DevicesPage::add(const QString& id) {
  const Accelerator* a = findAccelerator(id.toStdString());
  std::vector<DeviceRequest> devices = document_.compared();
  std::optional<DeviceRequest> own = deviceOf(id);
  if ((a == nullptr && !own) || devices.size() >= kMostDevices) return;
  DeviceRequest request;
  if (own)
    request = *own;
  else
    request.accelerator = a->id, request.entry = a;
  // One that stands there already is meant twice as often.
  const auto asked = document_.scenario().devices.empty() ? 1 : document_.scenario().devices.front().count;
  for (const DeviceRequest& d : devices)
    if (d.accelerator == request.accelerator && d.memory == request.memory)
      request.count = std::max({request.count, d.count * 2, asked * 2});
  devices.push_back(request);
  document_.setCompared(std::move(devices));
}

void DevicesPage::removeRow(int row) {
  std::vector<DeviceRequest> devices = document_.compared();
  if (row < 1 || row > static_cast<int>(devices.size())) return;  // the first row is the scenario's own
  devices.erase(devices.begin() + row - 1);
  document_.setCompared(std::move(devices));
}

void DevicesPage::render(const Snapshot& s) {
  question_->setText(tr("%1 · %2 × %3 tokens")
                         .arg(valueText(Field::model, s.scenario))
                         .arg(s.settings.batch)
                         .arg(tokensLabel(s.settings.context)));
  picker_->setEnabled(document_.compared().size() < kMostDevices);
  chart_->render(s);
  model_->render(s);
  table_->setFixedHeight(kRowHeight * (model_->rowCount() + 1) + 2);
}

}  // namespace headroom::ui
