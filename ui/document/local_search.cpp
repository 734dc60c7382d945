#include "ui/document/local_search.h"

#include <QMetaObject>
#include <algorithm>

namespace headroom::ui {
namespace {

bool same(const LocalModel& a, const LocalModel& b) {
  return a.store == b.store && a.name == b.name && a.path == b.path && a.size == b.size;
}

}  // namespace

LocalSearch::LocalSearch(LocalFolders folders, QObject* parent) : QObject(parent), folders_(std::move(folders)) {}

void LocalSearch::start() {
  const bool nowhere =
      folders_.huggingFace.empty() && folders_.ollama.empty() && folders_.lmStudio.empty() && folders_.llamaCpp.empty();
  if (thread_.joinable() || nowhere) return;
  thread_ = std::jthread([this, folders = folders_](const std::stop_token& stop) {
    std::vector<LocalModel> models = localModels(folders, stop);
    if (stop.stop_requested()) return;
    QMetaObject::invokeMethod(
        this, [this, models = std::move(models)]() mutable { take(std::move(models)); }, Qt::QueuedConnection);
  });
}

void LocalSearch::take(std::vector<LocalModel> models) {
  thread_.join();
  if (std::ranges::equal(models, models_, same)) return;
  models_ = std::move(models);
  Q_EMIT found();
}

}  // namespace headroom::ui
