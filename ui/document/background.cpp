#include "ui/document/background.h"

#include <QMetaObject>
#include <utility>

namespace headroom::ui {

Background::~Background() {
  // Before QObject goes: the worker posts to this.
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void Background::ask(Work work) {
  if (!busy()) return begin(std::move(work));
  next_ = std::move(work);
  thread_.request_stop();
}

void Background::begin(Work work) {
  thread_ = std::jthread([this, work = std::move(work)](const std::stop_token& stop) {
    std::function<void()> answer = work(stop);
    QMetaObject::invokeMethod(
        this, [this, answer = std::move(answer)] { take(answer); }, Qt::QueuedConnection);
  });
}

void Background::take(const std::function<void()>& answer) {
  thread_.join();
  if (next_) return begin(std::exchange(next_, {}));
  if (answer) answer();
  if (!busy()) Q_EMIT rested();
}

}  // namespace headroom::ui
