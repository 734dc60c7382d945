// RulesSheet: the published rules of thumb beside the detailed account of the scenario at hand, the model in serving
// and in training, and what optimizers keep.
#pragma once

#include <QTextBrowser>
#include <QTimer>

#include "ui/document/snapshot.h"

namespace headroom::ui {

class RulesSheet : public QTextBrowser {
  Q_OBJECT

 public:
  explicit RulesSheet(QWidget* parent = nullptr);
  void render(const Snapshot& snapshot);

 protected:
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void refresh();

  Scenario scenario_;
  ByteUnit unit_ = ByteUnit::gib;
  bool dirty_ = true;
  QTimer later_;  // eight estimates are too many for every step of a slider
};

}  // namespace headroom::ui
