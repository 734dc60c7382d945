// How a training run is spread over devices: which share of the model, of the optimizer and of the tokens a rank has.
#pragma once

#include <cstdint>

#include "core/estimate/weights.h"
#include "core/scenario/settings.h"

namespace headroom::training {

struct Layout {
  std::int64_t tensor = 1, pipeline = 1, virtualPipeline = 1, context = 1, expert = 1, expertTensor = 1, data = 1;
  bool sequence = false;
  std::int64_t microBatches = 1;  // of one optimizer step
  std::int64_t shards = 1;        // devices that share dense states: data × context
  Sharding sharding = Sharding::none;
  bool oneByOne = false;       // stages are devices of one process, which one micro-batch at a time passes
  bool keepsGathered = false;  // FSDP2 without resharding after forward

  // By how much each kind of state is divided.
  bool shardsWeights() const { return sharding >= Sharding::zero3 && sharding <= Sharding::fsdp2; }
  bool shardsGradients() const { return shardsWeights() || sharding == Sharding::zero2; }
  bool shardsOptimizer() const { return sharding != Sharding::none; }
  bool deepspeed() const { return sharding >= Sharding::zero1 && sharding <= Sharding::zero3; }
};

Layout layoutOf(const Model& model, const Settings& settings);

// One kind of pipeline stage.
struct Stage {
  std::int64_t index = 0;
  std::int64_t count = 1;  // stages like this one
  RankPart part;
  double inFlight = 1;  // micro-batches whose activations a layer of this stage keeps at the peak
};

// Micro-batches stage `index` keeps of each of its layers. 1F1B: min(p − k, m) (https://arxiv.org/abs/2104.04473
// section 2.2); interleaved over v chunks the first stages start (p − k − 1) × 2 + (v − 1) × p chunks before their
// first backward, plus the one they run (Megatron-LM schedules.py, num_warmup_microbatches).
double microBatchesInFlight(const Layout& layout, std::int64_t stage);
// The same of a stage with its reasons; one where stage.inFlight says so.
Factor microBatchesInFlight(FactorTree& tree, const Layout& layout, const Stage& stage);

// The kinds of stages: the first, the heaviest of the middle ones, and the last. Returns how many were written.
std::size_t stagesOf(const Model& model, const Layout& layout, Stage (&stages)[3]);

}  // namespace headroom::training
