// What the programs of training codes share: the model's modules as a code builds them, the loop over its layers with
// checkpointing, and the optimizer's step.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <string_view>
#include <vector>

#include "core/estimate/training/replay/operators.h"
#include "core/estimate/training/replay/shapes.h"
#include "core/estimate/training/replay/step_question.h"
#include "core/estimate/training/replay/transformers_step.h"

namespace headroom::training {

constexpr What kNorm{"norms: inputs and statistics"}, kQkv{"queries, keys and values"}, kMlp{"MLP activations"},
    kStream{"hidden states"}, kScores{"attention scores"}, kLogits{"logits and loss", ComponentId::logits},
    kRotary{"rotary embedding"}, kAdapter{"adapters' activations"};

// The modules of one layer that is replayed; it stands for `times` layers.
struct LayerModules {
  const LayerKind* kind = nullptr;
  double times = 1;
  std::size_t index = 0;  // of the first layer it stands for
  std::size_t place = 0;  // among those that are replayed
  std::deque<LinearModule> linears;
  std::deque<NormModule> norms;
  std::deque<Parameter> others;
  LinearModule *q = nullptr, *k = nullptr, *v = nullptr, *qkv = nullptr, *o = nullptr, *gate = nullptr, *up = nullptr,
               *down = nullptr, *router = nullptr;
  std::vector<std::array<LinearModule*, 3>> experts;  // gate, up and down of each
  NormModule *input = nullptr, *post = nullptr, *afterAttention = nullptr, *afterMlp = nullptr, *qNorm = nullptr,
             *kNorm = nullptr;
};

class StepProgram {
 protected:
  using Keep = Operators::Keep;

  StepProgram(Tape& tape, Shapes& shapes, const StepQuestion& question);

  // ---- sizes
  std::uint8_t modelDim(std::string_view name, double value) { return s.dim(fromModel(name, value, Unit::elements)); }
  std::uint8_t widthOf(std::int64_t value, std::string_view name) {
    return value == m.hidden ? hidden : modelDim(name, static_cast<double>(value));
  }
  Extent perToken(std::uint8_t dim) const { return t.extent({n, dim}); }
  static Extent plain(double elements);

  // ---- modules
  Parameter parameter(std::initializer_list<std::uint8_t> dims, double width, double times) const;
  LinearModule* addLinear(LayerModules& layer, std::uint8_t in, std::uint8_t out, bool bias);
  NormModule* addNorm(LayerModules& layer, std::uint8_t width, bool bias);
  // Gives a Linear its low-rank adapter.
  void adapt(LinearModule& linear, double times) const;
  bool adapts(TensorRole role) const { return q_.rank > 0 && (q_.adapted & bit(role)) != 0; }
  // The first tensor whose name holds the text; nullptr: none.
  static const Tensor* named(const LayerKind& kind, std::string_view text);
  bool hasBias(const LayerKind& kind, std::initializer_list<TensorRole> roles) const;
  // 1 for a layer that selective checkpointing wraps where it wraps every n-th.
  std::size_t variantOf(std::size_t index) const {
    return q_.everyLayer > 1 && (index + 1) % static_cast<std::size_t>(q_.everyLayer) == 0 ? 1 : 0;
  }
  // The layers to replay: the first, one for each kind of those between, and the last.
  template <typename Build>
  void makeLayers(Build&& build) {
    const auto count = static_cast<std::size_t>(m.layers());
    const auto add = [&](std::size_t index, double times) {
      LayerModules& layer = layers_.emplace_back();
      layer.kind = &m.layer(index), layer.times = times, layer.index = index;
      build(layer);
    };
    if (count <= 3) {
      for (std::size_t i = 0; i < count; ++i) add(i, 1);
      return;
    }
    add(0, 1);
    for (std::size_t group = 0; group < 2 * m.kinds.size(); ++group) {
      double times = 0;
      std::size_t first = 0;
      for (std::size_t i = count - 2; i > 0; --i)
        if (m.order[i] == group / 2 && variantOf(i) == group % 2) ++times, first = i;
      if (times > 0) add(first, times);
    }
    add(count - 1, 1);
  }
  // Every parameter of the program, as the optimizer has them.
  template <typename Visit>
  void forEachParameter(Visit&& visit) {
    const auto linear = [&](LinearModule& l) {
      if (l.tied == nullptr) visit(l.weight);
      if (l.hasBias) visit(l.bias);
      if (l.adapted) visit(l.a), visit(l.b);
      if (l.adapted && l.magnitude.extent.elements > 0) visit(l.magnitude);
    };
    if (headFirst_) linear(head_);
    visit(embedding_);
    for (LayerModules& layer : layers_) {
      for (LinearModule& l : layer.linears) linear(l);
      for (Parameter& p : layer.others) visit(p);
      for (NormModule& norm : layer.norms) {
        visit(norm.weight);
        if (norm.hasBias) visit(norm.bias);
      }
    }
    visit(finalNorm_.weight);
    if (finalNorm_.hasBias) visit(finalNorm_.bias);
    if (!headFirst_) linear(head_);
  }
  // Gradients that an earlier micro-batch left.
  void layOutGradients();

  // ---- the step
  // Runs `block` on every layer; returns the last one's result and sets what a middle one keeps.
  Var throughLayers(Var x, const std::function<Var(const Var&, LayerModules&)>& block);
  // torch/utils/checkpoint.py (2.13), non-reentrant.
  Var checkpointed(const Var& x, const std::function<Var(const Var&)>& block);
  // Autocast's cache of weights' copies goes with its context.
  void forgetCasts();
  // The same function of reentrant checkpointing: CheckpointFunction holds the gradient while it recomputes.
  Var reentrant(const Var& x, const std::function<Var(const Var&)>& block);
  // What the optimizer's step takes on top of the states (torch/optim, 2.13).
  void optimizerStep();
  // A tensor that is counted where the model's buffers are.
  Var buffer(const Extent& extent, double width);
  Var scalar(double width);

  Tape& t;
  Shapes& s;
  StepQuestion q_;
  const Model& m;
  Operators o{t};
  std::uint8_t n = 0, length = 0, batch = 0, hidden = 0, vocabulary = 0, rank_ = 0;
  std::deque<LayerModules> layers_;
  LinearModule head_;
  Parameter embedding_;
  NormModule finalNorm_;
  StepAnswer answer_;
  bool headFirst_ = false;          // among the parameters
  bool autocastSurrounds_ = false;  // autocast is around backward as well
};

}  // namespace headroom::training
