#include "ui/pages/compare/compare_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/charts/compare_chart.h"
#include "ui/charts/scenario_plot.h"
#include "ui/document/document.h"
#include "ui/inputs/quiet_controls.h"
#include "ui/pages/compare/compare_sheet.h"
#include "ui/pages/explore/card.h"
#include "ui/style/elided_label.h"
#include "ui/style/text.h"
#include "ui/tables/sheet_view.h"

namespace headroom::ui {
namespace {

constexpr int kChoiceWidth = 168, kLeastColumn = 132, kAroundColumns = 90, kLeastHalf = 420, kChartHeight = 400,
              kPlotHeight = 320;
constexpr std::size_t kMostScenarios = 6;

}  // namespace

ComparePage::ComparePage(Document& document, QWidget* parent)
    : QScrollArea(parent),
      document_(document),
      hint_(new QLabel),
      add_(new QPushButton(tr("Add a copy to change"))),
      component_(new QuietCombo),
      baseline_(new QuietCombo),
      chart_(new CompareChart(CompareChart::Subject::scenarios)),
      plot_(new ScenarioPlot),
      view_(new SheetView(QStringLiteral("scenarioTable"))) {
  setObjectName(QStringLiteral("comparePage"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::NoFocus);
  auto* page = new QWidget(this);
  page->setObjectName(QStringLiteral("compareBody"));
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(12, 12, 12, 12);
  column->setSpacing(12);

  halves_ = new QBoxLayout(QBoxLayout::LeftToRight);
  halves_->setSpacing(12);
  auto* bars = new Card(QStringLiteral("scenarioBarsCard"), page);
  auto* head = new QHBoxLayout;
  hint_->setObjectName(QStringLiteral("compareHint"));
  hint_->setProperty("quiet", true);
  hint_->setWordWrap(true);
  add_->setObjectName(QStringLiteral("compareAdd"));
  add_->setProperty("goal", true);
  add_->setAutoDefault(false);
  connect(add_, &QPushButton::clicked, this, [this] { document_.duplicateScenario(); });
  head->addWidget(hint_, 1);
  head->addWidget(add_);
  bars->body()->addLayout(head);
  chart_->setObjectName(QStringLiteral("scenarioChart"));
  chart_->setMinimumHeight(kChartHeight);
  bars->body()->addWidget(chart_, 1);
  halves_->addWidget(bars, 1);

  auto* curves = new Card(QStringLiteral("scenarioPlotCard"), page);
  auto* choice = new QHBoxLayout;
  component_->setObjectName(QStringLiteral("compareComponent"));
  component_->setAccessibleName(tr("What is plotted against the context"));
  component_->setFixedWidth(kChoiceWidth);
  component_->addItem(tr("Total"), QString());
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    component_->addItem(componentName(id), QString::fromUtf8(idOf(id).data(), static_cast<qsizetype>(idOf(id).size())));
  }
  connect(component_, &QComboBox::activated, this, [this] {
    document_.ask(tr("What is plotted"),
                  [this](Asked& a) { a.compare.component = component_->currentData().toString().toStdString(); });
  });
  auto* against = new ElidedLabel;
  against->setText(tr("against the context"));
  against->setProperty("quiet", true);
  choice->addWidget(component_);
  choice->addWidget(against, 1);
  curves->body()->addLayout(choice);
  plot_->setMinimumHeight(kPlotHeight);
  curves->body()->addWidget(plot_, 1);
  halves_->addWidget(curves, 1);
  column->addLayout(halves_, 1);

  auto* numbers = new Card(QStringLiteral("scenarioTableCard"), page);
  auto* compared = new QHBoxLayout;
  auto* label = new QLabel(tr("Differences to"), numbers);
  baseline_->setObjectName(QStringLiteral("compareBaseline"));
  baseline_->setAccessibleName(tr("Baseline"));
  baseline_->setFixedWidth(kChoiceWidth + 80);
  label->setBuddy(baseline_);
  connect(baseline_, &QComboBox::activated, this,
          [this](int index) { document_.setBaseline(static_cast<std::size_t>(index)); });
  compared->addWidget(label);
  compared->addWidget(baseline_);
  compared->addStretch(1);
  numbers->body()->addLayout(compared);
  view_->setAccessibleName(tr("Scenarios beside each other"));
  view_->setShowsAll();
  numbers->body()->addWidget(view_);
  column->addWidget(numbers);
  setWidget(page);
}

// One below the other where a column beside the curves would be too narrow for its name and figures, or a half for its
// hint and legend.
void ComparePage::arrange() {
  const int half = width() / 2;
  const bool narrow = half < kLeastHalf || half - kAroundColumns < static_cast<int>(scenarios_) * kLeastColumn;
  halves_->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void ComparePage::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  arrange();
}

QString ComparePage::chartName(ChartView view) const {
  if (view == ChartView::main) return QStringLiteral("scenarios");
  return view == ChartView::context ? QStringLiteral("curves") : DocumentPage::chartName(view);
}

void ComparePage::prepare(Chart& chart) const {
  if (auto* plot = qobject_cast<ScenarioPlot*>(&chart)) plot->setComponent(plot_->component());
}

QString ComparePage::text(const Snapshot& snapshot, ReportFormat format) const {
  SheetModel sheet;
  sheet.show(compareSheet(snapshot));
  sheet.orderLike(*view_->sheet());
  return sheet.text(format);
}

void ComparePage::renderBaseline(const Snapshot& s) {
  const QSignalBlocker quiet(baseline_);
  QStringList labels;
  for (const ScenarioEntry& e : s.scenarios) labels << e.label;
  QStringList listed;
  for (int i = 0; i < baseline_->count(); ++i) listed << baseline_->itemText(i);
  if (listed != labels) {
    baseline_->clear();
    baseline_->addItems(labels);
  }
  baseline_->setCurrentIndex(static_cast<int>(s.baseline.value_or(0)));
}

void ComparePage::render(const Snapshot& s) {
  scenarios_ = s.scenarios.size();
  arrange();
  hint_->setText(s.scenarios.size() > 1 ? tr("%1 scenarios of this document").arg(s.scenarios.size())
                                        : tr("One scenario so far: add a copy, change it, and both stand here"));
  add_->setEnabled(s.scenarios.size() < kMostScenarios);
  chart_->render(s);
  int plotted = std::max(0, component_->findData(QString::fromStdString(s.asked.compare.component)));
  // What none of them has, as a cache in training, gives way to the total.
  const auto has = [&](const ComparedColumn& c) {
    return c.estimate.heaviest().ledger.bytes(static_cast<ComponentId>(plotted - 1)) > Bytes(0);
  };
  if (plotted > 0 && std::ranges::none_of(s.scenarioColumns, has) && !s.scenarioColumns.empty()) plotted = 0;
  component_->setCurrentIndex(plotted);
  plot_->setComponent(plotted == 0 ? std::nullopt : std::optional(static_cast<ComponentId>(plotted - 1)));
  plot_->render(s);
  if (!isVisible() && s.scenarioColumns.empty()) return;
  renderBaseline(s);
  view_->show(compareSheet(s));
}

}  // namespace headroom::ui
