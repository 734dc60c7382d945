// headroom [FILE]: the window; headroom --export FILE SCENARIO: one of its charts as a picture, and headroom --report
// PDF PAGE: a report on paper, both without a window.
#include <QApplication>
#include <QCommandLineParser>
#include <QStandardPaths>
#include <QTextStream>
#include <csignal>

#include "core/base/version.h"
#include "core/open/scenario_json.h"
#include "ui/languages/language.h"
#include "ui/window/export_command.h"
#include "ui/window/main_window.h"

namespace {

using headroom::ui::MainWindow;

// An export needs no display; a window does, and Qt says so itself where there is none.
void choosePlatform(int argc, char** argv) {
  const bool display = !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
  if (display || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) return;
  for (int i = 1; i < argc; ++i) {
    const QByteArrayView argument(argv[i]);
    for (const char* quiet : {"--export", "--report", "--version", "-v", "--help", "-h"})
      if (argument == quiet || argument.startsWith("--export=") || argument.startsWith("--report=")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        return;
      }
  }
}

}  // namespace

int main(int argc, char** argv) {
#ifdef Q_OS_LINUX
  choosePlatform(argc, argv);
#endif
#ifdef Q_OS_UNIX
  std::signal(SIGPIPE, SIG_IGN);  // saving into a pipe whose reader goes away is a failed write
#endif
  QApplication app(argc, argv);
  QApplication::setApplicationName(QStringLiteral("headroom"));
  QApplication::setApplicationDisplayName(QStringLiteral("Headroom"));
  QApplication::setApplicationVersion(QString::fromLatin1(headroom::headroomVersion()));
  QApplication::setDesktopFileName(QStringLiteral("io.github.headroom.Headroom"));

  QCommandLineParser parser;
  parser.setApplicationDescription(
      QApplication::translate("main", "How much accelerator memory a transformer language model needs, byte by byte."));
  parser.addHelpOption();
  parser.addVersionOption();
  const QCommandLineOption exportOption(
      QStringLiteral("export"),
      QApplication::translate("main", "Write a chart of the scenario to FILE (.png, .svg or .pdf) and end."),
      QStringLiteral("FILE"));
  const QCommandLineOption viewOption(
      QStringLiteral("view"),
      QApplication::translate(
          "main",
          "Which chart: breakdown, moments, bar, context, compare, sweep, map, evidence; or window for the "
          "whole window and model for its "
          "Model page (.png)."),
      QStringLiteral("NAME"), QStringLiteral("breakdown"));
  const QCommandLineOption reportOption(
      QStringLiteral("report"),
      QApplication::translate("main", "Write a report (.html, or - for standard input) to PDF and end."),
      QStringLiteral("PDF"));
  parser.addOptions({exportOption, viewOption, reportOption});
  parser.addPositionalArgument(
      QStringLiteral("file"),
      QApplication::translate(
          "main",
          "A scenario (*.headroom.json), a training recipe (YAML) or a model (config.json, *.safetensors, *.gguf)."),
      QStringLiteral("[FILE]"));
  parser.process(app);
  const QStringList files = parser.positionalArguments();

  if (parser.isSet(exportOption)) {
    // The evidence is not about a scenario.
    const bool needsNone = parser.value(viewOption) == QLatin1String("evidence") && files.isEmpty();
    if (files.size() != 1 && !needsNone) {
      QTextStream(stderr) << QApplication::translate("main", "headroom: --export takes exactly one scenario")
                          << Qt::endl;
      return 2;
    }
    headroom::ui::useLanguage(QStringLiteral("en"));  // a command does the same on every machine
    return headroom::ui::exportCommand(files.value(0), parser.value(exportOption), parser.value(viewOption));
  }

  if (parser.isSet(reportOption)) {
    if (files.size() != 1) {
      QTextStream(stderr) << QApplication::translate("main", "headroom: --report takes exactly one page") << Qt::endl;
      return 2;
    }
    return headroom::ui::reportCommand(files.front(), parser.value(reportOption));
  }

  MainWindow::Environment environment;
  environment.recoveryFolder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
  environment.takeLeftover = environment.welcome = files.isEmpty();
  environment.localFolders = headroom::localFoldersFromEnvironment();
  MainWindow window(std::move(environment));
  window.show();
  if (!files.isEmpty()) window.openPath(files.front());
  return QApplication::exec();
}
