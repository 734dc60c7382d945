// Reading aside: what is short is read at once; what is long is read off the window's thread, behind a dialog that says
// so after a moment and can be cancelled, so that a log of a gigabyte never makes the window stand still.
#pragma once

#include <QProgressDialog>
#include <functional>
#include <memory>
#include <utility>

#include "core/base/result.h"
#include "ui/document/background.h"

namespace headroom::ui {

constexpr qint64 kReadAtOnce = 256 * 1024;  // bytes; read and understood in a hundredth of a second

// Deletes itself once what it waits for has ended, cancelled or not.
class ReadingDialog : public QProgressDialog {
  Q_OBJECT

 public:
  ReadingDialog(const QString& name, qint64 bytes, QWidget* parent);
  // `work` runs on another thread; what it returns on this one, unless the user has cancelled.
  void wait(std::function<std::function<void()>()> work);

 private:
  void finish(const std::function<void()>& answer);

  Background background_;
};

// name: what is read, as the user knows it. `done` is called at once where `bytes` are few.
template <typename T>
void readAside(QWidget* parent, const QString& name, qint64 bytes, std::function<Result<T>()> read,
               std::function<void(Result<T>)> done) {
  if (bytes <= kReadAtOnce) return done(read());
  (new ReadingDialog(name, bytes, parent))->wait([read = std::move(read), done = std::move(done)] {
    const auto answer = std::make_shared<Result<T>>(read());
    return [answer, done] { done(std::move(*answer)); };
  });
}

// Of a file, a packed one as long as it may become.
qint64 bytesToRead(const QString& path);

}  // namespace headroom::ui
