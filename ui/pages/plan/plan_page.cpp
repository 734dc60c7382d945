#include "ui/pages/plan/plan_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <algorithm>

#include "core/open/scenario_json.h"
#include "core/report/plan_report.h"
#include "core/scenario/choices.h"
#include "core/scenario/settings.h"
#include "ui/charts/plan_chart.h"
#include "ui/document/document.h"
#include "ui/inputs/accelerator_items.h"
#include "ui/inputs/parse_value.h"
#include "ui/inputs/picker_field.h"
#include "ui/inputs/value_entry.h"
#include "ui/languages/core_text.h"
#include "ui/pages/explore/card.h"
#include "ui/style/elided_label.h"
#include "ui/style/text.h"
#include "ui/tables/sheet_view.h"

namespace headroom::ui {
namespace {

constexpr int kEntryWidth = 72, kPickerWidth = 190, kTableHeight = 300, kChartHeight = 250, kBeside = 1360,
              kAllRoom = 1000;
constexpr std::size_t kMostReasons = 6;

}  // namespace

PlanPage::PlanPage(Document& document, QWidget* parent)
    : QScrollArea(parent),
      document_(document),
      count_(new ValueEntry([this](const QString& text) -> QString {
        const ParsedInteger parsed = parseInteger(text, 1, kMaxDevices);
        if (!parsed.value) return parsed.problem;
        document_.edit(Field::devices, [&](Scenario& s) { chooseDeviceCount(s, *parsed.value); });
        return {};
      })),
      batch_(new ValueEntry([this](const QString& text) -> QString {
        std::optional<std::int64_t> batch;
        if (!text.trimmed().isEmpty()) {
          const ParsedInteger parsed = parseInteger(text, 1, kMaxBatch);
          if (!parsed.value) return parsed.problem;
          batch = parsed.value;
        }
        document_.ask(tr("Global batch"), [&](Asked& a) { a.plan.globalBatch = batch; });
        return {};
      })),
      batchLabel_(new QLabel(tr("global batch"))),
      accelerator_(new PickerField(QStringLiteral("planPicker"))),
      larger_(new QPushButton),
      question_(new ElidedLabel),
      answer_(new ElidedLabel),
      note_(new ElidedLabel),
      left_(new QLabel),
      halves_(new QBoxLayout(QBoxLayout::TopToBottom)),
      chart_(new PlanChart),
      table_(new SheetView(QStringLiteral("planTable"))) {
  setObjectName(QStringLiteral("planPage"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::NoFocus);
  auto* page = new QWidget(this);
  page->setObjectName(QStringLiteral("planBody"));
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(12, 12, 12, 12);
  column->setSpacing(12);
  column->addWidget(buildQuestion());
  auto* result = new Card(QStringLiteral("planCard"), page);
  result_ = result;
  table_->setAccessibleName(tr("Layouts worth a look"));
  table_->setSortable();
  table_->setMinimumHeight(kTableHeight);
  note_->setProperty("quiet", true);
  note_->setText(
      tr("Nothing beats these at once in memory, devices, recomputation and communication. + or Enter opens one."));
  left_->setObjectName(QStringLiteral("planLeft"));
  left_->setProperty("quiet", true);
  left_->setWordWrap(true);
  left_->setTextFormat(Qt::PlainText);
  result->body()->addWidget(note_);
  halves_->setSpacing(12);
  halves_->addWidget(chart_, 2);
  halves_->addWidget(table_, 3);
  chart_->setMinimumHeight(kChartHeight);
  result->body()->addLayout(halves_, 1);
  result->body()->addWidget(left_);
  column->addWidget(result_, kAllRoom);
  column->addStretch(1);
  setWidget(page);
  connect(table_, &SheetView::rowActivated, this, &PlanPage::openLayout);
  connect(table_, &SheetView::cellClicked, this, [this](std::size_t row, int c) {
    if (c == 0) openLayout(row);
  });
  // A layout is the same one in the chart and in the table.
  connect(chart_, &PlanChart::layoutActivated, this, [this](std::size_t layout) {
    const QModelIndex at = table_->sheet()->index(table_->sheet()->rowOf(layout), 1);
    table_->setCurrentIndex(at);
    table_->scrollTo(at);
    chart_->setSelected(layout);
  });
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& at) {
    chart_->setSelected(at.isValid() ? std::optional(table_->sheet()->sourceRow(at.row())) : std::nullopt);
  });
}

QWidget* PlanPage::buildQuestion() {
  auto* card = new Card(QStringLiteral("planQuestion"));
  question_->setProperty("heading", true);
  answer_->setObjectName(QStringLiteral("planAnswer"));
  answer_->setProperty("answer", true);
  card->body()->addWidget(buildFleet());
  larger_->setObjectName(QStringLiteral("planLarger"));
  larger_->setProperty("goal", true);
  larger_->setAutoDefault(false);
  larger_->hide();
  connect(larger_, &QPushButton::clicked, this,
          [this] { document_.edit(Field::devices, [&](Scenario& s) { chooseDeviceCount(s, enough_); }); });
  auto* answer = new QHBoxLayout;
  answer->addWidget(answer_, 1);
  answer->addWidget(larger_);
  card->body()->addLayout(answer);
  auto* chips = new QHBoxLayout;
  chips->setSpacing(5);
  for (const PlanPart& part : planParts()) {
    auto* chip = new QPushButton(part.label);
    chip->setObjectName(QStringLiteral("plan-") + QLatin1String(part.id));
    chip->setToolTip(tr("%1. Pressed: varied; else as the scenario has it").arg(part.tip));
    chip->setProperty("filterChip", true);
    chip->setProperty("tightChip", true);
    chip->setCheckable(true);
    chip->setAutoDefault(false);
    const std::string id = part.id;
    connect(chip, &QPushButton::clicked, this, [this, id](bool on) {
      document_.ask(tr("What a plan varies"), [&](Asked& a) {
        if (id == "weights") return void(a.plan.formats = on);
        std::erase(a.plan.kept, id);
        if (!on) a.plan.kept.push_back(id);
      });
    });
    parts_.push_back(chip);
    chips->addWidget(chip);
  }
  chips->addStretch(1);
  card->body()->addLayout(chips);
  return card;
}

QWidget* PlanPage::buildFleet() {
  auto* box = new QWidget;
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  count_->setObjectName(QStringLiteral("planCount"));
  count_->setAccessibleName(tr("Devices of the fleet"));
  count_->setFixedWidth(kEntryWidth);
  accelerator_->setAccessibleName(tr("Accelerator of the fleet"));
  accelerator_->setFixedWidth(kPickerWidth);
  accelerator_->setItems(acceleratorItems());
  accelerator_->setCustom(customAccelerator);
  connect(accelerator_, &PickerField::chosen, this, [this](const QString& id) {
    const Accelerator* a = findAccelerator(id.toStdString());
    const std::optional<DeviceRequest> own = deviceOf(id);
    document_.edit(Field::devices, [&](Scenario& s) {
      if (a != nullptr) return chooseAccelerator(s, *a);
      if (!own) return;
      const std::int64_t count = s.devices.empty() ? 1 : s.devices.front().count;
      s.devices = {*own};
      s.devices.front().count = count;
    });
  });
  batch_->setObjectName(QStringLiteral("planBatch"));
  batch_->setAccessibleName(tr("Global batch"));
  batch_->setToolTip(tr("Sequences of an optimizer step; micro-batches are then as many as it takes"));
  batch_->setFixedWidth(kEntryWidth);
  row->addWidget(question_, 1);
  row->addWidget(count_);
  row->addWidget(new QLabel(QStringLiteral("×")));
  row->addWidget(accelerator_);
  batchLabel_->setContentsMargins(8, 0, 0, 0);
  row->addWidget(batchLabel_);
  row->addWidget(batch_);
  return box;
}

void PlanPage::ask() {
  const Scenario& scenario = document_.scenario();
  const PlanAsked& how = document_.snapshot().asked.plan;
  if (asked_ && *asked_ == scenario && how_ == how) return;
  asked_ = scenario, how_ = how;
  const PlanAxes axes = axesOf(scenario, how);
  if (!noPlan(scenario, axes).isEmpty()) {
    scenario_ = scenario, axes_ = axes, plan_ = {}, enough_ = 0;
    // Takes the place of a search that goes on.
    work_.ask([this](const std::stop_token&) { return [this] { showPlan(); }; });
    return;
  }
  answer_->setText(tr("Trying %1 layouts…").arg(grouped(static_cast<qint64>(axes.layouts()))));
  work_.ask([this, scenario, axes, how](const std::stop_token& stop) {
    Plan plan = planFor(scenario, axes, stop);
    const std::int64_t enough = plan.layouts.empty() ? fleetThatFits(scenario, how, stop) : 0;
    return [this, scenario, axes, enough, plan = std::move(plan)] {
      scenario_ = scenario, axes_ = axes, plan_ = plan, enough_ = enough;
      showPlan();
    };
  });
}

void PlanPage::showPlan() {
  const QString problem = noPlan(scenario_, axes_);
  const ByteUnit unit = document_.snapshot().unit;
  table_->show(planSheet(scenario_, axes_, plan_, unit));
  chart_->show(planPicture(scenario_, axes_, plan_, unit));
  const auto number = [](std::size_t n) { return grouped(static_cast<qint64>(n)); };
  if (!problem.isEmpty())
    answer_->setText(problem);
  else if (plan_.layouts.empty())
    answer_->setText(plan_.tried == 1 ? tr("The only layout does not fit")
                                      : tr("None of %1 layouts fits").arg(number(plan_.tried)));
  else
    answer_->setText(tr("%1 worth a look, of %2 that fit, of %3 tried")
                         .arg(number(plan_.layouts.size()), number(plan_.fit), number(plan_.tried)));
  // Where there is nothing to choose from there is no word on choosing, no table that is nothing but its head, and no
  // chart without points; what would do instead is a click away.
  const bool choice = !plan_.layouts.empty();
  note_->setVisible(choice);
  table_->setVisible(choice);
  chart_->setVisible(choice);
  result_->setVisible(choice || !plan_.left.empty());
  if (auto* column = qobject_cast<QBoxLayout*>(widget()->layout()))
    column->setStretchFactor(result_, choice ? kAllRoom : 0);
  larger_->setVisible(enough_ > 0);
  if (enough_ > 0)
    larger_->setText(
        tr("Use %1 × %2").arg(number(static_cast<std::size_t>(enough_)), deviceLabel(scenario_.devices.front())));
  QStringList reasons;
  for (const Plan::Reason& r : plan_.left)
    if (static_cast<std::size_t>(reasons.size()) < kMostReasons)
      reasons << QStringLiteral("%1  %2").arg(number(r.layouts), coreText(r.why));
  left_->setText(reasons.isEmpty() ? QString() : tr("Left out:  %1").arg(reasons.join(QStringLiteral("   ·   "))));
  left_->setVisible(!reasons.isEmpty());
}

void PlanPage::openLayout(std::size_t row) {
  if (row >= plan_.layouts.size()) return;
  const Layout& layout = plan_.layouts[row].layout;
  Scenario scenario = laidOut(scenario_, axes_, layout);
  scenario.name = layoutName(layout).toStdString();
  document_.addScenario(std::move(scenario));
  Q_EMIT layoutOpened();
}

void PlanPage::render(const Snapshot& s) {
  const bool training = isTraining(s.scenario.workload);
  chart_->render(s);
  question_->setText(tr("Layouts of %1").arg(valueText(Field::model, s.scenario)));
  count_->showText(grouped(s.scenario.devices.empty() ? 1 : s.scenario.devices.front().count));
  accelerator_->showChoice(s.scenario.devices.empty() ? QString() : deviceLabel(s.scenario.devices.front()));
  accelerator_->setPlaceholderText(tr("Choose an accelerator"));
  batch_->setVisible(training);
  batchLabel_->setVisible(training);
  batch_->showText(s.asked.plan.globalBatch ? grouped(*s.asked.plan.globalBatch) : QString());
  batch_->setPlaceholderText(tr("any"));
  const PlanAxes whole = wholeAxes(s.scenario, s.asked.plan);
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const std::string id = planParts()[i].id;
    const bool formats = id == "weights";
    const bool kept = std::ranges::find(s.asked.plan.kept, id) != s.asked.plan.kept.end();
    const bool varies = formats || valuesOfPart(whole, id) > 1;
    parts_[i]->setEnabled(varies);
    parts_[i]->setChecked(formats ? s.asked.plan.formats : varies && !kept);
  }
  waiting_ = !isVisible();
  if (waiting_) return;
  ask();
  if (!work_.busy()) showPlan();  // the unit may be another
}

void PlanPage::showEvent(QShowEvent* event) {
  QScrollArea::showEvent(event);
  if (waiting_) ask();
  waiting_ = false;
}

void PlanPage::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  halves_->setDirection(width() >= kBeside ? QBoxLayout::RightToLeft : QBoxLayout::TopToBottom);
}

QString PlanPage::chartName(ChartView view) const {
  return view == ChartView::main ? QStringLiteral("plan") : DocumentPage::chartName(view);
}

void PlanPage::prepare(Chart& chart) const {
  if (auto* plan = qobject_cast<PlanChart*>(&chart)) plan->show(chart_->picture());
}

QString PlanPage::text(const Snapshot& snapshot, ReportFormat format) const {
  if (!scenario_.model) return {};
  return QString::fromStdString(planReport(scenario_, axes_, plan_, format, snapshot.unit));
}

}  // namespace headroom::ui
