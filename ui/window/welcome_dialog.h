// The first start: three worked questions instead of an empty form.
#pragma once

#include <QDialog>

#include "ui/pages/learn/story.h"

namespace headroom::ui {

class WelcomeDialog : public QDialog {
  Q_OBJECT

 public:
  explicit WelcomeDialog(QWidget* parent = nullptr);

 Q_SIGNALS:
  void storyChosen(const headroom::ui::Story& story);
};

}  // namespace headroom::ui
