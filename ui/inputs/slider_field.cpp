#include "ui/inputs/slider_field.h"

#include <QGridLayout>

namespace headroom::ui {
namespace {

constexpr int kEntryWidth = 96, kPickerWidth = 144, kEntryHeight = 28;

}  // namespace

SliderField::SliderField(const QString& name, const QString& label, const QString& tip, ValueEntry::Commit commit,
                         QWidget* parent)
    : QWidget(parent), entry_(new ValueEntry(std::move(commit), this)) {
  build(name, label, tip);
  connect(entry_, &ValueEntry::stepped, this, [this](int direction) {
    const StopScale& scale = slider_->scale();
    if (scale.size() == 0) return;
    const double at = static_cast<double>(slider_->value()) / std::max(1, slider_->maximum()) * (scale.size() - 1);
    Q_EMIT stopChosen(scale.next(at, direction));
  });
  connect(entry_, &ValueEntry::problemChanged, this, &SliderField::setProblem);
}

SliderField::SliderField(const QString& name, const QString& label, const QString& tip, PickerField* picker,
                         QWidget* parent)
    : QWidget(parent), picker_(picker) {
  picker_->setParent(this);
  build(name, label, tip);
}

void SliderField::build(const QString& name, const QString& label, const QString& tip) {
  label_ = new QLabel(label, this);
  slider_ = new StopSlider(this);
  reason_ = new QLabel(slider_);
  plainLabel_ = QString(label).remove(QLatin1Char('&'));
  QLineEdit* entry = field();
  setObjectName(name);
  slider_->setObjectName(name + QStringLiteral("Slider"));
  entry->setObjectName(name + QStringLiteral("Entry"));
  reason_->setObjectName(name + QStringLiteral("Reason"));
  label_->setBuddy(entry);
  entry->setFixedSize(picker_ != nullptr ? kPickerWidth : kEntryWidth, kEntryHeight);
  reason_->setProperty("problem", true);
  reason_->setTextFormat(Qt::PlainText);
  reason_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  reason_->hide();

  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(2);
  grid->addWidget(label_, 0, 0);
  grid->addWidget(entry, 0, 1, Qt::AlignRight);
  grid->addWidget(slider_, 1, 0, 1, 2);
  grid->setColumnStretch(0, 1);

  setTip(tip);
  setTabOrder(slider_, entry);
  connect(slider_, &StopSlider::stopChosen, this, &SliderField::stopChosen);
  connect(slider_, &QSlider::sliderPressed, this, &SliderField::gestureBegan);
  connect(slider_, &QSlider::sliderReleased, this, &SliderField::gestureEnded);
}

void SliderField::setProblem(const QString& problem) {
  reason_->setText(problem);
  reason_->setVisible(!problem.isEmpty());
  field()->setAccessibleDescription(problem);
}

void SliderField::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int height = slider_->labelsHeight();
  reason_->setGeometry(0, slider_->sizeHint().height() - height, width(), height);
}

void SliderField::show(double value, const QString& text, const QString& spoken) {
  slider_->showValue(value);
  if (entry_ != nullptr)
    entry_->showText(text);
  else
    picker_->showChoice(text);
  slider_->setAccessibleDescription(spoken);
}

void SliderField::setTip(const QString& tip) {
  for (QWidget* w : {static_cast<QWidget*>(label_), static_cast<QWidget*>(slider_), static_cast<QWidget*>(field())})
    w->setToolTip(tip);
  slider_->setAccessibleName(plainLabel_);
  field()->setAccessibleName(plainLabel_);
}

}  // namespace headroom::ui
