// Document: the one mutable state of the window. Every edit is an undo command, every change ends in one signal,
// and every view, the inputs included, renders the snapshot it carries.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QUndoStack>
#include <functional>

#include "core/base/result.h"
#include "core/formats/config/edited_model.h"
#include "ui/document/field.h"
#include "ui/document/snapshot.h"
#include "ui/document/snapshot_builder.h"
#include "ui/document/work.h"

namespace headroom::ui {

// The scenario a first run opens on: Llama 3.1 8B at 8192 tokens on an RTX 4090.
Scenario workedExample();

class Document : public QObject {
  Q_OBJECT

 public:
  explicit Document(QObject* parent = nullptr);

  const Work& work() const { return work_; }
  const Scenario& scenario() const { return snapshot_.scenario; }
  const Snapshot& snapshot() const { return snapshot_; }
  QUndoStack& undoStack() { return undo_; }
  // Makes the texts it holds anew, in the language of the moment.
  void retranslate();

  // Makes an undoable edit; nothing happens where `change` changes nothing. Edits between beginGesture() and
  // endGesture() that touch one field become one step.
  void edit(Field field, const std::function<void(Scenario&)>& change);
  // The same for keys and the wheel: steps of one field less than 600 ms apart are one step.
  void editStepwise(Field field, const std::function<void(Scenario&)>& change);
  void beginGesture();
  void endGesture();

  // Files. An error leaves everything as it was.
  Result<void> open(const QString& path);       // a scenario file
  Result<void> openModel(const QString& path);  // a config.json, checkpoint or GGUF, as setModel()
  Result<void> save(const QString& path);
  // The same where nobody changed the document's own file since it was read; false where somebody did.
  Result<bool> saveUnchanged();
  void reset(Scenario scenario, const QString& path = {}, bool modified = false);
  void reset(Work work, const QString& path = {}, bool modified = false);
  // What a new document holds beside its scenario: devices to compare, and the panels that stand open. Not undoable.
  void setUsual(std::vector<DeviceRequest> compared, const QStringList& panels);
  const Work& usual() const { return usual_; }
  const QString& path() const { return path_; }
  // What the file was when it was read or written last.
  const std::optional<FileStamp>& file() const { return file_; }
  // The file's name, or what an unsaved document is called.
  QString title() const;
  bool isModified() const { return dirtyFromStart_ || !sameWork(work_, saved_); }

  // The model. Each is one undoable step; an error leaves everything as it was.
  void setModel(const NamedModel& model);
  // Changes a dimension of a copy of the model's configuration; `value` absent lets it follow from the others.
  Result<void> setDimension(Dimension dimension, std::optional<std::int64_t> value);
  // Back to what an edited copy was made from.
  Result<void> restoreModel();

  // The document around the shown scenario. Each is one undoable step, except which scenario is shown.
  void show(std::size_t scenario);
  void addScenario(Scenario scenario);  // behind the shown one, and shows it
  void duplicateScenario();
  void renameScenario(std::size_t scenario, const QString& name);
  void moveScenario(std::size_t from, std::size_t to);
  void closeScenario(std::size_t scenario);  // the last one stays
  void setBaseline(std::optional<std::size_t> scenario);
  void setCompared(std::vector<DeviceRequest> devices);
  const std::vector<DeviceRequest>& compared() const { return work_.compared; }
  void setPanels(const QStringList& open);
  // Changes what is asked beside the scenarios; `title` names the step.
  void ask(const QString& title, const std::function<void(Asked&)>& change);
  // The same of what is typed letter by letter: one step as long as it goes on.
  void askStepwise(const QString& title, const std::function<void(Asked&)>& change);

  // How things are shown; not part of the document and not undoable.
  void setUnit(ByteUnit unit);
  // The snapshot with every part, for an export of a view that is not shown.
  Snapshot fullSnapshot() const;
  // Which parts of the snapshot somebody sees; the others are left out of it.
  void setWanted(bool columns, bool curves, bool scenarios = false);

 Q_SIGNALS:
  void changed(const headroom::ui::Snapshot& snapshot);
  void modifiedChanged(bool modified);
  void pathChanged(const QString& path);

 private:
  friend class EditWork;
  void apply(const Work& work);
  // `goesOn`: joins the step before.
  void editWork(Field field, const QString& title, const std::function<void(Work&)>& change, bool goesOn = false);
  void noteModified();
  void push(Field field, const std::function<void(Scenario&)>& change);
  void rebuild();
  Result<bool> saveTo(const QString& path, std::optional<FileStamp> expected);
  Result<NamedModel> withModel(NamedModel named) const;

  Work work_, saved_, usual_;
  bool modified_ = false;  // what was said last
  SnapshotBuilder builder_;
  Snapshot snapshot_;
  QUndoStack undo_;
  QString path_;
  std::optional<FileStamp> file_;
  bool dirtyFromStart_ = false;  // recovered work: differs from its file though nothing can be undone
  int gesture_ = 0;
  bool inGesture_ = false;
  bool waited_ = false;  // something of the snapshot waits for the gesture's end
  Field lastField_ = Field::name;
  QElapsedTimer sinceStep_;
};

}  // namespace headroom::ui
