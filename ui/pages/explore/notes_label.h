// NotesLabel: quiet sentences under one another.
#pragma once

#include <QLabel>
#include <algorithm>

namespace headroom::ui {

// Notes wrap and are as high as their text at this width. A label that answers heightForWidth() would make the whole
// page take its preferred height instead of its least.
class NotesLabel : public QLabel {
 public:
  NotesLabel() {
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    policy.setHeightForWidth(false);
    setSizePolicy(policy);
  }
  void fit() {
    QSizePolicy policy = sizePolicy();
    policy.setHeightForWidth(false);  // every new text sets it again
    setSizePolicy(policy);
    setFixedHeight(std::max(0, heightForWidth(width())));
  }

 protected:
  void resizeEvent(QResizeEvent* event) override {
    QLabel::resizeEvent(event);
    fit();
  }
};

}  // namespace headroom::ui
