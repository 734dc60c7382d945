// A decoder of Llama's or Qwen3's operators as torchtitan and hand-written loops have it: what a block, the embedding
// and the head compute, whole or as one tensor-parallel rank's part (torchtitan's plan: columns of q, k, v, gate and
// up, rows of o and down; torch/distributed/tensor/parallel/style.py, 2.13). Nothing here knows of units or stages.
#pragma once

#include <array>
#include <deque>

#include "core/estimate/training/replay/operators.h"
#include "core/estimate/training/replay/shapes.h"
#include "core/estimate/training/replay/step_question.h"
#include "core/estimate/training/replay/unit_policy.h"

namespace headroom::training {

// PEFT's LoRA Linear: base(x) + B(A(x)) · scale.
struct CompactLinear {
  LinearModule base, a, b;
  bool adapted = false;
  int unit = -1;  // the adapter's module, which holds the three
};

struct CompactLayer {
  CompactLinear q, k, v, o, gate, up, down;
  NormModule attentionNorm, mlpNorm, queryNorm, keyNorm;
  double times = 1;
  int wrapper = -1, unit = -1, attentionUnit = -1, mlpUnit = -1;  // modules that hold others, where those count
  std::array<CompactLinear*, 7> linears() { return {&q, &k, &v, &o, &gate, &up, &down}; }
  std::vector<Parameter*> parameters(bool adapters);
};

// Results that selective checkpointing keeps: one list per forward of a block.
using KeptResults = std::vector<Var>;

struct Rotary {
  Var cos, sin;
};

class CompactModel {
 public:
  // `layers` of the model; whether the embedding and the head belong to this part of it.
  CompactModel(Tape& tape, Shapes& shapes, const StepQuestion& question, double layers, bool first, bool last);

  Var embed(const Var& ids);
  Rotary rotary(double width);
  // `again`: a recomputation that ends when the last tensor that backward needs is there (torch/utils/checkpoint.py).
  Var block(const Var& x, const Rotary& rotary, CompactLayer& layer, bool again, KeptResults* kept = nullptr);
  Var normed(const Var& x) { return norm(x, finalNorm_); }
  Var logits(const Var& x);
  Var fusedLoss(const Var& x);          // in place of the logits
  Var upcast(const Var& logits) const;  // to fp32, before the loss
  Var loss(const Var& logits, const Var& labels);

  // Modules that are units by themselves are entered and left through `units`.
  void shardModules(UnitPolicy& units) { units_ = &units; }
  LinearModule& head() { return head_; }
  NormModule& finalNorm() { return finalNorm_; }
  std::deque<CompactLayer>& layers() { return layers_; }
  std::vector<Parameter*> embeddingParameters();
  std::vector<Parameter*> headParameters();
  Extent hiddenStates() const;  // between blocks, of this rank
  std::uint8_t tokens() const { return n_; }
  bool first() const { return first_; }
  bool last() const { return last_; }

 private:
  Parameter parameter(std::initializer_list<std::uint8_t> dims, bool trains = true);
  LinearModule linear(std::uint8_t in, std::uint8_t out, bool trains);
  CompactLinear adaptable(std::uint8_t in, std::uint8_t out, TensorRole role);
  NormModule normModule(std::uint8_t width);
  Var norm(const Var& x, NormModule& module);
  Var fusedNorm(const Var& x, NormModule& module);
  Var product(const Var& x, LinearModule& module, const What& what);
  // ZeRO-3 puts a function of its own in the place of Linear, which keeps its input whoever trains
  // (deepspeed/runtime/zero/linear.py: LinearFunctionForZeroStage3; memory_efficient_linear is on).
  bool keepsInput(const Parameter& weight) const { return weight.trains || q_.sharding == StepSharding::zero3; }
  Var dropped(const Var& x);
  Var linear(const Var& x, CompactLinear& module, const What& what);
  Var unfinished(const Var& x, CompactLinear& module);
  Var columns(const Var& x, CompactLinear& module, const What& what) { return linear(shared(x), module, what); }
  // What a module that holds others computes, where such modules count.
  template <typename Body>
  Var within(int unit, const Var& x, Body body) {
    if (unit < 0) return body(x);
    const auto at = static_cast<std::size_t>(unit);
    return units_->leave(at, body(units_->enter(at, x)));
  }
  Var rotated(const Var& x, const Rotary& rotary);
  Var attention(const Var& z, const Rotary& rotary, CompactLayer& layer);
  Var blockOf(const Var& x, const Rotary& rotary, CompactLayer& layer, bool again);
  Var adapted(const Var& x, CompactLinear& module, const What& what);
  Var mlp(const Var& z, CompactLayer& layer);
  Var lossOfShards(const Var& wide, const Var& labels);
  // Tensor parallelism.
  Var shared(const Var& x);    // the same input for every rank's columns: its gradient is summed over the ranks
  Var gathered(const Var& x);  // sequence parallelism: the whole sequence
  Var summed(Var x);           // partial results, summed; with sequence parallelism each rank keeps its part

  Tape& t_;
  Shapes& s_;
  const StepQuestion& q_;
  Operators o_{t_};
  double ranks_ = 1;
  bool parallel_ = false, sequence_ = false;
  std::uint8_t n_ = 0, nHere_ = 0, length_ = 0, hidden_ = 0, queryWidth_ = 0, keyWidth_ = 0, intermediate_ = 0,
               vocabulary_ = 0, vocabularyHere_ = 0, headSize_ = 0, heads_ = 0, headsHere_ = 0, keyHeadsHere_ = 0;
  bool queryKeyNorm_ = false;
  std::deque<CompactLayer> layers_;
  Parameter embedding_;
  LinearModule head_;
  NormModule finalNorm_;
  bool first_ = true, last_ = true;
  UnitPolicy* units_ = nullptr;
  // While a block runs.
  bool again_ = false;
  KeptResults* kept_ = nullptr;
  std::size_t products_ = 0, taken_ = 0;
};

}  // namespace headroom::training
