#include "ui/pages/evidence/evidence_page.h"

#include <fmt/format.h>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>

#include "ui/charts/evidence_chart.h"
#include "ui/document/document.h"
#include "ui/inputs/quiet_controls.h"
#include "ui/inputs/segmented.h"
#include "ui/languages/language.h"
#include "ui/pages/evidence/evidence_models.h"
#include "ui/pages/evidence/run_card.h"
#include "ui/pages/explore/card.h"
#include "ui/pages/explore/figure_text.h"
#include "ui/style/names.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr int kBesideHead = 8;
constexpr int kRowHeight = 26, kTableRows = 8;
const char* const kQualities[] = {"A", "AB", "ABC"};

QTableView* makeTable(const char* name, const QString& spoken, QAbstractItemModel* model, QWidget* parent) {
  auto* table = new QTableView(parent);
  table->setObjectName(QLatin1String(name));
  table->setAccessibleName(spoken);
  table->setModel(model);
  table->setShowGrid(false);
  table->setFrameShape(QFrame::NoFrame);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setSelectionMode(QAbstractItemView::SingleSelection);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setTabKeyNavigation(false);
  table->setWordWrap(false);
  table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  table->verticalHeader()->hide();
  table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table->verticalHeader()->setDefaultSectionSize(kRowHeight);
  QHeaderView* header = table->horizontalHeader();
  header->setHighlightSections(false);
  header->setSectionsClickable(false);
  header->setFixedHeight(kRowHeight);
  header->setMinimumSectionSize(48);
  header->setSectionResizeMode(QHeaderView::Stretch);
  return table;
}

// Columns in digits, or as wide as what stands above them; the others share what is left.
void setWidths(QTableView* table, std::initializer_list<std::pair<int, int>> widths) {
  const int digit = table->fontMetrics().horizontalAdvance(QLatin1Char('0'));
  for (const auto& [section, digits] : widths) {
    table->horizontalHeader()->setSectionResizeMode(section, QHeaderView::Fixed);
    const QString head = table->model()->headerData(section, Qt::Horizontal).toString();
    const int above = table->horizontalHeader()->fontMetrics().horizontalAdvance(head) + 2 * kBesideHead;
    table->horizontalHeader()->resizeSection(section, std::max(digits * digit, above));
  }
}

}  // namespace

EvidencePage::EvidencePage(Document& document, QWidget* parent)
    : QScrollArea(parent),
      document_(document),
      group_(new QuietCombo),
      figure_(new QuietCombo),
      quality_(new Segmented(QStringLiteral("evidenceQuality"), {tr("A"), tr("A + B"), tr("All")})),
      which_(new Segmented(QStringLiteral("evidenceTables"), {tr("By figure"), tr("Runs")})),
      status_(new QLabel),
      progress_(new QProgressBar),
      chart_(new EvidenceChart),
      card_(new RunCard),
      tables_(new QStackedWidget),
      figures_(new FigureModel(this)),
      runs_(new RunModel(this)) {
  setObjectName(QStringLiteral("evidencePage"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  auto* page = new QWidget(this);
  page->setObjectName(QStringLiteral("evidenceBody"));
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(12, 12, 12, 12);
  column->setSpacing(12);
  column->addWidget(buildHead());

  auto* middle = new QHBoxLayout;
  middle->setSpacing(12);
  auto* plot = new Card(QStringLiteral("evidenceChartCard"), page);
  plot->body()->setContentsMargins(8, 8, 8, 8);
  chart_->setMinimumSize(320, 300);
  chart_->waitForEvidence();
  plot->body()->addWidget(chart_);
  card_->setMinimumWidth(296);
  middle->addWidget(plot, 3);
  middle->addWidget(card_, 2);
  column->addLayout(middle, 1);
  column->addWidget(buildTables());
  setWidget(page);

  connect(chart_, &EvidenceChart::errorActivated, this, [this](std::size_t error) { select(error); });
  connect(card_, &RunCard::scenarioWanted, this, &EvidencePage::openRun);
  connect(&store_, &EvidenceStore::progressed, this, [this](int done, int all) {
    progress_->setRange(0, all);
    progress_->setValue(done);
  });
  connect(&store_, &EvidenceStore::ready, this, [this] {
    progress_->hide();
    selected_.reset();
    fillChoices();
    refresh();
  });
  connect(&store_, &EvidenceStore::failed, this, [this](const QString& reason) {
    progress_->hide();
    status_->setText(reason);
  });
}

QWidget* EvidencePage::buildHead() {
  auto* head = new Card(QStringLiteral("evidenceHead"), this);
  auto* row = new QHBoxLayout;
  row->setSpacing(12);
  group_->setObjectName(QStringLiteral("evidenceGroup"));
  group_->setAccessibleName(tr("Engine"));
  figure_->setObjectName(QStringLiteral("evidenceFigure"));
  figure_->setAccessibleName(tr("Figure"));
  for (QuietCombo* combo : {group_, figure_}) {
    combo->setFixedWidth(combo == group_ ? 136 : 176);
    row->addWidget(combo);
  }
  auto* qualityLabel = new QLabel(tr("Quality"));
  qualityLabel->setProperty("quiet", true);
  row->addSpacing(8);
  row->addWidget(qualityLabel);
  quality_->setAccessibleName(tr("Quality of the runs"));
  quality_->setToolTip(
      tr("A: the run printed its whole configuration. B: one or two settings are assumed. All: more "
         "are."));
  quality_->show(1);
  row->addWidget(quality_);
  status_->setObjectName(QStringLiteral("evidenceStatus"));
  status_->setProperty("quiet", true);
  progress_->setObjectName(QStringLiteral("evidenceProgress"));
  progress_->setAccessibleName(tr("Runs predicted"));
  progress_->setFixedWidth(120);
  progress_->setTextVisible(false);
  progress_->setRange(0, 0);
  row->addStretch(1);
  row->addWidget(progress_);
  head->body()->addLayout(row);
  connect(group_, &QComboBox::activated, this, [this](int i) {
    EvidenceFilter f = filter_;
    f.group = group_->itemData(i).toString().toStdString();
    setFilter(f);
  });
  connect(figure_, &QComboBox::activated, this, [this](int i) {
    EvidenceFilter f = filter_;
    f.figure = figure_->itemData(i).toString().toStdString();
    setFilter(f);
  });
  connect(quality_, &Segmented::chosen, this, [this](int i) {
    EvidenceFilter f = filter_;
    f.qualities = kQualities[i];
    setFilter(f);
  });
  return head;
}

QWidget* EvidencePage::buildTables() {
  auto* card = new Card(QStringLiteral("evidenceTableCard"), this);
  auto* row = new QHBoxLayout;
  which_->setAccessibleName(tr("Table"));
  row->addWidget(which_);
  row->addStretch(1);
  row->addWidget(status_);
  card->body()->addLayout(row);
  figureTable_ = makeTable("figureTable", tr("Errors by engine and figure"), figures_, this);
  runTable_ = makeTable("runTable", tr("Runs, the largest error first"), runs_, this);
  setWidths(figureTable_, {{FigureModel::Group, 14},
                           {FigureModel::Count, 6},
                           {FigureModel::Median, 8},
                           {FigureModel::P90, 8},
                           {FigureModel::Worst, 9},
                           {FigureModel::Bias, 9},
                           {FigureModel::Inside, 9}});
  setWidths(runTable_, {{RunModel::Group, 14},
                        {RunModel::Figure, 18},
                        {RunModel::Measured, 12},
                        {RunModel::Predicted, 12},
                        {RunModel::Off, 11},
                        {RunModel::Quality, 8}});
  tables_->addWidget(figureTable_);
  tables_->addWidget(runTable_);
  tables_->setFixedHeight(kRowHeight * (kTableRows + 1) + 2);
  card->body()->addWidget(tables_);
  connect(which_, &Segmented::chosen, tables_, &QStackedWidget::setCurrentIndex);
  const auto narrow = [this](const QModelIndex& i) {
    if (!i.isValid()) return;
    EvidenceFilter f = filter_;
    const FigureSummary& s = figures_->summaries()[static_cast<std::size_t>(i.row())];
    f.group = s.group, f.figure = s.figure;
    setFilter(f);
  };
  connect(figureTable_, &QTableView::clicked, this, narrow);
  connect(figureTable_, &QTableView::activated, this, narrow);
  connect(runTable_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& i) {
    if (!selecting_ && i.isValid()) select(runs_->errorAt(i.row()));
  });
  return card;
}

void EvidencePage::fillChoices() {
  const Evidence& evidence = *store_.evidence();
  const auto fill = [](QuietCombo* combo, const QString& all, const std::vector<std::string>& ids, auto name,
                       const std::string& now) {
    const QSignalBlocker quiet(combo);
    combo->clear();
    combo->addItem(all, QString());
    for (const std::string& id : ids) combo->addItem(name(id), QString::fromStdString(id));
    combo->setCurrentIndex(std::max(0, combo->findData(QString::fromStdString(now))));
  };
  fill(
      group_, tr("All engines"), groupsOf(evidence), [](const std::string& g) { return spelled(g); }, filter_.group);
  fill(
      figure_, tr("All figures"), figuresOf(evidence, filter_.group),
      [this](const std::string& f) { return figureName(f, filter_.group); }, filter_.figure);
}

void EvidencePage::setFilter(const EvidenceFilter& wanted) {
  EvidenceFilter filter = wanted;
  if (store_.evidence() && !filter.figure.empty()) {
    const std::vector<std::string> figures = figuresOf(*store_.evidence(), filter.group);
    if (std::ranges::find(figures, filter.figure) == figures.end()) filter.figure.clear();
  }
  if (filter == filter_) return;
  filter_ = filter;
  for (int i = 0; i < 3; ++i)
    if (filter_.qualities == kQualities[i]) quality_->show(i);
  if (!store_.evidence()) return;
  fillChoices();
  refresh();
}

void EvidencePage::refresh() {
  const EvidencePtr& evidence = store_.evidence();
  if (!evidence) return;
  std::vector<std::size_t> rows = rowsOf(*evidence, filter_);
  // The table of figures keeps every engine in sight; only the quality narrows it.
  std::vector<PredictionError> counted;
  for (const std::size_t i : rowsOf(*evidence, {{}, {}, filter_.qualities})) counted.push_back(evidence->errors[i]);
  std::vector<FigureSummary> summaries = summarizeAll(counted);
  std::ranges::stable_sort(summaries, std::ranges::greater{}, [](const FigureSummary& s) { return serves(s.group); });
  figures_->show(std::move(summaries));
  for (std::size_t i = 0; i < figures_->summaries().size(); ++i) {
    const FigureSummary& s = figures_->summaries()[i];
    if (s.group == filter_.group && s.figure == filter_.figure) figureTable_->selectRow(static_cast<int>(i));
  }

  std::size_t inside = 0;
  for (const std::size_t i : rows) inside += evidence->errors[i].inside;
  const double share = rows.empty() ? 0 : 100.0 * static_cast<double>(inside) / static_cast<double>(rows.size());
  status_->setText(tr("%1 figures, %2 % inside the stated band")
                       .arg(grouped(static_cast<qint64>(rows.size())), localNumber(share, 'f', 0)));
  if (selected_ && std::ranges::find(rows, *selected_) == rows.end()) selected_.reset();
  chart_->show(evidence, filter_);
  selecting_ = true;
  runs_->show(evidence, std::move(rows), unit_);
  selecting_ = false;
  select(selected_);
}

void EvidencePage::select(std::optional<std::size_t> error) {
  selected_ = error;
  chart_->setSelected(error);
  card_->show(store_.evidence(), error, unit_);
  const int row = error ? runs_->rowOf(*error) : -1;
  if (runTable_->currentIndex().row() == row) return;
  selecting_ = true;
  if (row < 0)
    runTable_->clearSelection();
  else
    runTable_->selectRow(row), runTable_->scrollTo(runs_->index(row, 0));
  selecting_ = false;
}

void EvidencePage::openRun(const Scenario& scenario) {
  document_.edit(Field::run, [&](Scenario& s) {
    s = scenario;
    if (s.name.empty() && selected_) s.name = store_.evidence()->errors[*selected_].run;
  });
  Q_EMIT runOpened();
}

void EvidencePage::render(const Snapshot& s) {
  chart_->render(s);
  if (unit_ == s.unit) return;
  unit_ = s.unit;
  refresh();
}

void EvidencePage::showEvent(QShowEvent* event) {
  QScrollArea::showEvent(event);
  store_.start();
}

QString EvidencePage::chartName(ChartView view) const {
  return view == ChartView::main ? QStringLiteral("evidence") : DocumentPage::chartName(view);
}

void EvidencePage::prepare(Chart& chart) const {
  if (auto* evidence = qobject_cast<EvidenceChart*>(&chart)) evidence->show(store_.evidence(), filter_);
}

QString EvidencePage::text(const Snapshot& /*snapshot*/, ReportFormat format) const {
  return QString::fromStdString(format == ReportFormat::csv ? errorsAsCsv() : tableShown().text(format));
}

TextTable EvidencePage::tableShown() const {
  const QAbstractTableModel* m = tables_->currentIndex() == 0 ? static_cast<QAbstractTableModel*>(figures_) : runs_;
  TextTable table;
  for (int c = 0; c < m->columnCount(); ++c)
    table.column(m->headerData(c, Qt::Horizontal, Qt::DisplayRole).toString().toStdString(),
                 c < 2 ? TextTable::Align::left : TextTable::Align::right);
  for (int r = 0; r < m->rowCount(); ++r) {
    std::vector<std::string> cells;
    for (int c = 0; c < m->columnCount(); ++c) cells.push_back(m->index(r, c).data().toString().toStdString());
    table.row(std::move(cells));
  }
  return table;
}

std::string EvidencePage::errorsAsCsv() const {
  TextTable table;
  for (const char* name :
       {"run", "engine", "figure", "measured", "predicted", "low", "high", "error", "inside_band", "quality"})
    table.column(name);
  if (store_.evidence()) {
    for (const std::size_t i : rowsOf(*store_.evidence(), filter_)) {
      const PredictionError& e = store_.evidence()->errors[i];
      std::vector<std::string> cells{e.run, e.group, e.measured.name};
      for (const double v : {e.measured.value, e.predicted.value, e.predicted.low, e.predicted.high})
        cells.push_back(fmt::format("{:.0f}", v));
      cells.push_back(fmt::format("{:.6g}", e.error));
      cells.push_back(e.inside ? "true" : "false");
      cells.emplace_back(1, e.measured.quality);
      table.row(std::move(cells));
    }
  }
  return table.text(ReportFormat::csv);
}

}  // namespace headroom::ui
