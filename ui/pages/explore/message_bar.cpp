#include "ui/pages/explore/message_bar.h"

#include <QHBoxLayout>
#include <QStyle>

namespace headroom::ui {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      text_(new QLabel(this)),
      action_(new QPushButton(this)),
      close_(new QPushButton(tr("Dismiss"), this)) {
  setObjectName(QStringLiteral("messageBar"));
  text_->setObjectName(QStringLiteral("messageText"));
  action_->setObjectName(QStringLiteral("messageAction"));
  close_->setObjectName(QStringLiteral("messageClose"));
  text_->setWordWrap(true);
  text_->setTextFormat(Qt::PlainText);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(16, 8, 8, 8);
  row->setSpacing(8);
  row->addWidget(text_, 1);
  for (QPushButton* b : {action_, close_}) {
    b->setProperty("goal", true);
    b->setAutoDefault(false);
    row->addWidget(b);
  }
  connect(close_, &QPushButton::clicked, this, &QWidget::hide);
  connect(action_, &QPushButton::clicked, this, [this] {
    hide();
    if (run_) run_();
  });
  hide();
}

void MessageBar::show(Kind kind, const QString& text, const QString& action, std::function<void()> run) {
  text_->setText(text);
  setAccessibleName(text);
  action_->setText(action);
  action_->setVisible(!action.isEmpty());
  run_ = std::move(run);
  setProperty("error", kind == Kind::error);
  style()->unpolish(this);
  style()->polish(this);
  setVisible(true);
}

}  // namespace headroom::ui
