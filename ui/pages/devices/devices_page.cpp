#include "ui/pages/devices/devices_page.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QResizeEvent>
#include <algorithm>
#include <set>

#include "core/open/scenario_json.h"
#include "core/report/devices_report.h"
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

constexpr int kBeside = 1360, kEntryWidth = 88, kTableHeight = 330, kChartHeight = 300, kLongestWords = 100;

QString spelledOut(const std::string& text) {
  return headed(spelled(text));
}

}  // namespace

DevicesPage::DevicesPage(Document& document, DetectionPlaces places, QWidget* parent)
    : QScrollArea(parent),
      document_(document),
      search_(std::move(places)),
      question_(new ElidedLabel),
      here_(new ElidedLabel),
      answer_(new QLabel),
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
  answer_->setWordWrap(true);
  answer_->setTextFormat(Qt::PlainText);
  rows->addLayout(first);
  rows->addWidget(answer_);
  return box;
}

QComboBox* DevicesPage::list(Choices choices) {
  auto* combo = new QuietCombo;
  combo->setObjectName(QLatin1String(choices.name));
  combo->setAccessibleName(choices.any);
  combo->addItem(choices.any);
  combo->setMinimumWidth(64);
  combo->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  connect(combo, &QComboBox::activated, this, [this, combo, choose = std::move(choices.choose)] {
    filter([&](DevicesFilter& f) { choose(f, combo->currentData()); });
  });
  lists_.emplace_back(combo, std::move(choices.chosen));
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
    if (flag == &DevicesFilter::here && on) search_.detect();
    filter([&](DevicesFilter& f) { f.*flag = on; });
  });
  chips_.emplace_back(button, flag);
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
  words_->setMaxLength(kLongestWords);
  connect(words_, &QLineEdit::textChanged, this, [this](const QString& text) {
    document_.askStepwise(tr("Search devices"), [&](Asked& a) { a.devices.filter.words = text.toStdString(); });
    words_->setModified(false);  // Ctrl+Z is the document's
  });
  const auto named = [this](const char* name, const QString& any, std::string DevicesFilter::*field) {
    return list({name, any, [field](const DevicesFilter& f) { return QString::fromStdString(f.*field); },
                 [field](DevicesFilter& f, const QVariant& v) { f.*field = v.toString().toStdString(); }});
  };
  const auto counted = [this](const char* name, const QString& any, std::optional<std::int64_t> DevicesFilter::*field) {
    return list({name, any,
                 [field](const DevicesFilter& f) { return f.*field ? QVariant(int(*(f.*field))) : QVariant(); },
                 [field](DevicesFilter& f, const QVariant& v) {
                   f.*field = v.isValid() ? std::optional<std::int64_t>(v.toInt()) : std::nullopt;
                 }});
  };
  QComboBox* vendor = named("vendorFilter", tr("Any vendor"), &DevicesFilter::vendor);
  QComboBox* segment = named("classFilter", tr("Any class"), &DevicesFilter::segment);
  std::set<std::string> vendors, segments;
  for (const Accelerator& a : accelerators()) vendors.insert(a.vendor), segments.insert(a.segment);
  for (const std::string& v : vendors) vendor->addItem(QString::fromStdString(v), QString::fromStdString(v));
  for (const std::string& s : segments) segment->addItem(spelledOut(s), QString::fromStdString(s));
  QComboBox* memory = counted("memoryFilter", tr("Any memory"), &DevicesFilter::leastGb);
  for (const int gib : {8, 12, 16, 24, 32, 48, 64, 80, 96, 128, 192})
    memory->addItem(QStringLiteral("≥ %1 GB").arg(gib), gib);
  QComboBox* power = counted("powerFilter", tr("Any power"), &DevicesFilter::mostWatts);
  for (const int watts : {75, 150, 250, 350, 450, 700}) power->addItem(QStringLiteral("≤ %1 W").arg(watts), watts);
  QComboBox* since = counted("yearFilter", tr("Any year"), &DevicesFilter::sinceYear);
  for (const int year : {2025, 2024, 2023, 2022, 2020, 2018}) since->addItem(tr("since %1").arg(year), year);
  first->addWidget(words_, 1);
  first->addWidget(chip("fitsOnly", tr("Fits"), tr("Only those on which it fits"), &DevicesFilter::fits));
  first->addWidget(chip("hereOnly", tr("This machine"),
                        tr("Only the accelerators of this machine, with the memory "
                           "that other programs leave"),
                        &DevicesFilter::here));
  first->addWidget(
      chip("withParts", tr("MIG slices"), tr("Parts of devices as devices of their own"), &DevicesFilter::parts));
  first->addWidget(
      chip("withNodes", tr("Nodes of 8"), tr("Whole nodes of data-centre devices as well"), &DevicesFilter::nodes));
  auto* second = new QHBoxLayout;
  second->setSpacing(6);
  for (const auto& [combo, chosen] : lists_) second->addWidget(combo, 1);
  rows->addLayout(first);
  rows->addLayout(second);
  return box;
}

void DevicesPage::filter(const std::function<void(DevicesFilter&)>& change) {
  document_.ask(tr("Which devices are listed"), [&](Asked& a) { change(a.devices.filter); });
}

const DevicesFilter& DevicesPage::filter() const {
  return document_.snapshot().asked.devices.filter;
}

void DevicesPage::renderFilter() {
  const DevicesFilter& f = filter();
  if (const QString words = QString::fromStdString(f.words); words_->text() != words) words_->setText(words);
  for (const auto& [list, chosen] : lists_) {
    const QVariant value = chosen(f);
    const bool any = !value.isValid() || value == QVariant(QString());
    int at = any ? 0 : list->findData(value);
    // What a file asks for stands in the list, whatever the catalogue knows.
    if (at < 0) list->addItem(value.toString(), value), at = list->count() - 1;
    list->setCurrentIndex(at);
  }
  for (const auto& [chip, flag] : chips_) chip->setChecked(f.*flag);
}

void DevicesPage::ask() {
  if (!isVisible()) {
    waiting_ = true;
    return;
  }
  waiting_ = false;
  if (filter().here && !search_.detected()) search_.detect();
  search_.ask(document_.snapshot());
}

void DevicesPage::showEvent(QShowEvent* event) {
  QScrollArea::showEvent(event);
  if (waiting_) ask();
}

void DevicesPage::showFound() {
  const Snapshot& s = document_.snapshot();
  const DevicesFilter& filtered = filter();
  // Who has a row in hand keeps it, wherever a change of its number puts it.
  const QModelIndex now = table_->currentIndex();
  const std::string inHand = now.isValid() ? rows_[table_->sheet()->sourceRow(now.row())].machine.id() : std::string();
  const int column = now.column();
  const bool seen = now.isValid() && table_->viewport()->rect().intersects(table_->visualRect(now));
  rows_ = filtered.here ? search_.answersHere() : search_.answers();
  std::erase_if(rows_, [&](const DeviceAnswer& a) { return !passes(filtered, a); });
  putInOrder(rows_, DeviceOrder::smallest);
  table_->show(devicesSheet(rows_, search_.question(), s));
  if (!inHand.empty()) {
    const auto at = std::ranges::find(rows_, inHand, [](const DeviceAnswer& a) { return a.machine.id(); });
    const int row = at == rows_.end() ? -1 : table_->sheet()->rowOf(static_cast<std::size_t>(at - rows_.begin()));
    table_->setAutoScroll(seen);
    table_->setCurrentIndex(row < 0 ? QModelIndex() : table_->sheet()->index(row, column));
    table_->setAutoScroll(true);
  }
  QString answer = devicesSentence(rows_, s);
  if (answer.isEmpty()) answer = search_.busy() ? tr("Looking…") : tr("Nothing of that kind is known");
  here_->setVisible(filtered.here);
  if (filtered.here) {
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

QString DevicesPage::chartName(ChartView view) const {
  return view == ChartView::main ? QStringLiteral("compare") : DocumentPage::chartName(view);
}

QString DevicesPage::text(const Snapshot& snapshot, ReportFormat format) const {
  return QString::fromStdString(devicesReport(shown(), search_.question(), format, snapshot.unit));
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
  question_->setText(
      tr("What runs %1").arg(valueText(Field::model, s.scenario) + QLatin1Char(' ') + formatLabel(s.settings.weights)));
  users_->setEnabled(serving);
  users_->setPlaceholderText(grouped(s.settings.batch));
  users_->showText(s.asked.devices.users && serving ? grouped(*s.asked.devices.users) : QString());
  usersLabel_->setText(serving ? tr("users ×") : tr("sequences ×"));
  context_->showText(grouped(s.settings.context));
  renderFilter();
  pins_->render(s);
  chart_->render(s);
  ask();
  if (isVisible()) showFound();
}

void DevicesPage::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  if (isVisible() && event->size().width() != event->oldSize().width()) showFound();
  halves_->setDirection(width() >= kBeside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

}  // namespace headroom::ui
