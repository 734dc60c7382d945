// FSDP1: FullyShardedDataParallel of torch 2.13 (torch/distributed/fsdp/_runtime_utils.py, _flat_param.py). A unit is
// one flat parameter; its gradients are concatenated before they are reduced.
#pragma once

#include <deque>

#include "core/estimate/training/replay/step_question.h"
#include "core/estimate/training/replay/unit_policy.h"

namespace headroom::training {

class FlatParameterUnits final : public UnitPolicy {
 public:
  struct Options {
    double ranks = 1;
    FlatStrategy strategy = FlatStrategy::full_shard;
    BackwardPrefetch prefetch = BackwardPrefetch::pre;
    bool originalParameters = true;
    bool reentrant = false;  // checkpointing around the units
    UnitWidths widths;
    double ownStored = 0;  // bytes per element of the shards of units that train beside frozen ones; 0: as theirs
    bool onHost = false;   // shards lie on the host (CPUOffload of parameters)
    bool syncs = false;    // the first rank sends the others what it has loaded (sync_module_states)
  };
  FlatParameterUnits(Tape& tape, const Options& options) : t_(tape), o_(options) {}

  std::size_t add(const std::vector<Parameter*>& parameters, double times, bool reshardAfterForward) override;
  void load(const std::vector<std::size_t>& order, StorageEvents& events) const override;
  void begin(bool last, bool reduces) override;
  Var enter(std::size_t unit, Var x) override;
  Var leave(std::size_t unit, Var out) override;
  void endBackward() override;
  double heldElements() const override;
  double trainedElements() const override;
  double largestTrained() const override;

 private:
  enum class State : std::uint8_t { idle, forward, before_backward, after_backward };
  struct Unit {
    std::vector<Parameter*> parameters;
    double elements = 0, padded = 0, trained = 0, times = 1;
    double stored = 4;  // bytes per element of its shards
    State state = State::idle;
    bool trains = false, needsGather = false, prefetched = false, ran = false, reduced = false;
    int place = -1;
    Var unsharded, gradient, shardGradient;
    std::vector<Var> held;  // by the hook of a frozen unit
  };
  Var flat(double elements, double width, const What& what);
  bool frees(const Unit& u, bool afterForward) const;
  void gather(Unit& u);
  void reshard(Unit& u, bool free);
  void prefetch(const Unit& u, State at);
  void beforeBackward(std::size_t unit);
  void afterBackward(std::size_t unit);

  Tape& t_;
  Options o_;
  std::deque<Unit> units_;
  std::vector<std::size_t> order_;
  double largest_ = 0;  // parameter that trains, elements
  bool reduces_ = true, begun_ = false;
};

}  // namespace headroom::training
