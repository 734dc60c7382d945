// EditWork: one undoable change of the document. Holds the work before and after, so that undo never computes;
// scenarios that did not change are shared.
#pragma once

#include <QUndoCommand>

#include "ui/document/field.h"
#include "ui/document/work.h"

namespace headroom::ui {

class Document;

class EditWork : public QUndoCommand {
 public:
  // `title` names a change that no field's values tell.
  EditWork(Document& document, Field field, int gesture, Work before, Work after, const QString& title = {});

  void undo() override;
  void redo() override;
  int id() const override { return static_cast<int>(field_); }
  // Edits of one field in one gesture (a slider drag) are one step; a gesture that ends where it began is none.
  bool mergeWith(const QUndoCommand* other) override;
  // The model that goes by this name on either side of the edit; nullptr where none does.
  std::shared_ptr<const Model> modelOf(const ModelReference& reference) const;

  // Makes its text anew, in the language of the moment.
  void retitle();

 private:
  Document& document_;
  Field field_;
  int gesture_;
  QString title_;
  Work before_, after_;
};

}  // namespace headroom::ui
