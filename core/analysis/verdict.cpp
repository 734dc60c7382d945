#include "core/analysis/verdict.h"

#include <algorithm>

namespace headroom {
namespace {

std::size_t decidingIndex(const Estimate& e) {
  const std::optional<Verdict> worst = e.verdict();
  std::optional<std::size_t> least;
  for (std::size_t i = 0; i < e.ranks.size(); ++i) {
    const RankEstimate& r = e.ranks[i];
    if (!worst || r.verdict != worst || !r.headroom) continue;
    if (!least || *r.headroom < *e.ranks[*least].headroom) least = i;
  }
  return least.value_or(0);
}

}  // namespace

Bytes weightsLeftToHost(const Estimate& e) {
  const auto left = [](const Diagnostic& d) { return d.code == "layers-on-host"; };
  return std::ranges::any_of(e.diagnostics, left) ? e.host.bytes(ComponentId::weights) : Bytes(0);
}

const RankEstimate& decidingRank(const Estimate& estimate) {
  return estimate.ranks[decidingIndex(estimate)];
}

Judgement judge(const Estimate& estimate) {
  Judgement j;
  j.word = estimate.verdict();
  j.rank = decidingIndex(estimate);
  j.refused = estimate.refused;
  j.unmodelled = estimate.unmodelled;
  if (!j.refused.empty()) j.reasons.push_back("refused");
  const RankEstimate& rank = estimate.ranks[j.rank];
  j.need = rank.device;
  j.claimed = rank.claimed;
  j.hostWeights = weightsLeftToHost(estimate);
  if (!j.word || !rank.usable || !rank.headroom) {
    j.reasons.push_back("capacity-unknown");
  } else {
    j.room = *rank.usable;
    j.left = *rank.headroom;
    j.pool = rank.poolLeft && *rank.poolLeft == j.left;
    if (*j.word == Verdict::exceeds) {
      if (j.refused.empty() || j.left + rank.releasable < Bytes(0)) j.reasons.push_back("too-large");
    } else if (j.left < Bytes(0)) {
      j.givesWay = Bytes(0) - j.left;
      j.reasons.push_back("cached-blocks-give-way");
    } else if (*j.word == Verdict::tight) {
      if (rank.high > j.room) j.reasons.push_back("band-over");
      if (10 * j.left < j.room) j.reasons.push_back("near-full");
    }
  }
  if (!j.unmodelled.empty()) j.reasons.push_back("unmodelled");
  return j;
}

}  // namespace headroom
