// Background: one question at a time, worked out off the window's thread. A newer question takes the place of one that
// has no answer yet: the work on it is told to stop, and what it still finds is dropped.
#pragma once

#include <QObject>
#include <functional>
#include <stop_token>
#include <thread>

namespace headroom::ui {

class Background : public QObject {
  Q_OBJECT

 public:
  // Works an answer out and returns what is done with it on the window's thread.
  using Work = std::function<std::function<void()>(const std::stop_token& stop)>;

  explicit Background(QObject* parent = nullptr) : QObject(parent) {}
  ~Background() override;

  void ask(Work work);
  bool busy() const { return thread_.joinable(); }

 Q_SIGNALS:
  // The last question is answered.
  void rested();

 private:
  void begin(Work work);
  void take(const std::function<void()>& answer);

  std::jthread thread_;
  Work next_;
};

}  // namespace headroom::ui
