// EvidenceStore: the measured runs and what is predicted for them. Predicting them all takes seconds, so it is done
// once for the process, on a thread of its own, when somebody first asks.
#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "core/evidence/validation.h"

namespace headroom::ui {

struct Evidence {
  std::vector<MeasuredRun> runs;
  std::vector<PredictionError> errors;  // of every quality, the largest first
  std::vector<Validation::Refused> refused;
};

using EvidencePtr = std::shared_ptr<const Evidence>;

// Predicts every run; progress as in validate().
EvidencePtr predictAll(std::vector<MeasuredRun> runs, const std::function<bool(std::size_t done)>& progress = {});

// The bundled runs, predicted on this thread unless they already are.
EvidencePtr bundledEvidence();

class EvidenceStore : public QObject {
  Q_OBJECT

 public:
  explicit EvidenceStore(QObject* parent = nullptr) : QObject(parent) {}
  ~EvidenceStore() override;

  // Starts predicting the bundled runs, or answers at once where that is done. More calls do nothing.
  void start();
  // Shows these in their place: runs of one's own, and tests.
  void set(EvidencePtr evidence);
  const EvidencePtr& evidence() const { return evidence_; }

 Q_SIGNALS:
  void progressed(int done, int all);
  void ready();
  void failed(const QString& reason);

 private:
  EvidencePtr evidence_;
  std::jthread worker_;
};

}  // namespace headroom::ui
