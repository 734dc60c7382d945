#include "ui/pages/sweep/sweep_page.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>

#include "ui/charts/map_chart.h"
#include "ui/charts/sweep_chart.h"
#include "ui/document/document.h"
#include "ui/inputs/quiet_controls.h"
#include "ui/pages/explore/card.h"
#include "ui/pages/sweep/range_row.h"
#include "ui/style/elided_label.h"

namespace headroom::ui {
namespace {

constexpr int kBeside = 880, kChartHeight = 300;

}  // namespace

SweepPage::SweepPage(Document& document, QWidget* parent)
    : QScrollArea(parent),
      document_(document),
      figure_(new QuietCombo),
      along_(new RangeRow(QStringLiteral("along"), tr("over"), {})),
      series_(new RangeRow(QStringLiteral("series"), tr("for each"), tr("nothing else"))),
      across_(new RangeRow(QStringLiteral("across"), tr("across"), {})),
      down_(new RangeRow(QStringLiteral("down"), tr("up"), {})),
      chart_(new SweepChart),
      map_(new MapChart),
      mapNote_(new ElidedLabel) {
  setObjectName(QStringLiteral("sweepPage"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::NoFocus);
  auto* page = new QWidget(this);
  page->setObjectName(QStringLiteral("sweepBody"));
  halves_ = new QBoxLayout(QBoxLayout::LeftToRight, page);
  halves_->setContentsMargins(12, 12, 12, 12);
  halves_->setSpacing(12);
  halves_->addWidget(buildSweep(), 1);
  halves_->addWidget(buildMap(), 1);
  setWidget(page);

  const auto connected = [this](RangeRow* row, const QString& title, AskedRange SweepAsked::*part) {
    connect(row, &RangeRow::changed, this, [this, title, part](const AskedRange& range) {
      document_.ask(title, [&](Asked& a) { a.sweep.*part = range; });
    });
  };
  connected(along_, tr("What is swept"), &SweepAsked::along);
  connected(series_, tr("Lines of the sweep"), &SweepAsked::series);
  connected(across_, tr("What the map spans"), &SweepAsked::across);
  connected(down_, tr("What the map spans"), &SweepAsked::down);
  connect(figure_, &QComboBox::activated, this, [this](int index) {
    const std::string figure = figure_->itemData(index).toString().toStdString();
    document_.ask(tr("Figure of the sweep"), [&](Asked& a) { a.sweep.figure = figure; });
  });
  connect(chart_, &SweepChart::pointActivated, this, &SweepPage::pick);
  connect(map_, &MapChart::cellActivated, this, &SweepPage::pickCell);
}

QWidget* SweepPage::buildSweep() {
  auto* card = new Card(QStringLiteral("sweepCard"));
  auto* head = new QHBoxLayout;
  head->setSpacing(6);
  auto* title = new QLabel(tr("Sweep"));
  title->setProperty("heading", true);
  title->setMinimumWidth(52);
  figure_->setObjectName(QStringLiteral("sweepFigure"));
  figure_->setAccessibleName(tr("What is shown"));
  figure_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  figure_->setMinimumWidth(96);
  head->addWidget(title);
  head->addWidget(figure_, 1);
  card->body()->addLayout(head);
  card->body()->addWidget(along_);
  card->body()->addWidget(series_);
  chart_->setMinimumHeight(kChartHeight);
  card->body()->addWidget(chart_, 1);
  return card;
}

QWidget* SweepPage::buildMap() {
  auto* card = new Card(QStringLiteral("mapCard"));
  auto* head = new QHBoxLayout;
  auto* title = new QLabel(tr("Map"));
  title->setProperty("heading", true);
  mapNote_->setProperty("quiet", true);
  mapNote_->setText(tr("a line for each pinned device; a click sets the scenario"));
  mapNote_->setMinimumHeight(28);
  head->addWidget(title);
  head->addSpacing(8);
  head->addWidget(mapNote_, 1);
  card->body()->addLayout(head);
  card->body()->addWidget(across_);
  card->body()->addWidget(down_);
  map_->setMinimumHeight(kChartHeight);
  card->body()->addWidget(map_, 1);
  return card;
}

void SweepPage::ask() {
  const Work& work = document_.work();
  if (work_ && *work_ == work) return;
  work_ = work;
  question_ = sweepQuestion(work, document_.snapshot());
  along_->render(question_.fields, question_.asked.along);
  series_->render(question_.fields, question_.asked.series);
  across_->render(question_.fields, question_.asked.across);
  down_->render(question_.fields, question_.asked.down);
  const QSignalBlocker quiet(figure_);
  const std::vector<OptionChoice> figures = sweepFigures(document_.snapshot());
  if (figure_->count() != static_cast<int>(figures.size()) ||
      figure_->itemData(figure_->count() - 1).toString() != figures.back().id) {
    figure_->clear();
    for (const OptionChoice& f : figures) figure_->addItem(f.label, f.id);
  }
  figure_->setCurrentIndex(figure_->findData(QString::fromStdString(question_.asked.figure)));
  sweeping_.ask([this, q = question_](const std::stop_token& stop) {
    return [this, picture = sweepPicture(q, stop)] { chart_->show(picture); };
  });
  mapping_.ask([this, q = question_](const std::stop_token& stop) {
    return [this, picture = mapPicture(q, stop)] { map_->show(picture); };
  });
}

void SweepPage::render(const Snapshot& s) {
  chart_->render(s);
  map_->render(s);
  waiting_ = !isVisible();
  if (!waiting_) ask();
}

void SweepPage::showEvent(QShowEvent* event) {
  QScrollArea::showEvent(event);
  if (waiting_) ask();
  waiting_ = false;
}

void SweepPage::pick(std::size_t line, std::size_t value) {
  const SweepPicturePtr picture = chart_->picture();
  const SweepableField* along = fieldOf(question_.fields, question_.asked.along.field);
  const SweepableField* series = fieldOf(question_.fields, question_.asked.series.field);
  if (!picture || along == nullptr) return;
  const bool several = series != nullptr && series != along;
  // Another scenario of the document is shown, not copied over this one.
  if (several && series->id == "scenario") document_.show(line);
  document_.edit(Field::picked, [&](Scenario& s) {
    Scenario changed = s;
    if (several && series->id != "scenario")
      series->apply(changed,
                    valuesOf(*series, question_.asked.series, static_cast<int>(picture->lines.size()))[line].text);
    if (along->apply(changed, picture->along.values[value].text).isEmpty()) s = changed;
  });
}

void SweepPage::pickCell(std::size_t across, std::size_t down) {
  const MapPicturePtr picture = map_->picture();
  const SweepableField* first = fieldOf(question_.fields, question_.asked.across.field);
  const SweepableField* second = fieldOf(question_.fields, question_.asked.down.field);
  if (!picture || first == nullptr || second == nullptr) return;
  document_.edit(Field::picked, [&](Scenario& s) {
    Scenario changed = s;
    const bool set = first->apply(changed, picture->across.values[across].text).isEmpty();
    if (second->apply(changed, picture->down.values[down].text).isEmpty() && set) s = changed;
  });
}

QString SweepPage::chartName(ChartView view) const {
  if (view == ChartView::main) return QStringLiteral("sweep");
  return view == ChartView::context ? QStringLiteral("map") : DocumentPage::chartName(view);
}

void SweepPage::prepare(Chart& chart) const {
  if (auto* sweep = qobject_cast<SweepChart*>(&chart)) sweep->show(chart_->picture());
  if (auto* map = qobject_cast<MapChart*>(&chart)) map->show(map_->picture());
}

QString SweepPage::text(const Snapshot& snapshot, ReportFormat format) const {
  // With the words of the moment: whoever writes for other programs has set them.
  const SweepQuestion question = sweepQuestion(document_.work(), snapshot);
  const bool asShown = currentLanguage() == language_;
  QStringList parts;
  if (chart_->picture()) {
    const SweepPicturePtr picture = asShown ? chart_->picture() : sweepPicture(question);
    if (picture) parts << sweepText(question, *picture, format, snapshot.unit);
  }
  if (map_->picture() && format != ReportFormat::csv) {
    const MapPicturePtr picture = asShown ? map_->picture() : mapPicture(question);
    if (picture) parts << mapText(question, *picture, format, snapshot.unit);
  }
  return parts.join(QLatin1Char('\n'));
}

void SweepPage::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  halves_->setDirection(width() >= kBeside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

}  // namespace headroom::ui
