#include "ui/pages/devices/devices_page.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <algorithm>
#include <set>

#include "core/open/scenario_json.h"
#include "core/scenario/choices.h"
#include "ui/charts/compare_chart.h"
#include "ui/document/document.h"
#include "ui/inputs/parse_value.h"
#include "ui/inputs/quiet_controls.h"
#include "ui/inputs/stop_scale.h"
#include "ui/inputs/value_entry.h"
#include "ui/pages/devices/devices_sheet.h"
#include "ui/pages/devices/pin_strip.h"
#include "ui/pages/explore/card.h"
#include "ui/style/elided_label.h"
#include "ui/style/names.h"
#include "ui/style/text.h"
#include "ui/tables/sheet_view.h"

namespace headroom::ui {
namespace {

constexpr int kBeside = 1360, kEntryWidth = 88, kTableHeight = 330, kChartHeight = 300;

QString spelledOut(const std::string& text) {
  return headed(spelled(text));
}

}  // namespace

DevicesPage::DevicesPage(Document& document, DetectionPlaces places, QWidget* parent)
    : QScrollArea(parent),
      document_(document),
      search_(std::move(places)),
      question_(new ElidedLabel),
      answer_(new ElidedLabel),
      here_(new ElidedLabel),
      users_(new ValueEntry([this](const QString& text) -> QString {
        std::optional<std::int64_t> users;
        if (!text.trimmed().isEmpty()) {
          const ParsedInteger parsed = parseInteger(text, 1, kMaxBatch);
          if (!parsed.value) return parsed.problem;
          users = parsed.value;
        }
        document_.ask(tr("Users"), [&](Asked& a) { a.devices.users = users; });
        return {};
      })),
      context_(new ValueEntry([this](const QString& text) -> QString {
        const ParsedInteger parsed = parseInteger(text, 1, kMaxContext);
        if (!parsed.value) return parsed.problem;
        document_.edit(Field::context, [&](Scenario& s) { s.context = *parsed.value; });
        return {};
      })),
      usersLabel_(new QLabel(tr("users ×"))),
      contextLabel_(new QLabel(tr("tokens"))),
      words_(new QLineEdit),
      table_(new SheetView(QStringLiteral("devicesTable"))),
      pins_(new PinStrip(document)),
      chart_(new CompareChart) {
  setObjectName(QStringLiteral("devicesPage"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::NoFocus);
  auto* page = new QWidget(this);
  page->setObjectName(QStringLiteral("devicesBody"));
  halves_ = new QBoxLayout(QBoxLayout::TopToBottom, page);
  halves_->setContentsMargins(12, 12, 12, 12);
  halves_->setSpacing(12);

  auto* finder = new Card(QStringLiteral("devicesCard"), page);
  finder->body()->addWidget(buildQuestion());
  finder->body()->addWidget(buildFilters());
  here_->setObjectName(QStringLiteral("machineHere"));
  here_->setProperty("quiet", true);
  here_->hide();
  finder->body()->addWidget(here_);
  table_->setAccessibleName(tr("What runs it"));
  table_->setSortable();
  table_->setMinimumHeight(kTableHeight);
  finder->body()->addWidget(table_, 1);
  halves_->addWidget(finder, 3);

  auto* pinned = new Card(QStringLiteral("compareCard"), page);
  pinned->body()->addWidget(pins_);
  chart_->setObjectName(QStringLiteral("compareChart"));
  chart_->setMinimumHeight(kChartHeight);
  pinned->body()->addWidget(chart_, 1);
  halves_->addWidget(pinned, 2);
  setWidget(page);

  connect(&search_, &DevicesSearch::found, this, &DevicesPage::showFound);
  connect(table_, &SheetView::cellClicked, this, [this](std::size_t row, int column) {
    if (column == static_cast<int>(DevicesColumn::pin)) pins_->toggle(pinOf(rows_[row]));
  });
  connect(table_, &SheetView::rowActivated, this, [this](std::size_t row) { put(rows_[row]); });
  connect(table_->sheet(), &SheetModel::entered, this, &DevicesPage::enter);
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(table_, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
    const QModelIndex i = table_->indexAt(at);
    if (!i.isValid()) return;
    const DeviceAnswer answer = rows_[table_->sheet()->sourceRow(i.row())];
    QMenu menu(this);
    menu.addAction(tr("Run the scenario on it"), this, [&] { put(answer); });
    menu.addAction(tr("Pin it, or take it off the chart"), this, [&] { pins_->toggle(pinOf(answer)); });
    menu.exec(table_->viewport()->mapToGlobal(at));
  });
}

QWidget* DevicesPage::buildQuestion() {
  auto* box = new QWidget;
  auto* rows = new QVBoxLayout(box);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(6);
  auto* first = new QHBoxLayout;
  question_->setObjectName(QStringLiteral("compareQuestion"));
  question_->setProperty("heading", true);
  for (QWidget* w : {static_cast<QWidget*>(users_), static_cast<QWidget*>(context_)}) w->setFixedWidth(kEntryWidth);
  users_->setObjectName(QStringLiteral("usersEntry"));
  users_->setAccessibleName(tr("Users at once"));
  users_->setToolTip(tr("Sequences held at once, by as many copies of the model as it takes; empty: the batch"));
  context_->setObjectName(QStringLiteral("needContext"));
  context_->setAccessibleName(tr("Tokens of each"));
  context_->setToolTip(tr("Tokens of each sequence: the scenario's context"));
  first->addWidget(question_, 1);
  first->addWidget(users_);
  first->addWidget(usersLabel_);
  first->addWidget(context_);
  first->addWidget(contextLabel_);
  answer_->setObjectName(QStringLiteral("devicesAnswer"));
  answer_->setProperty("answer", true);
  rows->addLayout(first);
  rows->addWidget(answer_);
  return box;
}

QComboBox* DevicesPage::list(const char* name, const QString& spoken) {
  auto* combo = new QuietCombo;
  combo->setObjectName(QLatin1String(name));
  combo->setAccessibleName(spoken);
  combo->addItem(spoken);
  combo->setMinimumWidth(64);
  combo->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  connect(combo, &QComboBox::activated, this, &DevicesPage::readFilter);
  return combo;
}

QPushButton* DevicesPage::chip(const char* name, const QString& text, const QString& tip, bool DevicesFilter::*flag) {
  auto* button = new QPushButton(text);
  button->setObjectName(QLatin1String(name));
  button->setToolTip(tip);
  button->setProperty("filterChip", true);
  button->setCheckable(true);
  button->setAutoDefault(false);
  connect(button, &QPushButton::toggled, this, [this, flag](bool on) {
    filter_.*flag = on;
    if (flag == &DevicesFilter::here && on) search_.detect();
    ask();
    showFound();
  });
  return button;
}

QWidget* DevicesPage::buildFilters() {
  auto* box = new QWidget;
  auto* rows = new QVBoxLayout(box);
  rows->setContentsMargins(0, 2, 0, 2);
  rows->setSpacing(8);
  auto* first = new QHBoxLayout;
  first->setSpacing(6);
  words_->setObjectName(QStringLiteral("deviceWords"));
  words_->setAccessibleName(tr("Search devices"));
  words_->setPlaceholderText(tr("Search: 4090, 48 GB, Hopper"));
  words_->setClearButtonEnabled(true);
  words_->setMinimumWidth(96);
  connect(words_, &QLineEdit::textChanged, this, &DevicesPage::readFilter);
  vendor_ = list("vendorFilter", tr("Any vendor"));
  segment_ = list("classFilter", tr("Any class"));
  std::set<std::string> vendors, segments;
  for (const Accelerator& a : accelerators()) vendors.insert(a.vendor), segments.insert(a.segment);
  for (const std::string& v : vendors) vendor_->addItem(QString::fromStdString(v), QString::fromStdString(v));
  for (const std::string& s : segments) segment_->addItem(spelledOut(s), QString::fromStdString(s));
  memory_ = list("memoryFilter", tr("Any memory"));
  for (const int gib : {8, 12, 16, 24, 32, 48, 64, 80, 96, 128, 192})
    memory_->addItem(QStringLiteral("≥ %1 GB").arg(gib), gib);
  power_ = list("powerFilter", tr("Any power"));
  for (const int watts : {75, 150, 250, 350, 450, 700}) power_->addItem(QStringLiteral("≤ %1 W").arg(watts), watts);
  since_ = list("yearFilter", tr("Any year"));
  for (const int year : {2025, 2024, 2023, 2022, 2020, 2018}) since_->addItem(tr("since %1").arg(year), year);
  first->addWidget(words_, 5);
  for (QComboBox* combo : {vendor_, segment_, memory_, power_, since_}) first->addWidget(combo, 3);
  auto* second = new QHBoxLayout;
  second->setSpacing(6);
  second->addWidget(chip("fitsOnly", tr("Fits"), tr("Only those on which it fits"), &DevicesFilter::fits));
  second->addWidget(chip("hereOnly", tr("This machine"),
                         tr("Only the accelerators of this machine, with the memory "
                            "that other programs leave"),
                         &DevicesFilter::here));
  second->addWidget(
      chip("withParts", tr("MIG slices"), tr("Parts of devices as devices of their own"), &DevicesFilter::parts));
  second->addWidget(
      chip("withNodes", tr("Nodes of 8"), tr("Whole nodes of data-centre devices as well"), &DevicesFilter::nodes));
  second->addStretch(1);
  rows->addLayout(first);
  rows->addLayout(second);
  return box;
}

void DevicesPage::readFilter() {
  filter_.search = words_->text();
  MachineFilter& m = filter_.machine;
  m.vendor = vendor_->currentData().toString().toStdString();
  m.segment = segment_->currentData().toString().toStdString();
  // Devices are sold by round sizes of which a process sees a little less.
  constexpr double kSeen = 0.9;
  m.least.reset();
  if (const int gib = memory_->currentData().toInt(); gib > 0)
    m.least = Bytes(static_cast<std::int64_t>(kSeen * gib * static_cast<double>(kGiB)));
  m.mostWatts.reset();
  if (const int watts = power_->currentData().toInt(); watts > 0) m.mostWatts = watts;
  m.since.reset();
  if (const int year = since_->currentData().toInt(); year > 0) m.since = year;
  showFound();
}

void DevicesPage::ask() {
  if (!isVisible()) {
    waiting_ = true;
    return;
  }
  waiting_ = false;
  search_.ask(document_.snapshot(), filter_.parts, filter_.nodes);
}

void DevicesPage::showEvent(QShowEvent* event) {
  QScrollArea::showEvent(event);
  if (waiting_) ask();
}

void DevicesPage::showFound() {
  const Snapshot& s = document_.snapshot();
  rows_ = filter_.here ? search_.answersHere() : search_.answers();
  std::erase_if(rows_, [this](const DeviceAnswer& a) {
    return (filter_.fits && !a.fits()) || !filter_.machine.passes(a.machine) || !holdsWords(a.machine, filter_.search);
  });
  putInOrder(rows_, DeviceOrder::smallest);
  table_->show(devicesSheet(rows_, search_.question(), s));
  QString answer = devicesSentence(rows_, s);
  if (answer.isEmpty()) answer = search_.busy() ? tr("Looking…") : tr("Nothing of that kind is known");
  here_->setVisible(filter_.here);
  if (filter_.here) {
    const auto& found = search_.detected();
    QStringList parts;
    for (const DetectedAccelerator& d : found.value_or(std::vector<DetectedAccelerator>())) {
      QString one = QStringLiteral("%1 (%2)").arg(headroom::ui::shown(d.name), headroom::ui::shown(d.place));
      if (const auto capacity = d.capacity()) one += QStringLiteral(": ") + withUnit(*capacity, s.unit);
      if (d.used && *d.used > Bytes(0)) one += tr(", %1 in use by others").arg(withUnit(*d.used, s.unit));
      parts << one;
    }
    if (!parts.isEmpty())
      here_->setText(tr("Here: %1").arg(parts.join(QStringLiteral("   ·   "))));
    else if (found) {
      here_->setText(tr("NVML, sysfs and the system were asked; nothing is changed and nothing leaves this machine."));
      answer = tr("No accelerator was found here");
    } else {
      here_->setText(tr("Asking the drivers…"));
    }
  }
  answer_->setText(answer);
}

std::vector<DeviceAnswer> DevicesPage::shown() const {
  std::vector<DeviceAnswer> rows;
  for (int i = 0; i < table_->sheet()->rowCount(); ++i) rows.push_back(rows_[table_->sheet()->sourceRow(i)]);
  return rows;
}

void DevicesPage::enter(std::size_t source, int column, const QString& text) {
  if (column != static_cast<int>(DevicesColumn::count)) return;
  const std::string id = rows_[source].machine.id();
  std::optional<std::int64_t> count;
  if (!text.trimmed().isEmpty()) {
    count = parseInteger(text, 1, kMaxDevices).value;
    if (!count) return;
  }
  document_.ask(tr("Number of devices"), [&](Asked& a) {
    auto& counts = a.devices.counts;
    std::erase_if(counts, [&](const auto& own) { return own.first == id; });
    if (count) counts.emplace_back(id, *count);
  });
}

// The scenario on that many of it, the way it was answered.
void DevicesPage::put(const DeviceAnswer& answer) {
  if (answer.scenario.devices.empty()) return;
  document_.edit(Field::devices, [&](Scenario& s) {
    s.devices = answer.scenario.devices;
    s.parallel = answer.scenario.parallel;
  });
}

void DevicesPage::render(const Snapshot& s) {
  const bool serving = !isTraining(s.scenario.workload);
  question_->setText(tr("What runs %1").arg(valueText(Field::model, s.scenario)) + QLatin1Char(' ') +
                     formatLabel(s.settings.weights));
  users_->setEnabled(serving);
  users_->setPlaceholderText(QString::number(s.settings.batch));
  users_->showText(s.asked.devices.users && serving ? QString::number(*s.asked.devices.users) : QString());
  usersLabel_->setText(serving ? tr("users ×") : tr("sequences ×"));
  context_->showText(QString::number(s.settings.context));
  pins_->render(s);
  chart_->render(s);
  ask();
  if (isVisible()) showFound();
}

void DevicesPage::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  halves_->setDirection(width() >= kBeside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

}  // namespace headroom::ui
