#include "ui/document/recovery.h"

#include <fmt/format.h>

#include <QDir>
#include <QFile>
#include <sstream>

#include "core/base/text_file.h"
#include "ui/document/work_file.h"

namespace headroom::ui {
namespace {

constexpr int kDelayMs = 1500;   // with writing, nothing older than two seconds is lost
constexpr int kMaxWindows = 16;  // programs that run at once and keep a copy each

// The file the work came from, and what it was then: a path has no NUL in it.
std::string originOf(const Document& document) {
  std::string origin = document.path().toStdString();
  if (const auto& file = document.file())
    origin += fmt::format("{}{} {} {} {}", '\0', file->device, file->file, file->size, file->modifiedNs);
  return origin;
}

std::optional<FileStamp> stampIn(const std::string& origin) {
  const std::size_t end = origin.find('\0');
  if (end == std::string::npos) return std::nullopt;
  std::istringstream in(origin.substr(end + 1));
  FileStamp stamp;
  in >> stamp.device >> stamp.file >> stamp.size >> stamp.modifiedNs;
  return in ? std::optional(stamp) : std::nullopt;
}

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
      const std::string origin = readTextFile(pathFile().toStdString()).value_or("");
      work->file = stampIn(origin);
      leftover_ = Leftover{std::move(*work), QString::fromStdString(origin.substr(0, origin.find('\0')))};
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
  (void)writeFileAtomically(pathFile().toStdString(), originOf(document_));
}

void Recovery::discard() {
  timer_.stop();
  if (lock_ == nullptr) return;
  QFile::remove(scenarioFile());
  QFile::remove(pathFile());
}

}  // namespace headroom::ui
