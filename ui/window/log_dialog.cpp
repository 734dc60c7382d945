#include "ui/window/log_dialog.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QStyle>
#include <QTableWidget>
#include <QUrl>
#include <QVBoxLayout>
#include <cmath>

#include "core/readers/input_text.h"
#include "core/scenario/choices.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"
#include "ui/languages/core_text.h"
#include "ui/pages/explore/figure_text.h"
#include "ui/style/names.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"
#include "ui/window/file_dialogs.h"
#include "ui/window/read_aside.h"

namespace headroom::ui {
namespace {

constexpr int kWidth = 720, kHeight = 560, kRowHeight = 28;
constexpr double kOtherModel = 0.1;  // weights of the right model and format are never off by as much
enum Column { Figure, Measured, Predicted, Error_, Columns };

QString joined(const std::vector<std::string>& figures, Engine engine) {
  QStringList names;
  for (const std::string& f : figures) names << figureName(f, std::string(nameOf(engine)));
  return names.join(QStringLiteral(", "));
}

QString engineText(const LogReading& r) {
  QString text = spelled(nameOf(r.engine));
  if (!r.version.empty()) text += QLatin1Char(' ') + QString::fromStdString(r.version);
  return text;
}

// A server's log says the server; what trains prints torch's own counters.
bool ofTraining(const LogReading& log) {
  return rowOf(log.engine).trains;
}

QLabel* textLabel(const char* name, bool quiet, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setObjectName(QLatin1String(name));
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  label->setProperty("quiet", quiet);
  return label;
}

}  // namespace

LogDialog::LogDialog(Document& document, FileDialogs& dialogs, QWidget* parent)
    : QDialog(parent),
      document_(document),
      dialogs_(dialogs),
      found_(textLabel("logFound", false, this)),
      missing_(textLabel("logMissing", true, this)),
      notes_(textLabel("logNotes", true, this)),
      advice_(textLabel("logAdvice", true, this)),
      table_(new QTableWidget(0, Columns, this)),
      calibrate_(nullptr) {
  setObjectName(QStringLiteral("logDialog"));
  setWindowTitle(tr("Read a log"));
  setAcceptDrops(true);
  resize(kWidth, kHeight);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(12);
  column->addWidget(buildHead());
  column->addWidget(found_);
  buildTable();
  column->addWidget(table_, 1);
  column->addWidget(missing_);
  column->addWidget(notes_);
  column->addWidget(advice_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  calibrate_ = buttons->addButton(tr("Calibrate this scenario"), QDialogButtonBox::ActionRole);
  calibrate_->setObjectName(QStringLiteral("logCalibrate"));
  calibrate_->setEnabled(false);
  column->addWidget(buttons);
  connect(calibrate_, &QPushButton::clicked, this, &LogDialog::calibrate);
  for (QAbstractButton* b : buttons->buttons()) b->setIcon(QIcon());
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(&document_, &Document::changed, this, [this] { fill(); });
  found_->setText(tr("Open a log or a snapshot, drop it here, or paste its text."));
  fill();
}

QWidget* LogDialog::buildHead() {
  auto* head = new QWidget(this);
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  auto* hint = textLabel("logHint", true, head);
  hint->setText(
      tr("Servers print what their memory went to, training runs and PyTorch's snapshots what was allocated. The "
         "prediction for the scenario stands beside it."));
  auto* open = new QPushButton(tr("Open a file…"), head);
  open->setObjectName(QStringLiteral("logOpen"));
  auto* pasteIt = new QPushButton(tr("Paste"), head);
  pasteIt->setObjectName(QStringLiteral("logPaste"));
  for (QPushButton* b : {open, pasteIt}) b->setAutoDefault(false);
  row->addWidget(hint, 1);
  row->addWidget(open);
  row->addWidget(pasteIt);
  connect(open, &QPushButton::clicked, this, [this] {
    const QString path = dialogs_.openFile(this, tr("Read a log"), QString(),
                                           tr("Logs and snapshots (*.log *.txt *.out *.gz *.pickle);;All files (*)"));
    if (!path.isEmpty()) openFile(path);
  });
  connect(pasteIt, &QPushButton::clicked, this, &LogDialog::paste);
  return head;
}

void LogDialog::buildTable() {
  table_->setObjectName(QStringLiteral("logTable"));
  table_->setAccessibleName(tr("Measured beside predicted"));
  table_->setHorizontalHeaderLabels({tr("Figure"), tr("Measured"), tr("Predicted"), tr("Prediction is off by")});
  table_->setShowGrid(false);
  table_->setFrameShape(QFrame::NoFrame);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(kRowHeight);
  QHeaderView* header = table_->horizontalHeader();
  header->setHighlightSections(false);
  header->setSectionsClickable(false);
  header->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
  header->setSectionResizeMode(QHeaderView::Fixed);
  header->setSectionResizeMode(Figure, QHeaderView::Stretch);
  const int digit = table_->fontMetrics().horizontalAdvance(QLatin1Char('0'));
  for (int c = Measured; c < Columns; ++c) header->resizeSection(c, (c == Error_ ? 20 : 16) * digit);
  table_->horizontalHeaderItem(Figure)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void LogDialog::openFile(const QString& path) {
  const QString name = QFileInfo(path).fileName();
  readAside<LogReading>(
      this, name, bytesToRead(path), [path] { return readLogFile(path.toStdString()); },
      [this, name](Result<LogReading> log) { take(std::move(log), name); });
}

void LogDialog::paste() {
  const QMimeData* mime = QGuiApplication::clipboard()->mimeData();
  if (mime == nullptr) return;
  const QList<QUrl> urls = mime->urls();
  if (urls.size() == 1 && urls.front().isLocalFile()) return openFile(urls.front().toLocalFile());
  openText(mime->text());
}

void LogDialog::openText(const QString& log) {
  readAside<LogReading>(
      this, tr("the text"), log.size(), [text = log.toStdString()] { return readLog(text, {}); },
      [this](Result<LogReading> read) { take(std::move(read), QString()); });
}

void LogDialog::take(Result<LogReading> log, const QString& name) {
  log ? show(std::move(*log), name) : fail(log.error());
}

void LogDialog::show(LogReading log, const QString& name) {
  name_ = name;
  reading_ = std::move(log);
  fill();
}

void LogDialog::fail(const Error& error) {
  reading_.reset();
  fill();
  found_->setText(coreText(error.text()));
}

Scenario LogDialog::asLogged() const {
  Scenario s = document_.scenario();
  if (ofTraining(*reading_)) return s;
  if (settingsOf(s).engine != reading_->engine) chooseEngine(s, reading_->engine);
  if (s.engineVersion.empty()) s.engineVersion = reading_->version;
  return s;
}

void LogDialog::fill() {
  table_->setRowCount(0);
  for (QLabel* label : {missing_, notes_, advice_}) label->hide();
  calibrate_->setEnabled(false);
  if (!reading_) return;
  const Snapshot& snapshot = document_.snapshot();
  const bool stands =
      snapshot.scenario.method == Method::detailed && isTraining(snapshot.scenario.workload) == ofTraining(*reading_);
  QString found = name_.isEmpty() ? engineText(*reading_) : QStringLiteral("%1 · %2").arg(name_, engineText(*reading_));
  if (!reading_->date.empty()) found += QStringLiteral(" · ") + QString::fromStdString(reading_->date);
  found_->setText(found);

  Scenario logged = asLogged();
  logged.calibration.reset();
  const Theme& theme = Theme::current();
  const std::string engine(nameOf(reading_->engine));
  bool likely = true;
  for (const ComparedFigure& f : compare(*reading_, logged, estimate(logged))) {
    const int row = table_->rowCount();
    table_->insertRow(row);
    const bool comparable = stands && f.predicted;
    const std::optional<double> error = comparable ? f.error() : std::nullopt;
    const QString texts[Columns] = {
        figureName(f.measured.name, engine), figureValue(f.measured.name, f.measured.value, snapshot.unit),
        comparable ? figureValue(f.measured.name, f.predicted->value, snapshot.unit) : QStringLiteral("–"),
        error ? errorText(*error) : QStringLiteral("–")};
    if (f.measured.name == "weights" && error && std::abs(*error) > kOtherModel) likely = false;
    for (int c = 0; c < Columns; ++c) {
      auto* item = new QTableWidgetItem(texts[c]);
      item->setTextAlignment(Qt::AlignVCenter | (c == Figure ? Qt::AlignLeft : Qt::AlignRight));
      if (c == Error_ && error) {
        const double slack = f.measured.step / 2 + 1;
        const bool inside =
            f.predicted->low - slack <= f.measured.value && f.measured.value <= f.predicted->high + slack;
        item->setForeground(inside ? theme.text : theme.tight);
        item->setToolTip(inside ? tr("The measured figure lies in the stated band.")
                                : tr("The measured figure lies outside the stated band."));
      }
      table_->setItem(row, c, item);
    }
  }
  if (!reading_->missing.empty())
    missing_->setText(tr("No line was found for: %1.").arg(joined(reading_->missing, reading_->engine)));
  missing_->setVisible(!reading_->missing.empty());
  QStringList notes;
  for (const std::string& note : reading_->notes) notes << grouped(coreText(note));
  notes_->setText(notes.join(QLatin1Char('\n')));
  notes_->setVisible(!notes.isEmpty());
  advice_->setText(adviceOn(stands, likely).join(QLatin1Char(' ')));
  advice_->setVisible(true);
  // What is too far off is of another run, and what it would add would be wrong.
  calibrate_->setVisible(!ofTraining(*reading_));
  calibrate_->setEnabled(stands && likely && !ofTraining(*reading_));
}

QStringList LogDialog::adviceOn(bool stands, bool likely) const {
  const Scenario& s = document_.scenario();
  if (!stands && s.method != Method::detailed)
    return {
        tr("The scenario is reckoned by a rule of thumb; only the detailed account says figures that a run prints.")};
  if (!stands && ofTraining(*reading_))
    return {tr("These are figures of a program in PyTorch, and the scenario serves with %1. Set it to the run (LoRA, "
               "QLoRA or Full), and the prediction stands beside them.")
                .arg(spelled(nameOf(settingsOf(s).engine)))};
  if (!stands)
    return {
        tr("This is the log of a server, and the scenario trains. Set it to Inference, and the prediction stands "
           "beside it.")};
  QStringList advice;
  if (ofTraining(*reading_))
    return {tr("Compare like with like: the same model, method, batch, sequence length and optimizer as in the run.")};
  if (settingsOf(s).engine != reading_->engine)
    advice << tr("Predicted as %1 would serve it; calibrating sets that engine.").arg(engineText(*reading_));
  if (s.calibration) advice << tr("Predicted without the present calibration; calibrating replaces it.");
  advice << (likely
                 ? tr("Compare like with like: the same model, formats, context and devices as in the log.")
                 : tr("The weights are too far apart for one model in one format: set the scenario to the run first."));
  return advice;
}

void LogDialog::calibrate() {
  if (!reading_) return;
  Scenario logged = asLogged();
  Result<Calibration> calibration = calibrationFrom(*reading_, name_.toStdString(), logged);
  if (!calibration) return fail(calibration.error());
  logged.calibration = std::make_shared<const Calibration>(std::move(*calibration));
  document_.edit(Field::calibration, [&](Scenario& s) { s = logged; });
  Q_EMIT calibrated();
  accept();
}

void LogDialog::dragEnterEvent(QDragEnterEvent* event) {
  const QList<QUrl> urls = event->mimeData()->urls();
  if ((urls.size() == 1 && urls.front().isLocalFile()) || event->mimeData()->hasText()) event->acceptProposedAction();
}

void LogDialog::dropEvent(QDropEvent* event) {
  event->acceptProposedAction();
  const QList<QUrl> urls = event->mimeData()->urls();
  if (urls.size() == 1 && urls.front().isLocalFile())
    openFile(urls.front().toLocalFile());
  else
    openText(event->mimeData()->text());
}

void LogDialog::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Paste)) return paste();
  QDialog::keyPressEvent(event);
}

}  // namespace headroom::ui
