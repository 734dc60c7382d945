#include "ui/document/recovery.h"

#include <QDir>
#include <QFile>

#include "core/base/text_file.h"
#include "ui/document/work_file.h"

namespace headroom::ui {
namespace {

constexpr int kDelayMs = 1500;   // with writing, nothing older than two seconds is lost
constexpr int kMaxWindows = 16;  // programs that run at once and keep a copy each

}  // namespace

Recovery::Recovery(Document& document, const QString& folder, bool takeLeftover, QObject* parent)
    : QObject(parent), document_(document) {
  QDir().mkpath(folder);
  for (int i = 1; i <= kMaxWindows; ++i) {
    const QString base = QStringLiteral("%1/recovery-%2").arg(folder).arg(i);
    auto lock = std::make_unique<QLockFile>(base + QStringLiteral(".lock"));
    lock->setStaleLockTime(0);  // stale only when its process is gone
    if (!lock->tryLock(0)) continue;
    if (!takeLeftover && QFile::exists(base + QStringLiteral(".headroom.json"))) continue;
    lock_ = std::move(lock);
    base_ = base;
    break;
  }
  if (lock_ == nullptr) return;
  if (QFile::exists(scenarioFile())) {
    if (Result<Work> work = readWorkFile(scenarioFile().toStdString(), document_.usual())) {
      const Result<std::string> path = readTextFile(pathFile().toStdString());
      leftover_ = Leftover{std::move(*work), path ? QString::fromStdString(*path) : QString()};
    }
  }
  timer_.setSingleShot(true);
  timer_.setInterval(kDelayMs);
  connect(&timer_, &QTimer::timeout, this, &Recovery::write);
  connect(&document_, &Document::changed, this, [this] {
    if (!timer_.isActive()) timer_.start();  // a long drag is written on the way, not at its end
  });
  connect(&document_, &Document::modifiedChanged, this, [this](bool modified) {
    if (!modified) discard();
  });
}

Recovery::~Recovery() = default;

void Recovery::write() {
  if (lock_ == nullptr || !document_.isModified()) return;
  // A failed copy is not worth a message: the work itself is untouched, and the next edit tries again.
  if (!writeFileAtomically(scenarioFile().toStdString(), writeWork(document_.work(), document_.usual()))) return;
  (void)writeFileAtomically(pathFile().toStdString(), document_.path().toStdString());
}

void Recovery::discard() {
  timer_.stop();
  if (lock_ == nullptr) return;
  QFile::remove(scenarioFile());
  QFile::remove(pathFile());
}

}  // namespace headroom::ui
