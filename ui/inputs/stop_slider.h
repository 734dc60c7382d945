// StopSlider: a slider over a StopScale, painted as a quiet line with ticks and their labels. Shows where the model's
// own maximum is and from where on the device is full.
#pragma once

#include <QSlider>
#include <optional>

#include "ui/inputs/stop_scale.h"

namespace headroom::ui {

class StopSlider : public QSlider {
  Q_OBJECT

 public:
  explicit StopSlider(QWidget* parent = nullptr);

  void setScale(StopScale scale);
  const StopScale& scale() const { return scale_; }
  // Shows a value without telling anybody.
  void showValue(double value);
  // The largest value that fits, and the model's own maximum; nothing hides the mark.
  void setMarks(std::optional<double> fits, std::optional<double> native);

  // The centre of a stop in widget coordinates.
  int xOf(double position) const;

  QSize sizeHint() const override;
  int labelsHeight() const;  // of the row under the groove
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  // The user chose a stop with the mouse, the keys or the wheel.
  void stopChosen(int stop);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  bool event(QEvent* event) override;

 private:
  double position() const { return static_cast<double>(value()) / kSub; }
  int stopAt(int x) const;
  void choose(int stop);

  static constexpr int kSub = 64;  // slider units between two stops
  StopScale scale_;
  std::optional<double> fits_, native_;
  int wheelRest_ = 0;
  bool hovered_ = false;
};

}  // namespace headroom::ui
