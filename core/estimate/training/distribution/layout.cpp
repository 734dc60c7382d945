#include "core/estimate/training/distribution/layout.h"

#include <algorithm>

#include "core/model/any_layer.h"
#include "core/scenario/training_codes.h"

namespace headroom::training {

Layout layoutOf(const Model& model, const Settings& s) {
  const auto atLeastOne = [](std::int64_t n) { return std::max<std::int64_t>(1, n); };
  Layout l;
  const ParallelSettings& p = s.parallel;
  l.tensor = atLeastOne(p.tensor);
  l.pipeline = std::min(atLeastOne(p.pipeline), atLeastOne(model.layers()));
  l.virtualPipeline = atLeastOne(p.virtualPipeline);
  l.context = atLeastOne(p.context);
  const bool experts = hasExperts(model);
  l.expert = experts ? atLeastOne(p.expert) : 1;
  l.expertTensor = experts ? atLeastOne(p.expertTensor) : 1;
  l.data = atLeastOne(p.data);
  l.sequence = p.sequence && l.tensor > 1;
  l.microBatches = atLeastOne(s.training.accumulation);
  const TrainingCodeRow* code = s.code;
  l.oneByOne = code != nullptr && !code->stagesSource.empty() && !rowOf(s.engine).schedulesStages;
  l.sharding = p.sharding;
  // Hybrid sharding: groups that are copies of each other (FSDP's HYBRID_SHARD, FSDP2's two-dimensional mesh).
  const bool hybrid = (l.sharding == Sharding::fsdp || l.sharding == Sharding::fsdp2) && p.replicate > 1;
  l.shards = l.data * l.context;
  if (hybrid) l.shards = atLeastOne(l.data / p.replicate) * l.context;
  return l;
}

double microBatchesInFlight(const Layout& l, std::int64_t stage) {
  const std::int64_t p = l.pipeline, v = l.virtualPipeline, m = l.microBatches;
  if (p == 1 || l.oneByOne) return 1;
  if (v == 1) return static_cast<double>(std::min(p - stage, m));
  const std::int64_t chunks = std::min((p - stage - 1) * 2 + (v - 1) * p + 1, m * v);
  return static_cast<double>(chunks) / static_cast<double>(v);
}

Factor microBatchesInFlight(FactorTree& tree, const Layout& l, const Stage& stage) {
  constexpr std::string_view kSymbol = "micro-batches in flight";
  constexpr std::string_view k1F1B = "one forward, one backward: https://arxiv.org/abs/2104.04473 section 2.2";
  constexpr std::string_view kInterleaved = "Megatron-LM schedules.py, num_warmup_microbatches, and the running chunk";
  if (stage.inFlight == 1) return constant(kSymbol, 1, Unit::count, "no micro-batch waits for another here");
  const auto number = [](std::string_view symbol, std::int64_t n) { return asked(symbol, static_cast<double>(n)); };
  const Factor stages = number("pipeline stages", l.pipeline), index = number("stages before it", stage.index);
  const Factor batches = number("micro-batches of a step", l.microBatches);
  const Factor v = number("chunks of a stage", l.virtualPipeline);
  const Factor later = tree.sum("stages from this one on", Unit::count, {stages, less(index)});
  if (l.virtualPipeline == 1) {
    Factor f = tree.smallest(kSymbol, Unit::count, {later, batches});
    return f.why = k1F1B, f;
  }
  const Factor one = constant("one", 1, Unit::count, kInterleaved);
  const Factor warmUp = tree.product("chunks before the first backward, of the pipeline", Unit::count,
                                     {tree.sum("later stages", Unit::count, {later, less(one)}),
                                      constant("chunks of each", 2, Unit::count, kInterleaved)});
  const Factor rounds = tree.product("chunks of the other rounds", Unit::count,
                                     {tree.sum("other rounds", Unit::count, {v, less(one)}), stages});
  const Factor chunks = tree.smallest("chunks in flight", Unit::count,
                                      {tree.sum("chunks started", Unit::count, {warmUp, rounds, one}),
                                       tree.product("chunks of a step", Unit::count, {batches, v})});
  return tree.product(kSymbol, Unit::count, {chunks, over(v)});
}

std::size_t stagesOf(const Model& model, const Layout& l, Stage (&stages)[3]) {
  const auto make = [&](std::int64_t index, std::int64_t count) {
    Stage s;
    s.index = index, s.count = count;
    s.part = {l.tensor, l.expert, stageLayers(model.layers(), l.pipeline, index), index == 0, index == l.pipeline - 1};
    s.inFlight = microBatchesInFlight(l, index);
    return s;
  };
  if (l.pipeline == 1) return stages[0] = make(0, 1), 1;
  std::size_t n = 0;
  stages[n++] = make(0, 1);
  if (l.pipeline > 2) {
    // Of the middle stages the one with the most layers in flight.
    Stage heaviest = make(1, l.pipeline - 2);
    for (std::int64_t i = 2; i < l.pipeline - 1; ++i) {
      const Stage s = make(i, l.pipeline - 2);
      if (static_cast<double>(s.part.layers.count()) * s.inFlight >
          static_cast<double>(heaviest.part.layers.count()) * heaviest.inFlight)
        heaviest = s;
    }
    stages[n++] = heaviest;
  }
  stages[n++] = make(l.pipeline - 1, 1);
  return n;
}

}  // namespace headroom::training
