#include "core/estimate/training/replay/transformers_step.h"

#include <algorithm>
#include <deque>
#include <memory>

#include "core/estimate/training/replay/operators.h"

namespace headroom::training {
namespace {

using Keep = Operators::Keep;
constexpr What kNorm{"norms: inputs and statistics"}, kQkv{"queries, keys and values"}, kMlp{"MLP activations"},
    kStream{"hidden states"}, kScores{"attention scores"}, kLogits{"logits and loss", ComponentId::logits},
    kRotary{"rotary embedding"};

// The tensors of one explicit layer.
struct Layer {
  const LayerKind* kind = nullptr;
  std::deque<LinearModule> linears;
  std::deque<NormModule> norms;
  LinearModule *q = nullptr, *k = nullptr, *v = nullptr, *qkv = nullptr, *o = nullptr, *gate = nullptr, *up = nullptr,
               *gateUp = nullptr, *down = nullptr;
  NormModule *inputNorm = nullptr, *postNorm = nullptr, *qNorm = nullptr, *kNorm = nullptr;
  double times = 1;
};

class TransformersStep {
 public:
  TransformersStep(Tape& tape, Shapes& shapes, const StepQuestion& q) : t(tape), s(shapes), q_(q), m(*q.model) {
    o.compute = q.computeWidth, o.autocast = q.autocast;
    n = s.dim(asked("tokens of a micro-batch", q.batch * q.context, Unit::tokens));
    length = s.dim(asked("tokens of a sequence", q.context, Unit::tokens));
    batch = s.dim(asked("sequences", q.batch, Unit::sequences));
    hidden = s.dim(fromModel("hidden size", static_cast<double>(m.hidden), Unit::elements));
    vocabulary = s.dim(fromModel("vocabulary", static_cast<double>(m.vocabulary), Unit::elements));
  }

  StepAnswer run();

 private:
  std::uint8_t modelDim(std::string_view name, std::int64_t value) {
    return s.dim(fromModel(name, static_cast<double>(value), Unit::elements));
  }
  std::uint8_t widthOf(std::int64_t value, std::string_view name) {
    return value == m.hidden ? hidden : modelDim(name, value);
  }
  Parameter parameter(std::initializer_list<std::uint8_t> dims, double width, double times) {
    Parameter p;
    p.extent = t.extent(dims);
    p.width = p.gradWidth = width, p.trains = q_.trainsWeights, p.times = times;
    return p;
  }
  LinearModule* linear(Layer& layer, TensorRole role, std::string_view in, std::string_view out);
  NormModule* addNorm(Layer& layer, std::uint8_t width);
  Layer makeLayer(const LayerKind& kind, double times);

  Var rms(const Var& x, NormModule& norm);
  Var normed(const Var& x, NormModule& norm) { return rms(x, norm); }
  Var linear(const Var& x, LinearModule& module, const What& what) { return o.product(x, module, what); }
  void rotate(Var& queries, Var& keys, const Layer& layer);
  Var attention(const Var& x, Layer& layer);
  Var repeated(const Var& x, const AttentionSpec& a);
  void cached(Var& x);
  Var eager(Var& queries, Var& keys, Var& values, Layer& layer);
  Var mlp(const Var& x, Layer& layer);
  Var block(Var x, Layer& layer);
  Var checkpointed(const Var& x, Layer& layer);
  Var layerOf(const Var& x, Layer& layer) { return q_.checkpointing ? checkpointed(x, layer) : block(x, layer); }
  Var loss(Var hiddenStates);
  void optimizerStep();
  Extent perToken(std::uint8_t dim) { return t.extent({n, dim}); }

  Tape& t;
  Shapes& s;
  StepQuestion q_;
  const Model& m;
  Operators o{t};
  std::uint8_t n = 0, length = 0, batch = 0, hidden = 0, vocabulary = 0;
  Var cos, sin, labels, mask_;
  std::vector<Var> cache_;  // keys and values that the output holds
  std::deque<Layer> layers_;
  std::deque<Parameter> others_;
  LinearModule head_;
  Parameter embedding_;
  NormModule finalNorm_;
  double gradientBytes_ = 0;
};

LinearModule* TransformersStep::linear(Layer& layer, TensorRole role, std::string_view in, std::string_view out) {
  LinearModule* found = nullptr;
  for (const Tensor& tensor : layer.kind->tensors) {
    if (tensor.role != role || tensor.buffer) continue;
    if (tensor.bias || tensor.columns == 1) {
      if (found == nullptr) continue;
      found->hasBias = true;
      found->bias = parameter({found->out}, q_.weightWidth, layer.times);
      continue;
    }
    LinearModule& made = layer.linears.emplace_back();
    made.exists = true;
    made.in = widthOf(tensor.columns, in), made.out = widthOf(tensor.rows, out);
    made.weight = parameter({made.out, made.in}, q_.weightWidth, layer.times);
    made.fourBit = q_.fourBit;
    found = &made;
  }
  return found;
}

NormModule* TransformersStep::addNorm(Layer& layer, std::uint8_t width) {
  NormModule& made = layer.norms.emplace_back();
  made.exists = true, made.width = width;
  made.weight = parameter({width}, q_.normWidth, layer.times);
  return &made;
}

Layer TransformersStep::makeLayer(const LayerKind& kind, double times) {
  Layer layer;
  layer.kind = &kind, layer.times = times;
  return layer;
}

// LlamaRMSNorm.forward (models/llama/modeling_llama.py, 4.46–5.24).
Var TransformersStep::rms(const Var& x, NormModule& norm) {
  const double width = x.width();
  Var y = o.cast(x, 4, kNorm);
  Extent each = y.extent();
  for (auto& d : each.dims)
    if (d == norm.width) {
      each.elements /= t.valueOf(d), d = 0;
      break;
    }
  Var variance = o.mean(o.unary(y, Keep::input, {"norms' squares"}), each);
  variance = o.unary(variance, Keep::nothing, kNorm);  // + epsilon
  variance = o.unary(variance, Keep::result, kNorm);
  y = o.multiply(y, variance, kNorm);
  const Var narrow = o.cast(y, width, kNorm);
  return o.weighted(narrow, norm.weight, kNorm);
}

// apply_rotary_pos_emb and rotate_half: queries and keys are rebound when both are done.
void TransformersStep::rotate(Var& queries, Var& keys, const Layer&) {
  const auto turned = [&](const Var& x) {
    const Var straight = o.multiply(x, cos, kRotary);
    Var half = o.slice(x, t.scaled(x.extent(), 0.5));
    const Var negative = o.unary(half, Keep::nothing, kRotary);
    half.reset();
    const Var other = o.slice(x, t.scaled(x.extent(), 0.5));
    Var across = t.apply({.extent = x.extent(),
                          .width = x.width(),
                          .what = kRotary,
                          .inputs = {{&negative, nullptr, Gradient::pass}, {&other, nullptr, Gradient::pass}},
                          .saved = {}});
    across = o.multiply(across, sin, kRotary);
    return o.add(straight, across, kQkv);
  };
  Var q = turned(queries);
  Var k = turned(keys);
  queries = std::move(q), keys = std::move(k);
}

Var TransformersStep::attention(const Var& x, Layer& layer) {
  const AttentionSpec& a = layer.kind->attention;
  Var queries = linear(x, *layer.q, kQkv);
  if (layer.qNorm != nullptr) queries = normed(queries, *layer.qNorm);
  Var keys = linear(x, *layer.k, kQkv);
  if (layer.kNorm != nullptr) keys = normed(keys, *layer.kNorm);
  Var values = linear(x, *layer.v, kQkv);
  rotate(queries, keys, layer);
  const std::uint8_t heads = modelDim("heads", a.heads);
  cached(keys), cached(values);
  if (q_.attention == AttentionPath::eager) return eager(queries, keys, values, layer);
  const bool window = a.window > 0 && static_cast<double>(a.window) <= q_.context;
  const bool repeats =
      a.kvHeads != a.heads && q_.attention == AttentionPath::sdpa && (q_.transformers < 44800 || window);
  Var k = repeats ? repeated(keys, a) : keys, v = repeats ? repeated(values, a) : values;
  if (o.autocast)
    queries = o.cast(queries, o.compute, kQkv), k = o.cast(k, o.compute, kQkv), v = o.cast(v, o.compute, kQkv);
  Var mask;
  if (window && q_.attention == AttentionPath::sdpa)
    mask = t.make(t.extent({batch, length, length}), queries.width(), {"attention masks"});
  const Var logSum = t.make(t.extent({n, heads}), 4, {"attention's log-sums"});
  const Var attended = t.apply({.extent = queries.extent(),
                                .width = queries.width(),
                                .what = {"attention output"},
                                .inputs = {{&queries}, {&k}, {&v}},
                                .saved = {&queries, &k, &v, &logSum, &mask},
                                .savesResult = true});
  return linear(attended, *layer.o, {"attention's projection"});
}

// repeat_kv: every head gets keys and values of its own.
Var TransformersStep::repeated(const Var& x, const AttentionSpec& a) {
  if (a.kvHeads == a.heads) return x;
  const Extent whole = t.scaled(x.extent(), static_cast<double>(a.heads) / static_cast<double>(a.kvHeads));
  return t.apply({.extent = whole, .width = x.width(), .what = kQkv, .inputs = {{&x}}, .saved = {}});
}

// DynamicLayer.update concatenates to an empty tensor (cache_utils.py, 4.56–4.57).
void TransformersStep::cached(Var& x) {
  if (!q_.useCache || !t.recording()) return;
  if (q_.transformers >= 45600) x = o.copied(x, kQkv);
  cache_.push_back(x);
}

// eager_attention_forward: the scores in the compute format, their softmax in fp32 and its narrow copy.
Var TransformersStep::eager(Var& queries, Var& keys, Var& values, Layer& layer) {
  const AttentionSpec& a = layer.kind->attention;
  const std::uint8_t heads = modelDim("heads", a.heads);
  const Extent scores = t.extent({n, heads, length});
  Var k = repeated(keys, a), v = repeated(values, a);
  const auto narrow = [&](const Var& x) { return o.autocast ? o.cast(x, o.compute, kQkv) : x; };
  Var weights;
  {
    const Var q = o.copied(narrow(queries), kQkv);
    const Var key = a.kvHeads == a.heads ? o.copied(narrow(k), kQkv) : narrow(k);
    weights =
        t.apply({.extent = scores, .width = q.width(), .what = kScores, .inputs = {{&q}, {&key}}, .saved = {&q, &key}});
  }
  weights = o.unary(weights, Keep::nothing, kScores);  // × 1/√d
  weights = t.apply({.extent = scores,
                     .width = weights.width(),
                     .what = kScores,
                     .inputs = {{&weights, nullptr, Gradient::pass}},
                     .saved = {}});  // + mask
  {
    const double width = weights.width();
    Var soft;
    {
      const Var wide = o.cast(weights, 4, kScores);
      soft = o.unary(wide, Keep::result, kScores);
    }
    weights = o.cast(soft, queries.width() < 4 ? queries.width() : width, kScores);
  }
  Var out;
  {
    const Var value = a.kvHeads == a.heads ? o.copied(narrow(v), kQkv) : narrow(v);
    const Var p = narrow(weights);
    out = t.apply({.extent = queries.extent(),
                   .width = value.width(),
                   .what = {"attention output"},
                   .inputs = {{&p}, {&value}},
                   .saved = {&p, &value}});
  }
  out = o.copied(out, {"attention output"});
  return linear(out, *layer.o, {"attention's projection"});
}

Var TransformersStep::mlp(const Var& x, Layer& layer) {
  Var gate = linear(x, *layer.gate, kMlp);
  gate = o.unary(gate, Keep::input, kMlp);
  Var up = linear(x, *layer.up, kMlp);
  const Var product = o.multiply(gate, up, kMlp);
  gate.reset(), up.reset();
  return linear(product, *layer.down, {"MLP's projection"});
}

// LlamaDecoderLayer.forward.
Var TransformersStep::block(Var x, Layer& layer) {
  Var residual = x;
  x = normed(x, *layer.inputNorm);
  x = attention(x, layer);
  x = o.add(residual, x, kStream);
  residual = x;
  x = normed(x, *layer.postNorm);
  x = mlp(x, layer);
  x = o.add(residual, x, kStream);
  return x;
}

// torch/utils/checkpoint.py (2.13). Reentrant: CheckpointFunction holds the gradient and the recomputed result while it
// runs backward; otherwise the recomputation stops when the last saved tensor is there.
Var TransformersStep::checkpointed(const Var& x, Layer& layer) {
  const bool recorded = t.recording();
  t.record(false);
  Var out = block(x, layer);
  t.record(recorded);
  if (!recorded || (!x.needsGrad() && !q_.trainsWeights)) return out;
  Layer* const which = &layer;
  const Var input = t.detach(x);
  return t.custom(out, x, {&input}, [this, which, input](Var gradient) {
    const Var held = q_.reentrant ? gradient : Var();
    const std::size_t floor = t.mark();
    t.record(true);
    const Var leaf = t.leaf(input);
    Var again = block(leaf, *which);
    if (o.autocast)
      for (LinearModule& linear : which->linears) linear.weight.cast.reset();
    t.backward(again, std::move(gradient), floor);
    return t.gradientOf(leaf);
  });
}

// ForCausalLMLoss (loss/loss_utils.py, 4.57–5.24; 4.46 shifts the logits and copies them).
Var TransformersStep::loss(Var hiddenStates) {
  Var logits = o.product(hiddenStates, head_, kLogits);
  hiddenStates.reset();
  t.phase(Phase::loss);
  const Var upcast = o.cast(logits, 4, kLogits);
  Var wide = upcast;
  if (q_.transformers < 44800 && q_.batch > 1)
    wide = o.copied(o.slice(upcast, t.scaled(upcast.extent(), 1 - 1 / q_.context)), kLogits);
  const Var probabilities = o.unary(wide, Keep::result, kLogits);
  Extent scalar;
  scalar.elements = 1;
  Var loss = t.apply({.extent = scalar,
                      .width = 4,
                      .what = kLogits,
                      .inputs = {{&probabilities}},
                      .saved = {&probabilities, &labels}});
  cache_.clear();
  return loss;
}

StepAnswer TransformersStep::run() {
  using enum TensorRole;
  StepAnswer answer;
  // The model's tensors, for as many layers as are replayed one by one.
  const auto count = static_cast<double>(m.layers());
  const bool few = count <= 3;
  const std::size_t explicitLayers = few ? static_cast<std::size_t>(count) : 3;
  for (std::size_t i = 0; i < explicitLayers; ++i) {
    Layer& layer = layers_.emplace_back();
    layer.kind = &m.layer(i == 2 ? static_cast<std::size_t>(m.layers()) - 1 : i);
    layer.times = !few && i == 1 ? count - 2 : 1;
    layer.q = linear(layer, q_proj, {}, "query width"), layer.k = linear(layer, k_proj, {}, "key width");
    layer.v = linear(layer, v_proj, {}, "value width"), layer.o = linear(layer, o_proj, "query width", {});
    layer.gate = linear(layer, gate_proj, {}, "intermediate size");
    layer.up = linear(layer, up_proj, {}, "intermediate size");
    layer.down = linear(layer, down_proj, "intermediate size", {});
    layer.inputNorm = addNorm(layer, hidden), layer.postNorm = addNorm(layer, hidden);
    if (layer.kind->attention.qkNorm) {
      const std::uint8_t width = modelDim("head size", layer.kind->attention.headDim);
      layer.qNorm = addNorm(layer, width), layer.kNorm = addNorm(layer, width);
    }
  }
  embedding_ = parameter({vocabulary, hidden}, q_.embeddingWidth, 1);
  head_.exists = true, head_.in = hidden, head_.out = vocabulary;
  head_.weight = parameter({vocabulary, hidden}, q_.embeddingWidth, 1);
  finalNorm_.width = hidden, finalNorm_.weight = parameter({hidden}, q_.normWidth, 1);

  const auto give = [&](Parameter& p) {
    if (q_.gradientsThere && p.trains)
      p.gradient = t.make(t.scaled(p.extent, p.times), p.gradWidth, {"gradients", ComponentId::gradients});
  };
  for (Layer& layer : layers_) {
    for (LinearModule& l : layer.linears) {
      give(l.weight);
      if (l.hasBias) give(l.bias);
    }
    for (NormModule& l : layer.norms) give(l.weight);
  }
  give(embedding_), give(finalNorm_.weight);
  if (!m.tiedHead) give(head_.weight);

  t.phase(Phase::forward);
  Extent ids = t.extent({n});
  const Var inputIds = t.make(ids, 8, {"token ids"}), mask = t.make(ids, 8, {"token ids"});
  labels = t.make(ids, 8, {"token ids"});
  Var x = t.apply({.extent = perToken(hidden),
                   .width = q_.embeddingWidth,
                   .what = kStream,
                   .inputs = {{nullptr, &embedding_}},
                   .saved = {&inputIds}});
  const std::uint8_t headSize = modelDim("head size", m.layer(0).attention.headDim);
  cos = t.make(t.extent({length, headSize}), x.width(), kRotary);
  sin = t.make(t.extent({length, headSize}), x.width(), kRotary);
  if (q_.attention == AttentionPath::eager)
    mask_ = t.make(t.extent({batch, length, length}), x.width(), {"attention masks"});
  double before = t.alive();
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    Layer& layer = layers_[i];
    if (layer.times > 1) t.openUnit(layer.times);
    before = t.alive();
    {
      Var next = layerOf(x, layer);  // the loop's variable holds the layer's input until it returns
      if (i == 1 || layers_.size() == 1)
        answer.kept = q_.checkpointing ? perToken(hidden).elements * next.width() : t.alive() - before;
      x = std::move(next);
    }
    if (layer.times > 1) t.closeUnit();
    if (i == 2) t.seal();
  }
  x = normed(x, finalNorm_);
  if (!q_.checkpointing) cos.reset(), sin.reset(), mask_.reset();
  if (m.tiedHead) head_.tied = &embedding_, embedding_.uses = 2;
  Var result = loss(std::move(x));
  for (Layer& layer : layers_)
    for (LinearModule& l : layer.linears) l.weight.cast.reset();
  head_.matrix().cast.reset();
  t.phase(Phase::backward);
  Extent scalar;
  scalar.elements = 1;
  Var one = t.make(scalar, 4, kLogits);
  t.backward(result, std::move(one));
  result.reset();
  t.phase(Phase::step);
  optimizerStep();
  return answer;
}

// torch/optim (2.13): _multi_tensor_adamw makes the roots of all second moments at once, _single_tensor_adamw two
// tensors of one parameter; fused kernels and momentum work in place. transformers/optimization.py, Adafactor.step: the
// gradient and the weight in fp32, the update and its square.
void TransformersStep::optimizerStep() {
  const What what{"optimizer step", ComponentId::workspace};
  double all = 0, largest = 0;
  const auto visit = [&](const Parameter& p) {
    if (!p.trains) return;
    all += p.extent.elements * p.times;
    largest = std::max(largest, p.extent.elements);
  };
  for (const Layer& layer : layers_) {
    for (const LinearModule& l : layer.linears) {
      visit(l.weight);
      if (l.hasBias) visit(l.bias);
    }
    for (const NormModule& l : layer.norms) visit(l.weight);
  }
  visit(embedding_), visit(finalNorm_.weight);
  if (!m.tiedHead) visit(head_.weight);
  double bytes = 0;
  if (q_.optimizer == StepOptimizer::adamw && q_.loop == StepLoop::foreach) bytes = all * q_.stateWidth;
  if (q_.optimizer == StepOptimizer::adamw && q_.loop == StepLoop::each) bytes = 2 * largest * q_.stateWidth;
  if (q_.optimizer == StepOptimizer::adafactor) bytes = 4 * largest * 4;
  if (bytes <= 0) return;
  Extent extent;
  extent.elements = extent.count = bytes;
  const Var temporary = t.make(extent, 1, what);
}

}  // namespace

StepAnswer replayTransformers(Tape& tape, Shapes& shapes, const StepQuestion& question) {
  TransformersStep step(tape, shapes, question);
  return step.run();
}

}  // namespace headroom::training
