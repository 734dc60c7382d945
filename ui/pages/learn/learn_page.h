// LearnPage: number formats bit by bit, rules of thumb beside the detailed account, and worked stories to open.
#pragma once

#include <QScrollArea>
#include <QStackedWidget>

#include "ui/inputs/segmented.h"
#include "ui/pages/learn/story.h"
#include "ui/pages/page.h"

namespace headroom::ui {

class FloatsExplorer;
class RulesSheet;

class LearnPage : public QWidget, public DocumentPage {
  Q_OBJECT

 public:
  enum Part { floats, rules, worked };

  explicit LearnPage(QWidget* parent = nullptr);

  void render(const Snapshot& snapshot) override;
  void showPart(Part part);
  FloatsExplorer* explorer() const { return floats_; }
  RulesSheet* sheet() const { return rules_; }

 Q_SIGNALS:
  void storyChosen(const headroom::ui::Story& story);

 private:
  QWidget* buildStories();

  Segmented* parts_;
  QStackedWidget* stack_;
  FloatsExplorer* floats_;
  RulesSheet* rules_;
};

}  // namespace headroom::ui
