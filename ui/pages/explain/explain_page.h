// ExplainPage: every component's formula, numbers and sources, one after another or one alone.
#pragma once

#include <QListWidget>
#include <QWidget>

#include "ui/pages/page.h"

namespace headroom::ui {

class ExplainPanel;

class ExplainPage : public QWidget, public DocumentPage {
  Q_OBJECT

 public:
  explicit ExplainPage(QWidget* parent = nullptr);

  void render(const Snapshot& snapshot) override;
  ExplainPanel* panel() const { return panel_; }
  QListWidget* list() const { return list_; }

 private:
  QListWidget* list_;
  ExplainPanel* panel_;
};

}  // namespace headroom::ui
