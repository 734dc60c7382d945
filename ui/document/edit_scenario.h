// EditScenario: one undoable change of the scenario. Holds the values before and after, so that undo never computes.
#pragma once

#include <QUndoCommand>

#include "core/scenario/scenario.h"
#include "ui/document/field.h"

namespace headroom::ui {

class Document;

class EditScenario : public QUndoCommand {
 public:
  EditScenario(Document& document, Field field, int gesture, Scenario before, Scenario after);

  void undo() override;
  void redo() override;
  int id() const override { return static_cast<int>(field_); }
  // Edits of one field in one gesture (a slider drag) are one step; a gesture that ends where it began is none.
  bool mergeWith(const QUndoCommand* other) override;
  // The model that goes by this name on either side of the edit; nullptr where none does.
  std::shared_ptr<const Model> modelOf(const ModelReference& reference) const;

 private:
  void retitle();

  Document& document_;
  Field field_;
  int gesture_;
  Scenario before_, after_;
};

}  // namespace headroom::ui
