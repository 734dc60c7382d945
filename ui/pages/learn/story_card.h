// StoryCard: a question with what is to be seen in its answer, and a button that opens it.
#pragma once

#include <QPushButton>

#include "ui/pages/explore/card.h"
#include "ui/pages/learn/story.h"

namespace headroom::ui {

class StoryCard : public Card {
  Q_OBJECT

 public:
  explicit StoryCard(const Story& story, QWidget* parent = nullptr);
  QPushButton* button() const { return open_; }

 Q_SIGNALS:
  void opened();

 private:
  QPushButton* open_;
};

}  // namespace headroom::ui
