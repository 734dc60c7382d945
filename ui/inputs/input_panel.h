// InputPanel: everything that can be asked, on the left of the window: the model, the workload, four sliders, and the
// finer settings in folded sections. A view like any other: it shows the snapshot and turns gestures into edits.
#pragma once

#include <QLabel>
#include <QWidget>
#include <vector>

#include "core/open/local_models.h"
#include "ui/inputs/option_sections.h"
#include "ui/inputs/picker_field.h"
#include "ui/inputs/segmented.h"
#include "ui/inputs/slider_field.h"

class QVBoxLayout;

namespace headroom::ui {

class Document;

class InputPanel : public QWidget {
  Q_OBJECT

 public:
  explicit InputPanel(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  // Models found on this machine; they stand first in the picker.
  void setLocalModels(std::vector<LocalModel> models);

  PickerField* modelPicker() const { return model_; }
  QStringList openSections() const;
  void setOpenSections(const QStringList& names);  // an edit of the document, as by hand

 Q_SIGNALS:
  // The picker was given something that is not in its list, a path perhaps; or nothing, to be asked for it.
  void modelTextEntered(const QString& text);
  void localModelChosen(const headroom::LocalModel& model);
  void modelListOpened();

 private:
  void buildModel(QVBoxLayout* column);
  void buildSliders(QVBoxLayout* column);
  void chooseModel(const QString& id);
  void listModels();
  SliderField* addSlider(QVBoxLayout* column, Field field, const QString& name, const QString& label,
                         const QString& tip, ValueEntry::Commit commit,
                         void (*choose)(Scenario&, const StopScale&, int stop));
  SliderField* joinSlider(QVBoxLayout* column, Field field, SliderField* slider,
                          void (*choose)(Scenario&, const StopScale&, int stop));
  void buildPrecision(QVBoxLayout* column);
  void renderQuantizing(const Snapshot& snapshot);
  void renderPrecision(const Snapshot& snapshot);

  Document& document_;
  PickerField* model_;
  std::vector<LocalModel> local_;
  ByteUnit unit_ = ByteUnit::gib;
  QLabel* summary_;
  Segmented* workload_;
  QLabel* quantizing_;  // what QLoRA saves beside LoRA
  SliderField *batch_, *context_, *precision_, *rank_;
  OptionSections* options_;
};

}  // namespace headroom::ui
