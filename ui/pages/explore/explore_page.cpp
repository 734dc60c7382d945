#include "ui/pages/explore/explore_page.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/charts/breakdown_chart.h"
#include "ui/charts/context_chart.h"
#include "ui/charts/memory_bar.h"
#include "ui/charts/step_chart.h"
#include "ui/document/document.h"
#include "ui/inputs/segmented.h"
#include "ui/languages/core_text.h"
#include "ui/pages/explain/explain_panel.h"
#include "ui/pages/explore/advice_list.h"
#include "ui/pages/explore/calibration_chip.h"
#include "ui/pages/explore/card.h"
#include "ui/pages/explore/component_table.h"
#include "ui/pages/explore/fit_banner.h"
#include "ui/pages/explore/notes_label.h"
#include "ui/pages/explore/sensitivity_strip.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr int kChartWidth = 300, kChartHeight = 192, kChoiceHeight = 32;  // least; they share what there is above it

}  // namespace

ExplorePage::ExplorePage(Document& document, QWidget* parent)
    : QScrollArea(parent),
      document_(document),
      banner_(new FitBanner(document)),
      calibration_(new CalibrationChip(document)),
      bar_(new MemoryBar),
      breakdown_(new BreakdownChart),
      context_(new ContextChart),
      step_(new StepChart),
      plotChoice_(new Segmented(QStringLiteral("plotChoice"), {tr("One step"), tr("Context")})),
      plots_(new QStackedWidget),
      right_(new QStackedWidget),
      explanation_(new ExplainPanel(QStringLiteral("explanation"))),
      closeExplanation_(new QPushButton(tr("Close"))),
      table_(new ComponentTable),
      strip_(new SensitivityStrip(document)),
      advice_(new AdviceList(document)),
      notes_(new NotesLabel) {
  setObjectName(QStringLiteral("explorePage"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // its room is kept, so that a longer table moves nothing
  auto* page = new QWidget(this);
  page->setObjectName(QStringLiteral("exploreBody"));
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(12, 12, 12, 12);
  column->setSpacing(12);

  auto* answer = new Card(QStringLiteral("answerCard"), page);
  bar_->setObjectName(QStringLiteral("memoryBar"));
  answer->body()->addWidget(banner_);
  answer->body()->addWidget(calibration_);
  answer->body()->addWidget(bar_);
  answer->body()->addWidget(advice_);
  column->addWidget(answer);

  auto* charts = new QHBoxLayout;
  charts->setSpacing(12);
  auto* left = new Card(QStringLiteral("breakdownCard"), page);
  breakdown_->setObjectName(QStringLiteral("breakdownChart"));
  breakdown_->setMinimumSize(kChartWidth, kChartHeight);
  left->body()->addWidget(breakdown_);
  auto* plot = new Card(QStringLiteral("contextCard"), page);
  context_->setObjectName(QStringLiteral("contextChart"));
  context_->setMinimumSize(kChartWidth, kChartHeight);
  step_->setMinimumSize(kChartWidth, kChartHeight - kChoiceHeight);
  plotChoice_->setAccessibleName(tr("Plot"));
  plotChoice_->show(0);
  plots_->addWidget(step_);
  plots_->addWidget(context_);
  auto* choice = new QHBoxLayout;
  choice->addStretch(1);
  choice->addWidget(plotChoice_);
  plot->body()->addLayout(choice);
  plot->body()->addWidget(plots_, 1);
  auto* why = new Card(QStringLiteral("explainCard"), page);
  closeExplanation_->setObjectName(QStringLiteral("closeExplanation"));
  closeExplanation_->setProperty("goal", true);
  closeExplanation_->setToolTip(tr("Back to the chart (Esc)"));
  auto* head = new QHBoxLayout;
  auto* whyHeading = new QLabel(tr("Why this many bytes"), why);
  whyHeading->setProperty("heading", true);
  head->addWidget(whyHeading, 1);
  head->addWidget(closeExplanation_);
  why->body()->addLayout(head);
  why->body()->addWidget(explanation_, 1);
  for (Card* c : {left, plot}) c->body()->setContentsMargins(8, 8, 8, 8);
  right_->addWidget(plot);
  right_->addWidget(why);
  charts->addWidget(left, 1);
  charts->addWidget(right_, 1);
  column->addLayout(charts, 1);

  auto* numbers = new Card(QStringLiteral("tableCard"), page);
  numbers->body()->setSpacing(12);
  numbers->body()->addWidget(table_);
  numbers->body()->addWidget(strip_);
  notes_->setObjectName(QStringLiteral("diagnostics"));
  notes_->setProperty("quiet", true);
  notes_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  numbers->body()->addWidget(notes_);
  column->addWidget(numbers);
  setWidget(page);
  connectViews();
}

void ExplorePage::connectViews() {
  for (Chart* chart : {static_cast<Chart*>(bar_), static_cast<Chart*>(breakdown_), static_cast<Chart*>(step_)}) {
    connect(chart, &Chart::componentActivated, this, [this](ComponentId id) { explain(id); });
    connect(chart, &Chart::componentHovered, this, [this](ComponentId id) { table_->select(id); });
    connect(chart, &Chart::hoverLeft, this,
            [this] { table_->select(right_->currentIndex() == 1 ? explanation_->component() : std::nullopt); });
  }
  connect(table_, &ComponentTable::componentActivated, this, [this](ComponentId id) { explain(id); });
  connect(table_, &ComponentTable::componentHovered, this, [this](std::optional<ComponentId> id) {
    bar_->setHighlight(id);
    breakdown_->setHighlight(id);
    step_->setHighlight(id);
  });
  connect(plotChoice_, &Segmented::chosen, this, [this] { showPlot(); });
  connect(closeExplanation_, &QPushButton::clicked, this, [this] { explain(std::nullopt); });
  connect(context_, &ContextChart::dragStarted, &document_, &Document::beginGesture);
  connect(context_, &ContextChart::dragFinished, &document_, &Document::endGesture);
  connect(context_, &ContextChart::contextPicked, this, [this](qint64 tokens) {
    document_.editStepwise(Field::context, [tokens](Scenario& s) { s.context = tokens; });
  });
}

void ExplorePage::explain(std::optional<ComponentId> id) {
  if (id) explanation_->setComponent(id);
  right_->setCurrentIndex(id ? 1 : 0);
  table_->select(id);
}

void ExplorePage::showPlot() {
  const bool training =
      isTraining(document_.scenario().workload) && !document_.snapshot().estimate.heaviest().moments.empty();
  plotChoice_->setVisible(training);
  plots_->setCurrentIndex(training && plotChoice_->current() == 0 ? 0 : 1);
}

void ExplorePage::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape && right_->currentIndex() == 1) return explain(std::nullopt);
  QScrollArea::keyPressEvent(event);
}

void ExplorePage::render(const Snapshot& s) {
  banner_->render(s);
  calibration_->render(s);
  bar_->render(s);
  breakdown_->render(s);
  showPlot();
  context_->render(s);
  step_->render(s);
  table_->render(s);
  strip_->render(s);
  advice_->render(s);
  explanation_->render(s);
  QStringList notes;
  for (const Diagnostic& d : s.estimate.diagnostics)
    notes << (d.severity >= Severity::ignored ? QStringLiteral("⚠ ") : QString()) + grouped(coreText(d.message));
  if (const QString text = notes.join(QLatin1Char('\n')); text != notes_->text()) {
    notes_->setText(text);
    static_cast<NotesLabel*>(notes_)->fit();
  }
  notes_->setVisible(!notes.isEmpty());
}

}  // namespace headroom::ui
