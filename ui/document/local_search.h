// LocalSearch: looks for models on this machine's disk off the window's thread.
#pragma once

#include <QObject>
#include <thread>
#include <vector>

#include "core/open/local_models.h"

namespace headroom::ui {

class LocalSearch : public QObject {
  Q_OBJECT

 public:
  explicit LocalSearch(LocalFolders folders, QObject* parent = nullptr);

  // Looks again; found() follows if there is something else than last time. Nothing happens while a search runs.
  void start();
  const std::vector<LocalModel>& models() const { return models_; }

 Q_SIGNALS:
  void found();

 private:
  void take(std::vector<LocalModel> models);

  LocalFolders folders_;
  std::vector<LocalModel> models_;
  std::jthread thread_;
};

}  // namespace headroom::ui
