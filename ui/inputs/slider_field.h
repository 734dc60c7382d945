// SliderField: one question with two ways to answer it: a slider to explore and a linked field for the exact value.
#pragma once

#include <QLabel>
#include <QWidget>
#include <functional>
#include <optional>

#include "ui/inputs/picker_field.h"
#include "ui/inputs/stop_slider.h"
#include "ui/inputs/value_entry.h"

namespace headroom::ui {

class SliderField : public QWidget {
  Q_OBJECT

 public:
  // `name` is the object name; the parts are called <name>Slider and <name>Entry. `label` may hold a mnemonic.
  SliderField(const QString& name, const QString& label, const QString& tip, ValueEntry::Commit commit,
              QWidget* parent = nullptr);
  // The same with a picker for the exact value, which becomes a part of this.
  SliderField(const QString& name, const QString& label, const QString& tip, PickerField* picker,
              QWidget* parent = nullptr);

  void setScale(StopScale scale) { slider_->setScale(std::move(scale)); }
  // Shows a value; `spoken` is how assistive technology reads it ("8 192 tokens").
  void show(double value, const QString& text, const QString& spoken);
  void setMarks(std::optional<double> fits, std::optional<double> native) { slider_->setMarks(fits, native); }
  void setTip(const QString& tip);

  StopSlider* slider() const { return slider_; }
  // Why the text in the field was not taken; empty lets it go again.
  void setProblem(const QString& problem);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 Q_SIGNALS:
  void stopChosen(int stop);
  void gestureBegan();
  void gestureEnded();

 private:
  void build(const QString& name, const QString& label, const QString& tip);
  QLineEdit* field() const { return entry_ != nullptr ? static_cast<QLineEdit*>(entry_) : picker_; }

  QLabel* label_;
  StopSlider* slider_;
  QLabel* reason_;  // over the slider's labels, so that an unreadable text moves nothing
  ValueEntry* entry_ = nullptr;
  PickerField* picker_ = nullptr;
  QString plainLabel_;
};

}  // namespace headroom::ui
