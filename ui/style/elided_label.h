// ElidedLabel: a line of text, or a few, that gives way where there is no room: what does not fit ends in "…" and
// stands whole in the tool tip. Never asks for more width than it is given.
#pragma once

#include <QLabel>

namespace headroom::ui {

class ElidedLabel : public QLabel {
  Q_OBJECT

 public:
  explicit ElidedLabel(QWidget* parent = nullptr);
  void setText(const QString& text);
  bool isElided() const;

  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void tellWhole();
};

}  // namespace headroom::ui
