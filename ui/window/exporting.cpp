#include "ui/window/exporting.h"

#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>

#include "core/base/text_file.h"
#include "core/report/devices_report.h"
#include "core/report/html_report.h"
#include "ui/charts/evidence_chart.h"
#include "ui/charts/map_chart.h"
#include "ui/charts/plan_chart.h"
#include "ui/charts/scenario_plot.h"
#include "ui/charts/sweep_chart.h"
#include "ui/document/scenario_answers.h"
#include "ui/export/chart_exporter.h"
#include "ui/export/report_pdf.h"
#include "ui/languages/language.h"
#include "ui/languages/tr.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/compare/compare_sheet.h"
#include "ui/pages/devices/devices_page.h"
#include "ui/pages/evidence/evidence_page.h"
#include "ui/pages/explore/explore_page.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/pages/plan/plan_page.h"
#include "ui/pages/sweep/sweep_page.h"
#include "ui/tables/sheet_view.h"
#include "ui/window/file_kind.h"
#include "ui/window/main_window.h"

namespace headroom::ui {
namespace {

// The table of the page shown. It is what other programs read, so it is the same in every language.
QString tableText(MainWindow& w, ReportFormat format) {
  const InEnglish here;
  if (w.page() == MainWindow::compare) {
    SheetModel sheet;
    sheet.show(compareSheet(w.document().snapshot()));
    sheet.orderLike(*w.comparePage()->table()->sheet());
    return sheet.text(format);
  }
  if (w.page() == MainWindow::devices)
    return QString::fromStdString(devicesReport(w.devicesPage()->shown(), w.devicesPage()->search().question(), format,
                                                w.document().snapshot().unit));
  if (w.page() == MainWindow::sweep) return w.sweepPage()->text(format);
  if (w.page() == MainWindow::plan) return w.planPage()->text(format);
  if (w.page() == MainWindow::evidence)
    return format == ReportFormat::csv ? w.evidencePage()->csv() : w.evidencePage()->markdown();
  const Snapshot& s = w.document().snapshot();
  return QString::fromStdString(estimateTable(s.scenario, s.estimate, EstimateExtras{s.limits, {}}, format, s.unit));
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

QString chartName(const MainWindow& w, ChartView view) {
  if (view == ChartView::context && w.page() == MainWindow::compare) return QStringLiteral("curves");
  if (view == ChartView::context && w.page() == MainWindow::sweep) return QStringLiteral("map");
  if (view == ChartView::context) return QStringLiteral("context");
  if (view == ChartView::bar) return QStringLiteral("bar");
  if (w.page() == MainWindow::evidence) return QStringLiteral("evidence");
  if (w.page() == MainWindow::compare) return QStringLiteral("scenarios");
  if (w.page() == MainWindow::sweep) return QStringLiteral("sweep");
  if (w.page() == MainWindow::plan) return QStringLiteral("plan");
  return w.page() == MainWindow::devices ? QStringLiteral("compare") : QStringLiteral("breakdown");
}

// The picture of the evidence shows what the page does.
ImageOptions optionsFor(MainWindow& w) {
  ImageOptions options;
  if (w.page() == MainWindow::compare)
    options.prepare = [component = w.comparePage()->plot()->component()](Chart& chart) {
      if (auto* plot = qobject_cast<ScenarioPlot*>(&chart)) plot->setComponent(component);
    };
  if (w.page() == MainWindow::sweep)
    options.prepare = [&w](Chart& chart) {
      if (auto* sweep = qobject_cast<SweepChart*>(&chart)) sweep->show(w.sweepPage()->chart()->picture());
      if (auto* map = qobject_cast<MapChart*>(&chart)) map->show(w.sweepPage()->map()->picture());
    };
  if (w.page() == MainWindow::plan)
    options.prepare = [&w](Chart& chart) {
      if (auto* plan = qobject_cast<PlanChart*>(&chart)) plan->show(w.planPage()->chart()->picture());
    };
  if (w.page() == MainWindow::evidence)
    options.prepare = [&w](Chart& chart) {
      if (auto* evidence = qobject_cast<EvidenceChart*>(&chart))
        evidence->show(w.evidencePage()->store().evidence(), w.evidencePage()->filter());
    };
  return options;
}

void say(MainWindow& w, const QString& text) {
  w.messages()->show(MessageBar::Kind::note, text);
}

}  // namespace

void saveChart(MainWindow& w, ChartView view) {
  const QString name = chartName(w, view);
  const QString path = askPath(w, tr("Export the chart"), QLatin1Char('_') + name + QStringLiteral(".png"),
                               tr("PNG picture (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)"));
  if (path.isEmpty()) return;
  if (const Result<void> done =
          exportChart(w.document().fullSnapshot(), name, path, view == ChartView::bar ? ImageOptions() : optionsFor(w));
      !done)
    return w.report(tr("Could not write %1").arg(QFileInfo(path).fileName()), done.error());
  say(w, tr("Written: %1").arg(path));
}

void putChartOnClipboard(MainWindow& w) {
  if (const Result<void> done = copyChart(w.document().fullSnapshot(), chartName(w, ChartView::main), optionsFor(w));
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
  options.version = HEADROOM_VERSION;
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
