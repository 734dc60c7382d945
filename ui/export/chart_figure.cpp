#include "ui/export/chart_figure.h"

#include <QApplication>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QPainter>
#include <QRegularExpression>
#include <array>

#include "core/analysis/verdict.h"
#include "core/base/version.h"
#include "ui/charts/breakdown_chart.h"
#include "ui/charts/compare_chart.h"
#include "ui/charts/context_chart.h"
#include "ui/charts/evidence_chart.h"
#include "ui/charts/map_chart.h"
#include "ui/charts/marks.h"
#include "ui/charts/memory_bar.h"
#include "ui/charts/plan_chart.h"
#include "ui/charts/scenario_plot.h"
#include "ui/charts/step_chart.h"
#include "ui/charts/sweep_chart.h"
#include "ui/languages/core_text.h"
#include "ui/languages/tr.h"
#include "ui/pages/explore/headline.h"
#include "ui/pages/plan/plan_search.h"
#include "ui/pages/sweep/sweep_pictures.h"
#include "ui/style/names.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr int kMargin = 28, kTitlePixels = 20, kTextPixels = 13, kSmallPixels = 11;
constexpr double kHeader = 64, kFooter = 44;

struct Entry {
  const char *name, *summary;
  QSize size;
  std::unique_ptr<Chart> (*make)();
};

template <typename T>
std::unique_ptr<Chart> make() {
  return std::make_unique<T>();
}

template <BreakdownChart::Subject subject>
std::unique_ptr<Chart> makeBreakdown() {
  auto chart = std::make_unique<BreakdownChart>();
  chart->setSubject(subject);
  return chart;
}

template <CompareChart::Subject subject>
std::unique_ptr<Chart> makeCompare() {
  return std::make_unique<CompareChart>(subject);
}

const std::array<Entry, 12>& registry() {
  static const std::array<Entry, 12> entries{{
      {"breakdown",
       QT_TRANSLATE_NOOP("Charts", "memory of each kind of device, stacked by component"),
       {960, 600},
       make<BreakdownChart>},
      {"moments",
       QT_TRANSLATE_NOOP("Charts", "the fullest device through the moments of one training step"),
       {960, 600},
       make<StepChart>},
      {"bar", QT_TRANSLATE_NOOP("Charts", "the fullest device as one wide bar"), {960, 244}, make<MemoryBar>},
      {"context",
       QT_TRANSLATE_NOOP("Charts", "KV cache against context, and where it is full"),
       {960, 600},
       make<ContextChart>},
      {"compare",
       QT_TRANSLATE_NOOP("Charts", "the scenario on other devices, with verdicts and limits"),
       {960, 600},
       makeCompare<CompareChart::Subject::devices>},
      {"scenarios",
       QT_TRANSLATE_NOOP("Charts", "the document's scenarios side by side, with verdicts and limits"),
       {960, 600},
       makeCompare<CompareChart::Subject::scenarios>},
      {"curves",
       QT_TRANSLATE_NOOP("Charts", "a component of the document's scenarios against the context"),
       {960, 600},
       make<ScenarioPlot>},
      {"devices",
       QT_TRANSLATE_NOOP("Charts", "the breakdown of each device side by side"),
       {960, 600},
       makeBreakdown<BreakdownChart::Subject::devices>},
      {"sweep",
       QT_TRANSLATE_NOOP("Charts", "what the scenario comes to over the values of a field"),
       {960, 600},
       make<SweepChart>},
      {"map",
       QT_TRANSLATE_NOOP("Charts", "what is left at every pair of values of two fields, and where it ends"),
       {960, 640},
       make<MapChart>},
      {"plan",
       QT_TRANSLATE_NOOP("Charts", "the layouts of a fleet that nothing beats: memory over devices"),
       {960, 600},
       make<PlanChart>},
      {"evidence",
       QT_TRANSLATE_NOOP("Charts", "what was predicted for real runs against what they printed"),
       {760, 800},
       make<EvidenceChart>},
  }};
  return entries;
}

const Entry* find(const QString& name) {
  for (const Entry& entry : registry()) {
    if (name == QLatin1String(entry.name)) return &entry;
  }
  return nullptr;
}

// The application's font by its own name: "Sans Serif" in a file would be another font elsewhere.
QFont namedFont() {
  QFont font = QApplication::font();
  font.setFamily(QFontInfo(font).family());
  return font;
}

QFont pixels(const QFont& font, int size, bool bold = false) {
  QFont result = font;
  result.setPixelSize(size);
  result.setWeight(bold ? QFont::DemiBold : QFont::Normal);
  return result;
}

// As the user calls it, with its model where the name does not say it.
QString subjectName(const Snapshot& snapshot) {
  const QString name = shown(snapshot.scenario.name).trimmed();
  if (!snapshot.scenario.model) return name;
  const Model& model = *snapshot.scenario.model;
  const QString of = shown(model.label.empty() ? model.id : model.label);
  if (name.isEmpty()) return of;
  return name.contains(of, Qt::CaseInsensitive) ? name : QStringLiteral("%1 (%2)").arg(name, of);
}

// Adds to the engine's name, the last part, what a run printed as its version: a number stands behind the name, other
// words ("Unsloth Unsloth 2025.9.11", "torchtitan torch 1963fc8") for themselves, no word twice in a row.
void addVersion(QStringList& parts, const QString& version) {
  if (version.isEmpty() || version == QLatin1String("not printed")) return;
  static const QRegularExpression kNumber(QStringLiteral("^v?\\d"));
  if (kNumber.match(version).hasMatch()) {
    parts.last() += QLatin1Char(' ') + version;
    return;
  }
  QStringList words = version.split(QLatin1Char(' '));
  for (qsizetype i = words.size(); --i > 0;)
    if (words[i].compare(words[i - 1], Qt::CaseInsensitive) == 0) words.removeAt(i);
  if (words.front().compare(parts.last(), Qt::CaseInsensitive) == 0) parts.removeLast();
  parts += words.join(QLatin1Char(' '));
}

void addParallelism(QStringList& parts, const ParallelSettings& p) {
  const std::array<std::pair<QString, std::int64_t>, 5> ways{{{tr("data parallel %1"), p.data},
                                                              {tr("tensor parallel %1"), p.tensor},
                                                              {tr("pipeline parallel %1"), p.pipeline},
                                                              {tr("context parallel %1"), p.context},
                                                              {tr("expert parallel %1"), p.expert}}};
  for (const auto& [words, ranks] : ways)
    if (ranks > 1) parts += words.arg(ranks);
  if (p.sharding != Sharding::none) parts += spelled(nameOf(p.sharding));
}

}  // namespace

QStringList chartNames() {
  QStringList names;
  for (const Entry& entry : registry()) names += QString::fromLatin1(entry.name);
  return names;
}

QString chartSummary(const QString& name) {
  const Entry* entry = find(name);
  return entry ? QCoreApplication::translate("Charts", entry->summary) : QString();
}

std::unique_ptr<Chart> makeChart(const QString& name) {
  const Entry* entry = find(name);
  return entry ? entry->make() : nullptr;
}

QSize usualSize(const QString& name) {
  const Entry* entry = find(name);
  return entry ? entry->size : QSize(960, 600);
}

QString inputsLine(const Snapshot& snapshot) {
  const Scenario& s = snapshot.scenario;
  const Settings& settings = snapshot.settings;
  QStringList parts{spelled(nameOf(s.workload)), spelled(nameOf(settings.engine))};
  addVersion(parts, shown(s.engineVersion));
  parts += tr("weights %1").arg(QString::fromStdString(idOf(settings.weights)));
  if (isTraining(s.workload)) {
    parts += spelled(nameOf(settings.optimizer));
    if (settings.training.checkpointing != Checkpointing::none)
      parts += tr("%1 checkpointing").arg(coreText(nameOf(settings.training.checkpointing)));
    if (s.workload != Workload::full) parts += tr("rank %1").arg(settings.training.rank);
    if (settings.reinforcement.method != ReinforcementMethod::none)
      parts += spelled(nameOf(settings.reinforcement.method));
  } else {
    const auto& [k, v] = settings.kvCache;
    const QString key = fromView(info(k).id), value = fromView(info(v).id);
    parts += tr("KV cache %1").arg(k == v ? key : key + QLatin1Char('/') + value);
  }
  parts += tr("batch %1").arg(grouped(settings.batch));
  parts += tr("context %1").arg(grouped(settings.context));
  addParallelism(parts, settings.parallel);
  const QString device = deviceName(s);
  if (!device.isEmpty()) parts += device;
  return parts.join(QStringLiteral(" · "));
}

namespace {

// A sweep, a map and a plan that nobody's window has worked out: as the document asks for them.
void workOut(Chart& chart, const Snapshot& snapshot) {
  if (auto* plan = qobject_cast<PlanChart*>(&chart); plan != nullptr && !plan->picture() && snapshot.scenario.model) {
    const PlanAxes axes = axesOf(snapshot.scenario, snapshot.asked.plan);
    const bool any = noPlan(snapshot.scenario, axes).isEmpty();
    plan->show(planPicture(snapshot.scenario, axes, any ? planFor(snapshot.scenario, axes) : Plan(), snapshot.unit));
  }
  auto* sweep = qobject_cast<SweepChart*>(&chart);
  auto* map = qobject_cast<MapChart*>(&chart);
  const bool wanted = (sweep != nullptr && !sweep->picture()) || (map != nullptr && !map->picture());
  if (!wanted || !snapshot.scenario.model) return;
  Work work;
  work.scenarios = {std::make_shared<const Scenario>(snapshot.scenario)};
  work.compared = snapshot.compared;
  work.asked = snapshot.asked;
  const SweepQuestion question = sweepQuestion(work, snapshot);
  if (sweep != nullptr) sweep->show(sweepPicture(question));
  if (map != nullptr) map->show(mapPicture(question));
}

}  // namespace

ChartFigure::ChartFigure(const Snapshot& snapshot, const QString& name, QSize size, QDate date,
                         const std::function<void(Chart&)>& prepare)
    : snapshot_(snapshot), chart_(makeChart(name)), size_(size), date_(date), font_(namedFont()) {
  Q_ASSERT(chart_);
  chart_->setFixedTheme(&Theme::light());
  chart_->setFont(pixels(font_, kTextPixels));
  if (prepare) prepare(*chart_);
  workOut(*chart_, snapshot);
  chart_->render(snapshot);
  chart_->layOut(chartArea().size().toSize());
  // Only now does a chart know how many columns it must have room for.
  const QSize least = chart_->minimumSizeHint() + QSize(2 * kMargin, static_cast<int>(2 * kMargin + kHeader + kFooter));
  if (size_.expandedTo(least) == size_) return;
  size_ = size_.expandedTo(least);
  chart_->layOut(chartArea().size().toSize());
}

ChartFigure::~ChartFigure() = default;

QRectF ChartFigure::chartArea() const {
  return QRectF(QPointF(0, 0), size_).adjusted(kMargin, kMargin + kHeader, -kMargin, -kMargin - kFooter);
}

namespace {

bool isAsked(const Chart& chart) {
  const auto* compare = qobject_cast<const CompareChart*>(&chart);
  return chart.subject().isEmpty() || (compare != nullptr && compare->shows() == CompareChart::Subject::devices);
}

}  // namespace

QString ChartFigure::title() const {
  if (!isAsked(*chart_)) return chart_->title();
  return subjectName(snapshot_) + QStringLiteral(" – ") + chart_->title();
}
QString ChartFigure::description() const {
  return chart_->accessibleDescription();
}

void ChartFigure::paint(QPainter& painter) const {
  const Theme& theme = Theme::light();
  const QRectF page = QRectF(QPointF(0, 0), size_);
  const QRectF inner = page.adjusted(kMargin, kMargin, -kMargin, -kMargin);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::TextAntialiasing);
  painter.fillRect(page, theme.card);
  painter.setPen(theme.text);
  painter.setFont(pixels(font_, kTitlePixels, true));
  painter.drawText(QRectF(inner.left(), inner.top() - 4, inner.width(), 28), Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetricsF(painter.font()).elidedText(title(), Qt::ElideMiddle, inner.width()));
  painter.setFont(pixels(font_, kTextPixels, true));
  const QRectF row(inner.left(), inner.top() + 28, inner.width(), 20);
  const QString subject = chart_->subject();
  if (!subject.isEmpty()) {
    painter.setPen(theme.quietText);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, subject);
  } else if (!snapshot_.estimate.ranks.empty()) {
    const Judgement judgement = judge(snapshot_.estimate);
    if (judgement.word) paintVerdictIcon(painter, {row.left(), row.top() + 2, 15, 15}, *judgement.word, theme);
    painter.setPen(judgement.word ? theme.colour(*judgement.word) : theme.quietText);
    painter.drawText(row.adjusted(judgement.word ? 22 : 0, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     headlineOf(snapshot_.estimate, snapshot_.unit).sentence);
  }
  painter.save();
  chart_->paintFigure(painter, chartArea());
  painter.restore();
  painter.setPen(QPen(theme.line, 1));
  const double rule = inner.bottom() - 26;
  painter.drawLine(QPointF(inner.left(), rule), QPointF(inner.right(), rule));
  painter.setFont(pixels(font_, kSmallPixels));
  painter.setPen(theme.quietText);
  const QRectF foot(inner.left(), rule + 6, inner.width(), 30);
  const QString stamp =
      QStringLiteral("Headroom %1 · %2").arg(QLatin1String(headroomVersion()), date_.toString(Qt::ISODate));
  const double reserved = QFontMetricsF(painter.font()).horizontalAdvance(stamp) + 24;
  painter.drawText(foot.adjusted(0, 0, -reserved, 0), static_cast<int>(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap,
                   isAsked(*chart_) ? inputsLine(snapshot_) : QString());
  painter.drawText(foot, Qt::AlignRight | Qt::AlignTop, stamp);
}

}  // namespace headroom::ui
