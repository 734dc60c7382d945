// Sources: megatron/core (0.16.1): transformer/transformer_layer.py, attention.py, dot_product_attention.py, mlp.py,
// fusions/fused_softmax.py, fused_bias_dropout.py, models/common/embeddings, tensor_parallel/layers.py, random.py,
// cross_entropy.py, with the library's own defaults (no fused kernels).
#include "core/estimate/training/replay/megatron_step.h"

#include <utility>

#include "core/estimate/training/replay/step_program.h"

namespace headroom::training {
namespace {

class MegatronStep : StepProgram {
 public:
  MegatronStep(Tape& tape, Shapes& shapes, const StepQuestion& q) : StepProgram(tape, shapes, q) {}
  StepAnswer run();

 private:
  void build();
  void gradientsIntoBuffer();
  Var linear(const Var& x, LinearModule& module, const What& what);
  Var normed(const Var& x, NormModule& norm);
  Var added(const Var& x, const Var& residual);
  Var rotated(const Var& x);
  Var coreAttention(const Var& query, const Var& keys, const Var& values, const AttentionSpec& a);
  Var recomputedCore(const Var& query, const Var& keys, const Var& values, const AttentionSpec& a);
  Var attention(const Var& x, LayerModules& layer);
  Var mlp(const Var& x, LayerModules& layer);
  Var block(const Var& x, LayerModules& layer);
  Var embedded(const Var& ids);
  Var lossOf(const Var& hiddenStates, const Var& labels);
  // Of a layer's width the part that the rank has.
  std::uint8_t part(std::int64_t value, std::string_view name) {
    return modelDim(name, static_cast<double>(value) / q_.tensorRanks);
  }

  std::uint8_t words_ = 0;  // of the vocabulary that the rank has
  Var mask_;
};

void MegatronStep::build() {
  words_ = q_.tensorRanks > 1 ? part(m.vocabulary, "vocabulary of the rank") : vocabulary;
  makeLayers([&](LayerModules& layer) {
    const AttentionSpec& a = layer.kind->attention;
    const std::uint8_t queries = part(a.heads * a.headDim, "query width"),
                       all = part((a.heads + 2 * a.kvHeads) * a.headDim, "queries, keys and values"),
                       inner = part(layer.kind->mlp.intermediate, "intermediate size"),
                       both = part(2 * layer.kind->mlp.intermediate, "gate and up");
    layer.input = addNorm(layer, hidden, false);
    layer.qkv = addLinear(layer, hidden, all, hasBias(*layer.kind, {TensorRole::q_proj}));
    if (a.qkNorm) {
      const std::uint8_t width = modelDim("head size", static_cast<double>(a.headDim));
      layer.qNorm = addNorm(layer, width, false), layer.kNorm = addNorm(layer, width, false);
    }
    layer.o = addLinear(layer, queries, hidden, false);
    layer.post = addNorm(layer, hidden, false);
    layer.up = addLinear(layer, hidden, both, false), layer.down = addLinear(layer, inner, hidden, false);
  });
  embedding_ = parameter({words_, hidden}, q_.embeddingWidth, 1);
  head_.in = hidden, head_.out = words_;
  if (m.tiedHead) {
    head_.tied = &embedding_;
    embedding_.uses = 2, embedding_.sumsInPlace = true;
  } else {
    head_.weight = parameter({words_, hidden}, q_.weightWidth, 1);
  }
  finalNorm_.width = hidden, finalNorm_.weight = parameter({hidden}, q_.normWidth, 1);
  gradientsIntoBuffer();
}

// distributed/distributed_data_parallel.py: a hook adds a parameter's gradient to its part of the buffer and lets it
// go.
void MegatronStep::gradientsIntoBuffer() {
  forEachParameter([](Parameter& p) { p.streams = true; });
}

// LinearWithGradAccumulationAndAsyncCommunication: saves its input; ranks' parts are summed in place.
Var MegatronStep::linear(const Var& x, LinearModule& module, const What& what) {
  const Extent extent = o.through(x, module.in, module.out);
  Parameter* bias = module.hasBias ? &module.bias : nullptr;
  Var out = t.apply({.extent = extent,
                     .width = x.width(),
                     .what = what,
                     .inputs = {{nullptr, &module.matrix()}, {&x}, {nullptr, bias}},
                     .saved = {&x}});
  return bias != nullptr ? o.copied(out, what) : out;
}

// torch.nn.RMSNorm: the fused kernel.
Var MegatronStep::normed(const Var& x, NormModule& norm) {
  const Var deviation = t.make(t.without(x.extent(), norm.width), 4, {"statistics"});
  return t.apply({.extent = x.extent(),
                  .width = x.width(),
                  .what = kNorm,
                  .inputs = {{&x}, {nullptr, &norm.weight}},
                  .saved = {&x, &deviation}});
}

// _bias_dropout_add_func.
Var MegatronStep::added(const Var& x, const Var& residual) {
  const Var out = q_.hiddenDropout ? o.dropout(x, kStream) : x;
  return o.add(residual, out, kStream);
}

// _apply_rotary_pos_emb_bshd. The part of a head that is not turned is empty, yet its gradient is a whole tensor.
Var MegatronStep::rotated(const Var& x) {
  const std::uint8_t width = modelDim("rotary width", static_cast<double>(m.layer(0).attention.headDim));
  const Extent table = t.extent({length, width});
  const auto narrow = [&] {
    Var wide = t.make(table, 4, kRotary);
    wide = t.make(table, 4, kRotary);
    return t.make(table, x.width(), kRotary);
  };
  const Var rest = o.slice(x, Extent{});
  const Var cos = narrow(), sin = narrow();
  Var turned;
  {
    const Var straight = o.multiply(x, cos, kRotary);
    Var across;
    {
      const Var halves = o.split(x);
      const Extent half = t.scaled(x.extent(), 0.5);
      const Var first = t.view(halves, half), second = t.view(halves, half);
      Var other;
      {
        const Var negative = o.unary(second, Keep::nothing, kRotary);
        other = o.joined({&negative, &first}, x.extent(), x.width(), kRotary);
      }
      across = o.multiply(other, sin, kRotary);
    }
    turned = o.add(straight, across, kRotary);
  }
  return o.joined({&turned, &rest}, x.extent(), x.width(), kQkv);
}

// DotProductAttention and FusedScaleMaskSoftmax.forward_torch_softmax.
Var MegatronStep::coreAttention(const Var& query, const Var& keys, const Var& values, const AttentionSpec& a) {
  const double repeat = static_cast<double>(a.heads) / static_cast<double>(a.kvHeads);
  const Var k = o.repeated(keys, repeat, kQkv), v = o.repeated(values, repeat, kQkv);
  const Extent extent = t.extent({n, part(a.heads, "heads"), length});
  // The product of keys and queries is scaled once more in backward.
  const Var scores = t.apply({.extent = extent,
                              .width = query.width(),
                              .what = kScores,
                              .inputs = {{&query}, {&k}},
                              .saved = {&query, &k},
                              .work = query.extent().elements * query.width()});
  Var probabilities;
  {
    Var wide = o.cast(scores, 4, kScores);
    wide = t.apply(
        {.extent = extent, .width = 4, .what = kScores, .inputs = {{&wide}}, .saved = {&mask_}, .inPlace = true});
    const Var soft = o.unary(wide, Keep::result, kScores);
    probabilities = o.cast(soft, query.width(), kScores);
  }
  if (q_.attentionDropout) probabilities = o.dropout(probabilities, kScores);
  const Var context = t.apply({.extent = query.extent(),
                               .width = query.width(),
                               .what = {"attention output"},
                               .inputs = {{&probabilities}, {&v}},
                               .saved = {&probabilities, &v}});
  return o.copied(context, {"attention output"});
}

// _checkpointed_attention_forward through tensor_parallel/random.py, CheckpointFunction.
Var MegatronStep::recomputedCore(const Var& query, const Var& keys, const Var& values, const AttentionSpec& a) {
  t.record(false);
  const Var out = coreAttention(query, keys, values, a);
  t.record(true);
  const Var q = t.detach(query), k = t.detach(keys), v = t.detach(values);
  return t.custom(out, {&query, &keys, &values}, {&q, &k, &v}, [this, q, k, v, &a](Var gradient) {
    const Var held = gradient;
    const std::size_t floor = t.mark();
    const Var leafQ = t.leaf(q), leafK = t.leaf(k), leafV = t.leaf(v);
    const Var again = coreAttention(leafQ, leafK, leafV, a);
    t.backward(again, std::move(gradient), floor);
    Tape::Gradients gradients{t.gradientOf(leafQ), t.gradientOf(leafK), t.gradientOf(leafV)};
    // What comes in another order than the leaf has is copied (functions/accumulate_grad.h).
    gradients[0] = t.make(leafQ.extent(), leafQ.width(), {"gradients in flight"});
    return gradients;
  });
}

// SelfAttention.forward: the variable with what the projection gave lives as long as the module's forward.
Var MegatronStep::attention(const Var& x, LayerModules& layer) {
  const AttentionSpec& a = layer.kind->attention;
  const bool grouped = a.heads != a.kvHeads;
  const Extent many = t.extent({n, part(a.heads * a.headDim, "query width")}),
               few = t.extent({n, part(a.kvHeads * a.headDim, "key width")});
  Var first, second, v;
  {
    const Var joined = linear(x, *layer.qkv, kQkv);
    const Var parts = o.split(joined);
    first = t.view(parts, many), second = t.view(parts, few), v = t.view(parts, few);
    if (grouped) first = o.copied(first, kQkv);  // the queries of all groups in a row
  }
  if (layer.qNorm != nullptr) first = normed(first, *layer.qNorm), second = normed(second, *layer.kNorm);
  const Var q = rotated(first), k = rotated(second);
  const Var core = q_.selective ? recomputedCore(q, k, v, a) : coreAttention(q, k, v, a);
  return linear(core, *layer.o, {"attention's projection"});
}

// MLP.forward without fused activation: the linear half gets an offset of zero.
Var MegatronStep::mlp(const Var& x, LayerModules& layer) {
  Var product;
  {
    const Var both = linear(x, *layer.up, kMlp);
    const Var parts = o.split(both);
    const Extent half = t.extent({n, layer.down->in});
    const Var gate = t.view(parts, half), up = t.view(parts, half);
    const Var active = o.unary(gate, Keep::input, kMlp);
    const Var shifted = t.apply(
        {.extent = half, .width = up.width(), .what = kMlp, .inputs = {{&up, nullptr, Gradient::pass}}, .saved = {}});
    product = o.multiply(active, shifted, kMlp);
  }
  return linear(product, *layer.down, {"MLP's projection"});
}

// TransformerLayer.forward.
Var MegatronStep::block(const Var& x, LayerModules& layer) {
  Var h;
  {
    const Var normal = normed(x, *layer.input);
    const Var out = attention(normal, layer);
    h = added(out, x);
  }
  const Var normal = normed(h, *layer.post);
  const Var out = mlp(normal, layer);
  return added(out, h);
}

// LanguageModelEmbedding.forward: [batch, sequence] becomes [sequence, batch].
Var MegatronStep::embedded(const Var& ids) {
  Var own = ids, outside;
  if (q_.tensorRanks > 1)
    outside = t.make(ids.extent(), 1, {"token ids"}), own = t.make(ids.extent(), 8, {"token ids"});
  Var h = t.apply({.extent = perToken(hidden),
                   .width = q_.embeddingWidth,
                   .what = kStream,
                   .inputs = {{nullptr, &embedding_}},
                   .saved = {&own, &outside}});
  if (q_.batch > 1) h = o.copied(h, kStream);
  return q_.hiddenDropout ? o.dropout(h, kStream) : h;
}

// _VocabParallelCrossEntropy: the softmax in fp32 becomes the gradient in place, which is then narrowed for the logits.
Var MegatronStep::lossOf(const Var& hiddenStates, const Var& labels) {
  const Var logits = linear(hiddenStates, head_, kLogits);
  const Extent rows = t.extent({n});
  const Var target = q_.batch > 1 ? t.make(rows, 8, {"token ids"}) : labels;
  const Var soft = t.make(logits.extent(), 4, kLogits);
  const Var largest = t.make(rows, 4, kLogits), outside = t.make(rows, 1, kLogits);
  Var own = t.make(rows, 8, kLogits);
  own = t.make(rows, 8, kLogits);
  {
    const Var places = t.make(rows, 8, kLogits), chosen = t.make(rows, 4, kLogits);
    const Var copy = t.make(rows, 4, kLogits);
  }
  const Var loss = t.make(rows, 4, kLogits);
  const Extent extent = logits.extent();
  const double width = logits.width();
  return t.custom(loss, logits, {&soft, &outside, &own},
                  [this, extent, width](const Var&) { return t.make(extent, width, kLogits); });
}

StepAnswer MegatronStep::run() {
  build();
  t.phase(Phase::forward);
  t.forgetPeaks();
  const What ids{"token ids"};
  const Extent rows = t.extent({n});
  const Var tokens = t.make(rows, 8, ids), labels = t.make(rows, 8, ids), positions = t.make(rows, 8, ids);
  mask_ = t.make(t.extent({length, length}), 1, {"attention masks"});
  const AttentionSpec& a = m.layer(0).attention;
  const std::uint8_t width = modelDim("rotary width", static_cast<double>(a.headDim));
  const Var table = t.make(t.extent({length, width}), 4, {"rotary tables"});
  // utils.py, GlobalMemoryBuffer: what the scores' product is given to write into and does not read is never let go.
  const Var buffer = t.make(t.extent({n, part(a.heads, "heads"), length}), q_.computeWidth,
                            {"buffer of the scores' product", ComponentId::workspace});
  Var loss;
  {
    Var h = embedded(tokens);
    h = throughLayers(std::move(h), [this](const Var& x, LayerModules& layer) {
      if (!q_.checkpointing || q_.selective) return block(x, layer);
      return reentrant(x, [this, &layer](const Var& in) { return block(in, layer); });
    });
    h = normed(h, finalNorm_);
    loss = lossOf(h, labels);
  }
  t.phase(Phase::loss);
  Var mean = t.apply({.extent = plain(1), .width = 4, .what = kLogits, .inputs = {{&loss}}, .saved = {}});
  t.phase(Phase::backward);
  loss.reset();
  Var one = scalar(4);
  t.backward(mean, std::move(one));
  t.phase(Phase::step);
  mask_.reset();
  return answer_;
}

}  // namespace

StepAnswer replayMegatron(Tape& tape, Shapes& shapes, const StepQuestion& question) {
  return MegatronStep(tape, shapes, question).run();
}

}  // namespace headroom::training
