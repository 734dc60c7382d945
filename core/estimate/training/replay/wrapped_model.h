// A model with what its parallelism wraps around it: units of parameters, checkpointing, and their order.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "core/estimate/training/replay/compact_block.h"
#include "core/estimate/training/replay/unit_policy.h"

namespace headroom::training {

class WrappedModel {
 public:
  // `layers`, `first`, `last`: as CompactModel's. The question outlives the model.
  WrappedModel(Tape& tape, Shapes& shapes, const StepQuestion& question, double layers, bool first, bool last);

  WrappedModel(const WrappedModel&) = delete;  // its units point into it

  Var forward(const Var& input);  // token ids or hidden states to hidden states, logits or the fused loss
  // Forward, loss and backward of a micro-batch; `end` is called while the batch is still alive. Returns what had been
  // written to the tape when the backward pass began.
  template <typename End>
  std::size_t passes(End end) {
    constexpr What kIds{"token ids"}, kLogits{"logits and loss", ComponentId::logits};
    const Extent tokens = t_.extent({model_.tokens()});
    const Var ids = t_.make(tokens, 8, kIds), labels = t_.make(tokens, 8, kIds);
    Var logits = forward(ids);
    Var loss;
    if (q_.fusedLoss) {
      loss = std::move(logits);
    } else {
      t_.phase(Phase::loss);
      if (q_.rebindsLogits) logits = model_.upcast(logits);
      loss = model_.loss(logits, labels);
      if (!q_.holdsLogits) logits.reset();
    }
    t_.phase(Phase::backward);
    const std::size_t began = t_.written();
    Extent scalar;
    scalar.elements = 1;
    t_.backward(loss, t_.make(scalar, 4, kLogits));
    end();
    return began;
  }
  CompactModel& model() { return model_; }
  UnitPolicy& units() { return *units_; }
  std::vector<Parameter*> parameters();
  void load(StorageEvents& events) const;  // what making its units asks the allocator for
  double kept() const { return kept_; }    // bytes from the beginning of a block's forward to that of the next
  struct Sizes {
    double held = 0, trained = 0, largest = 0;  // elements on this rank: all, those that train, of one parameter
    double takenOut = 0;                        // of the parameters whose gradients every rank has whole
  };
  Sizes sizes();

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  void makeUnits();
  void shardModules();
  void traceBackward(std::size_t layer, std::vector<std::size_t>& trace);
  Var layer(const Var& x, const Rotary& rotary, std::size_t i);

  Tape& t_;
  const StepQuestion& q_;
  CompactModel model_;
  std::unique_ptr<UnitPolicy> units_;
  std::size_t root_ = kNone, embedding_ = kNone, head_ = kNone, whole_ = kNone;
  std::vector<std::size_t> blocks_, adapters_;  // units; of adapters in the order of their layers
  double kept_ = 0;
};

}  // namespace headroom::training
