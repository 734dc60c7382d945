#include "ui/window/exporting.h"

#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>

#include "core/base/text_file.h"
#include "core/base/version.h"
#include "core/report/html_report.h"
#include "ui/document/scenario_answers.h"
#include "ui/export/chart_exporter.h"
#include "ui/export/report_pdf.h"
#include "ui/languages/language.h"
#include "ui/languages/tr.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/window/file_kind.h"
#include "ui/window/main_window.h"

namespace headroom::ui {
namespace {

// The table of the page shown. It is what other programs read, so it is the same in every language.
QString tableText(MainWindow& w, ReportFormat format) {
  const InEnglish here;
  return w.pageShown().text(w.document().snapshot(), format);
}

QString askPath(MainWindow& w, const QString& title, const QString& ending, const QString& filter) {
  QString folder = w.settings().get(setting::kExportFolder);
  if (folder.isEmpty()) folder = QDir::homePath();
  QString path = w.dialogs().saveFile(&w, title, QDir(folder).filePath(baseNameOf(w.document()) + ending), filter);
  if (path.isEmpty()) return {};
  if (QFileInfo(path).suffix().isEmpty()) path += ending;
  w.settings().set(setting::kExportFolder, QFileInfo(path).absolutePath());
  return path;
}

// The picture shows what the page does.
ImageOptions optionsFor(MainWindow& w, ChartView view) {
  ImageOptions options;
  if (view != ChartView::bar) options.prepare = [&page = w.pageShown()](Chart& chart) { page.prepare(chart); };
  return options;
}

void say(MainWindow& w, const QString& text) {
  w.messages()->show(MessageBar::Kind::note, text);
}

}  // namespace

void saveChart(MainWindow& w, ChartView view) {
  const QString name = w.pageShown().chartName(view);
  const QString path =
      askPath(w, tr("Export the chart"), QLatin1Char('_') + name + QStringLiteral(".png"), imageFilter());
  if (path.isEmpty()) return;
  if (const Result<void> done = exportChart(w.document().fullSnapshot(), name, path, optionsFor(w, view)); !done)
    return w.report(tr("Could not write %1").arg(QFileInfo(path).fileName()), done.error());
  say(w, tr("Written: %1").arg(path));
}

void putChartOnClipboard(MainWindow& w) {
  if (const Result<void> done = copyChart(w.document().fullSnapshot(), w.pageShown().chartName(ChartView::main),
                                          optionsFor(w, ChartView::main));
      !done)
    return w.report(tr("Could not copy the chart"), done.error());
  say(w, tr("The chart is on the clipboard, as a picture and as SVG."));
}

void saveTable(MainWindow& w, ReportFormat format) {
  const bool csv = format == ReportFormat::csv;
  const QString path = askPath(w, tr("Export the table"), csv ? QStringLiteral(".csv") : QStringLiteral(".md"),
                               csv ? tr("CSV (*.csv)") : tr("Markdown (*.md)"));
  if (path.isEmpty()) return;
  const std::string text = tableText(w, format).toStdString();
  if (const Result<void> done = writeFileAtomically(path.toStdString(), text); !done)
    return w.report(tr("Could not write %1").arg(QFileInfo(path).fileName()), done.error());
  say(w, tr("Written: %1").arg(path));
}

void saveReport(MainWindow& w) {
  const QString path =
      askPath(w, tr("Write a report"), QStringLiteral("_report.pdf"), tr("PDF document (*.pdf);;HTML page (*.html)"));
  if (path.isEmpty()) return;
  std::vector<ReportedScenario> scenarios;
  {
    // Named as on the strip: two of one model are told apart. What a report says is the same in every language.
    const InEnglish here;
    const auto& all = w.document().work().scenarios;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const QString label = scenarioLetter(i) + QLatin1Char(' ') + scenarioName(*all[i]);
      scenarios.push_back({all.size() > 1 ? label.toStdString() : std::string(), *all[i]});
    }
  }
  const QDate today = QDate::currentDate();
  ReportOptions options;
  options.version = headroomVersion();
  options.date = today.toString(Qt::ISODate).toStdString();
  options.unit = w.document().snapshot().unit;
  if (const QString given = givenName(w.document()); !given.isEmpty())
    options.title = "Memory of " + given.toStdString();
  std::string page = htmlReport(scenarios, options);
  if (path.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive)) {
    const Result<QByteArray> pdf = reportPdf(QByteArray::fromStdString(page), today);
    if (!pdf) return w.report(tr("Could not write %1").arg(QFileInfo(path).fileName()), pdf.error());
    page = pdf->toStdString();
  }
  if (const Result<void> done = writeFileAtomically(path.toStdString(), page); !done)
    return w.report(tr("Could not write %1").arg(QFileInfo(path).fileName()), done.error());
  say(w, tr("Written: %1").arg(path));
}

void putTableOnClipboard(MainWindow& w, ReportFormat format) {
  QGuiApplication::clipboard()->setText(tableText(w, format));
  say(w, tr("The table is on the clipboard."));
}

}  // namespace headroom::ui
