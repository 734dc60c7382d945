// Decoder layers, their norms and Linears. Sources: transformers/models/*/modeling_*.py and integrations (4.46–5.24),
// peft/tuners/lora/layer.py (0.13–0.21), torch/utils/checkpoint.py (2.13).
#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training::transformers {

Extent Program::statistic(const Var& x, std::uint8_t width) const {
  Extent each = x.extent();
  for (auto& d : each.dims)
    if (d == width) {
      each.elements /= t.valueOf(d), d = 0;
      return each;
    }
  each.elements /= t.valueOf(width), each.count /= t.valueOf(width);
  return each;
}

// LlamaRMSNorm.forward.
Var Program::rms(const Var& x, NormModule& norm) {
  const double width = x.width();
  Var y = o.cast(x, 4, kNorm);
  Var variance = o.mean(o.unary(y, Keep::input, {"norms' squares"}), statistic(y, norm.width));
  variance = o.unary(variance, Keep::nothing, kNorm);  // + epsilon
  variance = o.unary(variance, Keep::result, kNorm);
  y = o.multiply(y, variance, kNorm);
  const Var narrow = o.cast(y, width, kNorm);
  return o.weighted(narrow, norm.weight, kNorm);
}

// GemmaRMSNorm.forward: the weight multiplies in fp32.
Var Program::rmsGemma(const Var& x, NormModule& norm) {
  Var y;
  {
    const Var wide = o.cast(x, 4, kNorm);
    Var variance = o.mean(o.unary(wide, Keep::input, {"norms' squares"}), statistic(wide, norm.width));
    variance = o.unary(variance, Keep::nothing, kNorm);
    variance = o.unary(variance, Keep::result, kNorm);
    y = o.multiply(wide, variance, kNorm);
  }
  y = t.apply({.extent = y.extent(),
               .width = 4,
               .what = kNorm,
               .inputs = {{nullptr, &norm.weight, Gradient::reduced}, {&y}},
               .saved = {norm.weight.trains ? &y : nullptr}});
  return o.cast(y, x.width(), kNorm);
}

// native_layer_norm: in fp32 under autocast.
Var Program::layerNorm(const Var& x, NormModule& norm) {
  const Var input = o.autocast ? o.cast(x, 4, kNorm) : x;
  const Var mean = t.make(statistic(input, norm.width), 4, kNorm), deviation = t.make(mean.extent(), 4, kNorm);
  return t.apply({.extent = input.extent(),
                  .width = input.width(),
                  .what = kNorm,
                  .inputs = {{&input}, {nullptr, &norm.weight}, {nullptr, norm.hasBias ? &norm.bias : &norm.weight}},
                  .saved = {&input, &mean, &deviation}});
}

Var Program::normed(const Var& x, NormModule& norm, NormKind kind) {
  switch (kind) {
    case NormKind::rms_gemma:
      return rmsGemma(x, norm);
    case NormKind::layer:
    case NormKind::non_parametric:
      return layerNorm(x, norm);
    case NormKind::rms:
      break;
  }
  return rms(x, norm);
}

Var Program::linear(const Var& x, LinearModule& module, const What& what) {
  if (module.adapted) return adapted(x, module, what);
  if (!module.fourBit) return o.product(x, module, what);
  // bitsandbytes/nn/modules.py, Linear4bit.forward: computes in its own format and returns the input's.
  const Var input = o.cast(x, o.compute, {"inputs of 4-bit products"});
  const Var out = o.product(input, module, what);
  return o.cast(out, x.width(), what);
}

// peft lora.Linear.forward: result + B(A(dropout(x))) × scaling.
Var Program::adapted(const Var& x, LinearModule& module, const What& what) {
  LinearModule base = module;
  base.adapted = false;
  Var result = linear(x, base, what);
  module.weight.cast = base.weight.cast;
  const double width = result.width();
  Var input = o.cast(x, module.a.width, kAdapter);
  {
    const auto low = [&](Parameter& weight, const Var& in, std::uint8_t from, std::uint8_t to, const What& label) {
      LinearModule product;
      product.in = from, product.out = to, product.tied = &weight;
      return o.product(in, product, label);
    };
    Var delta;
    {
      const Var dropped = module.dropout ? o.dropout(input, kAdapter) : input;
      const Var down = low(module.a, dropped, module.in, module.rank, kAdapter);
      delta = low(module.b, down, module.rank, module.out, kAdapter);
    }
    delta = o.unary(delta, Keep::nothing, kAdapter);
    result = o.add(result, delta, what);
  }
  return o.cast(result, width, what);
}

Var Program::block(Var x, Layer& layer) {
  const LayerKind& kind = *layer.kind;
  Var residual = x;
  if (kind.parallelBlock) {
    // Attention and MLP read the same hidden state, through one norm or two.
    Var first = normed(x, *layer.norm1, kind.norm);
    Var attended = dropped(attention(first, layer), q_.hiddenDropout);
    Var second = layer.norm2 != nullptr ? normed(x, *layer.norm2, kind.norm) : first;
    Var out = dropped(mlp(second, layer), q_.hiddenDropout);
    out = o.add(out, attended, kStream);
    return o.add(out, residual, kStream);
  }
  const bool four = layer.norm4 != nullptr;
  x = normed(x, *layer.norm1, kind.norm);
  x = attention(x, layer);
  if (four) x = normed(x, *layer.norm2, kind.norm);
  x = dropped(x, q_.hiddenDropout);
  x = o.add(residual, x, kStream);
  residual = x;
  x = normed(x, four ? *layer.norm3 : *layer.norm2, kind.norm);
  x = mlp(x, layer);
  if (four) x = normed(x, *layer.norm4, kind.norm);
  x = dropped(x, q_.hiddenDropout);
  x = o.add(residual, x, kStream);
  return x;
}

// Reentrant: CheckpointFunction holds the gradient and the recomputed result while it runs backward; otherwise the
// recomputation stops when the last saved tensor is there.
Var Program::checkpointed(const Var& x, Layer& layer) {
  const bool recorded = t.recording();
  t.record(false);
  Var out = block(x, layer);
  t.record(recorded);
  if (!recorded || !x.needsGrad()) return out;
  Layer* const which = &layer;
  const Var input = t.detach(x);
  return t.custom(out, x, {&input}, [this, which, input](Var gradient) {
    const Var held = q_.reentrant ? gradient : Var();
    const std::size_t floor = t.mark();
    t.record(true);
    const Var leaf = t.leaf(input);
    Var again = block(leaf, *which);
    if (o.autocast) dropCasts();
    t.backward(again, std::move(gradient), floor);
    return t.gradientOf(leaf);
  });
}

}  // namespace headroom::training::transformers
