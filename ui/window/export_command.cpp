#include "ui/window/export_command.h"

#include <QBuffer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTextStream>
#include <iostream>
#include <optional>

#include "core/base/printable.h"
#include "core/base/text_file.h"
#include "core/open/scenario_json.h"
#include "ui/document/app_settings.h"
#include "ui/document/snapshot_builder.h"
#include "ui/document/work_file.h"
#include "ui/export/chart_exporter.h"
#include "ui/export/chart_figure.h"
#include "ui/export/report_pdf.h"
#include "ui/languages/language.h"
#include "ui/window/file_kind.h"
#include "ui/window/main_window.h"

namespace headroom::ui {
namespace {

int complain(const Error& error) {
  QTextStream(stderr) << QStringLiteral("headroom: ") << QString::fromStdString(printable(error.text())) << Qt::endl;
  const bool file =
      error.code == ErrorCode::io || error.code == ErrorCode::not_found || error.code == ErrorCode::network;
  return file ? 3 : 2;
}

// The views that are pages of the window rather than charts.
std::optional<MainWindow::Page> pageOf(const QString& view) {
  if (view == QLatin1String("window")) return MainWindow::explore;
  if (view == QLatin1String("model")) return MainWindow::model;
  return std::nullopt;
}
constexpr QSize kWindowSize{1440, 900};

// The whole window as it opens for this file, with settings of its own.
int exportWindow(const QString& file, const QString& picture, MainWindow::Page page) {
  const QTemporaryDir folder;
  MainWindow::Environment environment;
  environment.settings = std::make_unique<AppSettings>(folder.filePath(QStringLiteral("settings.ini")));
  environment.settings->set(setting::kLanguage, currentLanguage());
  environment.takeLeftover = false;
  MainWindow window(std::move(environment));
  window.setTheme(Theme::Choice::light);
  window.resize(kWindowSize);
  window.show();
  // A scenario at once, even where its model is the hub's: nobody watches.
  if (isScenarioFile(file)) {
    if (const Result<void> opened = window.document().open(file); !opened) return complain(opened.error());
  } else if (!window.openPath(file)) {
    return complain({ErrorCode::value, "the window cannot open this file", file.toStdString()});
  }
  window.setPage(page);
  QEventLoop().processEvents(QEventLoop::ExcludeUserInputEvents);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  if (!window.grab().save(&buffer, "PNG"))
    return complain({ErrorCode::io, "the picture could not be made; is there enough memory for its size?", {}});
  const Result<void> done =
      writeFileAtomically(picture.toStdString(), {bytes.constData(), static_cast<std::size_t>(bytes.size())});
  return done ? 0 : complain(done.error());
}

}  // namespace

int exportCommand(const QString& file, const QString& picture, const QString& view) {
  if (const auto page = pageOf(view)) return exportWindow(file, picture, *page);
  if (!chartNames().contains(view))
    return complain({ErrorCode::usage,
                     "no chart is called '" + view.toStdString() + "'; there are " +
                         chartNames().join(QStringLiteral(", ")).toStdString(),
                     "--view"});
  if (!imageFormatOf(picture))
    return complain({ErrorCode::usage, "the picture's name must end in " + imageEndings(), picture.toStdString()});
  Work work;
  work.compared = devicesNamed(setting::kCompared.fallback);
  work.scenarios.push_back(std::make_shared<const Scenario>(workedExample()));
  if (!file.isEmpty()) {
    Result<Work> read = readWorkFile(file.toStdString(), work);
    if (!read) return complain(read.error());
    work = std::move(*read);
  }
  SnapshotBuilder builder;
  builder.wantColumns = builder.wantCurves = builder.wantScenarios = true;
  builder.compared = work.compared;
  Snapshot snapshot;
  builder.build(work, ByteUnit::gib, snapshot);
  if (const Result<void> done = exportChart(snapshot, view, picture); !done) return complain(done.error());
  return 0;
}

int reportCommand(const QString& page, const QString& pdf) {
  const std::string from = page.toStdString();
  const Result<std::string> text = from == "-" ? readTextStream(std::cin, "standard input") : readTextFile(from);
  if (!text) return complain(text.error());
  const Result<QByteArray> bytes = reportPdf(QByteArray::fromStdString(*text), QDate::currentDate());
  if (!bytes) return complain({bytes.error().code, bytes.error().message, from});
  const Result<void> done =
      writeFileAtomically(pdf.toStdString(), {bytes->constData(), static_cast<std::size_t>(bytes->size())});
  return done ? 0 : complain(done.error());
}

}  // namespace headroom::ui
