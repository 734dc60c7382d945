#include "ui/pages/evidence/run_card.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBrowser>

#include "core/open/scenario_json.h"
#include "core/report/explanation.h"
#include "ui/export/chart_figure.h"
#include "ui/pages/explore/figure_text.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

QString escaped(const std::string& s) {
  return QString::fromStdString(s).toHtmlEscaped();
}

QString row(const QString& name, const QString& value, const QString& note = {}) {
  return QStringLiteral("<tr><td class='quiet'>%1</td><td align='right'><b>%2</b></td><td class='quiet'>%3</td></tr>")
      .arg(name, value, note);
}

QString qualityText(char quality) {
  if (quality == 'A') return RunCard::tr("Quality A: all that this figure depends on is known.");
  if (quality == 'B') return RunCard::tr("Quality B: one or two settings that it depends on are assumed.");
  return RunCard::tr("Quality C: several settings that it depends on are assumed.");
}

// The component a printed figure is, in the ledger it stands in; nothing for totals and pools.
std::optional<ComponentId> componentOf(std::string_view figure) {
  if (figure.starts_with("host.")) figure.remove_prefix(5);
  for (std::size_t i = 0; i < kComponentCount; ++i)
    if (idOf(static_cast<ComponentId>(i)) == figure) return static_cast<ComponentId>(i);
  return std::nullopt;
}

// Where the predicted number comes from: the component's lines, or the ledger's components for a total.
QString derivation(const Scenario& s, const std::string& figure, ByteUnit unit) {
  const Estimate e = estimate(s);
  const bool host = figure.starts_with("host.");
  const Ledger& ledger = host ? e.host : e.heaviest().ledger;
  const std::optional<ComponentId> id = componentOf(figure);
  QString html;
  if (id && ledger.bytes(*id) > Bytes(0)) {
    for (const ExplainedLine& line : explain(ledger, *id).lines)
      html +=
          QStringLiteral("<tr><td>%1</td><td align='right'>%2</td></tr><tr><td colspan='2' class='quiet'>%3</td></tr>")
              .arg(headed(escaped(std::string(line.label))), withUnit(line.bytes, unit),
                   grouped(escaped(line.numbers)));
  } else {
    for (const ComponentId c : componentsOf(ledger))
      html += QStringLiteral("<tr><td>%1</td><td align='right'>%2</td></tr>")
                  .arg(componentName(c).toHtmlEscaped(), withUnit(ledger.bytes(c), unit));
  }
  QString notes;
  for (const Diagnostic& d : e.diagnostics)
    notes += QStringLiteral("<p class='quiet'>%1</p>").arg(grouped(escaped(d.message)));
  return QStringLiteral("<table cellspacing='0'>%1</table>%2").arg(html, notes);
}

QString styleOf(const Theme& t) {
  return QStringLiteral(
             "h3{margin:0 0 4px 0;font-weight:600} h4{margin:14px 0 2px 0;font-weight:600} p{margin:4px 0} "
             ".quiet{color:%1} td{padding:2px 12px 2px 0} a{color:%2;text-decoration:none} .off{color:%3}")
      .arg(t.quietText.name(), t.accent.name(), t.tight.name());
}

}  // namespace

RunCard::RunCard(QWidget* parent)
    : Card(QStringLiteral("runCard"), parent),
      text_(new QTextBrowser(this)),
      open_(new QPushButton(tr("Open as scenario"), this)),
      copy_(new QPushButton(tr("Copy address"), this)) {
  text_->setObjectName(QStringLiteral("runText"));
  text_->setAccessibleName(tr("The run"));
  text_->setFrameShape(QFrame::NoFrame);
  text_->setOpenExternalLinks(true);
  text_->setProperty("sheet", true);
  open_->setObjectName(QStringLiteral("runOpen"));
  open_->setToolTip(tr("Sets the scenario to what the run was; can be undone."));
  copy_->setObjectName(QStringLiteral("runCopySource"));
  auto* buttons = new QHBoxLayout;
  for (QPushButton* b : {open_, copy_}) {
    b->setProperty("goal", true);
    b->setAutoDefault(false);
    buttons->addWidget(b);
  }
  buttons->addStretch(1);
  body()->addWidget(text_, 1);
  body()->addLayout(buttons);
  connect(open_, &QPushButton::clicked, this, [this] {
    if (scenario_) Q_EMIT scenarioWanted(*scenario_);
  });
  connect(copy_, &QPushButton::clicked, this, &RunCard::copyAddress);
  refresh();
}

void RunCard::show(const EvidencePtr& evidence, std::optional<std::size_t> error, ByteUnit unit) {
  evidence_ = evidence;
  error_ = error;
  unit_ = unit;
  refresh();
}

QString RunCard::text() const {
  return text_->toPlainText();
}

void RunCard::copyAddress() {
  if (error_)
    QGuiApplication::clipboard()->setText(
        QString::fromStdString(evidence_->runs[evidence_->errors[*error_].row].source));
}

void RunCard::refresh() {
  scenario_.reset();
  open_->setEnabled(false);
  // Without a run there is nothing to do with it.
  open_->setVisible(error_.has_value());
  copy_->setVisible(error_.has_value());
  text_->document()->setDefaultStyleSheet(styleOf(Theme::current()));
  if (!error_)
    return text_->setHtml(QStringLiteral("<p class='quiet'>%1</p>")
                              .arg(tr("Click a point of the chart or a row of the runs to see what ran, where it was "
                                      "published, and where the predicted number comes from.")));
  const PredictionError& e = evidence_->errors[*error_];
  const MeasuredRun& run = evidence_->runs[e.row];
  if (Result<Scenario> s = readScenario(run.scenario, run.id)) scenario_ = std::move(*s);
  open_->setEnabled(scenario_.has_value());

  QString html = QStringLiteral("<h3>%1</h3>").arg(escaped(run.id));
  if (scenario_) {
    Snapshot asked;
    asked.scenario = *scenario_;
    asked.settings = settingsOf(*scenario_);
    html += QStringLiteral("<p>%1 · %2</p>").arg(escaped(scenario_->model->id), inputsLine(asked).toHtmlEscaped());
  }
  const std::string& name = e.measured.name;
  const bool exact = e.predicted.low == e.predicted.high;
  html += QStringLiteral("<h4>%1</h4><table cellspacing='0'>").arg(figureName(name, e.group).toHtmlEscaped());
  html += row(tr("measured"), figureValue(name, e.measured.value, unit_));
  html += row(
      tr("predicted"), figureValue(name, e.predicted.value, unit_),
      exact
          ? QString()
          : tr("%1 to %2").arg(figureValue(name, e.predicted.low, unit_), figureValue(name, e.predicted.high, unit_)));
  html +=
      row(tr("error"),
          QStringLiteral("<span class='%1'>%2</span>").arg(QLatin1String(e.inside ? "" : "off"), errorText(e.error)),
          e.inside ? tr("inside the stated band") : tr("outside the stated band"));
  html += QStringLiteral("</table><p class='quiet'>%1</p>").arg(qualityText(e.measured.quality));
  if (!run.note.empty()) html += QStringLiteral("<p>%1</p>").arg(escaped(run.note));
  if (!run.assumed.empty()) {
    QStringList keys;
    for (const std::string& key : run.assumed) keys << escaped(key);
    html += QStringLiteral("<p class='quiet'>%1</p>")
                .arg(tr("The run did not print: %1").arg(keys.join(QStringLiteral(", "))));
  }
  const QString source = QString::fromStdString(run.source);
  const bool address = source.startsWith(QLatin1String("http"));
  html += QStringLiteral("<h4>%1</h4><p>%2</p>")
              .arg(tr("Source"), address ? QStringLiteral("<a href=\"%1\">%1</a>").arg(source.toHtmlEscaped())
                                         : source.toHtmlEscaped());
  if (scenario_)
    html +=
        QStringLiteral("<h4>%1</h4>%2").arg(tr("Where the prediction comes from"), derivation(*scenario_, name, unit_));
  text_->setHtml(html);
  text_->verticalScrollBar()->setValue(0);
}

void RunCard::changeEvent(QEvent* event) {
  Card::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && text_ != nullptr) refresh();
}

}  // namespace headroom::ui
