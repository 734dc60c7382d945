#include "ui/document/evidence_store.h"

#include <mutex>

#include "ui/languages/core_text.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

// What was predicted stays for the next window and for exports.
std::mutex cacheMutex;
EvidencePtr& cache() {
  static EvidencePtr kept;
  return kept;
}
EvidencePtr cached() {
  const std::scoped_lock lock(cacheMutex);
  return cache();
}
void keep(const EvidencePtr& evidence) {
  const std::scoped_lock lock(cacheMutex);
  cache() = evidence;
}

}  // namespace

EvidencePtr predictAll(std::vector<MeasuredRun> runs, const std::function<bool(std::size_t done)>& progress) {
  auto out = std::make_shared<Evidence>();
  Validation v = validate(runs, {{}, {}, "ABC"}, progress);
  out->runs = std::move(runs);
  out->errors = std::move(v.errors);
  out->refused = std::move(v.refused);
  return out;
}

EvidencePtr bundledEvidence() {
  if (EvidencePtr known = cached()) return known;
  Result<std::vector<MeasuredRun>> runs = measuredRuns();
  EvidencePtr evidence = predictAll(runs ? std::move(*runs) : std::vector<MeasuredRun>{});
  keep(evidence);
  return evidence;
}

EvidenceStore::~EvidenceStore() {
  // Before QObject goes: the worker posts to this.
  worker_.request_stop();
  if (worker_.joinable()) worker_.join();
}

void EvidenceStore::set(EvidencePtr evidence) {
  evidence_ = std::move(evidence);
  Q_EMIT ready();
}

void EvidenceStore::start() {
  if (evidence_ || worker_.joinable()) return;
  if (EvidencePtr known = cached()) return set(std::move(known));
  worker_ = std::jthread([this](const std::stop_token& stop) {
    Result<std::vector<MeasuredRun>> runs = measuredRuns();
    if (!runs) {
      const QString reason = coreText(runs.error().text());
      QMetaObject::invokeMethod(
          this, [this, reason] { Q_EMIT failed(reason); }, Qt::QueuedConnection);
      return;
    }
    const int all = static_cast<int>(runs->size());
    EvidencePtr evidence = predictAll(std::move(*runs), [&](std::size_t done) {
      if (done % 8 == 0)
        QMetaObject::invokeMethod(
            this, [this, done, all] { Q_EMIT progressed(static_cast<int>(done), all); }, Qt::QueuedConnection);
      return !stop.stop_requested();
    });
    if (stop.stop_requested()) return;
    keep(evidence);
    QMetaObject::invokeMethod(
        this,
        [this, evidence] {
          if (!evidence_) set(evidence);
        },
        Qt::QueuedConnection);
  });
}

}  // namespace headroom::ui
