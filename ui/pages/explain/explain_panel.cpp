#include "ui/pages/explain/explain_panel.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QMimeData>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextDocumentFragment>
#include <algorithm>

#include "core/report/explanation.h"
#include "ui/languages/core_text.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

// An address becomes a link; everything else stays text.
QString source(std::string_view text) {
  const QString plain = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
  const qsizetype at = plain.indexOf(QLatin1String("https://"));
  if (at < 0) return plain.toHtmlEscaped();
  qsizetype end = at;
  while (end < plain.size() && !plain[end].isSpace() && plain[end] != QLatin1Char(',') &&
         plain[end] != QLatin1Char(';'))
    ++end;
  QString address = plain.mid(at, end - at);
  if (address.endsWith(QLatin1Char(':'))) address.chop(1), --end;
  return plain.left(at).toHtmlEscaped() + QStringLiteral("<a href=\"%1\">%1</a>").arg(address.toHtmlEscaped()) +
         plain.mid(end).toHtmlEscaped();
}

QString htmlStyle(const Theme& t) {
  return QStringLiteral(
             "h3{margin:28px 0 2px 0;font-weight:600} p{margin:6px 0 4px 0} p.line{margin:20px 0 6px 0} "
             ".quiet{color:%1} "
             ".formula{background-color:%2} "
             "td,th{padding:3px 20px 3px 0} td.formula{padding:8px 12px 8px 12px} "
             "th{color:%1;text-align:left;font-weight:normal} "
             "a{color:%3;text-decoration:none}")
      .arg(t.quietText.name(), t.page.name(), t.accent.name());
}

// What stands in a formula, its digits grouped as everywhere in the window.
QString figures(const std::string& text) {
  return groupedDigits(coreFormula(text).toHtmlEscaped());
}

// A name of code ends its line after a "_" or a ".", rather than anywhere. What is copied is the name as it is.
constexpr QChar kMayBreak(0x200B);
QString breakable(QString html) {
  static const QRegularExpression within(QStringLiteral("(?<=[A-Za-z][._])(?=[A-Za-z])"));
  return html.replace(within, QString(kMayBreak));
}

constexpr int kIndent = 12;  // of what a factor is made of
const QString kNoBreak = QStringLiteral("&nbsp;");
constexpr int kMostRows = 60;  // of one line's factors; the command line's `explain` has all of them

// The factors of a formula, each computed one over what it is made of.
QString rowsOf(const std::vector<ExplainedTerm>& terms, int depth, int& rows) {
  QString html;
  for (const ExplainedTerm& t : terms) {
    if (rows-- == 0) html += QStringLiteral("<tr><td class='quiet'>…</td><td></td><td></td></tr>");
    if (rows < 0) return html;
    const QString from =
        t.parts.empty()
            ? grouped((t.why.empty() ? coreText(t.origin) : coreText(t.origin) + QStringLiteral(": ") + coreText(t.why))
                          .toHtmlEscaped())
            : QStringLiteral("= ") + figures(t.formula());
    html +=
        QStringLiteral(
            "<tr><td style='padding-left:%1px'>%2</td><td align='right' style='white-space:nowrap'>%3%4</td><td "
            "class='quiet'>%5</td></tr>")
            .arg(QString::number(kIndent * depth), breakable(coreText(t.symbol).toHtmlEscaped()), figures(t.value()),
                 t.unit.empty() ? QString() : kNoBreak + coreText(t.unit).toHtmlEscaped(), breakable(from));
    html += rowsOf(t.parts, depth + 1, rows);
  }
  return html;
}

QString linesOf(const Explanation& e, ByteUnit unit) {
  QString html;
  for (const ExplainedLine& line : e.lines) {
    html +=
        QStringLiteral("<p class='line'><b>%1</b>&nbsp; <span class='quiet'>%2</span></p>")
            .arg(headed(grouped(coreText(line.label).toHtmlEscaped())), bytesShort(line.bytes, unit).toHtmlEscaped());
    QStringList formula{figures(line.symbols)};
    if (line.terms.size() > 1) formula << figures(line.numbers);  // one number is the result already
    formula << grouped(line.bytes.value()) + QStringLiteral(" B");
    html += QStringLiteral(
                "<table width='100%' cellspacing='0' cellpadding='6'><tr><td class='formula'>%1</td></tr></table>")
                .arg(formula.join(QStringLiteral("<br/>= ")));
    html += QStringLiteral(
                "<table width='100%' cellspacing='0'><tr><th width='36%'>%1</th><th width='26%' align='right'>%2</th>"
                "<th width='38%'>%3</th></tr>")
                .arg(ExplainPanel::tr("Factor"), ExplainPanel::tr("Value"), ExplainPanel::tr("From"));
    int rows = kMostRows;
    html += rowsOf(line.terms, 0, rows);
    html += QStringLiteral("</table><p class='quiet source'>%1 %2</p>")
                .arg(ExplainPanel::tr("Source:"), source(line.source));
  }
  return html;
}

QString htmlOf(const Ledger& ledger, ComponentId id, ByteUnit unit) {
  const Explanation e = explain(ledger, id);
  QString html = QStringLiteral("<h3>%1 — %2</h3>")
                     .arg(componentName(id).toHtmlEscaped(), withUnit(e.bytes, unit).toHtmlEscaped());
  html += e.low == e.high ? QStringLiteral("<p class='quiet'>%1</p>")
                                .arg(ExplainPanel::tr("%1 bytes, exact").arg(grouped(e.bytes.value())))
                          : QStringLiteral("<p class='quiet'>%1</p>")
                                .arg(ExplainPanel::tr("%1 bytes; measured runs suggest %2 – %3")
                                         .arg(grouped(e.bytes.value()), inUnit(std::max(Bytes(0), e.low), unit),
                                              withUnit(e.high, unit)));
  return html + linesOf(e, unit);
}

}  // namespace

ExplainPanel::ExplainPanel(const QString& name, QWidget* parent) : QTextBrowser(parent) {
  setObjectName(name);
  setAccessibleName(tr("Explanation"));
  setFrameShape(QFrame::NoFrame);
  setOpenExternalLinks(true);
  setProperty("sheet", true);
  rest_.setSingleShot(true);
  connect(&rest_, &QTimer::timeout, this, &ExplainPanel::setRest);
  connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
    if (rest_.isActive()) setSeen();
  });
}

void ExplainPanel::render(const Snapshot& snapshot) {
  snapshot_.scenario = snapshot.scenario;  // labels of the ledger may point into the model
  snapshot_.estimate = snapshot.estimate;
  snapshot_.unit = snapshot.unit;
  dirty_ = true;
  if (isVisible()) refresh();
}

void ExplainPanel::setComponent(std::optional<ComponentId> id) {
  component_ = id;
  dirty_ = true;
  verticalScrollBar()->setValue(0);
  if (isVisible()) refresh();
}

std::vector<ExplainPanel::Section> ExplainPanel::sections() const {
  // The snapshot's ledger is closed; the tree is made for whoever looks at it.
  const Estimate open = estimate(snapshot_.scenario);
  const RankEstimate& rank = open.heaviest();
  const Ledger& ledger = rank.ledger;
  std::vector<Section> out;
  if (!rank.peakMoment.empty())
    out.push_back({{},
                   QStringLiteral("<p class='quiet'>%1</p>")
                       .arg(tr("Alive at the heaviest moment of a step: %1.")
                                .arg(QStringLiteral("<b>%1</b>").arg(coreText(rank.peakMoment).toHtmlEscaped()))),
                   {}});
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    if (component_ ? id == *component_ : ledger.bytes(id) > Bytes(0))
      out.push_back({id, htmlOf(ledger, id, snapshot_.unit), {}});
  }
  return out;
}

void ExplainPanel::refresh() {
  if (snapshot_.estimate.ranks.empty()) return;
  dirty_ = false;
  std::vector<Section> now = sections();
  const QString style = htmlStyle(Theme::current());
  const bool others =
      !std::ranges::equal(shown_, now, {}, &Section::id, &Section::id) || document()->defaultStyleSheet() != style;
  if (others) {
    document()->setDefaultStyleSheet(style);
    return rebuild(std::move(now));
  }
  for (std::size_t i = 0; i < now.size(); ++i)
    if (shown_[i].html != now[i].html) shown_[i].html = std::move(now[i].html), shown_[i].stale = true;
  setSeen();
  if (std::ranges::any_of(shown_, &Section::stale)) rest_.start(0);
}

void ExplainPanel::rebuild(std::vector<Section> sections) {
  const int at = verticalScrollBar()->value();
  rest_.stop();
  shown_ = std::move(sections);
  clear();
  QTextFrameFormat plain;
  plain.setMargin(0), plain.setPadding(0), plain.setBorder(0);
  for (Section& section : shown_) {
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    section.frame = end.insertFrame(plain);
    set(section);
  }
  verticalScrollBar()->setValue(at);
}

void ExplainPanel::set(Section& section) {
  section.stale = false;
  if (section.frame == nullptr) return;
  QTextCursor cursor = section.frame->firstCursorPosition();
  cursor.setPosition(section.frame->lastPosition(), QTextCursor::KeepAnchor);
  cursor.beginEditBlock();
  cursor.removeSelectedText();
  cursor.insertHtml(section.html);
  cursor.endEditBlock();
}

void ExplainPanel::setSeen() {
  const QRectF seen(0, verticalScrollBar()->value(), viewport()->width(), viewport()->height());
  for (Section& section : shown_)
    if (section.stale && section.frame != nullptr &&
        document()->documentLayout()->frameBoundingRect(section.frame).intersects(seen))
      set(section);
}

void ExplainPanel::setRest() {
  for (Section& section : shown_)
    if (section.stale) set(section);
}

QMimeData* ExplainPanel::createMimeDataFromSelection() const {
  const QTextDocumentFragment chosen = textCursor().selection();
  auto* copied = new QMimeData;
  copied->setText(chosen.toPlainText().remove(kMayBreak));
  copied->setHtml(chosen.toHtml().remove(kMayBreak));
  return copied;
}

void ExplainPanel::showEvent(QShowEvent* event) {
  QTextBrowser::showEvent(event);
  if (dirty_) refresh();
}

void ExplainPanel::changeEvent(QEvent* event) {
  QTextBrowser::changeEvent(event);
  if (event->type() != QEvent::PaletteChange && event->type() != QEvent::StyleChange) return;
  dirty_ = true;
  if (isVisible()) refresh();
}

}  // namespace headroom::ui
