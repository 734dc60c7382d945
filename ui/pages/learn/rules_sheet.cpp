#include "ui/pages/learn/rules_sheet.h"

#include <QEvent>
#include <QScrollBar>
#include <array>

#include "core/analysis/verdict.h"
#include "core/estimate/estimate.h"
#include "core/scenario/choices.h"
#include "core/scenario/optimizers.h"
#include "ui/languages/core_text.h"
#include "ui/languages/language.h"
#include "ui/style/names.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

constexpr int kPauseMs = 150;

struct Rule {
  Method method;
  const char* leaves;  // what it has no term for
};
constexpr Rule kRules[] = {
    {Method::detailed, QT_TRANSLATE_NOOP("headroom::ui::RulesSheet", "What the verdict names as not modelled.")},
    {Method::notebook,
     QT_TRANSLATE_NOOP("headroom::ui::RulesSheet",
                       "Logits, runtime, what an allocator keeps; activations in serving; the widths of this MLP.")},
    {Method::chapter,
     QT_TRANSLATE_NOOP("headroom::ui::RulesSheet",
                       "A master copy, logits, runtime, what an allocator keeps; activations in serving.")},
    {Method::table,
     QT_TRANSLATE_NOOP("headroom::ui::RulesSheet",
                       "Grouped heads: its cache is as wide as the model. A master copy, logits, runtime.")},
    {Method::bytes_per_parameter,
     QT_TRANSLATE_NOOP("headroom::ui::RulesSheet",
                       "All that a layer keeps but one tensor; logits, runtime, activations in serving.")}};

struct Column {
  QString title, note;
  Estimate estimate;
};

QString cell(const QString& text, bool head = false, bool right = true) {
  return QStringLiteral("<%1 align='%2'>%3</%1>")
      .arg(head ? QStringLiteral("th") : QStringLiteral("td"), right ? QStringLiteral("right") : QStringLiteral("left"),
           text);
}

// Components down, columns across; a rule without a term for a component has a dash there.
QString table(const std::vector<Column>& columns, ByteUnit unit, bool notes) {
  QString html = QStringLiteral("<table width='99%' cellspacing='0' cellpadding='5'><tr>") +
                 cell(fromView(unitName(unit)), true, false);
  for (const Column& c : columns) html += cell(c.title.toHtmlEscaped(), true);
  html += QStringLiteral("</tr>");
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    bool any = false;
    QString row = QStringLiteral("<tr>") + cell(componentName(id).toHtmlEscaped(), false, false);
    for (const Column& c : columns) {
      const Bytes bytes = c.estimate.heaviest().ledger.bytes(id);
      any = any || bytes != Bytes(0);
      row += cell(bytes == Bytes(0) ? QStringLiteral("–") : inUnit(bytes, unit));
    }
    if (any) html += row + QStringLiteral("</tr>");
  }
  html += QStringLiteral("<tr>") + cell(QStringLiteral("<b>%1</b>").arg(RulesSheet::tr("Together")), false, false);
  for (const Column& c : columns)
    html += cell(QStringLiteral("<b>%1</b>").arg(inUnit(c.estimate.heaviest().device, unit)));
  html += QStringLiteral("</tr>");
  if (notes) {
    html += QStringLiteral("<tr>") +
            cell(QStringLiteral("<span class='quiet'>%1</span>").arg(RulesSheet::tr("Leaves out")), false, false);
    for (const Column& c : columns)
      html += QStringLiteral("<td valign='top' align='right'><span class='quiet'>%1</span></td>")
                  .arg(c.note.toHtmlEscaped());
    html += QStringLiteral("</tr>");
  }
  return html + QStringLiteral("</table>");
}

// Words beside a column of figures that ends where they begin.
const QString kApart = QStringLiteral("&nbsp;").repeated(6);

QString optimizers() {
  QString html = QStringLiteral("<table width='99%' cellspacing='0' cellpadding='5'><tr>");
  for (const QString& head : {RulesSheet::tr("Optimizer"), RulesSheet::tr("Values per trained parameter"),
                              RulesSheet::tr("Bytes per parameter"), kApart + RulesSheet::tr("What they are")})
    html +=
        cell(head, true,
             head == RulesSheet::tr("Values per trained parameter") || head == RulesSheet::tr("Bytes per parameter"));
  html += QStringLiteral("</tr>");
  for (const OptimizerRow& row : optimizerRows()) {
    const double width = row.stateBytes > 0 ? row.stateBytes : 4;
    const double scales = row.scaleBytes > 0 ? row.scaleBytes / row.scaleBlock : 0;
    const QString bytes = row.factored ? RulesSheet::tr("about 0") : localNumber(row.states * (width + scales), 'g', 3);
    html += QStringLiteral("<tr>") + cell(coreText(row.label).toHtmlEscaped(), false, false) +
            cell(row.factored ? RulesSheet::tr("a row and a column") : localNumber(row.states, 'g', 3)) + cell(bytes) +
            cell(kApart + coreText(row.symbol).toHtmlEscaped(), false, false) + QStringLiteral("</tr>");
  }
  return html + QStringLiteral("</table>");
}

}  // namespace

RulesSheet::RulesSheet(QWidget* parent) : QTextBrowser(parent) {
  setObjectName(QStringLiteral("rulesSheet"));
  setAccessibleName(tr("Rules of thumb"));
  setFrameShape(QFrame::NoFrame);
  setProperty("sheet", true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  later_.setSingleShot(true);
  later_.setInterval(kPauseMs);
  connect(&later_, &QTimer::timeout, this, &RulesSheet::refresh);
}

void RulesSheet::render(const Snapshot& s) {
  scenario_ = s.scenario;
  unit_ = s.unit;
  dirty_ = true;
  if (isVisible()) later_.start();
}

void RulesSheet::refresh() {
  if (!scenario_.model) return;
  dirty_ = false;
  later_.stop();
  const Theme& theme = Theme::current();
  document()->setDefaultStyleSheet(
      QStringLiteral("h3{margin:18px 0 4px 0;font-weight:600} p{margin:2px 0 8px 0} .quiet,th{color:%1} "
                     "th{font-weight:normal}")
          .arg(theme.quietText.name()));
  std::vector<Column> methods, workloads;
  for (const Rule& rule : kRules) {
    Column& c = methods.emplace_back();
    Scenario s = scenario_;
    s.method = rule.method;
    c.title = headed(spelled(nameOf(rule.method)));
    c.note = tr(rule.leaves);
    c.estimate = estimate(s);
  }
  for (const Workload workload : {Workload::inference, Workload::lora, Workload::full}) {
    Column& c = workloads.emplace_back();
    Scenario s = scenario_;
    s.method = Method::detailed;
    if (s.workload != workload) chooseWorkload(s, workload);
    c.title = headed(spelled(nameOf(workload)));
    c.estimate = estimate(s);
  }
  const int at = verticalScrollBar()->value();
  setHtml(QStringLiteral("<h3>%1</h3><p class='quiet'>%2</p>%3<h3>%4</h3><p class='quiet'>%5</p>%6<h3>%7</h3>"
                         "<p class='quiet'>%8</p>%9")
              .arg(tr("This scenario by every rule"),
                   tr("Each rule as the text it comes from has it; its constants are settings under Engine & runtime."),
                   table(methods, unit_, true), tr("Serving, LoRA and full training"),
                   tr("The same model on the same device; what the workload does not ask for is as its engine has it."),
                   table(workloads, unit_, false), tr("What optimizers keep"),
                   tr("Beside weights and gradients, in fp32 unless the optimizer has a format of its own."),
                   optimizers()));
  verticalScrollBar()->setValue(at);
}

void RulesSheet::showEvent(QShowEvent* event) {
  QTextBrowser::showEvent(event);
  if (dirty_) refresh();
}

void RulesSheet::changeEvent(QEvent* event) {
  QTextBrowser::changeEvent(event);
  if (event->type() != QEvent::PaletteChange && event->type() != QEvent::StyleChange) return;
  dirty_ = true;
  if (isVisible()) refresh();
}

}  // namespace headroom::ui
