#include "core/estimate/training/replay/torchtune_program.h"

#include <cmath>

namespace headroom::training {

Var TorchtuneStep::turned(const Var& x) {
  const Extent half = t.scaled(x.extent(), 0.5);
  if (h_.rotary != TorchtuneRotary::interleaved) {
    Var cos = table_, sin = table_;
    if (h_.rotary == TorchtuneRotary::halves && x.width() < 4)
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
  if (a.kvHeads == 1 && repeat > 1) {  // of one head the others are views
    k = o.slice(k, t.scaled(k.extent(), repeat)), v = o.slice(v, t.scaled(v.extent(), repeat));
  } else if (repeat > 1) {
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

}  // namespace headroom::training
