// MainWindow: puts the inputs, the pages and the menus together and keeps what belongs to the window as such: files,
// drops, geometry. Everything that computes or shows lives in the parts.
#pragma once

#include <QMainWindow>
#include <functional>
#include <memory>
#include <vector>

#include "core/hardware/detection.h"
#include "core/open/hub/hub.h"
#include "core/open/local_models.h"
#include "core/readers/recipes/recipe.h"
#include "ui/document/app_settings.h"
#include "ui/document/document.h"
#include "ui/document/recovery.h"
#include "ui/style/theme.h"
#include "ui/window/file_dialogs.h"

class QMimeData;
class QScrollArea;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace headroom {
struct Reading;
}

namespace headroom::ui {

class ComparePage;
class DevicesPage;
class DocumentPage;
class DropOverlay;
class EvidencePage;
class ExplainPage;
class ExplorePage;
class HelpView;
class InputPanel;
class LearnPage;
class LocalSearch;
class MessageBar;
class ModelPage;
class OpenModelDialog;
class PlanPage;
class ScenarioStrip;
class Segmented;
class SweepPage;
struct Opening;
struct Story;

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  enum Page { explore, compare, devices, sweep, plan, model, explain, evidence, learn, kPages };

  // Where the window keeps what it remembers; tests give their own.
  struct Environment {
    std::unique_ptr<AppSettings> settings = std::make_unique<AppSettings>();
    std::unique_ptr<FileDialogs> dialogs = std::make_unique<FileDialogs>();
    QString recoveryFolder;     // empty: no recovery copies
    bool welcome = false;       // offers worked questions at the first start
    bool takeLeftover = true;   // bring back what a crash left
    LocalFolders localFolders;  // where models may lie on this machine; empty ones are not looked into
    std::function<HubOptions()> hub = hubOptionsFromEnvironment;
    DetectionPlaces detection;  // where accelerators of this machine are looked for
  };
  explicit MainWindow(Environment environment, QWidget* parent = nullptr);
  ~MainWindow() override;

  Document& document() { return document_; }
  ExplorePage* explorePage() const { return explorePage_; }
  ComparePage* comparePage() const { return comparePage_; }
  DevicesPage* devicesPage() const { return devicesPage_; }
  SweepPage* sweepPage() const { return sweepPage_; }
  PlanPage* planPage() const { return planPage_; }
  ModelPage* modelPage() const { return modelPage_; }
  ExplainPage* explainPage() const { return explainPage_; }
  EvidencePage* evidencePage() const { return evidencePage_; }
  LearnPage* learnPage() const { return learnPage_; }
  InputPanel* inputs() const { return inputs_; }
  MessageBar* messages() const { return messages_; }
  AppSettings& settings() { return *environment_.settings; }
  FileDialogs& dialogs() { return *environment_.dialogs; }

  Page page() const;
  void setPage(Page page);
  DocumentPage& pageShown() const;  // the page on top, as exports see it

  // Files. Each returns whether it was done; what went wrong stands in the message bar.
  bool newDocument();
  bool open();
  void openModel(const QString& text = {});  // asks for one; `text` stands in the field already
  bool importRecipe();
  bool exportRecipe(RecipeDialect dialect);  // into an existing file: what it holds besides stays
  // A scenario, a recipe, a model, a command or a log, whatever it is: the one reader says. True for one that is long,
  // or whose model a hub has, means that it is being read; what goes wrong is said once it is known.
  bool openPath(const QString& path);
  bool openText(const QString& text, const QString& name);  // name: what it is called in the answer
  bool openClipboard();
  bool openStory(const Story& story);
  // The help, at a page of it ("keyboard.md") or at what is told of the widget that has the focus.
  HelpView& helpView();
  void helpOn(const QString& page);
  void helpOnFocus();
  // Goes on to the first stop of the next area: settings, page, pages' names, scenarios.
  void focusArea(bool forward);
  bool save();
  bool saveAs();
  void setTheme(Theme::Choice choice);
  // "system" or a code (ui/languages). The parts are made anew once the event loop runs; the document stays as it is.
  void setLanguage(const QString& choice);
  void setUnit(ByteUnit unit);
  // Says what failed, with where.
  void report(const QString& what, const Error& error);

 protected:
  void showEvent(QShowEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void changeEvent(QEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  bool takesDrag(QObject* receiver, QEvent* event);
  bool takesKey(QObject* receiver, QEvent* event);
  bool openData(const QMimeData& data, const QString& name);
  bool openScenarioFile(const QString& path);
  bool takeAside(const QString& name, const QString& failed, qint64 bytes, std::function<Result<Opening>()> read);
  bool take(const Opening& opening);
  bool takeFromHub(const Opening& opening, const Result<Scenario>& scenario);
  bool takeScenario(const Opening& opening, const Scenario& scenario, const QStringList& said);
  bool takeScenarioText(const Opening& opening);
  void addOther(const Opening& opening, const Reading& reading);
  bool showLog(const Opening& opening, const QStringList& said);
  OpenModelDialog& modelDialog();
  void buildBody();
  void addPages();
  template <typename P>
  P* addPage(const QString& name, P* page);
  QWidget* buildTopStrip();
  void connectDocument();
  void restoreTheme();
  void restoreState();
  void keepState();
  void restyle();
  void rebuild(const QString& language);
  void connectModels();
  void openLocal(const LocalModel& model);
  void updateTitle();
  bool mayDropChanges();
  void remember(const QString& path);

  Environment environment_;
  Document document_;
  std::unique_ptr<Recovery> recovery_;
  QTabBar* tabs_ = nullptr;
  Segmented* unit_ = nullptr;
  QSplitter* splitter_ = nullptr;
  QScrollArea* inputScroll_ = nullptr;
  InputPanel* inputs_ = nullptr;
  MessageBar* messages_ = nullptr;
  QStackedWidget* pages_ = nullptr;
  std::vector<DocumentPage*> exported_;  // the same, as exports see them
  ExplorePage* explorePage_ = nullptr;
  ComparePage* comparePage_ = nullptr;
  DevicesPage* devicesPage_ = nullptr;
  SweepPage* sweepPage_ = nullptr;
  PlanPage* planPage_ = nullptr;
  ScenarioStrip* strip_ = nullptr;
  ModelPage* modelPage_ = nullptr;
  ExplainPage* explainPage_ = nullptr;
  EvidencePage* evidencePage_ = nullptr;
  LearnPage* learnPage_ = nullptr;
  HelpView* help_ = nullptr;  // made when it is first asked for
  DropOverlay* overlay_ = nullptr;
  LocalSearch* search_ = nullptr;
  OpenModelDialog* openModel_ = nullptr;  // made when it is first asked for
  QString styled_;                        // the style sheet in force
};

}  // namespace headroom::ui
