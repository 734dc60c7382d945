// ModelReader: reads a model, or a scenario whose model a hub has, off the window's thread: files, the hub, text. One
// at a time; what was cancelled is never heard of again.
#pragma once

#include <QObject>
#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <thread>

#include "core/base/result.h"
#include "core/open/hub/hub.h"
#include "core/scenario/scenario.h"

namespace headroom::ui {

class ModelReader : public QObject {
  Q_OBJECT

 public:
  using Model = std::shared_ptr<const headroom::Model>;
  template <typename T>
  using Done = std::function<void(Result<T>)>;

  // `hub` says where and how to ask; it is called for each reading.
  explicit ModelReader(std::function<HubOptions()> hub, QObject* parent = nullptr);
  // Cancels, and waits for a reading to notice.
  ~ModelReader() override;

  // Each reads and calls `done` on this thread, after the call returned. Cancels a reading that is under way.
  void read(const ModelReference& reference, Done<Model> done);
  void readScenario(std::function<Result<Scenario>(const HubOptions&)> work, Done<Scenario> done);
  void cancel();
  bool isReading() const { return current_ != nullptr; }

 Q_SIGNALS:
  void progressed(const headroom::HubProgress& progress);

 private:
  struct Job {
    std::atomic<bool> cancelled{false};
    std::thread thread;
  };
  template <typename T>
  void start(std::function<Result<T>(const HubOptions&)> work, Done<T> done);
  template <typename T>
  void run(Job& job, const std::function<Result<T>(const HubOptions&)>& work, HubOptions options, const Done<T>& done);

  std::function<HubOptions()> hub_;
  std::list<std::unique_ptr<Job>> jobs_;  // the current one, and cancelled ones that have not noticed yet
  Job* current_ = nullptr;
};

}  // namespace headroom::ui
