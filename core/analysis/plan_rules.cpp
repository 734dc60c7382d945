#include "core/analysis/plan_rules.h"

#include <algorithm>

#include "core/scenario/engines.h"

namespace headroom {
namespace {

constexpr std::array<std::string_view, kLayoutFaults> kWords{
    "",
    "takes more devices than there are",
    "the engine does not split layers over devices",
    "the engine has no pipeline stages",
    "the engine does not split sequences over devices",
    "the engine does not spread experts over devices",
    "attention heads are not divided evenly by the tensor-parallel ranks",
    "layers are not divided evenly by the pipeline stages",
    "the context is not divided evenly by twice the context-parallel ranks",
    "experts are not divided evenly by the expert-parallel ranks",
    "expert-parallel ranks are not taken evenly from the others",
    "the sharding is not the engine's own",
    "one rank has nothing to share",
    "ZeRO-2 and ZeRO-3 do not go with pipeline stages",
    "the step's sequences are not divided evenly by micro-batch and replicas",
};

}  // namespace

std::string_view wordsOf(LayoutFault fault) {
  return kWords[static_cast<std::size_t>(fault)];
}

LayoutRules::LayoutRules(const Scenario& scenario, const PlanAxes& axes)
    : axes_(axes), model_(*scenario.model), settings_(settingsOf(scenario)), training_(isTraining(scenario.workload)) {
  for (const LayerKind& k : model_.kinds) experts_ = std::max(experts_, k.mlp.experts);
  layers_ = model_.layers();
}

LayoutFault LayoutRules::check(Layout& l) const {
  using F = LayoutFault;
  const EngineRow& engine = rowOf(settings_.engine);
  if (l.devices() > axes_.fleet) return F::fleet;
  if (l.tensor > 1 && !engine.has(Feature::tensor)) return F::tensor_lacking;
  // An engine that gives each device whole layers by itself has stages by another name.
  if (l.pipeline > 1 && !engine.has(Feature::pipeline) && engine.devices != DevicesImply::layers)
    return F::pipeline_lacking;
  if (l.context > 1 && !engine.has(Feature::context)) return F::context_lacking;
  if (l.expert > 1 && !engine.has(Feature::expert)) return F::expert_lacking;
  // Megatron-LM core/transformer/attention.py and vllm/config: heads are divided by ranks; of key and value heads each
  // rank has some, or several ranks have the same one.
  for (const LayerKind& k : model_.kinds) {
    const AttentionSpec& a = k.attention;
    if (a.heads > 0 && a.heads % l.tensor != 0) return F::heads;
    if (a.kvHeads > 0 && a.kvHeads % l.tensor != 0 && l.tensor % a.kvHeads != 0) return F::heads;
  }
  // Serving engines give the remainder to some of the stages (vllm/distributed/utils.py get_pp_indices); Megatron-LM
  // (training/arguments.py) and torch's schedules want equal ones.
  if (l.pipeline > layers_ || (training_ && layers_ % l.pipeline != 0)) return F::layers;
  // Transformer Engine's ring takes two chunks of each sequence a rank (dot_product_attention/context_parallel.py).
  if (training_ && l.context > 1 && settings_.context % (2 * l.context) != 0) return F::sequence;
  if (l.expert > 1) {
    if (experts_ == 0 || experts_ % l.expert != 0) return F::experts;
    const std::int64_t pool = training_ ? l.tensor * l.context * l.data : l.tensor;
    if (pool % l.expert != 0) return F::expert_ranks;
  }
  if (l.sharding != Sharding::none) {
    if (!engine.shardedBy(l.sharding)) return F::sharding_owner;
    if (l.data * l.context < 2) return F::nothing_to_shard;
    if (l.pipeline > 1 && rowOf(l.sharding).besideStages != l.sharding) return F::zero_pipeline;
  }
  l.accumulation = settings_.training.accumulation;
  if (training_ && axes_.globalBatch) {
    if (*axes_.globalBatch % (l.microBatch * l.data) != 0) return F::global_batch;
    l.accumulation = *axes_.globalBatch / (l.microBatch * l.data);
  }
  return F::none;
}

}  // namespace headroom
