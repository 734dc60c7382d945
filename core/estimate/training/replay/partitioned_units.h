// ZeRO-3 (DeepSpeed 0.19.8, runtime/zero/partitioned_param_coordinator.py, partition_parameters.py, stage3.py):
// modules' parameters are gathered as they are used, ahead of use, and kept where they are used again soon.
#pragma once

#include <deque>

#include "core/estimate/training/replay/unit_policy.h"

namespace headroom::training {

class PartitionedUnits final : public UnitPolicy, public GradientSink {
 public:
  struct Options {  // elements
    double ranks = 1, width = 2, reduceBucket = 5e8, prefetchBucket = 5e7, persistence = 1e5, maxLive = 1e9,
           maxReuse = 1e9;
    bool overlaps = true;  // gathers and reductions have streams of their own (overlap_comm)
  };
  PartitionedUnits(Tape& tape, const Options& options) : t_(tape), o_(options) {}

  // One parameter each; none: a module that holds others, whose hooks fetch ahead as any other's.
  std::size_t add(const std::vector<Parameter*>& parameters, double times, bool reshardAfterForward) override;
  void trace(std::vector<std::size_t> units) { trace_ = std::move(units); }
  void begin(bool last, bool reduces) override;
  Var enter(std::size_t unit, Var x) override;
  Var leave(std::size_t unit, Var out) override;
  void beginAgain(std::size_t unit) override;
  void endBackward() override;
  void arrived(Parameter& parameter) override;

 private:
  struct Unit {
    Parameter* parameter = nullptr;
    double elements = 0;
    bool persists = false;
    bool runsBackward = false;  // its backward has begun, and waits for a recomputation
    int fetched = -1;           // last step of the trace that it was fetched for
    int group = -1;             // of a gather in flight
    Var whole;
  };
  class Stream;
  Var flat(double elements, const What& what) const;
  void fetch(const std::vector<std::size_t>& units);
  void use(std::size_t unit);
  void release(std::size_t unit);
  void reduce();

  Tape& t_;
  Options o_;
  std::deque<Unit> units_;
  std::vector<std::size_t> trace_;
  std::size_t queued_ = 0;
  int step_ = 0;
  double available_ = 0;
  std::vector<Var> gathers_;
  std::vector<Parameter*> bucket_;
  double inBucket_ = 0;
};

}  // namespace headroom::training
