// The moments of a training step and the book that keeps them: every term is entered once with the moments at which it
// is alive, and the heaviest moment decides which terms the ledger shows.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>

#include "core/estimate/estimate.h"

namespace headroom::training {

// Backward is entered twice: where it starts every activation is alive and no gradient but the head's, where it ends
// every gradient and no activation; in between both change linearly, so one of the ends is its peak.
// Rollout is the generation of completions before a step of reinforcement training; other runs have none.
enum class MomentId : std::uint8_t { load, rollout, forward, loss, backward_start, backward_end, step };
constexpr std::size_t kMomentCount = 7;

// A set of moments.
using Moments = std::uint8_t;
constexpr Moments at(MomentId m) {
  return static_cast<Moments>(1U << static_cast<unsigned>(m));
}
constexpr Moments kBackward = static_cast<Moments>(at(MomentId::backward_start) | at(MomentId::backward_end));
constexpr Moments kPasses = static_cast<Moments>(at(MomentId::forward) | at(MomentId::loss) | kBackward);
constexpr Moments kTraining = static_cast<Moments>(kPasses | at(MomentId::step));
// What a process holds from step to step: generating completions does not free it.
constexpr Moments kHeld = static_cast<Moments>(kTraining | at(MomentId::rollout));
constexpr Moments kAlways = static_cast<Moments>(kHeld | at(MomentId::load));

class MomentBook {
 public:
  MomentBook(RankEstimate& rank, bool rollsOut) : rank_(rank), rollsOut_(rollsOut) {}

  // Enters a term into the ledger, alive at `when`; returns its bytes.
  Bytes add(Moments when, ComponentId component, std::string_view label, std::string_view source,
            std::initializer_list<Factor> factors) {
    const Bytes bytes = rank_.ledger.add(component, label, source, factors);
    if (bytes != Bytes(0)) enter(when, component, bytes);
    return bytes;
  }

  // Bytes alive at a moment, so far.
  Bytes total(MomentId m) const { return totals_[static_cast<std::size_t>(m)]; }
  Bytes at(MomentId m, ComponentId component) const {
    return sums_[static_cast<std::size_t>(m)][static_cast<std::size_t>(component)];
  }

  // When a line of the ledger is alive.
  Moments when(std::size_t line) const { return when_[line]; }

  // The heaviest moment so far; the earlier one where two are equal.
  MomentId peak() const;

  // Writes the moments into the rank and takes the terms that are not alive at the peak out of the ledger. Terms added
  // to the ledger afterwards (fragmentation, runtime) belong to the process, not to a moment.
  void close();

 private:
  void enter(Moments when, ComponentId component, Bytes bytes);

  RankEstimate& rank_;
  bool rollsOut_;
  std::array<Moments, Ledger::kMaxLines> when_;  // set for the lines the ledger has
  std::array<std::array<Bytes, kComponentCount>, kMomentCount> sums_{};
  std::array<Bytes, kMomentCount> totals_{};
};

}  // namespace headroom::training
