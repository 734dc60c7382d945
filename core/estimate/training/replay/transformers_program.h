// Hugging Face Transformers' model classes, operator by operator, with the variables their Python code holds. What a
// class is comes from the model's traits (core/model/layer.h), what its release does from the question.
#pragma once

#include <array>
#include <deque>
#include <vector>

#include "core/estimate/training/replay/operators.h"
#include "core/estimate/training/replay/shapes.h"
#include "core/estimate/training/replay/step_question.h"
#include "core/estimate/training/replay/step_stream.h"

namespace headroom::training::transformers {

using Keep = Operators::Keep;
inline constexpr What kNorm{"norms: inputs and statistics"}, kQkv{"queries, keys and values"}, kMlp{"MLP activations"},
    kStream{"hidden states"}, kScores{"attention scores"}, kRotary{"rotary embedding"}, kAttended{"attention output"},
    kAdapter{"adapters: inputs and outputs"}, kExperts{"expert activations"},
    kLogits{"logits and loss", ComponentId::logits}, kScalar{"the loss itself"},
    kGradients{"gradients", ComponentId::gradients};

// The tensors of one layer that is replayed, and how many it stands for.
struct Layer {
  const LayerKind* kind = nullptr;
  double times = 1;
  std::deque<LinearModule> linears;
  std::deque<NormModule> norms;
  std::deque<Parameter> others;
  LinearModule *q = nullptr, *k = nullptr, *v = nullptr, *qkv = nullptr, *o = nullptr;
  LinearModule *gate = nullptr, *up = nullptr, *gateUp = nullptr, *down = nullptr;
  LinearModule *router = nullptr, *sharedGate = nullptr, *sharedUp = nullptr, *sharedDown = nullptr,
               *sharedSwitch = nullptr, *sharedGateUp = nullptr;
  Parameter *expertGate = nullptr, *expertUp = nullptr, *expertGateUp = nullptr, *expertDown = nullptr;
  // Experts that are Linears, with an adapter each.
  LinearModule *gateExperts = nullptr, *upExperts = nullptr, *downExperts = nullptr;
  // Of adapters that are folded into all experts of a layer.
  Parameter *gateUpA = nullptr, *gateUpB = nullptr, *downA = nullptr, *downB = nullptr;
  LinearModule *queryDown = nullptr, *latentDown = nullptr, *latentUp = nullptr;
  NormModule *queryNorm = nullptr, *latentNorm = nullptr;
  LinearModule *stateIn = nullptr, *stateGate = nullptr, *stateRates = nullptr, *stateSteps = nullptr,
               *stateOut = nullptr;
  Parameter *convWeight = nullptr, *convBias = nullptr, *stepBias = nullptr, *stateDecay = nullptr,
            *stateSkip = nullptr, *stateNorm = nullptr, *shape = nullptr, *sinks = nullptr, *upBias = nullptr,
            *downBias = nullptr;
  NormModule *norm1 = nullptr, *norm2 = nullptr, *norm3 = nullptr, *norm4 = nullptr, *qNorm = nullptr, *kNorm = nullptr;
};

class Program {
 public:
  Program(Tape& tape, Shapes& shapes, const StepQuestion& question);

  // Writes what a layer of each kind leaves alive after its forward.
  void run(std::vector<std::pair<std::size_t, double>>& kept);
  // Writes what comes and goes in a step, layer by layer.
  void write(StepStream& stream);
  // In the order of the modules.
  template <typename Visit>
  void forEachParameter(Visit&& visit) {
    visit(embedding_);
    if (positions_.extent.elements > 0) visit(positions_);
    if (embeddingNorm_.exists)
      visit(embeddingNorm_.weight), embeddingNorm_.hasBias ? visit(embeddingNorm_.bias) : void();
    for (Layer& layer : layers_) {
      for (LinearModule& l : layer.linears) visitLinear(l, visit);
      for (NormModule& l : layer.norms) visit(l.weight), l.hasBias ? visit(l.bias) : void();
      for (Parameter& p : layer.others) visit(p);
    }
    visit(finalNorm_.weight);
    if (finalNorm_.hasBias) visit(finalNorm_.bias);
    if (!m_.tiedHead || head_.tied == nullptr) visitLinear(head_, visit);
    if (savedHead_.extent.elements > 0) visit(savedHead_);
  }

 private:
  template <typename Visit>
  static void visitLinear(LinearModule& l, Visit&& visit) {
    visit(l.weight);
    if (l.hasBias) visit(l.bias);
    if (l.adapted) visit(l.a), visit(l.b);
    if (l.dora) visit(l.magnitude);
  }
  // Building (transformers_model.cpp).
  std::uint8_t modelDim(std::string_view name, std::int64_t value);
  std::uint8_t widthOf(std::int64_t value, std::string_view name);
  Parameter parameter(std::initializer_list<std::uint8_t> dims, double width, double times, bool trains);
  LinearModule* linear(Layer& layer, TensorRole role, std::string_view in, std::string_view out);
  NormModule* norm(Layer& layer, std::uint8_t width);
  void adapt(LinearModule& module, double times);
  void build(bool everyLayer);
  void buildLayer(Layer& layer);
  void buildState(Layer& layer);
  void presentGradients();

  // Blocks (transformers_blocks.cpp).
  Var block(Var x, Layer& layer);
  Var checkpointed(const Var& x, Layer& layer);
  Var normed(const Var& x, NormModule& norm, const LayerKind& kind);
  Var mixed(const Var& x, Layer& layer);
  Var branch(Var x, Layer& layer);
  Var rms(const Var& x, NormModule& norm);
  Var rmsGemma(const Var& x, NormModule& norm);
  Var layerNorm(const Var& x, NormModule& norm);
  Var layerNormBare(const Var& x, NormModule& norm);
  Var layerNormWide(const Var& x, NormModule& norm);
  Var weightedWide(Var y, NormModule& norm, double width);
  Var linear(const Var& x, LinearModule& module, const What& what);
  Var base(const Var& x, LinearModule& module, const What& what);
  Var adapted(const Var& x, LinearModule& module, const What& what);
  Var lowRank(const Var& x, Parameter& weight, std::uint8_t from, std::uint8_t to);
  Var upAndDown(const Var& x, LinearModule& module);
  Var directed(const Var& x, const Var& result, LinearModule& module);
  Var dropped(const Var& x, bool yes) { return yes ? o_.dropout(x, {"dropped copies"}) : x; }

  // Attention (transformers_attention.cpp).
  Var attention(const Var& x, Layer& layer);
  void rotate(Var& queries, Var& keys, const Layer& layer);
  Var turned(const Var& x, bool interleaved);
  bool sharesHeads(const Var& keys, const AttentionSpec& a) const;
  Var repeated(const Var& x, const AttentionSpec& a);
  void cached(Var& x, double width, const AttentionSpec& a);
  Var latent(const Var& x, Layer& layer);
  Var joinedHeads(const Var& still, const Var& turning, const Extent& extent);
  Extent attendedBy(const Var& queries, const AttentionSpec& a);
  Var withSinks(const Var& weights, Layer& layer, const Extent& scores);
  Var eager(Var& queries, Var& keys, Var& values, Layer& layer);
  Var batchedOperand(const Var& x);
  Var ownAttention(Var& queries, Var& keys, Var& values, Layer& layer);
  Var plainProducts(Var& queries, Var& keys, Var& values, Layer& layer);
  Var fused(Var& queries, Var& keys, Var& values, Layer& layer, bool masked);

  // MLPs (transformers_mlp.cpp).
  Var mlp(const Var& x, Layer& layer);
  Var plain(const Var& x, Layer& layer);
  Var gated(const Var& x, LinearModule* gate, LinearModule* up, LinearModule* gateUp, LinearModule& down,
            const Layer& layer);
  Var activated(const Var& x, const Layer& layer);
  Var learntShape(const Var& x, Parameter& numbers);
  Var routed(const Var& x, Layer& layer, const Var& order);
  Var clampedGate(const Var& both);
  Var experts(const Var& x, Layer& layer);

  // Adapters of experts (transformers_folded.cpp).
  void adaptLinearExperts(Layer& layer);
  void adaptExperts(Layer& layer);
  Var factor(Parameter& adapter, double width, Gradient gradient);
  std::array<Var, 2> factors(const Parameter* weight, Parameter* a, Parameter* b);
  Var folded(const Parameter& weight, const std::array<Var, 2>& factors);
  Var foldedRouter(const Var& x, LinearModule& router);

  // Recurrent mixers (transformers_state.cpp).
  Var state(const Var& x, Layer& layer);
  Var mamba2(const Var& x, Layer& layer);
  Var shortConvolution(const Var& x, Layer& layer);
  Var deltaNet(const Var& x, Layer& layer);
  Var deltaRule(const Var& queries, const Var& keys, const Var& values, const Var& rates, const Var& decay,
                Layer& layer);
  Var unitLength(const Var& x, std::uint8_t perHead);
  Var solved(const Var& matrix, const Var& values);
  Var chunkScan(const Var& x, const Var& steps, const Var& keys, const Var& queries, Layer& layer);
  Var convolved(const Var& x, Layer& layer);
  Var gatedNorm(const Var& x, const Var& gate, Layer& layer);
  Var batched(const Var& a, const Var& b, const Extent& extent);
  Var einsum(const Var& a, const Var& b, const Extent& extent, bool inOrder = false);
  Var outer(const Var& a, const Var& b, const Extent& extent);
  Var summed(const Var& x, const Extent& extent);
  Var spread(const Var& x, Parameter& weight, double width);
  Var cumulated(const Var& x);
  Var decays(const Var& a, const Extent& extent);

  // Loss and step (transformers_loss.cpp, trl_loss.cpp).
  Var embedded();
  void makeTables(double width);
  void microBatch(std::vector<std::pair<std::size_t, double>>& kept);
  Var logitsOf(const Var& hiddenStates);
  Var loss(Var hiddenStates);
  Var fusedLoss(const Var& hiddenStates);
  Var crossEntropy(const Var& logits);
  Var capped(Var logits);
  Var tiledLoss(const Var& hiddenStates);
  std::array<Var, 3> tiles(const Var& scored, const Parameter& weight, double compute, bool backward);
  Var pairedLoss(const Var& hiddenStates);
  Var answersOf(const Var& hiddenStates);
  Var chosenLoss(const Var& logits);
  Var scoresOf(const Var& logits);
  Var scoredLoss(Var hiddenStates);
  void referencePass();
  void forgetStates();
  void measured(const Var& logits);
  void optimizerStep();
  void dropCasts();
  double embeddingSums() const;

  Extent perToken(std::uint8_t dim) const { return t_.extent({n_, dim}); }

  Tape& t_;
  Shapes& s_;
  StepQuestion q_;
  const Model& m_;
  Operators o_;
  std::uint8_t n_ = 0, length_ = 0, batch_ = 0, hidden_ = 0, vocabulary_ = 0, rank_ = 0;
  Var cos_, sin_, labels_, mask_;
  std::vector<std::pair<Var, double>> states_;  // what outputs hold of the layers, and of how many
  bool withoutAdapters_ = false;
  std::size_t backwardAt_ = 0;    // events written when the backward pass began
  Var givenScores_, heldScores_;  // of a class that writes its attention out: this block's, the one's before
  std::vector<Var> cache_;        // keys and values that the output holds
  std::deque<Layer> layers_;
  LinearModule head_;
  Parameter embedding_, positions_, savedHead_;
  NormModule finalNorm_, embeddingNorm_;  // the second behind the embedding (BLOOM)
};

}  // namespace headroom::training::transformers
