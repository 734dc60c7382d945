#include "ui/pages/learn/learn_page.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/pages/explore/card.h"
#include "ui/pages/learn/floats_explorer.h"
#include "ui/pages/learn/rules_sheet.h"
#include "ui/pages/learn/story_card.h"

namespace headroom::ui {
namespace {

constexpr int kEdge = 12;

QScrollArea* scrolled(const QString& name, QWidget* body) {
  auto* area = new QScrollArea;
  area->setObjectName(name);
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setFocusPolicy(Qt::NoFocus);
  // As on every page, the bar stands at the window's edge and what scrolls ends before it.
  body->layout()->setContentsMargins(0, 0, kEdge, kEdge);
  area->setWidget(body);
  body->setAutoFillBackground(false);
  return area;
}

}  // namespace

LearnPage::LearnPage(QWidget* parent)
    : QWidget(parent),
      parts_(new Segmented(QStringLiteral("learnPart"),
                           {tr("Number formats"), tr("Rules of thumb"), tr("Worked stories")}, this)),
      stack_(new QStackedWidget(this)),
      floats_(new FloatsExplorer),
      rules_(new RulesSheet) {
  setObjectName(QStringLiteral("learnPage"));
  setAttribute(Qt::WA_StyledBackground);
  parts_->setAccessibleName(tr("What to learn about"));
  auto* head = new QHBoxLayout;
  head->addWidget(parts_);
  head->addStretch(1);
  auto* sheet = new Card(QStringLiteral("rulesCard"));
  sheet->body()->addWidget(rules_);
  auto* framed = new QWidget;
  auto* around = new QVBoxLayout(framed);
  around->setContentsMargins(0, 0, kEdge, kEdge);
  around->addWidget(sheet);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kEdge, kEdge, 0, 0);
  column->setSpacing(12);
  column->addLayout(head);
  column->addWidget(stack_, 1);
  stack_->addWidget(scrolled(QStringLiteral("floatsArea"), floats_));
  stack_->addWidget(framed);
  stack_->addWidget(scrolled(QStringLiteral("storiesArea"), buildStories()));
  connect(parts_, &Segmented::chosen, this, [this](int part) { stack_->setCurrentIndex(part); });
}

QWidget* LearnPage::buildStories() {
  auto* body = new QWidget;
  body->setObjectName(QStringLiteral("storiesBody"));
  auto* grid = new QGridLayout(body);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(12);
  int at = 0;
  for (const Story& story : stories()) {
    auto* card = new StoryCard(story, body);
    connect(card, &StoryCard::opened, this, [this, &story] { Q_EMIT storyChosen(story); });
    grid->addWidget(card, at / 2, at % 2);
    ++at;
  }
  grid->setColumnStretch(0, 1);
  grid->setColumnStretch(1, 1);
  grid->setRowStretch((at + 1) / 2, 1);
  return body;
}

void LearnPage::showPart(Part part) {
  parts_->show(part);
  stack_->setCurrentIndex(part);
}

void LearnPage::render(const Snapshot& snapshot) {
  rules_->render(snapshot);
}

}  // namespace headroom::ui
