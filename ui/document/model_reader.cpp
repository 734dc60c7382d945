#include "ui/document/model_reader.h"

#include <QMetaObject>
#include <algorithm>
#include <chrono>

#include "core/formats/model_source.h"
#include "core/open/catalogue.h"

namespace headroom::ui {
namespace {

using Read = Result<std::shared_ptr<const headroom::Model>>;

Read shared(Result<headroom::Model> model) {
  if (!model) return tl::unexpected(std::move(model.error()));
  return std::make_shared<const headroom::Model>(std::move(*model));
}

struct Reader {
  const HubOptions& hub;

  Read operator()(const CatalogueModel& m) const { return catalogueModel(m.id); }
  Read operator()(const FileModel& m) const { return shared(modelFromFile(m.path)); }
  Read operator()(const HubModel& m) const { return shared(modelFromHub(m.id, m.revision, hub)); }
  Read operator()(const ConfigModel& m) const { return shared(modelFromConfig(m.config, m.name, "the pasted text")); }
  Read operator()(const DimensionsModel& m) const { return shared(modelFromDimensions(m)); }
};

}  // namespace

ModelReader::ModelReader(std::function<HubOptions()> hub, QObject* parent) : QObject(parent), hub_(std::move(hub)) {}

ModelReader::~ModelReader() {
  cancel();
  for (const auto& job : jobs_) job->thread.join();
}

void ModelReader::cancel() {
  if (current_ == nullptr) return;
  current_->cancelled = true;
  current_ = nullptr;
}

void ModelReader::read(const ModelReference& reference, Done<Model> done) {
  start<Model>([reference](const HubOptions& hub) { return std::visit(Reader{hub}, reference); }, std::move(done));
}

void ModelReader::readScenario(std::function<Result<Scenario>(const HubOptions&)> work, Done<Scenario> done) {
  start<Scenario>(std::move(work), std::move(done));
}

template <typename T>
void ModelReader::start(std::function<Result<T>(const HubOptions&)> work, Done<T> done) {
  cancel();
  jobs_.push_back(std::make_unique<Job>());
  current_ = jobs_.back().get();
  Job& job = *current_;
  job.thread = std::thread([this, &job, options = hub_(), work = std::move(work), done = std::move(done)] {
    run<T>(job, work, options, done);
  });
}

// On the job's thread; only what is posted touches this object.
template <typename T>
void ModelReader::run(Job& job, const std::function<Result<T>(const HubOptions&)>& work, HubOptions options,
                      const Done<T>& done) {
  using Clock = std::chrono::steady_clock;
  constexpr auto kPause = std::chrono::milliseconds(40);  // more often nobody can read it
  Clock::time_point last;
  std::string file;
  options.progress = [&](const HubProgress& progress) {
    if (job.cancelled) return false;
    const Clock::time_point now = Clock::now();
    if (progress.file == file && now - last < kPause) return true;
    last = now;
    file = progress.file;
    QMetaObject::invokeMethod(
        this,
        [this, &job, progress] {
          if (current_ == &job) Q_EMIT progressed(progress);
        },
        Qt::QueuedConnection);
    return true;
  };
  auto result = std::make_shared<Result<T>>(work(options));
  QMetaObject::invokeMethod(
      this,
      [this, &job, result, done] {
        const bool wanted = current_ == &job;
        if (wanted) current_ = nullptr;
        job.thread.join();
        jobs_.remove_if([&](const auto& j) { return j.get() == &job; });
        if (wanted) done(std::move(*result));
      },
      Qt::QueuedConnection);
}

}  // namespace headroom::ui
