#include "core/estimate/training/replay/litgpt_program.h"

#include <cmath>

namespace headroom::training {

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

}  // namespace headroom::training
