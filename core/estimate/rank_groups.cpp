#include "core/estimate/rank_groups.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/scenario/ignored_keys.h"
#include "core/scenario/training_codes.h"

namespace headroom {
namespace {

bool comesOut(KvHeads rule, std::int64_t heads, std::int64_t ranks) {
  if (rule == KvHeads::rounded || heads <= 0 || heads % ranks == 0) return true;
  return rule == KvHeads::repeated && heads < ranks && ranks % heads == 0;
}

// The engine's rule, or that of the training code it runs.
HeadSplit headSplitOf(const Settings& s) {
  const EngineRow& engine = rowOf(s.engine);
  const TrainingCodeRow* code = engine.trains && !engine.evenHeads ? s.code : nullptr;
  return code != nullptr ? HeadSplit{code->label, code->evenHeads, code->kvHeads} : headSplitOf(engine);
}

void diagnoseHeads(EstimateContext& c) {
  std::string why = headsRefused(headSplitOf(c.settings), c.model, c.settings.parallel.ofAttention());
  if (!why.empty()) c.refuse("heads-not-divisible", std::move(why), "parallel.tensor");
}

// Where the ranks of whole experts come from, and how many of them make a group; no word: they come out.
std::string groupRefused(const EngineRow& engine, const ParallelSettings& p) {
  const std::int64_t all = p.ranks() / std::max<std::int64_t>(1, p.pipeline);
  switch (engine.expertGroup) {
    case ExpertGroup::any:
      return {};
    case ExpertGroup::all_ranks:
      if (p.expert == p.tensor * p.data || p.expert == all) return {};
      return fmt::format(
          "{} spreads whole experts over all ranks of tensor and data parallelism, which are {} here, or over none: "
          "there is no group of {}",
          engine.label, p.tensor * p.data, p.expert);
    case ExpertGroup::tensor_ranks:
      if (p.expert == p.tensor) return {};
      return fmt::format(
          "{} spreads whole experts over all tensor-parallel ranks, which are {} here, or over none: there is no group "
          "of {}",
          engine.label, p.tensor, p.expert);
    case ExpertGroup::inside_tensor:
      if (p.tensor % p.expert == 0) return {};
      return fmt::format(
          "{} takes the ranks of whole experts from its tensor-parallel ones, and {} cannot be divided into groups of "
          "{}",
          engine.label, p.tensor, p.expert);
    case ExpertGroup::of_stage: {
      std::int64_t group = 0;
      const bool counted = !__builtin_mul_overflow(p.expert, std::max<std::int64_t>(1, p.expertTensor), &group);
      if (counted && all % group == 0) return {};
      return fmt::format(
          "{} takes the ranks of whole experts from those of a pipeline stage, and {} cannot be divided into groups of "
          "{}{}",
          engine.label, all, p.expert,
          p.expertTensor > 1 ? fmt::format(" times the {} that split each expert", p.expertTensor) : "");
    }
    case ExpertGroup::of_replicas:
      if (p.data * p.context % p.expert == 0) return {};
      return fmt::format(
          "{} takes the ranks of whole experts from its data-parallel ones, and {} cannot be divided into groups of {}",
          engine.label, p.data * p.context, p.expert);
  }
  return {};
}

void diagnoseExperts(EstimateContext& c, const EngineRow& engine) {
  const ParallelSettings& p = c.settings.parallel;
  if (p.expert <= 1 || !setAsideFor("parallel.expert", c.scenario, c.settings).empty()) return;
  if (std::string why = groupRefused(engine, p); !why.empty())
    return c.refuse("expert-group", std::move(why), "parallel.expert");
  if (!engine.evenExperts) return;
  for (const LayerKind& k : c.model.kinds)
    if (k.mlp.kind == MlpKind::experts && k.mlp.experts % p.expert != 0)
      return c.refuse("expert-group",
                      fmt::format("{} gives every rank as many of a layer's {} experts, which {} ranks cannot have",
                                  engine.label, k.mlp.experts, p.expert),
                      "parallel.expert");
}

}  // namespace

HeadSplit headSplitOf(const EngineRow& engine) {
  return {engine.label, engine.evenHeads, engine.kvHeads};
}

// Of the first kind of layer that does not come out even: all of them are built before anything runs.
std::string headsRefused(const HeadSplit& rule, const Model& model, std::int64_t ranks) {
  if (ranks <= 1 || !rule.even) return {};
  for (const LayerKind& k : model.kinds) {
    const AttentionSpec& a = k.attention;
    if (a.heads <= 0) continue;
    if (a.heads % ranks != 0)
      return fmt::format("{} divides a layer's {} attention heads evenly, which {} ranks cannot", rule.label, a.heads,
                         ranks);
    const bool own = a.kind != AttentionKind::latent && a.kind != AttentionKind::none;
    if (own && !comesOut(rule.kvHeads, a.kvHeads, ranks))
      return fmt::format("{} gives every rank as many of a layer's {} key and value heads, which {} ranks cannot have",
                         rule.label, a.kvHeads, ranks);
  }
  return {};
}

void diagnoseGroups(EstimateContext& c) {
  const EngineRow& engine = rowOf(c.settings.engine);
  const ParallelSettings& p = c.settings.parallel;
  if (p.dataInsideTensor && p.tensor % p.data != 0)
    c.refuse("attention-groups",
             fmt::format("{} divides its {} tensor-parallel ranks into {} groups of attention, which does not come out "
                         "even",
                         engine.label, p.tensor, p.data),
             "parallel.data");
  else
    diagnoseHeads(c);
  diagnoseExperts(c, engine);
}

}  // namespace headroom
