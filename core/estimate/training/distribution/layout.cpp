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
  l.schedule = p.pipelineSchedule;
  const TrainingCodeRow* code = s.code;
  l.oneByOne = code != nullptr && !code->stagesSource.empty() && !rowOf(s.engine).schedulesStages;
  l.sharding = p.sharding;
  // Hybrid sharding: groups that are copies of each other (FSDP's HYBRID_SHARD, FSDP2's two-dimensional mesh).
  const bool hybrid = (l.sharding == Sharding::fsdp || l.sharding == Sharding::fsdp2) && p.replicate > 1;
  l.shards = l.data * l.context;
  if (hybrid) l.shards = atLeastOne(l.data / p.replicate) * l.context;
  return l;
}

namespace {

// Micro-batches that a stage keeps whichever stage it is; none where that depends on the stage.
struct KeptEverywhere {
  std::int64_t batches = 0;
  std::string_view why;
};
KeptEverywhere keptEverywhere(const Layout& l) {
  switch (l.schedule) {
    case headroom::PipelineSchedule::gpipe:
    case headroom::PipelineSchedule::looped_bfs:
      return {l.microBatches, "every forward pass before the first backward: https://arxiv.org/abs/2211.05953"};
    case headroom::PipelineSchedule::zero_bubble:
      return {l.pipeline, "as 1F1B's first stage, in every stage: https://arxiv.org/abs/2401.10241"};
    case headroom::PipelineSchedule::dual_pipe:
      return {l.pipeline + 1, "DualPipe: https://arxiv.org/abs/2412.19437 table 2"};
    case headroom::PipelineSchedule::one_f_one_b:
    case headroom::PipelineSchedule::interleaved:
      break;
  }
  return {};
}

}  // namespace

double microBatchesInFlight(const Layout& l, std::int64_t stage) {
  const std::int64_t p = l.pipeline, v = l.virtualPipeline, m = l.microBatches;
  if (p == 1 || l.oneByOne) return 1;
  if (const KeptEverywhere kept = keptEverywhere(l); kept.batches > 0)
    return static_cast<double>(std::min(kept.batches, m));
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
  if (const KeptEverywhere kept = keptEverywhere(l); kept.batches > 0) {
    if (kept.batches == l.microBatches) return number(kSymbol, l.microBatches);
    Factor f = tree.smallest(
        kSymbol, Unit::count,
        {kept.batches == l.pipeline
             ? stages
             : tree.sum("stages and one", Unit::count, {stages, constant("one", 1, Unit::count, kept.why)}),
         batches});
    return f.why = kept.why, f;
  }
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

namespace {

// Beyond as many stages as the largest runs had, the middle ones are one.
constexpr std::int64_t kMostStages = 64;

Stage stageAt(const Model& model, const Layout& l, std::int64_t index) {
  Stage s;
  s.index = index;
  s.part = {l.tensor, l.expert, stageLayers(model.layers(), l.pipeline, index), index == 0, index == l.pipeline - 1};
  s.inFlight = microBatchesInFlight(l, index);
  return s;
}

double layersInFlight(const Stage& s) {
  return static_cast<double>(s.part.layers.count()) * s.inFlight;
}

bool alike(const Model& model, const Stage& a, const Stage& b) {
  if (a.inFlight != b.inFlight || a.part.layers.count() != b.part.layers.count()) return false;
  for (std::size_t k = 0; k < model.kinds.size(); ++k)
    if (layersOfKind(model, k, a.part.layers) != layersOfKind(model, k, b.part.layers)) return false;
  return true;
}

}  // namespace

Stage stageFrom(const Model& model, const Layout& l, std::int64_t index) {
  Stage s = stageAt(model, l, index);
  const std::int64_t last = l.pipeline - 1;
  if (index == 0 || index >= last) return s;
  const bool few = l.pipeline <= kMostStages;
  for (std::int64_t i = index + 1; i < last; ++i) {
    const Stage next = stageAt(model, l, i);
    if (few && !alike(model, s, next)) break;
    const std::int64_t count = s.count + 1;
    if (layersInFlight(next) > layersInFlight(s)) s = next;
    s.count = count;
  }
  return s;
}

}  // namespace headroom::training
