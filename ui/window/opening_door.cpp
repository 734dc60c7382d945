// The window's one door: whatever is dropped, pasted, named or opened is read by the one reader, and the answer says
// what it was taken for, what was left out and what was assumed.
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QUrl>

#include "core/base/text_file.h"
#include "core/open/scenario_json.h"
#include "ui/document/opening.h"
#include "ui/document/work_file.h"
#include "ui/languages/core_text.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/style/text.h"
#include "ui/window/file_kind.h"
#include "ui/window/log_dialog.h"
#include "ui/window/main_window.h"
#include "ui/window/open_model_dialog.h"
#include "ui/window/read_aside.h"

namespace headroom::ui {
namespace {

// A scenario file as far as it can be read without the network.
struct ScenarioFile {
  Work work;
  bool asksHub = false;  // then `work` is empty: its model comes from a hub, with progress and a way to stop
};

Result<ScenarioFile> scenarioFile(const std::string& path, const Work& usual) {
  if (const Result<std::string> text = readTextFile(path); text && headroom::asksHub(*text))
    return ScenarioFile{{}, true};
  return readWorkFile(path, usual).map([](Work work) { return ScenarioFile{std::move(work), false}; });
}

// The scenarios of a text, all in one document.
Result<Work> workOf(const Opening& opening, const Work& usual) {
  Result<Work> work = readWork(opening.reading.scenario, opening.where, opening.folder, usual);
  for (const Reading& other : opening.reading.others) {
    if (!work) return work;
    const Result<Work> beside = readWork(other.scenario, opening.where, opening.folder, usual);
    if (!beside) return beside;
    work->scenarios.push_back(beside->scenarios[beside->current]);
  }
  return work;
}

qint64 bytesOf(const Reading& reading) {
  qint64 bytes = static_cast<qint64>(reading.scenario.size());
  for (const Reading& other : reading.others) bytes += static_cast<qint64>(other.scenario.size());
  return bytes;
}

// What names one file or one page, as a browser or a file manager puts it on the clipboard.
QString addressOf(const QMimeData& data) {
  if (data.urls().isEmpty()) return {};
  const QUrl url = data.urls().front();
  return url.isLocalFile() ? url.toLocalFile() : url.toString();
}

}  // namespace

bool MainWindow::openData(const QMimeData& mime, const QString& name) {
  if (const QString address = addressOf(mime); !address.isEmpty())
    return mime.urls().front().isLocalFile() ? openPath(address) : openText(address, name);
  return openText(mime.text(), name);
}

bool MainWindow::openClipboard() {
  const QMimeData* mime = QGuiApplication::clipboard()->mimeData();
  if (mime != nullptr && (mime->hasUrls() || mime->hasText())) return openData(*mime, tr("The clipboard"));
  report(tr("Nothing to open"), {ErrorCode::value, "The clipboard holds no text and no file.", {}});
  return false;
}

bool MainWindow::openPath(const QString& path) {
  const QFileInfo info(path);
  const QString name = info.fileName();
  // The window does not wait for whoever writes into a pipe.
  if (info.exists() && !info.isFile() && !info.isDir())
    return report(tr("Could not read %1").arg(name), {ErrorCode::io, "This is neither a file nor a folder.", {}}),
           false;
  if (isScenarioFile(path)) return openScenarioFile(path);
  return takeAside(name, tr("Could not read %1").arg(name), bytesToRead(path), [path] { return openingOfFile(path); });
}

bool MainWindow::openText(const QString& text, const QString& name) {
  const QString trimmed = text.trimmed();
  if (trimmed.size() < 4096 && !trimmed.contains(QLatin1Char('\n')) && QFileInfo::exists(trimmed))
    return openPath(trimmed);
  return takeAside(name, tr("%1 could not be read").arg(name), text.size(),
                   [text, name] { return openingOfText(text, name); });
}

bool MainWindow::takeAside(const QString& name, const QString& failed, qint64 bytes,
                           std::function<Result<Opening>()> read) {
  const auto done = std::make_shared<bool>(true);
  readAside<Opening>(this, name, bytes, std::move(read), [this, failed, done](const Result<Opening>& opening) {
    if (!opening) report(failed, opening.error());
    *done = opening && take(*opening);
  });
  return *done;
}

bool MainWindow::openScenarioFile(const QString& path) {
  if (!mayDropChanges()) return false;
  const auto taken = [this, path](Work work) {
    document_.reset(std::move(work), path);
    messages_->hide();
    remember(path);
  };
  const auto ask = [this, path, taken] {
    auto read = std::make_shared<std::optional<Work>>();
    modelDialog().readScenario(
        path, document_.snapshot().unit,
        [read, path, usual = document_.usual()](const HubOptions& hub) -> Result<Scenario> {
          Result<Work> work = readWorkFile(path.toStdString(), usual, &hub);
          if (!work) return tl::unexpected(work.error());
          *read = std::move(*work);
          return (*read)->shown();
        },
        [read, taken](const Result<Scenario>& scenario) {
          if (scenario) taken(std::move(**read));
          return scenario.has_value();
        });
  };
  const QString name = QFileInfo(path).fileName();
  const auto done = std::make_shared<bool>(true);
  readAside<ScenarioFile>(
      this, name, bytesToRead(path),
      [path = path.toStdString(), usual = document_.usual()] { return scenarioFile(path, usual); },
      [this, name, done, taken, ask](Result<ScenarioFile> file) {
        *done = file.has_value();
        if (!file) return report(tr("Could not open %1").arg(name), file.error());
        file->asksHub ? ask() : taken(std::move(file->work));
      });
  return *done;
}

bool MainWindow::takeScenarioText(const Opening& opening) {
  const auto done = std::make_shared<bool>(true);
  readAside<Work>(
      this, opening.name, bytesOf(opening.reading),
      [opening, usual = document_.usual()] { return workOf(opening, usual); },
      [this, opening, done](Result<Work> work) {
        if (!work) report(tr("%1 could not be read").arg(opening.name), work.error());
        *done = work && mayDropChanges();
        if (!*done) return;
        document_.reset(std::move(*work), QString(), true);
        messages_->show(MessageBar::Kind::note, answerOf(opening).join(QLatin1Char('\n')));
      });
  return *done;
}

bool MainWindow::take(const Opening& opening) {
  const OpeningKind kind = kindOf(opening.reading);
  if (kind == OpeningKind::scenario)
    return opening.path.isEmpty() ? takeScenarioText(opening) : openScenarioFile(opening.path);
  if (kind == OpeningKind::copy) return takeScenarioText(opening);
  if (kind == OpeningKind::log && (!saysModel(opening) || asksHub(opening))) {
    // The figures are what is wanted of a log; no network is asked for the model of its run.
    QStringList said = answerOf(opening);
    if (saysModel(opening))
      said << tr("The model of its run is not at hand; open it, so that like stands beside like.");
    return showLog(opening, said);
  }
  if (asksHub(opening)) {
    modelDialog().readScenario(
        opening.path.isEmpty() ? QString::fromStdString(opening.text).trimmed() : opening.path,
        document_.snapshot().unit,
        [opening, current = document_.scenario()](const HubOptions& hub) {
          return scenarioAfter(opening, current, hub);
        },
        [this, opening](const Result<Scenario>& scenario) { return takeFromHub(opening, scenario); });
    return true;
  }
  const Result<Scenario> scenario = scenarioAfter(opening, document_.scenario(), environment_.hub());
  if (!scenario) return report(tr("Could not read %1").arg(opening.name), scenario.error()), false;
  return takeScenario(opening, *scenario, answerOf(opening));
}

// A model that cannot be had leaves a model's question open; of a command everything else can be taken.
bool MainWindow::takeFromHub(const Opening& opening, const Result<Scenario>& scenario) {
  if (scenario) return takeScenario(opening, *scenario, answerOf(opening));
  if (kindOf(opening.reading) == OpeningKind::model) return false;
  const Result<Scenario> rest = scenarioWithoutModel(opening, document_.scenario(), environment_.hub());
  if (!rest) return false;
  QStringList said = answerOf(opening);
  said.insert(1, tr("Its model could not be read, and %1 stays: %2")
                     .arg(modelLabel(*document_.scenario().model), coreText(scenario.error().text())));
  return takeScenario(opening, *rest, said);
}

bool MainWindow::takeScenario(const Opening& opening, const Scenario& scenario, const QStringList& said) {
  const OpeningKind kind = kindOf(opening.reading);
  const Field field = kind == OpeningKind::model                                       ? Field::model
                      : isTraining(scenario.workload) && kind == OpeningKind::settings ? Field::recipe
                                                                                       : Field::command;
  document_.edit(field, [&](Scenario& s) { s = scenario; });
  const std::size_t first = document_.work().current;
  for (const Reading& other : opening.reading.others) addOther(opening, other);
  document_.show(first);
  if (!opening.path.isEmpty()) remember(opening.path);
  if (kind != OpeningKind::model && page() != devices) setPage(explore);
  if (kind == OpeningKind::log) return showLog(opening, said);
  messages_->show(MessageBar::Kind::note, said.join(QLatin1Char('\n')));
  messages_->leaveWithLastOf(document_.undoStack());
  return true;
}

// More servers of one text are more scenarios of the document.
void MainWindow::addOther(const Opening& opening, const Reading& reading) {
  Opening other = opening;
  other.reading = reading;
  other.reading.others.clear();
  other.text.clear();
  const Result<Scenario> scenario = asksHub(other)
                                        ? scenarioWithoutModel(other, document_.scenario(), environment_.hub())
                                        : scenarioAfter(other, document_.scenario(), environment_.hub());
  if (scenario) document_.addScenario(*scenario);
}

// The log's figures beside the prediction. What its start said is set already.
bool MainWindow::showLog(const Opening& opening, const QStringList& said) {
  messages_->show(MessageBar::Kind::note, said.join(QLatin1Char('\n')));
  messages_->leaveWithLastOf(document_.undoStack());
  if (!opening.reading.log) return true;
  auto* dialog = new LogDialog(document_, dialogs(), this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &LogDialog::calibrated, this, [this] { setPage(explore); });
  dialog->show(*opening.reading.log, opening.name);
  dialog->open();
  return true;
}

}  // namespace headroom::ui
