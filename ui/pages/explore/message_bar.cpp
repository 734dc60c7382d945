#include "ui/pages/explore/message_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QStyle>
#include <QUndoStack>
#include <algorithm>

namespace headroom::ui {
namespace {

constexpr int kMargin = 16, kMostWidth = 860;
constexpr double kMostHeight = 0.5;  // of the page; longer messages scroll
// Reading takes about 25 letters a second, and noticing it a moment.
constexpr int kNoticeMs = 5000, kLetterMs = 40, kMostMs = 40'000;

}  // namespace

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
  text_->setMargin(2);
  auto* scroll = new QScrollArea(this);
  scroll->setObjectName(QStringLiteral("messageScroll"));
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(text_);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(16, 8, 8, 8);
  row->setSpacing(8);
  row->addWidget(scroll, 1);
  for (QPushButton* b : {action_, close_}) {
    b->setProperty("goal", true);
    b->setAutoDefault(false);
    row->addWidget(b, 0, Qt::AlignTop);
  }
  connect(close_, &QPushButton::clicked, this, &QWidget::hide);
  connect(action_, &QPushButton::clicked, this, [this] {
    hide();
    if (run_) run_();
  });
  leaves_.setParent(this);
  leaves_.setSingleShot(true);
  connect(&leaves_, &QTimer::timeout, this, &QWidget::hide);
  parent->installEventFilter(this);
  hide();
}

void MessageBar::show(Kind kind, const QString& text, const QString& action, std::function<void()> run) {
  disconnect(undone_);
  text_->setText(text);
  setAccessibleName(text);
  action_->setText(action);
  action_->setVisible(!action.isEmpty());
  run_ = std::move(run);
  setProperty("error", kind == Kind::error);
  style()->unpolish(this);
  style()->polish(this);
  showAgain();
}

void MessageBar::leaveWithLastOf(const QUndoStack& stack) {
  undone_ = connect(&stack, &QUndoStack::indexChanged, this, [this, at = stack.index()](int index) {
    if (index < at) hide();
  });
}

void MessageBar::showAgain() {
  if (text_->text().isEmpty()) return;
  setVisible(true);
  place();
  raise();
  countDown();
}

void MessageBar::countDown() {
  leaves_.stop();
  if (!property("error").toBool())
    leaves_.start(std::min(kMostMs, kNoticeMs + kLetterMs * static_cast<int>(text_->text().size())));
}

void MessageBar::place() {
  const QRect room = parentWidget()->rect().adjusted(kMargin, kMargin, -kMargin, -kMargin);
  const int width = std::min(kMostWidth, room.width());
  const QMargins around = layout()->contentsMargins();
  int beside = around.left() + around.right() + layout()->spacing() + close_->sizeHint().width();
  if (!action_->text().isEmpty()) beside += layout()->spacing() + action_->sizeHint().width();
  const int scrollBar = 12;  // its room, so that a long text is not taken for longer
  const int text = text_->heightForWidth(std::max(80, width - beside - scrollBar)) + 4;
  const int height = std::max(text, close_->sizeHint().height()) + around.top() + around.bottom();
  const int most = static_cast<int>(room.height() * kMostHeight);
  const QSize size(width, std::min(height, most));
  setGeometry(room.left() + (room.width() - width) / 2, room.bottom() - size.height(), size.width(), size.height());
}

bool MessageBar::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
  return QFrame::eventFilter(watched, event);
}

void MessageBar::enterEvent(QEnterEvent* event) {
  QFrame::enterEvent(event);
  leaves_.stop();
}

void MessageBar::leaveEvent(QEvent* event) {
  QFrame::leaveEvent(event);
  countDown();
}

void MessageBar::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return hide();
  QFrame::keyPressEvent(event);
}

}  // namespace headroom::ui
