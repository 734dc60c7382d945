// FSDP2: fully_shard of torch 2.13 (torch/distributed/fsdp/_fully_shard/_fsdp_param_group.py, _fsdp_collectives.py,
// _fsdp_state.py). Shards per parameter along its first dimension.
#pragma once

#include <deque>

#include "core/estimate/training/replay/unit_policy.h"

namespace headroom::training {

class FullyShardedUnits final : public UnitPolicy {
 public:
  struct Options {
    double ranks = 1;
    bool replicated = false;            // groups of shards are copies of each other
    bool reshardsAfterBackward = true;  // in every micro-batch, else in the last
    UnitWidths widths;
  };
  FullyShardedUnits(Tape& tape, const Options& options) : t_(tape), o_(options) {}

  std::size_t add(const std::vector<Parameter*>& parameters, double times, bool reshardAfterForward) override;
  void begin(bool last, bool reduces) override;
  Var enter(std::size_t unit, Var x) override;
  Var leave(std::size_t unit, Var out) override;
  void endForward() override { copiedOut_.reset(); }
  void endBackward() override;
  void reduceAll() override;
  double heldElements() const override;
  double trainedElements() const override;
  double largestTrained() const override;

 private:
  enum class State : std::uint8_t { idle, forward, before_backward, after_backward };
  struct Unit {
    std::vector<Parameter*> parameters;
    std::vector<Var> accumulated;  // gradients of earlier micro-batches in the format of the reduction
    double padded = 0, times = 1;
    bool reshards = true, waiting = false;
    State state = State::idle;
    Var gathered, unsharded, shardGradient, allReduced;
    std::vector<std::size_t> order;  // its places in the order of forward passes
  };
  double paddedOf(const Parameter& p) const;
  Var flat(double elements, double width, const What& what);
  Var ownRows(const Parameter& p, const Var& gradient);
  void unshard(Unit& u);
  void wait(Unit& u);
  void beforeBackward(std::size_t unit);
  // `times`: layers whose gradients are reduced here one after the other.
  void afterBackward(std::size_t unit, double times = 1);

  Tape& t_;
  Options o_;
  std::deque<Unit> units_;
  std::vector<std::size_t> order_;  // units as their forwards ended
  Var copiedOut_, reduceInput_;
  bool last_ = true, reduces_ = true;
};

}  // namespace headroom::training
