#include "ui/window/welcome_dialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/pages/learn/story_card.h"
#include "ui/style/text.h"

namespace headroom::ui {

WelcomeDialog::WelcomeDialog(QWidget* parent) : QDialog(parent) {
  setObjectName(QStringLiteral("welcomeDialog"));
  setWindowTitle(tr("Welcome"));
  setAttribute(Qt::WA_DeleteOnClose);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 20, 24, 20);
  column->setSpacing(12);
  auto* title = new QLabel(tr("How much memory does it take?"), this);
  title->setFont(scaledFont(font(), 1.5, true));
  auto* text = new QLabel(tr("Choose a model, a device and what you want to do; the answer follows every change. Three "
                             "questions to begin with:"),
                          this);
  text->setWordWrap(true);
  column->addWidget(title);
  column->addWidget(text);
  auto* row = new QHBoxLayout;
  row->setSpacing(12);
  for (const Story& story : stories()) {
    if (!story.first) continue;
    auto* card = new StoryCard(story, this);
    card->setFixedWidth(236);
    connect(card, &StoryCard::opened, this, [this, &story] {
      Q_EMIT storyChosen(story);
      accept();
    });
    row->addWidget(card);
  }
  column->addLayout(row);
  auto* foot = new QHBoxLayout;
  auto* hint = new QLabel(tr("F1 explains whatever has the focus. The stories stay on the Learn page."), this);
  hint->setProperty("quiet", true);
  auto* begin = new QPushButton(tr("Begin with an example"), this);
  begin->setObjectName(QStringLiteral("welcomeBegin"));
  begin->setProperty("goal", true);
  begin->setDefault(true);
  connect(begin, &QPushButton::clicked, this, &QDialog::accept);
  foot->addWidget(hint, 1);
  foot->addWidget(begin);
  column->addLayout(foot);
  begin->setFocus();
}

}  // namespace headroom::ui
