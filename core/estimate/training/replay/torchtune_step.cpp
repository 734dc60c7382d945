#include "core/estimate/training/replay/torchtune_step.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/estimate/training/replay/step_program.h"

namespace headroom::training {
namespace {

// What differs between releases and builders.
struct Habits {
  bool torchNorm = true;            // F.rms_norm on the fp32 copy (modules/rms_norm.py, 0.5; before: by hand)
  bool expandsAfterTurning = true;  // keys and values are repeated behind the transposition (modules/attention.py, 0.5)
  bool packsUnadapted = true;  // Linears without adapter are 4-bit as well (FrozenNF4Linear; models/qwen2 has none)
  bool dropsHead = true;       // the head's adapter has the dropout (models/mistral gives it none)
  bool tablePerLayer = false;  // every layer has a rotary table of its own, over all positions
};

// models/*/_component_builders.py: attention with adapters makes a table; one without gets the model's, which came out
// as copies where TransformerDecoder cloned a layer (modules/transformer.py, until 0.5). Builders from Llama 3.1 on
// hand one to all layers.
bool makesTables(int release, const Model& model, bool adapters) {
  const bool scaled = model.family == "llama" && model.maxContext > 65536;
  return !scaled && (adapters || (release < 600 && model.family != "gemma2"));
}

Habits habitsOf(int release, const Model& model, bool adapters) {
  const std::string& family = model.family;
  Habits h;
  h.tablePerLayer = makesTables(release, model, adapters);
  h.torchNorm = h.expandsAfterTurning = release >= 500;
  h.packsUnadapted = !family.starts_with("qwen2");
  h.dropsHead = family != "mistral";
  return h;
}

// How queries and keys are turned.
enum class Rotary : std::uint8_t {
  interleaved,  // modules/position_embeddings.py: pairs, in fp32
  halves,       // models/qwen2/_positional_embeddings.py: tables cast to the input's format
  fp32_halves,  // models/phi3/_position_embeddings.py: tables in fp32
};

class TorchtuneStep : StepProgram {
 public:
  TorchtuneStep(Tape& tape, Shapes& shapes, const StepQuestion& q) : StepProgram(tape, shapes, q) {
    h_ = habitsOf(q.release, m, q.rank > 0);
    rotary_ = m.family.starts_with("qwen2") ? Rotary::halves
              : m.family.starts_with("phi") ? Rotary::fp32_halves
                                            : Rotary::interleaved;
  }
  StepAnswer run();

 private:
  void build();
  Var packed(const Var& x, LinearModule& module, const What& what);
  Var unpacked(const Extent& weight);
  Var linear(const Var& x, LinearModule& module, const What& what);
  Var dora(const Var& x, LinearModule& module, const What& what);
  Var normed(const Var& x, NormModule& norm);
  Var turned(const Var& x);
  Var attention(const Var& x, LayerModules& layer);
  Var cappedScores(const Var& q, const Var& k, const Var& v, const AttentionSpec& a);
  Var mlp(const Var& x, LayerModules& layer);
  Var block(const Var& x, LayerModules& layer);
  std::vector<Var> forward();
  Var lossOf(const std::vector<Var>& logits);

  Habits h_;
  Rotary rotary_ = Rotary::interleaved;
  Var table_, labels_;
};

// ---- modules

void TorchtuneStep::build() {
  using enum TensorRole;
  makeLayers([&](LayerModules& layer) {
    const LayerKind& kind = *layer.kind;
    const AttentionSpec& a = kind.attention;
    const auto linear = [&](std::uint8_t in, std::uint8_t out, bool bias, bool adapted) {
      LinearModule* made = addLinear(layer, in, out, bias);
      made->fourBit = q_.fourBit && (adapted || h_.packsUnadapted);
      if (!adapted) return made;
      adapt(*made, layer.times);
      if (q_.dora) {
        made->magnitude = parameter({out}, q_.adapterWidth, layer.times);
        made->magnitude.trains = true;
      }
      return made;
    };
    const std::uint8_t queries = widthOf(a.heads * a.headDim, "query width"),
                       keys = widthOf(a.kvHeads * a.headDim, "key width"),
                       inner = widthOf(kind.mlp.intermediate, "intermediate size");
    const bool biased = hasBias(kind, {q_proj});
    layer.q = linear(hidden, queries, biased, adapts(q_proj));
    layer.k = linear(hidden, keys, biased, adapts(k_proj));
    layer.v = linear(hidden, keys, biased, adapts(v_proj));
    layer.o = linear(queries, hidden, false, adapts(o_proj));
    layer.gate = linear(hidden, inner, false, adapts(gate_proj));
    layer.up = linear(hidden, inner, false, adapts(gate_proj));
    layer.down = linear(inner, hidden, false, adapts(gate_proj));
    layer.input = addNorm(layer, hidden, false), layer.post = addNorm(layer, hidden, false);
    if (kind.normsPerLayer > 2)
      layer.afterAttention = addNorm(layer, hidden, false), layer.afterMlp = addNorm(layer, hidden, false);
  });
  embedding_ = parameter({vocabulary, hidden}, q_.embeddingWidth, 1);
  head_.in = hidden, head_.out = vocabulary;
  if (m.tiedHead) {
    head_.tied = &embedding_;
  } else {
    head_.weight = parameter({vocabulary, hidden}, q_.weightWidth, 1);
    if (adapts(head)) {
      adapt(head_, 1);
      head_.dropout = head_.dropout && h_.dropsHead;
    }
  }
  finalNorm_.width = hidden, finalNorm_.weight = parameter({hidden}, q_.normWidth, 1);
  const double chunks = std::ceil(q_.context / std::ceil(q_.context / q_.lossChunks));
  head_.matrix().uses = static_cast<int>(chunks) + (m.tiedHead ? 1 : 0);
}

// torchao/dtypes/nf4tensor.py (0.9), NF4Tensor.to: two 64-bit indices, the looked-up halves, their scaled copies and
// the joined weight are alive at once: 14 bytes per element and the blocks' scales.
Var TorchtuneStep::unpacked(const Extent& weight) {
  constexpr What kWritten{"weights written out of 4 bits", ComponentId::workspace};
  const Var work = t.make(t.scaled(weight, 12 + 2.0 / 64), 1, kWritten);
  return t.make(weight, q_.computeWidth, kWritten);
}

Var TorchtuneStep::packed(const Var& x, LinearModule& module, const What& what) {
  const Extent weight = module.weight.extent, in = x.extent();
  const double width = x.width();
  Var out;
  {
    const Var written = unpacked(weight);
    out = t.make(o.through(x, module.in, module.out), width, what);
  }
  if (x.needsGrad()) {
    const Var parameter = buffer(weight, 0.5);
    out = t.custom(out, x, {&parameter}, [this, weight, in, width](const Var&) {
      const Var written = unpacked(weight);
      return t.make(in, width, {"gradients in flight"});
    });
  }
  return module.hasBias ? o.copied(out, what) : out;
}

// LoRALinear.forward (modules/peft/lora.py).
Var TorchtuneStep::linear(const Var& x, LinearModule& module, const What& what) {
  if (module.adapted && q_.dora) return dora(x, module, what);
  const Var out = module.fourBit ? packed(x, module, what) : o.product(x, module, what);
  if (!module.adapted) return out;
  Var low;
  {
    const Var dropped = module.dropout ? o.dropout(x, kAdapter) : x;
    low = o.times(dropped, module.a, module.in, rank_, kAdapter);
  }
  {
    const Var wide = o.times(low, module.b, rank_, module.out, kAdapter);
    low = o.unary(wide, Keep::nothing, kAdapter);
  }
  return o.add(out, low, what);
}

// DoRALinear.forward (modules/peft/dora.py).
Var TorchtuneStep::dora(const Var& input, LinearModule& module, const What& what) {
  const Var base = module.fourBit ? packed(input, module, what) : o.product(input, module, what);
  const Var x = module.dropout ? o.dropout(input, kAdapter) : input;
  Var low;
  {
    const Var first = o.times(x, module.a, module.in, rank_, kAdapter);
    low = o.times(first, module.b, rank_, module.out, kAdapter);
  }
  constexpr What kDense{"adapters' dense product", ComponentId::workspace};
  const double width = x.width();
  const Var eye = t.make(t.extent({module.in, module.in}), width, kDense);
  const Var first = t.make(t.extent({module.in, rank_}), width, kDense);
  const Var dense = t.make(t.extent({module.in, module.out}), width, kDense);
  Var weight;
  if (module.fourBit) weight = unpacked(module.weight.extent);
  {
    Var sum;
    {
      const Var scaled = t.make(module.weight.extent, width, kDense);
      sum = t.make(module.weight.extent, width, kDense);
    }
  }
  const Extent each = t.extent({module.out});
  const Var norm = t.make(each, width, kAdapter);
  const Var scale = t.apply(
      {.extent = each, .width = width, .what = kAdapter, .inputs = {{nullptr, &module.magnitude}}, .saved = {&norm}});
  Var out;
  {
    Var less, more;
    {
      const Var minus = o.unary(scale, Keep::nothing, kAdapter);
      less = o.multiply(minus, base, kAdapter);
    }
    {
      const Var times = o.multiply(scale, low, kAdapter);
      more = o.unary(times, Keep::nothing, kAdapter);
    }
    out = o.add(less, more, kAdapter);
  }
  return o.add(out, base, what);
}

// RMSNorm and GemmaRMSNorm.forward (modules/rms_norm.py, models/gemma/rms_norm.py).
Var TorchtuneStep::normed(const Var& input, NormModule& norm) {
  const double width = input.width();
  const bool gemma = m.layer(0).norm == NormKind::rms_gemma;
  const Extent each = t.without(input.extent(), norm.width);
  if (!gemma && h_.torchNorm && width == 4) {  // one formats for all: the fused kernel
    const Var deviation = t.make(each, 4, {"statistics"});
    return t.apply({.extent = input.extent(),
                    .width = 4,
                    .what = kNorm,
                    .inputs = {{&input}, {nullptr, &norm.weight}},
                    .saved = {&input, &deviation}});
  }
  const Var x = o.cast(input, 4, kNorm);
  Var deviation;
  {
    Var mean;
    {
      const Var squares = o.squared(x);
      mean = o.mean(squares, each);
    }
    if (gemma || !h_.torchNorm) mean = o.unary(mean, Keep::nothing, kNorm);  // + epsilon, else in place
    deviation = o.unary(mean, Keep::result, kNorm);
  }
  Var y = o.multiply(x, deviation, kNorm);
  deviation.reset();
  if (!gemma && !h_.torchNorm) {
    y = o.cast(y, width, kNorm);
    return o.weighted(y, norm.weight, kNorm);
  }
  Var multiplier;
  if (gemma) {
    const Var wide = norm.weight.width < 4 ? t.make(norm.weight.extent, 4, kNorm) : Var();
    multiplier = t.make(norm.weight.extent, 4, kNorm);
  }
  y = t.apply({.extent = y.extent(),
               .width = 4,
               .what = kNorm,
               .inputs = {{&y}, {nullptr, &norm.weight, Gradient::reduced}},
               .saved = {y.needsGrad() ? &multiplier : nullptr, norm.weight.trains ? &y : nullptr}});
  return o.cast(y, width, kNorm);
}

// ---- attention

Var TorchtuneStep::turned(const Var& x) {
  const Extent half = t.scaled(x.extent(), 0.5);
  if (rotary_ != Rotary::interleaved) {
    Var cos = table_, sin = table_;
    if (rotary_ == Rotary::halves && x.width() < 4)
      cos = t.make(table_.extent(), x.width(), kRotary), sin = t.make(table_.extent(), x.width(), kRotary);
    const Var x1 = o.slice(x, half), x2 = o.slice(x, half);
    Var rotated;
    {
      const Var negative = o.unary(x2, Keep::nothing, kRotary);
      rotated = o.joined({&negative, &x1}, x.extent(), x.width(), kRotary);
    }
    Var out;
    {
      const Var straight = o.multiply(x, cos, kRotary), across = o.multiply(rotated, sin, kRotary);
      out = o.add(straight, across, kRotary);
    }
    return o.cast(out, x.width(), kQkv);
  }
  const Var wide = o.cast(x, 4, kRotary);
  const auto part = [&] {
    const Var chosen = o.slice(wide, half);
    return o.multiply(chosen, table_, kRotary);
  };
  Var out;
  {
    Var real, imaginary;
    {
      const Var a = part(), b = part();
      const auto how = Input{&b};
      real = t.apply(
          {.extent = half, .width = 4, .what = kRotary, .inputs = {{&a, nullptr, Gradient::pass}, how}, .saved = {}});
    }
    {
      const Var a = part(), b = part();
      imaginary = o.add(a, b, kRotary);
    }
    out = o.joined({&real, &imaginary}, x.extent(), 4, kRotary);
  }
  return o.cast(out, x.width(), kQkv);
}

// Gemma2Attention.forward (models/gemma2/_attention.py): plain products, masks of booleans and fp32.
Var TorchtuneStep::cappedScores(const Var& q, const Var& k, const Var& v, const AttentionSpec& a) {
  const std::uint8_t heads = modelDim("heads", static_cast<double>(a.heads));
  const Extent extent = t.extent({n, heads, length}), square = t.extent({length, length});
  const What kMask{"attention masks"};
  const auto straight = [&](const Var& x) { return q_.batch > 1 ? o.copied(x, kQkv) : x; };
  Var output;
  {
    const Var left = straight(q), right = straight(k);
    output = t.apply({.extent = extent,
                      .width = q.width(),
                      .what = kScores,
                      .inputs = {{&left}, {&right}},
                      .saved = {right.needsGrad() ? &left : nullptr, left.needsGrad() ? &right : nullptr}});
  }
  Var mask, ones, sliding;
  {
    Var lower;
    {
      const Var all = t.make(square, 1, kMask);
      lower = t.make(square, 1, kMask);
    }
    const Var upper = t.make(square, 1, kMask);
    mask = t.make(square, 4, kMask);
  }
  if (a.kind == AttentionKind::sliding) {
    ones = t.make(square, 4, kMask);
    {
      const Var upper = t.make(square, 4, kMask), lower = t.make(square, 4, kMask);
      sliding = t.make(square, 4, kMask);
    }
    const Var which = t.make(square, 1, kMask);
    mask = t.make(square, 4, kMask);
  }
  output = o.unary(output, Keep::nothing, kScores);
  output = o.unary(output, Keep::result, kScores);
  output = o.unary(output, Keep::nothing, kScores);
  output = t.apply({.extent = extent,
                    .width = 4,
                    .what = kScores,
                    .inputs = {{&output, nullptr, output.width() < 4 ? Gradient::fresh : Gradient::pass}},
                    .saved = {}});
  {
    const Var soft = o.unary(output, Keep::result, kScores);
    output = o.cast(soft, q.width(), kScores);
  }
  {
    const Var right = straight(v);
    output = t.apply({.extent = q.extent(),
                      .width = v.width(),
                      .what = {"attention output"},
                      .inputs = {{&output}, {&right}},
                      .saved = {&output, &right}});
  }
  return o.copied(output, {"attention output"});
}

// MultiHeadAttention.forward (modules/attention.py).
Var TorchtuneStep::attention(const Var& x, LayerModules& layer) {
  const AttentionSpec& a = layer.kind->attention;
  const std::uint8_t heads = modelDim("heads", static_cast<double>(a.heads));
  const double repeat = static_cast<double>(a.heads) / static_cast<double>(a.kvHeads);
  Var q = linear(x, *layer.q, kQkv);
  q = turned(q);
  Var k = linear(x, *layer.k, kQkv), v = linear(x, *layer.v, kQkv);
  k = turned(k);
  const bool capped = a.logitSoftCap > 0;
  if (repeat > 1) {
    if (h_.expandsAfterTurning && !capped) v = o.reordered(v);
    k = o.repeated(k, repeat, kQkv);
    v = o.repeated(v, repeat, kQkv);
  }
  Var output;
  if (capped) {
    q = t.apply(
        {.extent = q.extent(), .width = q.width(), .what = kQkv, .inputs = {{&q}}, .saved = {}, .inPlace = true});
    output = cappedScores(q, k, v, a);
  } else {
    const double rows = q.width() < 4 ? q_.context : std::ceil(q_.context / 32) * 32;
    output = o.fusedAttention(q, k, v, t.scaled(t.extent({batch, heads}), rows));
  }
  return linear(output, *layer.o, {"attention's projection"});
}

// FeedForward.forward (modules/feed_forward.py).
Var TorchtuneStep::mlp(const Var& x, LayerModules& layer) {
  Var h;
  {
    const Var gate = linear(x, *layer.gate, kMlp);
    h = o.unary(gate, Keep::input, kMlp);
  }
  {
    const Var up = linear(x, *layer.up, kMlp);
    h = o.multiply(h, up, kMlp);
  }
  h = linear(h, *layer.down, {"MLP's projection"});
  return h;
}

// TransformerSelfAttentionLayer.forward (modules/transformer.py).
Var TorchtuneStep::block(const Var& x, LayerModules& layer) {
  Var h = normed(x, *layer.input);
  const Var attended = attention(h, layer);
  {
    const Var scaled = layer.afterAttention != nullptr ? normed(attended, *layer.afterAttention) : attended;
    h = o.add(scaled, x, kStream);
  }
  Var out;
  {
    const Var normal = normed(h, *layer.post);
    out = mlp(normal, layer);
  }
  const Var scaled = layer.afterMlp != nullptr ? normed(out, *layer.afterMlp) : out;
  return o.add(h, scaled, kStream);
}

// ---- the model and the loss

std::vector<Var> TorchtuneStep::forward() {
  const Var ids = t.make(t.extent({n}), 8, {"token ids"});
  labels_ = t.make(t.extent({n}), 8, {"token ids"});
  t.offload(q_.offloadsActivations);
  Var h = t.apply({.extent = perToken(hidden),
                   .width = q_.embeddingWidth,
                   .what = kStream,
                   .inputs = {{nullptr, &embedding_}},
                   .saved = {&ids}});
  if (m.layer(0).norm == NormKind::rms_gemma) h = o.scaled(h);  // GemmaNormEmbeddings
  h = throughLayers(std::move(h), [this](const Var& in, LayerModules& layer) {
    if (!q_.checkpointing) return block(in, layer);
    return checkpointed(in, [this, &layer](const Var& again) { return block(again, layer); });
  });
  h = normed(h, finalNorm_);
  if (m.layer(0).attention.logitSoftCap > 0) {  // Gemma2FinalNorm caps its result
    h = o.unary(h, Keep::nothing, kNorm);
    h = o.unary(h, Keep::result, kNorm);
    h = o.unary(h, Keep::nothing, kNorm);
  }
  t.offload(false);  // the recipe leaves the head out
  std::vector<Var> logits;
  const Var parts = o.split(h);
  const double rows = std::ceil(q_.context / q_.lossChunks);
  for (double at = 0; at < q_.context; at += rows) {
    const Var part = t.view(parts, t.scaled(t.extent({batch, hidden}), std::min(rows, q_.context - at)));
    logits.push_back(linear(part, head_, kLogits));
  }
  return logits;
}

// CEWithChunkedOutputLoss (modules/loss/ce_chunked_output_loss.py).
Var TorchtuneStep::lossOf(const std::vector<Var>& logits) {
  const Var shifted = t.make(t.extent({n}), 8, {"token ids"});
  Var copies;
  if (q_.batch > 1) copies = t.make(t.extent({n}), 8, {"token ids"});
  const Var& target = copies ? copies : shifted;
  Var total;
  for (const Var& part : logits) {
    const Var wide = o.cast(part, 4, kLogits);
    const Var soft = o.unary(wide, Keep::result, kLogits);
    const Var weight = scalar(4);
    Var loss = t.apply(
        {.extent = plain(1), .width = 4, .what = kLogits, .inputs = {{&soft}}, .saved = {&soft, &target, &weight}});
    total = total ? t.apply({.extent = plain(1),
                             .width = 4,
                             .what = kLogits,
                             .inputs = {{&total, nullptr, Gradient::pass}, {&loss, nullptr, Gradient::pass}},
                             .saved = {}})
                  : std::move(loss);
  }
  return total;
}

StepAnswer TorchtuneStep::run() {
  build();
  layOutGradients();
  table_ = buffer(t.extent({length, modelDim("rotary width", static_cast<double>(m.layer(0).attention.headDim))},
                           rotary_ == Rotary::interleaved ? 0.5 : 1),
                  4);
  const auto& a = m.layer(0).attention;
  const double tables = (h_.tablePerLayer ? static_cast<double>(m.layers()) : 1) * static_cast<double>(m.maxContext) *
                        static_cast<double>(a.headDim) * (rotary_ == Rotary::interleaved ? 1 : 2);
  const Var positions = t.make(plain(tables), 4, {"rotary tables", ComponentId::activations});
  t.phase(Phase::forward);
  t.forgetPeaks();
  std::vector<Var> logits = forward();
  t.phase(Phase::loss);
  Var loss = lossOf(logits);
  logits.clear();
  t.phase(Phase::backward);
  Var one = scalar(4);
  t.backward(loss, std::move(one));
  loss.reset();
  t.phase(Phase::step);
  optimizerStep();
  return answer_;
}

}  // namespace

StepAnswer replayTorchtune(Tape& tape, Shapes& shapes, const StepQuestion& question) {
  return TorchtuneStep(tape, shapes, question).run();
}

}  // namespace headroom::training
