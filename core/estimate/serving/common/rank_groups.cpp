#include "core/estimate/serving/common/rank_groups.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/scenario/engines.h"
#include "core/scenario/ignored_keys.h"

namespace headroom {
namespace {

bool comesOut(KvHeads rule, std::int64_t heads, std::int64_t ranks) {
  if (rule == KvHeads::rounded || heads <= 0 || heads % ranks == 0) return true;
  return rule == KvHeads::repeated && heads < ranks && ranks % heads == 0;
}

// The first kind of layer that does not come out even: all of them are built before anything runs.
void diagnoseHeads(EstimateContext& c, const EngineRow& engine) {
  const std::int64_t ranks = c.settings.parallel.ofAttention();
  if (ranks <= 1 || !engine.evenHeads) return;
  for (const LayerKind& k : c.model.kinds) {
    const AttentionSpec& a = k.attention;
    if (a.heads <= 0) continue;
    if (a.heads % ranks != 0)
      return c.refuse("heads-not-divisible",
                      fmt::format("{} divides a layer's {} attention heads evenly, which {} ranks cannot", engine.label,
                                  a.heads, ranks),
                      "parallel.tensor");
    const bool own = a.kind != AttentionKind::latent && a.kind != AttentionKind::none;
    if (own && !comesOut(engine.kvHeads, a.kvHeads, ranks))
      return c.refuse("heads-not-divisible",
                      fmt::format("{} gives every rank as many of a layer's {} key and value heads, which {} ranks "
                                  "cannot have",
                                  engine.label, a.kvHeads, ranks),
                      "parallel.tensor");
  }
}

void diagnoseExperts(EstimateContext& c, const EngineRow& engine) {
  const ParallelSettings& p = c.settings.parallel;
  if (p.expert <= 1 || !setAsideFor("parallel.expert", c.scenario, c.settings).empty()) return;
  const std::int64_t all = p.ranks() / std::max<std::int64_t>(1, p.pipeline);
  if (engine.expertGroup == ExpertGroup::all_ranks && p.expert != p.tensor * p.data && p.expert != all)
    c.refuse("expert-group",
             fmt::format("{} spreads whole experts over all ranks of tensor and data parallelism, which are {} here, "
                         "or over none: there is no group of {}",
                         engine.label, p.tensor * p.data, p.expert),
             "parallel.expert");
  if (engine.expertGroup == ExpertGroup::inside_tensor && p.tensor % p.expert != 0)
    c.refuse("expert-group",
             fmt::format("{} takes the ranks of whole experts from its tensor-parallel ones, and {} cannot be divided "
                         "into groups of {}",
                         engine.label, p.tensor, p.expert),
             "parallel.expert");
}

}  // namespace

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
    diagnoseHeads(c, engine);
  diagnoseExperts(c, engine);
}

}  // namespace headroom
