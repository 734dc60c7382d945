#include "core/estimate/training/step/moments.h"

#include <bit>

namespace headroom::training {
namespace {

constexpr std::array<std::string_view, kMomentCount> kNames{"load",     "rollout",  "forward",       "loss",
                                                            "backward", "backward", "optimizer step"};

}  // namespace

void MomentBook::enter(Moments when, ComponentId component, Bytes bytes) {
  when_[rank_.ledger.lines().size() - 1] = when;  // of the line just added
  for (unsigned rest = when; rest != 0; rest &= rest - 1) {
    const auto m = static_cast<std::size_t>(std::countr_zero(rest));
    sums_[m][static_cast<std::size_t>(component)] += bytes;
    totals_[m] += bytes;
  }
}

MomentId MomentBook::peak() const {
  std::size_t heaviest = 0;
  for (std::size_t m = 1; m < kMomentCount; ++m)
    if ((rollsOut_ || static_cast<MomentId>(m) != MomentId::rollout) && totals_[m] > totals_[heaviest]) heaviest = m;
  return static_cast<MomentId>(heaviest);
}

void MomentBook::close() {
  const std::size_t heaviest = static_cast<std::size_t>(peak());
  rank_.peakMoment = kNames[heaviest];
  rank_.moments.clear();
  const bool endIsHeavier = total(MomentId::backward_end) > total(MomentId::backward_start);
  for (std::size_t m = 0; m < kMomentCount; ++m) {
    if (static_cast<MomentId>(m) == (endIsHeavier ? MomentId::backward_start : MomentId::backward_end)) continue;
    if (static_cast<MomentId>(m) == MomentId::rollout && !rollsOut_) continue;
    rank_.moments.push({kNames[m], sums_[m]});
  }
  rank_.ledger.retain([&](std::size_t line) { return ((when_[line] >> heaviest) & 1U) != 0; });
}

}  // namespace headroom::training
