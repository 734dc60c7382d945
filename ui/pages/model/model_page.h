// ModelPage: what the model is: its size and source, what was assumed, its layers, its tensors, and its dimensions to
// try others.
#pragma once

#include <QGridLayout>
#include <QScrollArea>

#include "core/base/result.h"
#include "ui/pages/page.h"

class QLabel;
class QPushButton;

namespace headroom::ui {

class DimensionEditor;
class Document;
class LayersTable;
class NotesLabel;
class TensorTree;

class ModelPage : public QScrollArea, public DocumentPage {
  Q_OBJECT

 public:
  explicit ModelPage(Document& document, QWidget* parent = nullptr);

  // Cheap while the page is hidden: it catches up when it is shown.
  void render(const Snapshot& snapshot) override;
  LayersTable* layers() const { return layers_; }
  TensorTree* tensors() const { return tensors_; }
  DimensionEditor* dimensions() const { return dimensions_; }

 Q_SIGNALS:
  void openRequested();
  void failed(const QString& what, const headroom::Error& error);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* buildSummary();
  QWidget* buildDimensions();
  void renderSummary(const Snapshot& snapshot);
  void addFact(const QString& name, const QString& value, const QString& tip = {});

  Document& document_;
  QLabel *title_, *family_, *layersNote_;
  QGridLayout* facts_;
  std::vector<QLabel*> factLabels_;
  int factRows_ = 0;
  QPushButton* open_;
  NotesLabel* notes_;
  DimensionEditor* dimensions_;
  LayersTable* layers_;
  TensorTree* tensors_;
  bool stale_ = true;
};

}  // namespace headroom::ui
