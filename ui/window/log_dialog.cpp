#include "ui/window/log_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QStyle>
#include <QTableWidget>
#include <QVBoxLayout>
#include <cmath>

#include "core/base/text_file.h"
#include "core/scenario/choices.h"
#include "core/scenario/settings.h"
#include "ui/languages/core_text.h"
#include "ui/pages/explore/figure_text.h"
#include "ui/style/names.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"
#include "ui/window/file_dialogs.h"

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
  found_->setText(tr("Open the log of a server's start, drop it here, or paste its text."));
  fill();
}

QWidget* LogDialog::buildHead() {
  auto* head = new QWidget(this);
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  auto* hint = textLabel("logHint", true, head);
  hint->setText(
      tr("vLLM, SGLang and llama.cpp print what their memory went to. The prediction for the scenario stands "
         "beside it."));
  auto* open = new QPushButton(tr("Open a file…"), head);
  open->setObjectName(QStringLiteral("logOpen"));
  auto* pasteIt = new QPushButton(tr("Paste"), head);
  pasteIt->setObjectName(QStringLiteral("logPaste"));
  for (QPushButton* b : {open, pasteIt}) b->setAutoDefault(false);
  row->addWidget(hint, 1);
  row->addWidget(open);
  row->addWidget(pasteIt);
  connect(open, &QPushButton::clicked, this, [this] {
    const QString path =
        dialogs_.openFile(this, tr("Read a log"), QString(), tr("Logs (*.log *.txt *.out);;All files (*)"));
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

Result<void> LogDialog::openFile(const QString& path) {
  const Result<std::string> text = readTextFile(path.toStdString());
  if (!text) {
    fail(text.error());
    return tl::unexpected(text.error());
  }
  return show(*text, QFileInfo(path).fileName());
}

void LogDialog::paste() {
  show(QGuiApplication::clipboard()->text().toStdString(), QString());
}

Result<void> LogDialog::show(const std::string& log, const QString& name) {
  QApplication::setOverrideCursor(Qt::WaitCursor);
  Result<LogReading> read = readLog(log, name.toStdString());
  QApplication::restoreOverrideCursor();
  if (!read) {
    fail(read.error());
    return tl::unexpected(read.error());
  }
  name_ = name;
  reading_ = std::move(*read);
  fill();
  return {};
}

void LogDialog::fail(const Error& error) {
  reading_.reset();
  fill();
  found_->setText(coreText(error.text()));
}

Scenario LogDialog::asLogged() const {
  Scenario s = document_.scenario();
  if (settingsOf(s).engine != reading_->engine) chooseEngine(s, reading_->engine);
  if (s.engineVersion.empty()) s.engineVersion = reading_->version;
  return s;
}

void LogDialog::fill() {
  table_->setRowCount(0);
  missing_->setVisible(false);
  advice_->setVisible(false);
  calibrate_->setEnabled(false);
  if (!reading_) return;
  const Snapshot& snapshot = document_.snapshot();
  const bool serving = !isTraining(snapshot.scenario.workload) && snapshot.scenario.method == Method::detailed;
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
    const bool comparable = serving && f.predicted;
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

  QStringList advice;
  if (!serving)
    advice << tr("The scenario is not a detailed account of serving, so this log has nothing to stand beside.");
  else if (settingsOf(snapshot.scenario).engine != reading_->engine)
    advice << tr("Predicted as %1 would serve it; calibrating sets that engine.").arg(engineText(*reading_));
  if (serving && snapshot.scenario.calibration)
    advice << tr("Predicted without the present calibration; calibrating replaces it.");
  if (serving && !likely)
    advice << tr("The weights are too far apart for one model in one format: set the scenario to the run first.");
  else if (serving)
    advice << tr("Compare like with like: the same model, formats, context and devices as in the log.");
  advice_->setText(advice.join(QLatin1Char(' ')));
  advice_->setVisible(true);
  calibrate_->setEnabled(serving);
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
    show(event->mimeData()->text().toStdString(), QString());
}

void LogDialog::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Paste)) return paste();
  QDialog::keyPressEvent(event);
}

}  // namespace headroom::ui
