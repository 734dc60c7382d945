// LearnPage: number formats bit by bit, rules of thumb beside the detailed account, and worked stories to open.
#pragma once

#include <QScrollArea>
#include <QStackedWidget>

#include "ui/document/snapshot.h"
#include "ui/inputs/segmented.h"
#include "ui/pages/learn/story.h"

namespace headroom::ui {

class FloatsExplorer;
class RulesSheet;

class LearnPage : public QWidget {
  Q_OBJECT

 public:
  enum Part { floats, rules, worked };

  explicit LearnPage(QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
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
