// A llama.cpp run laid out over its backends: where its tensors lie, and the compute buffers of its graphs.
#pragma once

#include <memory>
#include <optional>

#include "core/estimate/serving/llama_cpp/run.h"
#include "core/estimate/serving/llama_cpp/terms.h"

namespace headroom::llama {

struct LaidRun {
  std::shared_ptr<const File> file;
  Run run;
  FlashPlace flash = FlashPlace::with_layers;  // elsewhere: it was switched off for that
  std::shared_ptr<const PlacedWeights> weights;
  ComputeBuffers buffers;
  std::optional<Run> second;  // the context of next-token blocks
  ComputeBuffers drafted;
};

// keep: weights with their tensors.
LaidRun layRun(const Scenario& scenario, const Settings& settings, const Arrange& arrange, bool keep);

// Weights, caches, states and compute buffers of one device; returns bytes per token of its growing caches.
double addDevice(Ledger& ledger, const Scenario& scenario, const Settings& settings, const LaidRun& laid, int device);

// What the second context holds on a backend besides.
void addSecond(Ledger& ledger, const Settings& settings, const LaidRun& laid, int backend);

}  // namespace headroom::llama
