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
#include "core/readers/recipes/recipe.h"
#include "ui/document/field.h"
#include "ui/document/snapshot.h"
#include "ui/document/snapshot_builder.h"

namespace headroom::ui {

// The scenario a first run opens on: Llama 3.1 8B at 8192 tokens on an RTX 4090.
Scenario workedExample();

class Document : public QObject {
  Q_OBJECT

 public:
  explicit Document(QObject* parent = nullptr);

  const Scenario& scenario() const { return snapshot_.scenario; }
  const Snapshot& snapshot() const { return snapshot_; }
  QUndoStack& undoStack() { return undo_; }

  // Makes an undoable edit; nothing happens where `change` changes nothing. Edits between beginGesture() and
  // endGesture() that touch one field become one step.
  void edit(Field field, const std::function<void(Scenario&)>& change);
  // The same for keys and the wheel: steps of one field less than 600 ms apart are one step.
  void editStepwise(Field field, const std::function<void(Scenario&)>& change);
  void beginGesture();
  void endGesture();

  // Files. An error leaves everything as it was.
  Result<void> open(const QString& path);                // a scenario file
  Result<void> openModel(const QString& path);           // a config.json, checkpoint or GGUF, as setModel()
  Result<ReadRecipe> importRecipe(const QString& path);  // a training code's recipe: an undoable edit of what it says
  Result<void> save(const QString& path);
  void reset(Scenario scenario, const QString& path = {}, bool modified = false);
  const QString& path() const { return path_; }
  // The file's name, or what an unsaved document is called.
  QString title() const;
  bool isModified() const { return dirtyFromStart_ || !undo_.isClean(); }

  // The model. Each is one undoable step; an error leaves everything as it was.
  void setModel(const NamedModel& model);
  // Changes a dimension of a copy of the model's configuration; `value` absent lets it follow from the others.
  Result<void> setDimension(Dimension dimension, std::optional<std::int64_t> value);
  // Back to what an edited copy was made from.
  Result<void> restoreModel();

  // How things are shown; not part of the scenario and not undoable.
  void setUnit(ByteUnit unit);
  void setCompared(std::vector<DeviceRequest> devices);
  const std::vector<DeviceRequest>& compared() const { return builder_.compared; }
  // The snapshot with every part, for an export of a view that is not shown.
  Snapshot fullSnapshot() const;
  // Which parts of the snapshot somebody sees; the others are left out of it.
  void setWanted(bool columns, bool curves);

 Q_SIGNALS:
  void changed(const headroom::ui::Snapshot& snapshot);
  void modifiedChanged(bool modified);
  void pathChanged(const QString& path);

 private:
  friend class EditScenario;
  void apply(const Scenario& scenario);
  void push(Field field, const std::function<void(Scenario&)>& change);
  void rebuild();
  Result<NamedModel> withModel(NamedModel named) const;

  SnapshotBuilder builder_;
  Snapshot snapshot_;
  QUndoStack undo_;
  QString path_;
  bool dirtyFromStart_ = false;  // recovered work: differs from its file though nothing can be undone
  int gesture_ = 0;
  bool inGesture_ = false;
  bool waited_ = false;  // something of the snapshot waits for the gesture's end
  Field lastField_ = Field::name;
  QElapsedTimer sinceStep_;
};

}  // namespace headroom::ui
