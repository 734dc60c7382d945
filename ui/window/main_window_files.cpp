// Documents in and out of the window: opening what there is, recipes both ways, saving, and saying what went wrong.
#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include "core/base/text_file.h"
#include "core/formats/model_source.h"
#include "core/open/scenario_json.h"
#include "ui/document/local_search.h"
#include "ui/languages/core_text.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/pages/learn/story.h"
#include "ui/style/text.h"
#include "ui/window/exchange.h"
#include "ui/window/file_kind.h"
#include "ui/window/main_window.h"
#include "ui/window/menus.h"
#include "ui/window/open_model_dialog.h"

namespace headroom::ui {
namespace {

QString keysText(std::size_t count) {
  return MainWindow::tr("%n keys", nullptr, static_cast<int>(count));
}

// Where in a file something is wrong; the file itself only where `what` does not name it already.
QString placeText(const QString& what, const std::string& where) {
  static const QRegularExpression kPlace(QStringLiteral("^(.+?)(?::(\\d+):(\\d+))?(, .*)?$"));
  const QRegularExpressionMatch place = kPlace.match(shown(where));
  if (!place.hasMatch()) return {};
  QString text;
  if (!what.contains(QFileInfo(place.captured(1)).fileName())) text = QStringLiteral(": ") + place.captured(1);
  if (place.hasCaptured(2)) text += MainWindow::tr(", line %1, column %2").arg(place.captured(2), place.captured(3));
  return text + place.captured(4);
}

const char* const kScenarioFilter =
    QT_TRANSLATE_NOOP("headroom::ui::MainWindow", "Headroom scenarios (*.headroom.json);;All files (*)");

// What a file is says its content, not its name; the name only helps to find it.
const char* const kAnyFilter = QT_TRANSLATE_NOOP(
    "headroom::ui::MainWindow",
    "Everything Headroom reads (*.json *.jsonc *.yaml *.yml *.toml *.gguf *.safetensors *.pdf *.html *.log *.txt *.out "
    "*.pickle *.sh *.py *.ipynb *.gz Modelfile Dockerfile);;Headroom scenarios (*.headroom.json);;All files (*)");

const char* const kRecipeFilter =
    QT_TRANSLATE_NOOP("headroom::ui::MainWindow", "Training recipes (*.yaml *.yml *.json);;All files (*)");

}  // namespace

void MainWindow::report(const QString& what, const Error& error) {
  messages_->show(MessageBar::Kind::error,
                  QStringLiteral("%1%2: %3").arg(what, placeText(what, error.where), coreText(error.message)));
}

void MainWindow::remember(const QString& path) {
  settings().remember(QFileInfo(path).absoluteFilePath());
  settings().set(setting::kLastFolder, QFileInfo(path).absolutePath());
}

bool MainWindow::mayDropChanges() {
  if (!document_.isModified()) return true;
  switch (dialogs().askUnsaved(this, document_.title())) {
    case FileDialogs::Unsaved::save:
      return save();
    case FileDialogs::Unsaved::discard:
      return true;
    case FileDialogs::Unsaved::cancel:
      return false;
  }
  return false;
}

bool MainWindow::newDocument() {
  if (!mayDropChanges()) return false;
  document_.reset(workedExample());
  return true;
}

bool MainWindow::openStory(const Story& story) {
  Result<Work> work = workOf(story, document_.usual());
  if (!work) return report(titleOf(story), work.error()), false;
  if (!mayDropChanges()) return false;
  document_.reset(std::move(*work));
  setPage(compare);
  return true;
}

bool MainWindow::open() {
  const QString path = dialogs().openFile(this, tr("Open"), settings().get(setting::kLastFolder), tr(kAnyFilter));
  return !path.isEmpty() && openPath(path);
}

OpenModelDialog& MainWindow::modelDialog() {
  if (openModel_ != nullptr) return *openModel_;
  openModel_ = new OpenModelDialog(environment_.hub, dialogs(), this);
  connect(openModel_, &OpenModelDialog::scenarioChosen, this, &MainWindow::openPath);
  connect(openModel_, &OpenModelDialog::textGiven, this,
          [this](const QString& text) { openText(text, tr("The text")); });
  connect(openModel_, &OpenModelDialog::opened, this, [this](const NamedModel& named) {
    document_.setModel(named);
    messages_->hide();
    if (const auto* file = std::get_if<FileModel>(&named.reference)) remember(QString::fromStdString(file->path));
  });
  return *openModel_;
}

void MainWindow::openModel(const QString& text) {
  modelDialog().ask(text, settings().get(setting::kLastFolder), document_.snapshot().unit);
}

void MainWindow::openLocal(const LocalModel& local) {
  Result<Model> read = modelFromFile(local.path);
  if (!read) return report(tr("Could not open %1").arg(QString::fromStdString(local.name)), read.error());
  read->id = local.name;  // Ollama keeps its files under a digest
  document_.setModel({FileModel{local.path}, std::make_shared<const Model>(std::move(*read))});
  messages_->hide();
}

bool MainWindow::importRecipe() {
  const QString path =
      dialogs().openFile(this, tr("Import a training recipe"), settings().get(setting::kLastFolder), tr(kRecipeFilter));
  return !path.isEmpty() && openPath(path);
}

bool MainWindow::exportRecipe(RecipeDialect dialect) {
  const bool json = dialect == RecipeDialect::deepspeed;
  const QString folder = settings().get(setting::kExportFolder);
  const QString suggestion =
      QDir(folder.isEmpty() ? QDir::homePath() : folder)
          .filePath(baseNameOf(document_) + (json ? QStringLiteral(".json") : QStringLiteral(".yaml")));
  const QString path = dialogs().saveFile(this, tr("Export a recipe for %1").arg(fromView(nameOf(dialect))), suggestion,
                                          json ? tr("DeepSpeed configuration (*.json)") : tr("Recipe (*.yaml *.yml)"));
  if (path.isEmpty()) return false;
  const QString name = QFileInfo(path).fileName();
  std::string existing;
  std::optional<FileStamp> read;
  if (QFileInfo::exists(path)) {
    const Result<std::string> text = readTextFile(path.toStdString(), kMaxTextFile, &read);
    if (!text) return report(tr("Could not read %1").arg(name), text.error()), false;
    existing = *text;
  }
  const Result<WrittenRecipe> recipe = writeRecipe(document_.scenario(), dialect, existing, path.toStdString());
  if (!recipe) return report(tr("No recipe"), recipe.error()), false;
  const Result<bool> done = writeFileUnchanged(path.toStdString(), recipe->text, read);
  if (done && !*done)
    return report(tr("Could not write %1").arg(name), {ErrorCode::io, "Somebody changed it meanwhile.", {}}), false;
  if (!done) return report(tr("Could not write %1").arg(name), done.error()), false;
  settings().set(setting::kExportFolder, QFileInfo(path).absolutePath());
  QStringList said{
      existing.empty()
          ? tr("Written: %1.").arg(path)
          : tr("%1 of %2 changed; everything else in it stays.").arg(keysText(recipe->changed.size()), name)};
  for (const std::string& note : recipe->notes) said << coreText(note);
  messages_->show(MessageBar::Kind::note, said.join(QLatin1Char(' ')));
  return true;
}

bool MainWindow::save() {
  if (document_.path().isEmpty()) return saveAs();
  Result<bool> written = document_.saveUnchanged();
  if (written && !*written) {
    const FileDialogs::Changed chosen = dialogs().askChanged(this, document_.title());
    if (chosen == FileDialogs::Changed::cancel) return false;
    if (chosen == FileDialogs::Changed::save_as) return saveAs();
    written = document_.save(document_.path()).map([] { return true; });
  }
  if (!written) {
    report(tr("Could not save %1").arg(document_.title()), written.error());
    return false;
  }
  remember(document_.path());
  return true;
}

bool MainWindow::saveAs() {
  QString path =
      dialogs().saveFile(this, tr("Save the scenario"), suggestedName(document_, settings().get(setting::kLastFolder)),
                         tr(kScenarioFilter));
  if (path.isEmpty()) return false;
  if (!path.endsWith(QLatin1String(".json"))) path += QStringLiteral(".headroom.json");
  if (const Result<void> written = document_.save(path); !written) {
    report(tr("Could not save %1").arg(QFileInfo(path).fileName()), written.error());
    return false;
  }
  remember(path);
  return true;
}

}  // namespace headroom::ui
