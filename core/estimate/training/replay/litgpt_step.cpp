#include "core/estimate/training/replay/litgpt_step.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/estimate/training/replay/step_program.h"

namespace headroom::training {
namespace {

// What differs between releases.
struct Habits {
  bool splitsPlainly = true;   // query, key and value columns lie apart (model.py, 0.5.4; before: by group of heads)
  bool indexPerCall = true;    // LoRAQKVLinear.lora_ind gives a copy (lora.py, 0.5.13)
  bool strayEmbedding = true;  // 4-bit training swaps the embedding for a trained one (finetune/lora.py, 0.5.0)
  bool productsHoldInputs = false;  // asks for bitsandbytes 0.42, whose MatMul4Bit keeps its input as an attribute
  bool addsResidualLast = false;    // parallel blocks: mlp + attention + x (model.py, until 0.5.3)
  bool capsChunks = true;           // the head's chunks are soft-capped (lora.py's own forward until 0.5.3 does not)
  bool clonesExpertsInput = true;   // LLaMAMoE.forward keeps a copy for shared experts (model.py, 0.5.9)
  bool onesForWindow = false;       // a window's mask is made of two (until 0.5.3)
};

Habits habitsOf(int release) {
  Habits h;
  h.splitsPlainly = release >= 504;
  h.indexPerCall = release >= 513;
  h.strayEmbedding = release >= 500;
  h.productsHoldInputs = release < 513;
  h.addsResidualLast = h.onesForWindow = release < 504;
  h.capsChunks = release >= 504;
  h.clonesExpertsInput = release >= 509;
  return h;
}

class LitGptStep : StepProgram {
 public:
  LitGptStep(Tape& tape, Shapes& shapes, const StepQuestion& q) : StepProgram(tape, shapes, q) {
    h_ = habitsOf(q.release);
    headFirst_ = true;
  }
  StepAnswer run();

 private:
  // LoRAQKVLinear's matrices: one A for all, a B for each chosen part.
  struct QkvAdapter {
    Parameter* a = nullptr;
    std::array<Parameter*, 3> b{};  // one for all where the convolution is grouped
    double columns = 0, parts = 0;
  };

  void build();
  Parameter* addMatrix(LayerModules& layer, std::uint8_t rows, std::uint8_t columns) {
    Parameter& made = layer.others.emplace_back(parameter({rows, columns}, q_.adapterWidth, layer.times));
    made.trains = true;
    return &made;
  }
  Var linear(const Var& x, LinearModule& module, const What& what);
  Var frozenOrPacked(const Var& x, LinearModule& module, const What& what);
  Var fusedQkv(const Var& x, LayerModules& layer);
  Var normed(const Var& x, NormModule& norm, NormKind kind);
  Var rotated(const Var& x);
  Var attention(const Var& x, LayerModules& layer);
  Var scores(const Var& q, const Var& k, const Var& v, const AttentionSpec& a, Var mask);
  Var capped(const Var& x, const What& what);
  Var mlp(const Var& x, LayerModules& layer);
  Var experts(const Var& x, LayerModules& layer);
  Var block(const Var& x, LayerModules& layer);
  std::vector<Var> forward();
  Var lossOf(std::vector<Var>& logits);
  Var chunkedLoss(const Var& logits);

  Habits h_;
  std::deque<QkvAdapter> adapters_;  // of each layer
  Var cos_, sin_, labels_, index_, probabilities_;
  std::vector<Var> attributes_, indices_;
};

// ---- modules

void LitGptStep::build() {
  using enum TensorRole;
  makeLayers([&](LayerModules& layer) {
    const LayerKind& kind = *layer.kind;
    const AttentionSpec& a = kind.attention;
    const std::uint8_t heads = widthOf(a.heads * a.headDim, "query width");
    const auto columns = static_cast<double>((a.heads + 2 * a.kvHeads) * a.headDim);
    layer.qkv =
        addLinear(layer, hidden, modelDim("query, key and value columns", columns), hasBias(kind, {q_proj, qkv_proj}));
    QkvAdapter& adapter = adapters_.emplace_back();
    layer.place = adapters_.size() - 1;
    const std::array<TensorRole, 3> roles{q_proj, k_proj, v_proj};
    for (std::size_t i = 0; i < 3; ++i) {
      if (!adapts(roles[i])) continue;
      const std::int64_t out = (i == 0 ? a.heads : a.kvHeads) * a.headDim;
      ++adapter.parts, adapter.columns += static_cast<double>(out);
      if (a.heads != a.kvHeads) adapter.b[i] = addMatrix(layer, widthOf(out, "adapted columns"), rank_);
    }
    if (adapter.parts > 0) {
      adapter.a = addMatrix(layer, modelDim("adapters' ranks together", adapter.parts * q_.rank), hidden);
      // The index that pads is made by the first forward pass and stays.
      if (adapter.parts < 3 && h_.indexPerCall)
        indices_.push_back(
            t.make(plain(adapter.columns * layer.times), 8, {"adapters' indices", ComponentId::weights}));
      if (a.heads == a.kvHeads) adapter.b[0] = addMatrix(layer, modelDim("adapted columns", adapter.columns), rank_);
    }
    layer.o = addLinear(layer, heads, hidden, hasBias(kind, {o_proj}));
    if (adapts(o_proj)) adapt(*layer.o, layer.times);
    const bool sparse = kind.mlp.kind == MlpKind::experts;
    const std::uint8_t inner =
        widthOf(sparse ? kind.mlp.expertIntermediate : kind.mlp.intermediate, "intermediate size");
    const bool biased = hasBias(kind, {up_proj, down_proj});
    if (sparse)
      layer.router = addLinear(layer, hidden, modelDim("experts", static_cast<double>(kind.mlp.experts)), false);
    if (kind.mlp.kind != MlpKind::plain) layer.gate = addLinear(layer, hidden, inner, biased);
    layer.up = addLinear(layer, hidden, inner, biased);
    layer.down = addLinear(layer, inner, hidden, biased);
    for (std::int64_t i = 0; sparse && i < kind.mlp.experts; ++i)
      layer.experts.push_back(i == 0 ? std::array{layer.gate, layer.up, layer.down}
                                     : std::array{addLinear(layer, hidden, inner, biased),
                                                  addLinear(layer, hidden, inner, biased),
                                                  addLinear(layer, inner, hidden, biased)});
    if (adapts(gate_proj)) {
      for (LinearModule* l : {layer.router, layer.gate, layer.up, layer.down})
        if (l != nullptr) adapt(*l, layer.times);
      for (const auto& expert : layer.experts)
        for (LinearModule* l : expert)
          if (!l->adapted) adapt(*l, layer.times);
    }
    const bool plainNorm = kind.norm == NormKind::layer;
    const bool after = named(kind, "post_feedforward") != nullptr;  // OLMo 2 has only those behind, Gemma 2 both
    if (!after || kind.normsPerLayer > 2) {
      layer.input = addNorm(layer, hidden, plainNorm);
      if (kind.normsPerLayer > 1) layer.post = addNorm(layer, hidden, plainNorm);
    }
    if (after)
      layer.afterAttention = addNorm(layer, hidden, plainNorm), layer.afterMlp = addNorm(layer, hidden, plainNorm);
    if (a.qkNorm) {
      const auto width = [&](std::string_view name) {
        const Tensor* norm = named(kind, name);
        return norm == nullptr || norm->rows == a.headDim ? modelDim("head size", static_cast<double>(a.headDim))
                                                          : widthOf(norm->rows, "normalized width");
      };
      layer.qNorm = addNorm(layer, width("q_norm"), plainNorm),
      layer.kNorm = addNorm(layer, width("k_norm"), plainNorm);
    }
  });
  embedding_ = parameter({vocabulary, hidden}, q_.embeddingWidth, 1);
  if (q_.fourBit && h_.strayEmbedding) embedding_.trains = true;
  head_.in = hidden, head_.out = vocabulary, head_.fourBit = q_.fourBit;
  head_.weight = parameter({vocabulary, hidden}, q_.weightWidth, 1);
  head_.hasBias = std::ranges::any_of(m.globals, [](const Tensor& g) { return g.role == TensorRole::head && g.bias; });
  if (head_.hasBias) head_.bias = parameter({vocabulary}, q_.weightWidth, 1);
  if (adapts(head)) adapt(head_, 1);
  finalNorm_.width = hidden, finalNorm_.weight = parameter({hidden}, q_.normWidth, 1);
  finalNorm_.hasBias = m.layer(0).norm == NormKind::layer;
  if (finalNorm_.hasBias) finalNorm_.bias = parameter({hidden}, q_.normWidth, 1);
}

// BitsandbytesPrecision packs halves: what a product unpacks is fp16 and then cast
// (lightning/fabric/plugins/precision/bitsandbytes.py).
Var LitGptStep::frozenOrPacked(const Var& x, LinearModule& module, const What& what) {
  if (!module.fourBit) return o.product(x, module, what);
  const Extent weight = module.weight.extent, in = x.extent();
  const double width = x.width();
  const auto written = [this, weight](double bytes) {
    constexpr What kWritten{"weights written out of 4 bits", ComponentId::workspace};
    const Var half = t.make(weight, 2, kWritten);
    return t.make(weight, bytes, kWritten);
  };
  Var out;
  {
    const Var unpacked = written(width);
    out = t.make(o.through(x, module.in, module.out), width, what);
  }
  if (h_.productsHoldInputs && t.recording()) attributes_.push_back(t.detach(x));
  if (!x.needsGrad()) return out;
  return t.custom(out, x, {}, [this, written, in, width](const Var&) {
    const Var unpacked = written(width);
    return t.make(in, width, {"gradients in flight"});
  });
}

// LoRALinear.forward.
Var LitGptStep::linear(const Var& x, LinearModule& module, const What& what) {
  const Var pretrained = frozenOrPacked(x, module, what);
  if (!module.adapted) return pretrained;
  Var low;
  {
    Var first;
    {
      const Var dropped = module.dropout ? o.dropout(x, kAdapter) : x;
      first = o.times(dropped, module.a, module.in, rank_, kAdapter, nullptr, false);
    }
    low = o.times(first, module.b, rank_, module.out, kAdapter, nullptr, false);
  }
  low = o.unary(low, Keep::nothing, kAdapter);  // × scaling
  return o.add(pretrained, low, what);
}

// LoRAQKVLinear.forward.
Var LitGptStep::fusedQkv(const Var& x, LayerModules& layer) {
  const QkvAdapter& adapter = adapters_[layer.place];
  const AttentionSpec& a = layer.kind->attention;
  const Var pretrained = frozenOrPacked(x, *layer.qkv, kQkv);
  if (adapter.parts == 0) return pretrained;
  Var afterA;
  {
    const Var dropped = q_.adapterDropout ? o.dropout(x, kAdapter) : x;
    afterA = o.times(dropped, *adapter.a, hidden, adapter.a->extent.dims[0], kAdapter);
  }
  const Extent low = perToken(rank_), chosen = t.scaled(t.extent({n}), adapter.columns);
  const auto convolved = [&](const Var& input, Parameter& b, const Extent& extent) {
    Var weight;
    if (o.autocast && b.width != o.compute)
      weight = t.apply({.extent = b.extent,
                        .width = o.compute,
                        .what = {"autocast copies of weights", ComponentId::weights},
                        .inputs = {{nullptr, &b}},
                        .saved = {}});
    return t.apply({.extent = extent,
                    .width = o.autocast ? o.compute : input.width(),
                    .what = kAdapter,
                    .inputs = {{&input}, {&weight}, {nullptr, weight ? nullptr : &b}},
                    .saved = {&input, &weight}});
  };
  Var afterB;
  if (a.heads == a.kvHeads) {  // one grouped convolution
    const Var input = o.reordered(afterA);
    afterB = convolved(input, *adapter.b[0], chosen);
  } else {
    const Var turned = o.reordered(afterA);
    const Var parts = o.split(turned);
    std::array<Var, 3> made;
    for (std::size_t i = 0; i < 3; ++i)
      if (adapter.b[i] != nullptr) {
        const Var input = t.view(parts, low);
        made[i] = convolved(input, *adapter.b[i], perToken(adapter.b[i]->extent.dims[0]));
      }
    afterB = o.joined({&made[0], &made[1], &made[2]}, chosen, afterA.width(), kAdapter);
  }
  // zero_pad: index_copy_ keeps the index and what it copies, which is kept for the shape alone.
  const Extent whole = pretrained.extent();
  Var lora;
  if (adapter.parts < 3) {
    Var index = index_;
    if (h_.indexPerCall) index = t.make(plain(adapter.columns), 8, kAdapter);
    const Var padded = t.apply({.extent = whole,
                                .width = afterB.width(),
                                .what = kAdapter,
                                .inputs = {{&afterB}},
                                .saved = {&index, &afterB}});
    index.reset();
    lora = o.unary(padded, Keep::nothing, kAdapter);
  } else {
    lora = o.unary(afterB, Keep::nothing, kAdapter);
  }
  return o.add(pretrained, lora, kQkv);
}

// RMSNorm.forward (model.py).
Var LitGptStep::normed(const Var& input, NormModule& norm, NormKind kind) {
  if (kind == NormKind::layer || kind == NormKind::non_parametric) return o.layerNorm(input, norm, norm.width, kNorm);
  const double width = input.width();
  const Var x = o.cast(input, 4, kNorm);
  const Extent each = t.without(x.extent(), norm.width);
  Var mean;
  {
    const Var square = o.multiply(x, x, {"norms' squares"});
    mean = o.mean(square, each);
  }
  Var y;
  {
    Var deviation = o.unary(mean, Keep::nothing, kNorm);  // + epsilon
    deviation = o.unary(deviation, Keep::result, kNorm);
    y = o.multiply(x, deviation, kNorm);
  }
  Var unit, weight;  // 1 + weight, and its fp32 copy
  if (kind == NormKind::rms_gemma) unit = t.make(norm.weight.extent, norm.weight.width, kNorm);
  if (norm.weight.width != 4) weight = t.make(norm.weight.extent, 4, kNorm);
  const Var& multiplier = weight ? weight : unit;
  const Var scaled = t.apply({.extent = y.extent(),
                              .width = 4,
                              .what = kNorm,
                              .inputs = {{&y}, {nullptr, &norm.weight, Gradient::reduced}},
                              .saved = {y.needsGrad() ? &multiplier : nullptr, norm.weight.trains ? &y : nullptr}});
  return o.cast(scaled, width, kNorm);
}

// ---- attention

// apply_rope: the tables are fp32.
Var LitGptStep::rotated(const Var& x) {
  const Extent half = t.scaled(x.extent(), 0.5);
  const Var x1 = o.slice(x, half), x2 = o.slice(x, half);
  Var turned;
  {
    const Var negative = o.unary(x2, Keep::nothing, kRotary);
    turned = o.joined({&negative, &x1}, x.extent(), x.width(), kRotary);
  }
  Var roped;
  {
    const Var straight = o.multiply(x, cos_, kRotary), across = o.multiply(turned, sin_, kRotary);
    roped = o.add(straight, across, kRotary);
  }
  return o.cast(roped, x.width(), kQkv);
}

Var LitGptStep::capped(const Var& x, const What& what) {
  Var tanh;
  {
    const Var divided = o.unary(x, Keep::nothing, what);
    tanh = o.unary(divided, Keep::result, what);
  }
  return o.unary(tanh, Keep::nothing, what);
}

// CausalSelfAttention.scaled_dot_product_attention with soft-capped scores: plain products.
Var LitGptStep::scores(const Var& q, const Var& k, const Var& v, const AttentionSpec& a, Var mask) {
  const std::uint8_t heads = modelDim("heads", static_cast<double>(a.heads));
  const Extent extent = t.extent({n, heads, length});
  Var weights;
  {
    const Var product = t.apply({.extent = extent,
                                 .width = q.width(),
                                 .what = kScores,
                                 .inputs = {{&q}, {&k}},
                                 .saved = {k.needsGrad() ? &q : nullptr, q.needsGrad() ? &k : nullptr}});
    weights = o.unary(product, Keep::nothing, kScores);
  }
  weights = capped(weights, kScores);
  if (!mask) {
    Var ones = t.make(t.extent({length, length}), q.width(), {"attention masks"});
    mask = t.make(t.extent({length, length}), q.width(), {"attention masks"});
    ones.reset();
    const Var which = t.make(t.extent({length, length}), 1, {"attention masks"});
  }
  weights = o.copied(weights, kScores);  // + mask
  {
    Var soft;
    {
      const Var wide = o.cast(weights, 4, kScores);
      soft = o.unary(wide, Keep::result, kScores);
    }
    weights = o.cast(soft, q.width(), kScores);
  }
  const Var out = t.apply({.extent = q.extent(),
                           .width = v.width(),
                           .what = {"attention output"},
                           .inputs = {{&weights}, {&v}},
                           .saved = {&weights, &v}});
  return o.copied(out, {"attention output"});
}

Var LitGptStep::attention(const Var& x, LayerModules& layer) {
  const AttentionSpec& a = layer.kind->attention;
  const std::uint8_t queryWidth = widthOf(a.heads * a.headDim, "query width"),
                     keyWidth = widthOf(a.kvHeads * a.headDim, "key width"),
                     heads = modelDim("heads", static_cast<double>(a.heads));
  const double repeat = static_cast<double>(a.heads) / static_cast<double>(a.kvHeads);
  Var qkv = fusedQkv(x, layer), q, k, v, ropedQ, ropedK;
  if (h_.splitsPlainly) {
    const Var parts = o.split(qkv);
    q = t.view(parts, perToken(queryWidth)), k = t.view(parts, perToken(keyWidth)),
    v = t.view(parts, perToken(keyWidth));
    const bool wide = layer.qNorm != nullptr && t.valueOf(layer.qNorm->width) > static_cast<double>(a.headDim);
    if (wide) q = normed(q, *layer.qNorm, layer.kind->norm), k = normed(k, *layer.kNorm, layer.kind->norm);
    q = o.reordered(q), k = o.reordered(k), v = o.reordered(v);
    if (layer.qNorm != nullptr && !wide) {
      const auto perHead = [&](const Var& all, std::int64_t count) {
        return t.view(all, t.extent({n, modelDim("heads", static_cast<double>(count)), layer.qNorm->width}));
      };
      q = t.view(normed(perHead(q, a.heads), *layer.qNorm, layer.kind->norm), perToken(queryWidth));
      k = t.view(normed(perHead(k, a.kvHeads), *layer.kNorm, layer.kind->norm), perToken(keyWidth));
    }
  } else {
    qkv = o.reordered(qkv);
    const Var parts = o.split(qkv);
    q = t.view(parts, perToken(queryWidth)), k = t.view(parts, perToken(keyWidth)),
    v = t.view(parts, perToken(keyWidth));
    if (repeat > 1) {
      k = o.slice(k, t.scaled(k.extent(), repeat)), v = o.slice(v, t.scaled(v.extent(), repeat));
      if (a.kvHeads > 1) q = o.copied(q, kQkv), k = o.copied(k, kQkv), v = o.copied(v, kQkv);
    }
  }
  const double share = static_cast<double>(a.rotaryDim) / static_cast<double>(a.headDim);
  const auto turned = [&](const Var& all) {
    const Var turning = share < 1 ? o.slice(all, t.scaled(all.extent(), share)) : all;
    return rotated(turning);
  };
  ropedQ = turned(q);
  ropedK = turned(k);
  const auto whole = [&](const Var& all, const Var& roped) {
    const double rest = 1 - roped.extent().elements / all.extent().elements;
    const Var others = o.slice(all, t.scaled(all.extent(), rest));
    return o.joined({&roped, &others}, all.extent(), all.width(), kQkv);
  };
  q = whole(q, ropedQ);
  k = whole(k, ropedK);
  if (h_.splitsPlainly && repeat > 1) {
    k = o.repeated(k, repeat, kQkv);
    v = o.repeated(v, repeat, kQkv);
  }
  Var mask, bias;
  if (a.kind == AttentionKind::sliding) {
    const Extent square = t.extent({length, length});
    const What what{"attention masks"};
    const auto triangle = [&] {
      const Var ones = t.make(square, q.width(), what);
      return t.make(square, q.width(), what);
    };
    mask = triangle();
    { const Var which = t.make(square, 1, what); }
    if (h_.onesForWindow) {
      bias = triangle();
      const Var which = t.make(square, 1, what);
    } else {
      mask = t.make(square, q.width(), what);
    }
  }
  Var y;
  if (a.logitSoftCap > 0) {
    y = scores(q, k, v, a, mask);
  } else {
    const bool fused = q.width() < 4 && !mask;
    const double rows = fused ? q_.context : std::ceil(q_.context / 32) * 32;
    y = o.fusedAttention(q, k, v, t.scaled(t.extent({batch, heads}), rows), mask);
  }
  return linear(y, *layer.o, {"attention's projection"});
}

// ---- the MLPs

Var LitGptStep::mlp(const Var& x, LayerModules& layer) {
  if (layer.kind->mlp.kind == MlpKind::experts) return experts(x, layer);
  if (layer.gate == nullptr) {  // GptNeoxMLP
    Var y = linear(x, *layer.up, kMlp);
    y = o.unary(y, Keep::input, kMlp);
    return linear(y, *layer.down, {"MLP's projection"});
  }
  const Var gate = linear(x, *layer.gate, kMlp), up = linear(x, *layer.up, kMlp);  // LLaMAMLP, GemmaMLP
  Var product;
  {
    const Var active = o.unary(gate, Keep::input, kMlp);
    product = o.multiply(active, up, kMlp);
  }
  return linear(product, *layer.down, {"MLP's projection"});
}

// LLaMAMoE.forward; every expert gets an equal share of the tokens.
Var LitGptStep::experts(const Var& x, LayerModules& layer) {
  const MlpSpec& spec = layer.kind->mlp;
  const auto count = static_cast<double>(spec.experts), chosen = static_cast<double>(spec.expertsPerToken);
  const double rows = t.valueOf(n) * chosen / count;
  const Var residual = h_.clonesExpertsInput ? o.copied(x, kMlp) : Var();
  const Extent choices = t.scaled(t.extent({n}), chosen), share = t.scaled(t.extent({hidden}), rows);
  Var probabilities;
  const Var indices = t.make(choices, 8, kMlp);
  {
    const Var router = linear(x, *layer.router, kMlp);
    const Var top =
        t.apply({.extent = choices, .width = router.width(), .what = kMlp, .inputs = {{&router}}, .saved = {&indices}});
    const Var wide = o.cast(top, 4, kMlp);
    const Var soft = o.unary(wide, Keep::result, kMlp);
    probabilities = o.cast(soft, x.width(), kMlp);
  }
  const Var masks = t.make(t.scaled(choices, count), 1, kMlp);
  Var y = t.make(perToken(hidden), x.width(), kMlp);
  for (const auto& [gateOf, upOf, downOf] : layer.experts) {
    const Var where = t.make(plain(2 * rows), 8, kMlp);
    const auto picked = [&](const Var& from, const Extent& extent) {
      return t.apply({.extent = extent, .width = from.width(), .what = kMlp, .inputs = {{&from}}, .saved = {&where}});
    };
    const Var before = picked(y, share), weight = picked(probabilities, plain(rows));
    Var out;
    {
      const Var in = picked(x, share);
      const Var gate = linear(in, *gateOf, kMlp), up = linear(in, *upOf, kMlp);
      Var product;
      {
        const Var active = o.unary(gate, Keep::input, kMlp);
        product = o.multiply(active, up, kMlp);
      }
      out = linear(product, *downOf, {"MLP's projection"});
    }
    const Var weighted = o.multiply(weight, out, kMlp);
    // y[tokens] += …: in place, and put back in place.
    y = t.apply({.extent = y.extent(),
                 .width = y.width(),
                 .what = kMlp,
                 .inputs = {{&y, nullptr, Gradient::pass}, {&weighted}},
                 .saved = {&where},
                 .inPlace = true});
  }
  return y;
}

// Block.forward.
Var LitGptStep::block(const Var& input, LayerModules& layer) {
  const NormKind kind = layer.kind->norm;
  Var x = input;
  const auto normedBy = [&](const Var& v, NormModule* norm) { return norm == nullptr ? v : normed(v, *norm, kind); };
  Var normal = normedBy(x, layer.input);
  Var attended = attention(normal, layer);
  attended = normedBy(attended, layer.afterAttention);
  if (layer.kind->parallelBlock && h_.addsResidualLast) {
    if (layer.post != nullptr) normal = normed(x, *layer.post, kind);
    const Var both = [&] {
      const Var out = mlp(normal, layer);
      return o.add(out, attended, kStream);
    }();
    x = o.add(both, x, kStream);
    return x;
  }
  if (layer.kind->parallelBlock) {
    if (layer.post != nullptr) normal = normed(x, *layer.post, kind);
    x = o.add(attended, x, kStream);
  } else {
    x = o.add(attended, x, kStream);
    Var next = normedBy(x, layer.post);
    if (h_.addsResidualLast) {
      Var out = mlp(next, layer);
      next.reset();
      out = normedBy(out, layer.afterMlp);
      return o.add(out, x, kStream);
    }
    normal = std::move(next);
  }
  Var out = mlp(normal, layer);
  out = normedBy(out, layer.afterMlp);
  return o.add(out, x, kStream);
}

// ---- the model

std::vector<Var> LitGptStep::forward() {
  Var x;
  {
    const Var ids = t.make(t.extent({n}), 8, {"token ids"});
    labels_ = t.make(t.extent({n}), 8, {"token ids"});
    x = t.apply({.extent = perToken(hidden),
                 .width = q_.embeddingWidth,
                 .what = kStream,
                 .inputs = {{nullptr, &embedding_}},
                 .saved = {&ids}});
    if (q_.fourBit && h_.strayEmbedding) {
      NormModule norm;
      norm.width = hidden;
      x = o.layerNorm(x, norm, hidden, kStream);
    }
    if (m.layer(0).norm == NormKind::rms_gemma) x = o.scaled(x);  // × √hidden
    x = throughLayers(std::move(x), [this](const Var& in, LayerModules& layer) {
      if (!q_.checkpointing) return block(in, layer);
      return checkpointed(in, [this, &layer](const Var& again) { return block(again, layer); });
    });
    x = normed(x, finalNorm_, m.layer(0).norm);
    std::vector<Var> logits;
    const bool caps = m.layer(0).attention.logitSoftCap > 0;  // Gemma 2 has both
    if (q_.rank > 0) {
      const Var parts = o.split(x);
      for (double at = 0; at < q_.context; at += q_.headChunkTokens) {
        const double rows = std::min(q_.headChunkTokens, q_.context - at);
        const Var part = t.view(parts, t.scaled(t.extent({batch, hidden}), rows));
        Var made = linear(part, head_, kLogits);
        if (caps && h_.capsChunks) made = capped(made, kLogits);
        logits.push_back(std::move(made));
      }
    } else {
      Var made = linear(x, head_, kLogits);
      if (caps) made = capped(made, kLogits);
      logits.push_back(std::move(made));
    }
    x.reset();
    // The precision plugin's convert_output.
    std::vector<Var> wide;
    for (const Var& each : logits) wide.push_back(o.cast(each, 4, kLogits));
    return wide;
  }
}

// utils.py, chunked_cross_entropy of whole logits: what the chunks' log-probabilities take becomes their gradient chunk
// by chunk, then the gradient is put together.
Var LitGptStep::chunkedLoss(const Var& logits) {
  const double rows = q_.batch * (q_.context - 1);
  const Extent whole = t.scaled(t.extent({vocabulary}), rows);
  Var shifted = o.slice(logits, whole);
  if (q_.batch > 1) shifted = o.copied(shifted, kLogits);
  const Extent chunk = t.scaled(t.extent({vocabulary}), std::min(q_.lossRows, rows));
  probabilities_ = t.make(whole, 4, kLogits);
  const Var loss = t.make(plain(rows), 4, kLogits);
  return t.custom(loss, shifted, {}, [this, chunk, whole](const Var&) {
    { const Var negative = t.make(chunk, 4, kLogits), soft = t.make(chunk, 4, kLogits); }
    probabilities_.reset();
    const Var parts = t.make(whole, 4, kLogits);
    return t.make(whole, 4, kLogits);
  });
}

Var LitGptStep::lossOf(std::vector<Var>& logits) {
  if (q_.rank == 0) return chunkedLoss(logits[0]);
  Var last = logits.back();
  const double width = t.valueOf(vocabulary);
  last = o.slice(last, t.scaled(last.extent(), 1 - q_.batch * width / last.extent().elements));
  logits.back() = last;
  if (q_.batch > 1) last = o.copied(last, kLogits);
  std::vector<Var> losses;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const Var& part = i + 1 < logits.size() ? logits[i] : last;
    const Extent rows = t.without(part.extent(), vocabulary);
    const Var soft = o.unary(part, Keep::result, kLogits);
    losses.push_back(t.apply({.extent = rows, .width = 4, .what = kLogits, .inputs = {{&soft}}, .saved = {&soft}}));
  }
  // A node that hands its gradient to every chunk's.
  Var sum = losses[0];
  for (std::size_t i = 1; i < losses.size(); ++i)
    sum = t.apply({.extent = plain(1),
                   .width = 4,
                   .what = kLogits,
                   .inputs = {{&sum, nullptr, Gradient::pass}, {&losses[i], nullptr, Gradient::pass}},
                   .saved = {}});
  return sum;
}

StepAnswer LitGptStep::run() {
  build();
  layOutGradients();
  // No optimizer knows the swapped embedding: its gradient is there from the first iteration on.
  if (q_.fourBit && h_.strayEmbedding && !embedding_.gradient)
    embedding_.gradient = t.make(embedding_.extent, embedding_.gradWidth, {"gradients", ComponentId::gradients});
  const AttentionSpec& a = m.layer(0).attention;
  const std::uint8_t turning = modelDim("rotary width", static_cast<double>(a.rotaryDim));
  cos_ = buffer(t.extent({length, turning}), 4), sin_ = buffer(t.extent({length, turning}), 4);
  index_ = buffer(plain(1), 8);
  // What the first iteration leaves: its logits and, with them, its graph.
  std::vector<Var> old;
  if (h_.productsHoldInputs && q_.fourBit) {
    old = forward();
    for (Var& each : old) each = t.detach(each);
  } else {
    old.push_back(t.make(t.extent({n, vocabulary}), 4, kLogits));
  }
  std::vector<Var> oldAttributes = std::move(attributes_);
  attributes_.clear();
  t.phase(Phase::forward);
  t.forgetPeaks();
  std::vector<Var> logits = forward();
  old.clear(), oldAttributes.clear();
  forgetCasts();
  t.phase(Phase::loss);
  Var loss = lossOf(logits);
  t.phase(Phase::backward);
  Var one = scalar(4);
  t.backward(loss, std::move(one));
  t.phase(Phase::step);
  optimizerStep();
  loss.reset();
  return answer_;
}

}  // namespace

StepAnswer replayLitGpt(Tape& tape, Shapes& shapes, const StepQuestion& question) {
  return LitGptStep(tape, shapes, question).run();
}

}  // namespace headroom::training
