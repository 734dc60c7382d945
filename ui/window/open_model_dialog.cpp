#include "ui/window/open_model_dialog.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QStyle>
#include <QUrl>
#include <QVBoxLayout>

#include "core/formats/model_source.h"
#include "ui/document/opening.h"
#include "ui/inputs/model_summary.h"
#include "ui/languages/core_text.h"
#include "ui/style/text.h"
#include "ui/window/file_dialogs.h"
#include "ui/window/file_kind.h"

namespace headroom::ui {
namespace {

constexpr int kFieldLines = 5;
constexpr QSize kSize{580, 330};

QString fromCore(const std::string& text) {
  return QString::fromStdString(text);
}

QString fileSentence(const QString& path) {
  const QString name = QFileInfo(path).fileName();
  if (isScenarioFile(path)) return OpenModelDialog::tr("A Headroom scenario: %1. It will be opened as one.").arg(name);
  if (path.endsWith(QLatin1String(".gguf")))
    return OpenModelDialog::tr("A GGUF file: %1. Only its header is read.").arg(name);
  if (path.contains(QLatin1String(".safetensors")))
    return OpenModelDialog::tr("Safetensors: %1. Headers are read, and the config.json beside them.").arg(name);
  return OpenModelDialog::tr("A file: %1, read as a model's configuration.").arg(name);
}

// What a pasted configuration comes to, in the reader's own words where it comes to nothing.
QString configurationSentence(const ConfigModel& config) {
  const Result<Model> model = modelFromConfig(config.config, config.name, "the pasted text");
  if (!model) return coreText(model.error().message);
  return OpenModelDialog::tr("A configuration, “%1”: %2.").arg(fromCore(config.name), modelSummary(*model));
}

QString sentenceOf(const ModelInput& input, const HubOptions& hub) {
  using Kind = ModelInput::Kind;
  const QString detail = fromCore(input.detail);
  switch (input.kind) {
    case Kind::nothing:
      return OpenModelDialog::tr("Nothing given yet.");
    case Kind::catalogue:
      return OpenModelDialog::tr(
                 "%1, of Headroom's own catalogue: nothing is fetched. An id with @main behind it asks the hub.")
          .arg(detail);
    case Kind::file:
      return fileSentence(fromCore(std::get<FileModel>(*input.reference).path));
    case Kind::folder:
      return OpenModelDialog::tr("A folder: %1. Its config.json and the headers of its weight files are read.")
          .arg(detail);
    case Kind::missing:
      return OpenModelDialog::tr("There is no such file or folder: %1").arg(detail);
    case Kind::hub: {
      const auto& m = std::get<HubModel>(*input.reference);
      const QString host = QUrl(fromCore(hub.endpoint)).host();
      const bool file = m.id != input.detail;
      const QString what = file ? OpenModelDialog::tr("A GGUF file of %1 on the hub, revision %2")
                                : OpenModelDialog::tr("%1 on the hub, revision %2");
      const QString how =
          hub.offline ? OpenModelDialog::tr("HF_HUB_OFFLINE is set, so only a copy kept here will do.")
          : file      ? OpenModelDialog::tr("Its header is read from %1, never the weights.").arg(host)
                      : OpenModelDialog::tr(
                            "Its configuration and the headers of its files are read from %1, never the weights.")
                       .arg(host);
      return what.arg(detail, fromCore(m.revision)) + QStringLiteral(". ") + how;
    }
    case Kind::configuration:
      return configurationSentence(std::get<ConfigModel>(*input.reference));
    case Kind::unfinished:
      return detail;
    case Kind::scenario:
      return OpenModelDialog::tr("This is a Headroom scenario, not a model. Save it as a file and open that.");
    case Kind::unknown:
      return detail;
  }
  return {};
}

}  // namespace

OpenModelDialog::OpenModelDialog(std::function<HubOptions()> hub, FileDialogs& dialogs, QWidget* parent)
    : QDialog(parent),
      hub_(hub),
      dialogs_(dialogs),
      reader_(std::move(hub)),
      field_(new QPlainTextEdit(this)),
      kind_(new QLabel(this)),
      status_(new QLabel(this)),
      bar_(new QProgressBar(this)),
      file_(new QPushButton(tr("&File…"), this)),
      folderButton_(new QPushButton(tr("Fol&der…"), this)),
      open_(new QPushButton(tr("&Open"), this)),
      cancel_(new QPushButton(tr("Cancel"), this)) {
  setObjectName(QStringLiteral("openModelDialog"));
  setWindowTitle(tr("Open model"));
  build();
  connect(field_, &QPlainTextEdit::textChanged, this, &OpenModelDialog::recognise);
  connect(file_, &QPushButton::clicked, this, [this] { browse(false); });
  connect(folderButton_, &QPushButton::clicked, this, [this] { browse(true); });
  connect(open_, &QPushButton::clicked, this, &OpenModelDialog::openGiven);
  connect(cancel_, &QPushButton::clicked, this, &OpenModelDialog::reject);
  connect(&reader_, &ModelReader::progressed, this, &OpenModelDialog::showProgress);
  recognise();
}

void OpenModelDialog::build() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 20, 24, 16);
  column->setSpacing(8);
  auto* label = new QLabel(
      tr("A file, a folder, a hub id (Qwen/Qwen3-8B@main), the address of a model page, or the text of a config.json:"),
      this);
  label->setWordWrap(true);
  label->setBuddy(field_);
  field_->setObjectName(QStringLiteral("openModelField"));
  field_->setAccessibleName(tr("Which model"));
  field_->setProperty("entry", true);
  field_->setTabChangesFocus(true);
  field_->setLineWrapMode(QPlainTextEdit::WidgetWidth);
  field_->setFixedHeight(kFieldLines * field_->fontMetrics().lineSpacing() + 20);
  field_->installEventFilter(this);
  // Both keep their room, so that nothing moves while one types.
  kind_->setObjectName(QStringLiteral("openModelKind"));
  status_->setObjectName(QStringLiteral("openModelStatus"));
  status_->setProperty("quiet", true);
  for (QLabel* text : {kind_, status_}) {
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setFocusPolicy(Qt::NoFocus);
  }
  kind_->setMinimumHeight(3 * kind_->fontMetrics().lineSpacing());
  status_->setMinimumHeight(2 * status_->fontMetrics().lineSpacing());
  bar_->setObjectName(QStringLiteral("openModelProgress"));
  bar_->setTextVisible(false);
  bar_->setFixedHeight(6);
  QSizePolicy room = bar_->sizePolicy();
  room.setRetainSizeWhenHidden(true);
  bar_->setSizePolicy(room);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(file_);
  buttons->addWidget(folderButton_);
  buttons->addStretch(1);
  buttons->addWidget(cancel_);
  buttons->addWidget(open_);
  file_->setObjectName(QStringLiteral("openModelFile"));
  folderButton_->setObjectName(QStringLiteral("openModelFolder"));
  open_->setObjectName(QStringLiteral("openModelOpen"));
  cancel_->setObjectName(QStringLiteral("openModelCancel"));
  for (QPushButton* b : {file_, folderButton_, cancel_}) b->setAutoDefault(false);
  open_->setDefault(true);
  column->addWidget(label);
  column->addWidget(field_);
  column->addWidget(kind_);
  column->addWidget(bar_);
  column->addWidget(status_);
  column->addStretch(1);
  column->addLayout(buttons);
  resize(kSize);
}

void OpenModelDialog::ask(const QString& text, const QString& folder, ByteUnit unit) {
  folder_ = folder;
  unit_ = unit;
  if (!reader_.isReading()) {
    setReading(false);
    say({}, false);
    field_->setPlainText(text);
    field_->selectAll();
    recognise();
  }
  open();
  field_->setFocus();
}

void OpenModelDialog::recognise() {
  input_ = recogniseModel(field_->toPlainText().toStdString());
  bool wrong = input_.kind == ModelInput::Kind::missing || input_.kind == ModelInput::Kind::unknown ||
               input_.kind == ModelInput::Kind::unfinished || input_.kind == ModelInput::Kind::scenario;
  // What is no model may still be something else that can be opened.
  other_.clear();
  if (wrong && input_.kind != ModelInput::Kind::missing)
    if (const Result<Opening> opening = openingOfText(field_->toPlainText(), tr("The text")))
      other_ = fromCore(opening->reading.recognised);
  wrong = wrong && other_.isEmpty();
  kind_->setText(other_.isEmpty() ? sentenceOf(input_, hub_())
                                  : tr("No model by itself, but a %1: it will be opened as one.").arg(other_));
  kind_->setAccessibleName(kind_->text());
  kind_->setProperty("quiet", wrong || input_.kind == ModelInput::Kind::nothing);
  kind_->style()->unpolish(kind_);
  kind_->style()->polish(kind_);
  open_->setEnabled((input_.reference.has_value() || !other_.isEmpty()) && !reader_.isReading());
  if (!reader_.isReading()) say({}, false);
}

void OpenModelDialog::browse(bool folder) {
  const QString path = folder
                           ? dialogs_.openFolder(this, tr("Open a model's folder"), folder_)
                           : dialogs_.openFile(this, tr("Open a model"), folder_,
                                               tr("Models (config.json *.json *.safetensors *.gguf);;All files (*)"));
  if (path.isEmpty()) return;
  field_->setPlainText(path);
  openGiven();
}

void OpenModelDialog::openGiven() {
  if (reader_.isReading()) return;
  if (!other_.isEmpty()) {
    accept();
    return Q_EMIT textGiven(field_->toPlainText());
  }
  if (!input_.reference) return;
  const ModelReference reference = *input_.reference;
  if (const auto* file = std::get_if<FileModel>(&reference); file != nullptr && isScenarioFile(fromCore(file->path))) {
    accept();
    return Q_EMIT scenarioChosen(fromCore(file->path));
  }
  reader_.read(reference, [this, reference](const Result<ModelReader::Model>& model) { finish(reference, model); });
  sayReading(std::holds_alternative<HubModel>(reference));
}

void OpenModelDialog::readScenario(const QString& shown, ByteUnit unit,
                                   std::function<Result<Scenario>(const HubOptions&)> work,
                                   std::function<bool(const Result<Scenario>&)> done) {
  unit_ = unit;
  reader_.cancel();
  field_->setPlainText(shown);
  recognise();
  open();
  reader_.readScenario(std::move(work), [this, done = std::move(done)](const Result<Scenario>& scenario) {
    setReading(false);
    if (!done(scenario) && !scenario) return sayProblem(scenario.error());
    if (!scenario && isVisible()) say({}, false);
    accept();
  });
  sayReading(true);
  field_->setFocus();
}

void OpenModelDialog::sayReading(bool hub) {
  setReading(true);
  bar_->setRange(0, 0);
  say(hub ? tr("Asking %1 …").arg(QUrl(fromCore(hub_().endpoint)).host()) : tr("Reading …"), false);
}

void OpenModelDialog::showProgress(const HubProgress& p) {
  if (p.of > 1) {
    bar_->setRange(0, static_cast<int>(p.of));
    bar_->setValue(static_cast<int>(p.done));
  }
  const QString bytes = bytesShort(Bytes(static_cast<std::int64_t>(p.bytes)), unit_);
  say(p.of > 1 ? tr("Reading %1 · %2 of %3 files · %4").arg(fromCore(p.file)).arg(p.done).arg(p.of).arg(bytes)
               : tr("Reading %1 · %2").arg(fromCore(p.file), bytes),
      false);
}

void OpenModelDialog::finish(const ModelReference& reference, const Result<ModelReader::Model>& model) {
  setReading(false);
  if (!model) return sayProblem(model.error());
  say({}, false);
  accept();
  Q_EMIT opened({reference, *model});
}

void OpenModelDialog::sayProblem(const Error& error) {
  say(error.where.empty() ? coreText(error.message)
                          : coreText(error.message) + QLatin1Char('\n') + fromCore(error.where),
      true);
  field_->setFocus();
}

void OpenModelDialog::reject() {
  if (!reader_.isReading()) return QDialog::reject();
  reader_.cancel();
  setReading(false);
  say(tr("Cancelled. Nothing was changed."), false);
  field_->setFocus();
}

void OpenModelDialog::setReading(bool reading) {
  bar_->setVisible(reading);
  field_->setReadOnly(reading);
  for (QPushButton* b : {file_, folderButton_}) b->setEnabled(!reading);
  open_->setEnabled(!reading && (input_.reference.has_value() || !other_.isEmpty()));
  cancel_->setText(reading ? tr("Stop") : tr("Cancel"));
}

void OpenModelDialog::say(const QString& text, bool problem) {
  status_->setText(text);
  status_->setAccessibleName(text);
  if (status_->property("problem").toBool() == problem) return;
  status_->setProperty("problem", problem);
  status_->setProperty("quiet", !problem);
  status_->style()->unpolish(status_);
  status_->style()->polish(status_);
}

// Enter opens; with Shift it begins a new line.
bool OpenModelDialog::eventFilter(QObject* watched, QEvent* event) {
  if (watched == field_ && event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (enter && (key->modifiers() & Qt::ShiftModifier) == 0) {
      openGiven();
      return true;
    }
  }
  return QDialog::eventFilter(watched, event);
}

}  // namespace headroom::ui
