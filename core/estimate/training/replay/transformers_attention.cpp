// Attention of Transformers' classes. Sources: integrations/sdpa_attention.py, eager_attention_forward and
// apply_rotary_pos_emb of models/*/modeling_*.py, cache_utils.py (4.46–5.24); aten/native/transformers (torch 2.13).
#include <algorithm>

#include "core/estimate/training/replay/own_attention.h"
#include "core/estimate/training/replay/transformers_program.h"
#include "core/scenario/liger.h"

namespace headroom::training::transformers {

// x·cos + rotate_half(x)·sin.
Var Program::turned(const Var& x, bool) {
  const Var straight = o_.multiply(x, cos_, kRotary);
  Var across;
  {
    Var negative;
    {
      const Var half = o_.slice(x, t_.scaled(x.extent(), 0.5));
      negative = o_.unary(half, Keep::nothing, kRotary);
    }
    const Var other = o_.slice(x, t_.scaled(x.extent(), 0.5));
    across = t_.apply({.extent = x.extent(),
                       .width = x.width(),
                       .what = kRotary,
                       .inputs = {{&negative, nullptr, Gradient::pass}, {&other, nullptr, Gradient::pass}},
                       .saved = {}});
  }
  across = o_.multiply(across, sin_, kRotary);
  return o_.add(straight, across, kQkv);
}

// Queries and keys are rebound when both are done; of a part of the head the rest is joined again.
void Program::rotate(Var& queries, Var& keys, const Layer& layer) {
  const AttentionSpec& a = layer.kind->attention;
  if (a.rotaryDim == 0) return;
  if (q_.liger > 0 && ligerClass(m_)->rotary) {
    // Heads of a fused projection lie apart and are copied first.
    const auto turn = [&](const Var& x) {
      return o_.ligerTurned(layer.qkv != nullptr ? o_.copied(x, kQkv) : x, cos_, sin_);
    };
    queries = turn(queries), keys = turn(keys);
    return;
  }
  if (q_.transformers < 44800 && a.logitSoftCap > 0) {  // Gemma2RotaryEmbedding stands in every layer
    cos_ = t_.make(cos_.extent(), cos_.width(), kRotary), sin_ = t_.make(sin_.extent(), sin_.width(), kRotary);
  }
  if (q_.ownAttention == OwnAttention::wide) {
    // GPTJAttention.forward: every layer repeats the table of all positions, picks its own, and spreads it for keys and
    // queries apart. In fp32 before 4.56.
    const Extent each = t_.extent({length_, modelDim("rotary size", a.rotaryDim)});
    const double width = q_.transformers >= 45600 ? keys.width() : 4;
    cos_ = t_.make(each, width, kRotary), sin_ = t_.make(each, width, kRotary);
  }
  if (a.rotaryDim >= a.headDim) {
    Var q = turned(queries, false);
    Var k = turned(keys, false);
    if (a.wideRotary) q = o_.cast(q, queries.width(), kQkv), k = o_.cast(k, keys.width(), kQkv);
    queries = std::move(q), keys = std::move(k);
    return;
  }
  const double share = static_cast<double>(a.rotaryDim) / static_cast<double>(a.headDim);
  const Var qPart = o_.slice(queries, t_.scaled(queries.extent(), share));
  const Var qRest = o_.slice(queries, t_.scaled(queries.extent(), 1 - share));
  const Var kPart = o_.slice(keys, t_.scaled(keys.extent(), share));
  const Var kRest = o_.slice(keys, t_.scaled(keys.extent(), 1 - share));
  Var q = turned(qPart, false), k = turned(kPart, false);
  const auto joined = [&](const Var& first, const Var& rest, const Extent& extent) {
    return t_.apply({.extent = extent,
                     .width = std::max(first.width(), rest.width()),
                     .what = kQkv,
                     .inputs = {{&first, nullptr, Gradient::pass}, {&rest, nullptr, Gradient::pass}},
                     .saved = {}});
  };
  queries = joined(q, qRest, queries.extent());
  keys = joined(k, kRest, keys.extent());
}

// Whether fewer heads of keys than of queries stand there: some classes have repeated them by then.
bool Program::sharesHeads(const Var& keys, const AttentionSpec& a) const {
  return a.kvHeads != a.heads && keys.extent().elements < t_.valueOf(n_) * static_cast<double>(a.heads * a.headDim);
}

// repeat_kv: every head gets keys and values of its own; what has them already is left as it is.
Var Program::repeated(const Var& x, const AttentionSpec& a) {
  if (!sharesHeads(x, a)) return x;
  const Extent whole = t_.scaled(x.extent(), static_cast<double>(a.heads) / static_cast<double>(a.kvHeads));
  return t_.apply({.extent = whole, .width = x.width(), .what = kQkv, .inputs = {{&x}}, .saved = {}});
}

// DynamicLayer.update concatenates to an empty tensor (cache_utils.py, 4.56–4.57); older ones hold what they are given.
// The cache takes the keys' format. Gemma 2 has none in training before 4.48.
void Program::cached(Var& x, double width, const AttentionSpec& a) {
  if (!q_.useCache || !t_.recording() || (q_.transformers < 44800 && a.logitSoftCap > 0)) return;
  if (q_.transformers >= 45600) {
    const What what = kQkv;
    x = t_.apply({.extent = x.extent(),
                  .width = width,
                  .what = what,
                  .inputs = {{&x, nullptr, width == x.width() ? Gradient::pass : Gradient::fresh}},
                  .saved = {}});
  }
  cache_.push_back(x);
}

Var Program::attention(const Var& x, Layer& layer) {
  const AttentionSpec& a = layer.kind->attention;
  if (a.kind == AttentionKind::latent) return latent(x, layer);
  if (layer.o == nullptr || (layer.qkv == nullptr && layer.q == nullptr)) return x;
  Var queries, keys, values, gate;
  if (layer.qkv != nullptr) {
    const Var all = linear(x, *layer.qkv, kQkv);
    const double heads = static_cast<double>(a.heads), kv = static_cast<double>(a.kvHeads), sum = heads + 2 * kv;
    const Var parts = t_.apply({.extent = all.extent(),
                                .width = all.width(),
                                .inputs = {{&all}},
                                .saved = {},
                                .inPlace = true,
                                .together = true});
    queries = t_.view(parts, t_.scaled(all.extent(), heads / sum));
    keys = t_.view(parts, t_.scaled(all.extent(), kv / sum)), values = keys;
    if (expandsHeads(m_) && a.kvHeads > 1 && a.kvHeads < a.heads)
      queries = o_.copied(queries, kQkv), keys = repeated(keys, a), values = repeated(values, a);
  } else {
    queries = linear(x, *layer.q, kQkv);
    if (a.outputGate) {  // Qwen3NextAttention: the other half of every head
      const Var both = o_.split(queries);
      const Extent half = t_.scaled(queries.extent(), 0.5);
      gate = o_.copied(t_.view(both, half), kAttended);
      queries = t_.view(both, half);
    }
    if (layer.qNorm != nullptr) queries = normed(queries, *layer.qNorm, *layer.kind);
    keys = linear(x, *layer.k, kQkv);
    if (layer.kNorm != nullptr) keys = normed(keys, *layer.kNorm, *layer.kind);
    values = linear(x, *layer.v, kQkv);
  }
  rotate(queries, keys, layer);
  cached(keys, keys.width(), a), cached(values, std::max(keys.width(), values.width()), a);
  Var out;
  const bool window = a.window > 0 && static_cast<double>(a.window) <= q_.context;
  if (q_.ownAttention != OwnAttention::none)
    out = ownAttention(queries, keys, values, layer);
  else if (q_.attention == AttentionPath::eager)
    out = eager(queries, keys, values, layer);
  else if (q_.attention == AttentionPath::sdpa && sharesHeads(keys, a) && !window && q_.transformers >= 45400 &&
           queries.width() == 4 && !o_.autocast)
    out = plainProducts(queries, keys, values, layer);
  else
    out = fused(queries, keys, values, layer, (window || m_.alibi) && q_.attention == AttentionPath::sdpa);
  if (gate) out = o_.multiply(out, o_.unary(gate, Keep::result, kAttended), kAttended);
  return linear(out, *layer.o, {"attention's projection"});
}

// What attention gives: as wide as the queries where values are as wide as keys.
Extent Program::attendedBy(const Var& queries, const AttentionSpec& a) {
  if (a.valueDim == a.headDim && a.kind != AttentionKind::latent) return queries.extent();
  return t_.extent({n_, modelDim("values' width", a.heads * a.valueDim)});
}

// The flash kernel, or the memory-efficient one where there is a mask or fp32. Since 4.54 keys and values go in as they
// are (integrations/sdpa_attention.py: enable_gqa), before it repeated for every head.
Var Program::fused(Var& queries, Var& keys, Var& values, Layer& layer, bool masked) {
  const AttentionSpec& a = layer.kind->attention;
  const bool repeats =
      q_.attention == AttentionPath::sdpa && sharesHeads(keys, a) && (q_.transformers < 45400 || masked);
  Var k = repeats ? repeated(keys, a) : keys, v = repeats ? repeated(values, a) : values;
  Var q = queries;
  // integrations/sdpa_attention.py, 4.48 to 4.53, makes all three contiguous: parts of a fused projection become
  // copies.
  if (q_.attention == AttentionPath::sdpa && layer.qkv != nullptr && !repeats && q_.transformers >= 44800 &&
      q_.transformers < 45400) {
    v = o_.copied(v, kQkv);
    if (a.rotaryDim == 0) q = o_.copied(q, kQkv), k = o_.copied(k, kQkv);
  }
  // integrations/flash_attention.py: the kernel has no fp32, which a quantized model's are turned from.
  const bool narrows = q_.fourBit && q_.attention == AttentionPath::flash_attention_2 && q.width() > o_.compute;
  if (o_.autocast || narrows || queries.width() != values.width())
    q = o_.cast(q, o_.compute, kQkv), k = o_.cast(k, o_.compute, kQkv), v = o_.cast(v, o_.compute, kQkv);
  // Heads whose size is no multiple of eight are padded for torch's flash kernel, and what it gives is cut off again
  // (aten/native/transformers/sdp_utils_cpp.h, pad_last_dim; flash_attn/flash_api.cpp).
  const std::int64_t missing = (8 - a.headDim % 8) % 8;
  const bool pads = missing > 0 && !masked && q_.attention == AttentionPath::sdpa && q.width() < 4;
  if (pads) {
    const double wider = static_cast<double>(a.headDim + missing) / static_cast<double>(a.headDim);
    const auto padded = [&](const Var& x) {
      return t_.apply(
          {.extent = t_.scaled(x.extent(), wider), .width = x.width(), .what = kQkv, .inputs = {{&x}}, .saved = {}});
    };
    q = padded(q), k = padded(k), v = padded(v);
  }
  Var mask;
  if (masked && (m_.alibi || q_.transformers < 44800))
    mask = mask_;
  else if (masked)
    mask = t_.make(t_.extent({batch_, length_, length_}), q.width(), {"attention masks"});
  const Var logSum = t_.make(t_.extent({n_, modelDim("heads", a.heads)}), 4, {"attention's log-sums"});
  // mha_bwd sums the queries' gradients in fp32 beside a number per row, and those of shared keys and values head by
  // head (aten/native/transformers/cuda/flash_attn/flash_api.cpp).
  const double rows = logSum.extent().elements * 4, sums = q.extent().elements * 4;
  const bool shared = k.extent().elements < q.extent().elements;
  Var out = t_.apply({.extent = attendedBy(q, a),
                      .width = q.width(),
                      .what = kAttended,
                      .inputs = {{&q}, {&k}, {&v}},
                      .saved = {&q, &k, &v, &logSum, &mask},
                      .savesResult = true,
                      .inner = {rows + sums, shared ? 2 * q.extent().elements * q.width() : 0}});
  return pads ? o_.copied(o_.slice(out, queries.extent()), kAttended) : out;
}

// scaled_dot_product_attention's own path in plain operators: fp32 with fewer key heads has no kernel.
Var Program::plainProducts(Var& queries, Var& keys, Var& values, Layer& layer) {
  const AttentionSpec& a = layer.kind->attention;
  const Extent scores = t_.extent({n_, modelDim("heads", a.heads), length_});
  const Var scaled = o_.unary(queries, Keep::nothing, kQkv);
  const Var causal = t_.make(t_.extent({length_, length_}), 4, {"attention masks"});
  Var k = repeated(keys, a);
  const Var v = repeated(values, a);
  k = o_.unary(k, Keep::nothing, kQkv);
  Var weights;
  {
    const Var q = q_.batch > 1 ? o_.copied(scaled, kQkv) : scaled;
    weights = t_.apply({.extent = scores, .width = 4, .what = kScores, .inputs = {{&q}, {&k}}, .saved = {&q, &k}});
  }
  weights = t_.apply(
      {.extent = scores, .width = 4, .what = kScores, .inputs = {{&weights, nullptr, Gradient::pass}}, .saved = {}});
  weights = dropped(o_.unary(weights, Keep::result, kScores), q_.attentionDropout);
  Var out = t_.apply({.extent = queries.extent(),
                      .width = 4,
                      .what = kAttended,
                      .inputs = {{&weights}, {&v}},
                      .saved = {&weights, &v}});
  return o_.copied(out, kAttended);
}

// gpt-oss: a column of learned scores beside the others, the largest taken off, a softmax in the same format. What the
// column got is cut off.
Var Program::withSinks(const Var& weights, Layer& layer, const Extent& scores) {
  const double more = 1 + 1 / q_.context;
  const Extent wider = t_.scaled(scores, more), rows = t_.scaled(scores, 1 / q_.context);
  Var all = t_.apply({.extent = wider,
                      .width = weights.width(),
                      .what = kScores,
                      .inputs = {{&weights, nullptr, Gradient::pass}, {nullptr, layer.sinks}},
                      .saved = {}});
  {
    const Var at = t_.make(rows, 8, kScores);
    const Var largest =
        t_.apply({.extent = rows, .width = all.width(), .what = kScores, .inputs = {{&all}}, .saved = {&at}});
    all = t_.apply({.extent = wider,
                    .width = all.width(),
                    .what = kScores,
                    .inputs = {{&all, nullptr, Gradient::pass}, {&largest}},
                    .saved = {}});
  }
  const Var soft = o_.unary(o_.autocast ? o_.cast(all, 4, kScores) : all, Keep::result, kScores);
  return o_.slice(soft, scores);
}

// eager_attention_forward: the scores in the compute format, their softmax in fp32 and its narrow copy. A product of
// several sequences needs its operands in order.
Var Program::eager(Var& queries, Var& keys, Var& values, Layer& layer) {
  const AttentionSpec& a = layer.kind->attention;
  const bool joined = a.rotaryDim > 0 && a.rotaryDim < a.headDim;
  const Extent scores = t_.extent({n_, modelDim("heads", a.heads), length_});
  const Var k = repeated(keys, a), v = repeated(values, a);
  const bool grouped = a.kvHeads != a.heads;
  const auto operand = [&](const Var& x, bool inOrder) {
    const Var narrow = o_.autocast ? o_.cast(x, o_.compute, kQkv) : x;
    return inOrder || q_.batch == 1 ? narrow : o_.copied(narrow, kQkv);
  };
  Var weights;
  {
    const Var q = operand(queries, joined), key = operand(k, joined || grouped);
    weights = t_.apply({.extent = scores,
                        .width = std::max(q.width(), key.width()),
                        .what = kScores,
                        .inputs = {{&q}, {&key}},
                        .saved = {&q, &key}});
  }
  weights = o_.unary(weights, Keep::nothing, kScores);  // × 1/√d
  if (a.logitSoftCap > 0) {
    weights = o_.unary(weights, Keep::nothing, kScores);
    weights = o_.unary(weights, Keep::result, kScores);  // tanh
    weights = o_.unary(weights, Keep::nothing, kScores);
  }
  weights = t_.apply({.extent = scores,
                      .width = weights.width(),
                      .what = kScores,
                      .inputs = {{&weights, nullptr, Gradient::pass}},
                      .saved = {}});  // + mask
  const double narrow = queries.width();
  if (a.sinks) {
    weights = withSinks(weights, layer, scores);
  } else if (a.narrowSoftmax && !o_.autocast) {
    weights = o_.unary(weights, Keep::result, kScores);
  } else {
    const Var wide = o_.cast(weights, 4, kScores);
    weights = o_.unary(wide, Keep::result, kScores);
  }
  weights = o_.cast(weights, narrow, kScores);
  weights = dropped(weights, q_.attentionDropout);
  Var out;
  {
    const Var value = operand(v, grouped);
    const Var p = o_.autocast ? o_.cast(weights, o_.compute, kScores) : weights;
    out = t_.apply({.extent = attendedBy(queries, a),
                    .width = value.width(),
                    .what = kAttended,
                    .inputs = {{&p}, {&value}},
                    .saved = {&p, &value}});
  }
  return o_.copied(out, kAttended);
}

}  // namespace headroom::training::transformers
