// The verdict on an estimate: which device decides, what is subtracted from what, and why it is not better. Window,
// exports, command line and reports show this one value; the words are core/report/verdict_text.h's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/estimate/estimate.h"

namespace headroom {

struct Judgement {
  std::optional<Verdict> word;  // Estimate::verdict(): nothing where a capacity is unknown
  std::size_t rank = 0;         // into Estimate::ranks: the one that decides
  Bytes need;                   // of that rank's device, everything counted
  Bytes room;                   // what `need` is subtracted from: the rank's usable memory; 0 without a word
  Bytes left;                   // room − need; below 0 where it is short. 0 without a word
  // The part of the need that the allocator gives back so that it fits (fragmentation, RankEstimate::releasable): with
  // it left < 0 and the word is `tight` all the same. 0 where nothing has to give way.
  Bytes givesWay;
  bool pool = false;             // the engine claims memory up front: `left` is what its KV pool has left
  std::optional<Bytes> claimed;  // that claim
  Bytes hostWeights;             // weightsLeftToHost(): it fits, at the host's pace
  // Why the word is not better, stable and kebab-case: "band-over" (the band's high end exceeds the room), "near-full"
  // (less than a tenth of the room is left), "cached-blocks-give-way", "too-large", "refused" (it would not run,
  // whatever the numbers), "capacity-unknown", "unmodelled".
  std::vector<std::string_view> reasons;
  std::vector<std::string> refused;     // Estimate::refused
  std::vector<std::string> unmodelled;  // Estimate::unmodelled

  // The best there is to say, with nothing left uncounted.
  bool plain() const { return unmodelled.empty(); }
};

// The rank that decides is, of those with the worst verdict, the one with the least left; without a verdict the
// heaviest. The estimate has at least one rank.
Judgement judge(const Estimate& estimate);

// Weights in the host's memory where the engine leaves layers there by itself (diagnostic "layers-on-host"). Else 0.
Bytes weightsLeftToHost(const Estimate& estimate);

// The rank a judgement of the estimate is about.
const RankEstimate& decidingRank(const Estimate& estimate);

}  // namespace headroom
