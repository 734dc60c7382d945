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
  headroom::PipelineSchedule schedule = headroom::PipelineSchedule::one_f_one_b;
  std::int64_t shards = 1;  // devices that share dense states: data × context
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

// A pipeline stage, and those after it that are like it.
struct Stage {
  std::int64_t index = 0;
  std::int64_t count = 1;  // stages like this one, itself included
  RankPart part;
  double inFlight = 1;  // micro-batches whose activations a layer of this stage keeps at the peak
};

// Micro-batches stage `index` keeps of each of its layers. 1F1B: min(p − k, m) (https://arxiv.org/abs/2104.04473
// section 2.2); interleaved over v chunks the first stages start (p − k − 1) × 2 + (v − 1) × p chunks before their
// first backward, plus the one they run (Megatron-LM schedules.py, num_warmup_microbatches). GPipe and its looped form
// run every forward pass first, zero-bubble schedules delay the gradients of weights until every stage keeps p,
// DualPipe one more.
double microBatchesInFlight(const Layout& layout, std::int64_t stage);
// The same of a stage with its reasons; one where stage.inFlight says so.
Factor microBatchesInFlight(FactorTree& tree, const Layout& layout, const Stage& stage);

// The stage that starts at `index`, with the stages behind it that are like it: as many layers of the same kinds and as
// many micro-batches in flight. Of more stages than anybody has the middle ones are one, the heaviest.
Stage stageFrom(const Model& model, const Layout& l, std::int64_t index);

}  // namespace headroom::training
