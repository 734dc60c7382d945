#include "ui/window/main_window.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>

#include "core/base/user_files.h"
#include "ui/charts/breakdown_chart.h"
#include "ui/charts/compare_chart.h"
#include "ui/charts/evidence_chart.h"
#include "ui/charts/sweep_chart.h"
#include "ui/document/local_search.h"
#include "ui/document/opening.h"
#include "ui/document/work_file.h"
#include "ui/inputs/input_panel.h"
#include "ui/languages/language.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/devices/devices_page.h"
#include "ui/pages/evidence/evidence_page.h"
#include "ui/pages/explain/explain_page.h"
#include "ui/pages/explore/explore_page.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/pages/learn/learn_page.h"
#include "ui/pages/model/model_page.h"
#include "ui/pages/plan/plan_page.h"
#include "ui/pages/sweep/sweep_page.h"
#include "ui/style/focus_ring.h"
#include "ui/style/text.h"
#include "ui/window/drop_overlay.h"
#include "ui/window/menus.h"
#include "ui/window/open_model_dialog.h"
#include "ui/window/scenario_strip.h"
#include "ui/window/style_sheet.h"
#include "ui/window/welcome_dialog.h"

namespace headroom::ui {
namespace {

constexpr int kInputWidth = 304, kInputMinimum = 288;

// A text that no field would take for a value or a name to look for: a command, a configuration, a log, an address.
bool opensByItself(const QString& text) {
  constexpr qsizetype kValue = 24;  // "131072", "Q4_K_M", "Llama 3.1 8B"
  if (text.trimmed().size() <= kValue && !text.contains(QLatin1Char('/'))) return false;
  return text.contains(QLatin1Char('\n')) || openingOfText(text, QString()).has_value();
}

}  // namespace

MainWindow::MainWindow(Environment environment, QWidget* parent)
    : QMainWindow(parent), environment_(std::move(environment)) {
  setObjectName(QStringLiteral("mainWindow"));
  setAcceptDrops(true);
  useLanguage(languageOf(settings().get(setting::kLanguage)));
  setMinimumSize(1024, 640);
  resize(1280, 800);
  restoreTheme();  // before there is a widget that would have to be dressed twice
  buildBody();
  buildMenus(*this);
  overlay_ = new DropOverlay(this);
  new FocusRing(this);
  if (!environment_.recoveryFolder.isEmpty())
    recovery_ = std::make_unique<Recovery>(document_, environment_.recoveryFolder, environment_.takeLeftover);
  connectDocument();
  restoreState();
  if (auto leftover = recovery_ ? recovery_->takeLeftover() : std::nullopt) {
    document_.reset(std::move(leftover->work), leftover->path, true);
    messages_->show(MessageBar::Kind::note, tr("Headroom did not end cleanly last time; your unsaved work is back."),
                    tr("Start fresh"), [this] { document_.reset(workedExample()); });
  } else if (const std::vector<Error> wrong = userFileWarnings(); !wrong.empty()) {
    QStringList said;
    for (const Error& e : wrong) said << shown(e.text());
    messages_->show(MessageBar::Kind::error, said.join(QLatin1Char('\n')));
  }
  updateTitle();
  qApp->installEventFilter(this);
}

MainWindow::~MainWindow() = default;

QWidget* MainWindow::buildTopStrip() {
  auto* strip = new QWidget(this);
  strip->setObjectName(QStringLiteral("topStrip"));
  strip->setAttribute(Qt::WA_StyledBackground);
  auto* row = new QHBoxLayout(strip);
  row->setContentsMargins(8, 0, 16, 0);
  tabs_ = new QTabBar(strip);
  tabs_->setObjectName(QStringLiteral("pageTabs"));
  tabs_->setAccessibleName(tr("Pages"));
  tabs_->setDrawBase(false);
  tabs_->setExpanding(false);
  unit_ = new Segmented(QStringLiteral("unit"), {QStringLiteral("GiB"), QStringLiteral("GB")}, strip);
  unit_->setAccessibleName(tr("Unit"));
  unit_->setToolTip(tr("GiB is 2³⁰ bytes, as programs allocate; GB is 10⁹ bytes, as vendors print."));
  auto* more = new QPushButton(tr("+ Scenario"), strip);
  more->setObjectName(QStringLiteral("addScenario"));
  more->setProperty("link", true);
  more->setAutoDefault(false);
  more->setToolTip(tr("A copy of this scenario in the same document, to change and to compare (Ctrl+T)"));
  connect(more, &QPushButton::clicked, this, [this] { document_.duplicateScenario(); });
  row->addWidget(tabs_);
  row->addStretch(1);
  row->addWidget(more);
  row->addSpacing(8);
  row->addWidget(unit_);
  connect(tabs_, &QTabBar::currentChanged, this, [this](int index) { setPage(static_cast<Page>(index)); });
  connect(unit_, &Segmented::chosen, this, [this](int index) { setUnit(index == 0 ? ByteUnit::gib : ByteUnit::gb); });
  return strip;
}

void MainWindow::buildBody() {
  auto* body = new QWidget(this);
  body->setObjectName(QStringLiteral("centralBody"));
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(buildTopStrip());
  strip_ = new ScenarioStrip(document_, body);
  column->addWidget(strip_);

  inputs_ = new InputPanel(document_);
  inputScroll_ = new QScrollArea;
  inputScroll_->setObjectName(QStringLiteral("inputScroll"));
  inputScroll_->setWidgetResizable(true);
  inputScroll_->setFrameShape(QFrame::NoFrame);
  inputScroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  inputScroll_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
  inputScroll_->setMinimumWidth(kInputMinimum);
  inputScroll_->setFocusPolicy(Qt::NoFocus);
  inputScroll_->setWidget(inputs_);

  auto* right = new QWidget;
  auto* results = new QVBoxLayout(right);
  results->setContentsMargins(0, 0, 0, 0);
  results->setSpacing(0);
  pages_ = new QStackedWidget(right);
  pages_->setObjectName(QStringLiteral("pages"));
  addPages();
  results->addWidget(pages_, 1);
  messages_ = new MessageBar(right);

  splitter_ = new QSplitter(Qt::Horizontal, body);
  splitter_->setObjectName(QStringLiteral("splitter"));
  splitter_->setChildrenCollapsible(false);
  splitter_->setHandleWidth(1);
  splitter_->addWidget(inputScroll_);
  splitter_->addWidget(right);
  splitter_->setStretchFactor(1, 1);
  splitter_->setSizes({kInputWidth, 4000});
  column->addWidget(splitter_, 1);
  setCentralWidget(body);
}

// Its tab, its place on the stack, what it is told: all that a page needs of the window, in the order of `Page`.
template <typename P>
P* MainWindow::addPage(const QString& name, P* page) {
  tabs_->addTab(name);
  pages_->addWidget(page);
  exported_.push_back(page);
  connect(&document_, &Document::changed, page, &P::render);
  return page;
}

void MainWindow::addPages() {
  // The first tab is shown as it comes; the page itself is chosen once all are there.
  const QSignalBlocker quiet(tabs_);
  exported_.clear();  // another language builds all anew
  explorePage_ = addPage(tr("Explore"), new ExplorePage(document_));
  comparePage_ = addPage(tr("Compare"), new ComparePage(document_));
  devicesPage_ = addPage(tr("Devices"), new DevicesPage(document_, environment_.detection));
  sweepPage_ = addPage(tr("Sweep"), new SweepPage(document_));
  planPage_ = addPage(tr("Plan"), new PlanPage(document_));
  modelPage_ = addPage(tr("Model"), new ModelPage(document_));
  explainPage_ = addPage(tr("Explain"), new ExplainPage);
  evidencePage_ = addPage(tr("Evidence"), new EvidencePage(document_));
  learnPage_ = addPage(tr("Learn"), new LearnPage);
}

void MainWindow::connectDocument() {
  connect(&document_, &Document::changed, strip_, &ScenarioStrip::render);
  connect(planPage_, &PlanPage::layoutOpened, this, [this] { setPage(explore); });
  connect(learnPage_, &LearnPage::storyChosen, this, &MainWindow::openStory);
  connect(evidencePage_, &EvidencePage::runOpened, this, [this] { setPage(explore); });
  connect(&document_, &Document::changed, this,
          [this](const Snapshot& s) { unit_->show(s.unit == ByteUnit::gib ? 0 : 1); });
  connect(&document_, &Document::modifiedChanged, this, &MainWindow::updateTitle);
  connect(&document_, &Document::pathChanged, this, &MainWindow::updateTitle);
  connectModels();
}

void MainWindow::connectModels() {
  search_ = new LocalSearch(environment_.localFolders, this);
  connect(search_, &LocalSearch::found, this, [this] { inputs_->setLocalModels(search_->models()); });
  connect(inputs_, &InputPanel::modelListOpened, search_, &LocalSearch::start);
  connect(inputs_, &InputPanel::localModelChosen, this, &MainWindow::openLocal);
  connect(inputs_, &InputPanel::modelTextEntered, this, [this](const QString& text) {
    QFileInfo::exists(text.trimmed()) ? void(openPath(text.trimmed())) : openModel(text);
  });
  connect(modelPage_, &ModelPage::openRequested, this, [this] { openModel(); });
  connect(modelPage_, &ModelPage::failed, this, &MainWindow::report);
}

void MainWindow::restoreTheme() {
  const QString theme = settings().get(setting::kTheme);
  Theme::setChoice(theme == QLatin1String("dark")    ? Theme::Choice::dark
                   : theme == QLatin1String("light") ? Theme::Choice::light
                                                     : Theme::Choice::system);
  restyle();
}

void MainWindow::restoreState() {
  AppSettings& s = settings();
  document_.setUnit(s.get(setting::kUnit) == QLatin1String("gb") ? ByteUnit::gb : ByteUnit::gib);
  document_.setUsual(devicesNamed(s.get(setting::kCompared)), s.get(setting::kFolded));
  if (const QByteArray geometry = s.get(setting::kGeometry); !geometry.isEmpty()) restoreGeometry(geometry);
  if (const QByteArray split = s.get(setting::kSplitter); !split.isEmpty()) splitter_->restoreState(split);
  const int page = s.get(setting::kPage);
  setPage(page >= 0 && page < kPages ? static_cast<Page>(page) : explore);
  Q_EMIT document_.changed(document_.snapshot());
}

void MainWindow::keepState() {
  AppSettings& s = settings();
  s.set(setting::kGeometry, saveGeometry());
  s.set(setting::kSplitter, splitter_->saveState());
  s.set(setting::kPage, static_cast<int>(page()));
  s.set(setting::kFolded, inputs_->openSections());
  QStringList compared;
  for (const DeviceRequest& d : document_.compared()) compared << QString::fromStdString(d.accelerator);
  s.set(setting::kCompared, compared);
}

MainWindow::Page MainWindow::page() const {
  return static_cast<Page>(pages_->currentIndex());
}

void MainWindow::setPage(Page page) {
  // First the numbers, then the page that shows them.
  document_.setWanted(page == devices, page == explore, page == compare);
  pages_->setCurrentIndex(page);
  tabs_->setCurrentIndex(page);
}

DocumentPage& MainWindow::pageShown() const {
  return *exported_[static_cast<std::size_t>(page())];
}

void MainWindow::setTheme(Theme::Choice choice) {
  const char* const names[] = {"system", "light", "dark"};
  settings().set(setting::kTheme, QString::fromLatin1(names[static_cast<int>(choice)]));
  Theme::setChoice(choice);
  restyle();
}

void MainWindow::setUnit(ByteUnit unit) {
  settings().set(setting::kUnit, unit == ByteUnit::gib ? QStringLiteral("gib") : QStringLiteral("gb"));
  document_.setUnit(unit);
}

void MainWindow::restyle() {
  const QString sheet = styleSheetOf(Theme::current(), QApplication::font().pointSizeF());
  if (sheet == styled_) return;
  styled_ = sheet;
  qApp->setStyleSheet(sheet);
  // Views that hold colours or measures of the theme before take the new ones.
  Q_EMIT document_.changed(document_.snapshot());
}

void MainWindow::changeEvent(QEvent* event) {
  QMainWindow::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && tabs_ != nullptr) restyle();
}

void MainWindow::updateTitle() {
  setWindowTitle(QStringLiteral("%1[*] — Headroom").arg(document_.title()));
  setWindowModified(document_.isModified());
}

void MainWindow::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  // After the first paint; the picker shows what is found when it is.
  QTimer::singleShot(0, search_, &LocalSearch::start);
  if (!environment_.welcome || settings().get(setting::kWelcomed)) return;
  environment_.welcome = false;
  settings().set(setting::kWelcomed, true);
  QTimer::singleShot(0, this, [this] {
    auto* welcome = new WelcomeDialog(this);
    connect(welcome, &WelcomeDialog::storyChosen, this, &MainWindow::openStory);
    welcome->open();
  });
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!mayDropChanges()) return event->ignore();
  keepState();
  if (recovery_) recovery_->discard();
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (!event->mimeData()->hasUrls() && !event->mimeData()->hasText()) return;
  overlay_->appear();
  event->acceptProposedAction();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) {
  overlay_->hide();
}

void MainWindow::dropEvent(QDropEvent* event) {
  overlay_->hide();
  event->acceptProposedAction();
  openData(*event->mimeData(), tr("The dropped text"));
}

// Whatever lies under the pointer, a drop is the window's: charts refuse drops and fields would take a file's address
// for typed text. Dragging text inside the window, from one field to another, stays theirs.
bool MainWindow::takesDrag(QObject* receiver, QEvent* event) {
  auto* widget = qobject_cast<QWidget*>(receiver);
  if (widget == nullptr || widget->window() != this) return false;
  if (widget == this) {
    // What entered was taken then; the window's own handlers do the rest.
    if (event->type() == QEvent::DragMove) static_cast<QDragMoveEvent*>(event)->acceptProposedAction();
    return event->type() == QEvent::DragMove;
  }
  switch (event->type()) {
    case QEvent::DragEnter: {
      auto* enter = static_cast<QDragEnterEvent*>(event);
      if (enter->source() != nullptr) return false;
      dragEnterEvent(enter);
      return true;
    }
    case QEvent::DragMove: {
      auto* move = static_cast<QDragMoveEvent*>(event);
      if (move->source() != nullptr) return false;
      move->acceptProposedAction();
      return true;
    }
    case QEvent::DragLeave:
      if (!overlay_->isVisible()) return false;
      overlay_->hide();
      return true;
    case QEvent::Drop: {
      auto* drop = static_cast<QDropEvent*>(event);
      if (drop->source() != nullptr) return false;
      dropEvent(drop);
      return true;
    }
    default:
      return false;
  }
}

// Ctrl+Z undoes what was done last, wherever the focus is, and Ctrl+V opens what the clipboard holds: a field keeps
// both keys only while something uncommitted is typed in it, and for a clipboard that is a value for it.
bool MainWindow::takesKey(QObject* receiver, QEvent* event) {
  if (event->type() != QEvent::ShortcutOverride) return false;
  const auto* widget = qobject_cast<QWidget*>(receiver);
  if (widget == nullptr || widget->window() != this) return false;
  const auto* key = static_cast<QKeyEvent*>(event);
  const auto* line = qobject_cast<const QLineEdit*>(widget);
  const bool undoes = key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo);
  if (undoes && (line == nullptr || !line->isModified())) return event->ignore(), true;
  if (!key->matches(QKeySequence::Paste)) return false;
  if (line != nullptr && !opensByItself(QGuiApplication::clipboard()->text())) return false;
  return event->ignore(), true;
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  // Every event of the program comes by here; all but a few are let pass at once.
  switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove:
    case QEvent::DragLeave:
    case QEvent::Drop:
      return takesDrag(watched, event);
    case QEvent::ShortcutOverride:
      return takesKey(watched, event);
    default:
      return false;
  }
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  if (overlay_ != nullptr && overlay_->isVisible()) overlay_->appear();
}

}  // namespace headroom::ui
