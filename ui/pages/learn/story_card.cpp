#include "ui/pages/learn/story_card.h"

#include <QHBoxLayout>

namespace headroom::ui {

StoryCard::StoryCard(const Story& story, QWidget* parent)
    : Card(QStringLiteral("story_") + QLatin1String(story.id), parent), open_(new QPushButton(tr("Open"), this)) {
  auto* title = new QLabel(titleOf(story), this);
  QFont bold = title->font();
  bold.setWeight(QFont::DemiBold);
  title->setFont(bold);
  title->setWordWrap(true);
  auto* text = new QLabel(textOf(story), this);
  text->setWordWrap(true);
  text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  text->setProperty("quiet", true);
  open_->setObjectName(QStringLiteral("openStory_") + QLatin1String(story.id));
  open_->setProperty("goal", true);
  open_->setAutoDefault(false);
  open_->setAccessibleName(tr("Open: %1").arg(titleOf(story)));
  body()->addWidget(title);
  body()->addWidget(text, 1);
  auto* row = new QHBoxLayout;
  row->addStretch(1);
  row->addWidget(open_);
  body()->addLayout(row);
  connect(open_, &QPushButton::clicked, this, &StoryCard::opened);
}

}  // namespace headroom::ui
