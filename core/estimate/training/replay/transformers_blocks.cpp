// Decoder layers, their norms and Linears. Sources: transformers/models/*/modeling_*.py and integrations (4.46–5.24),
// peft/tuners/lora/layer.py (0.13–0.21), torch/utils/checkpoint.py (2.13).
#include <algorithm>

#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training::transformers {

// LlamaRMSNorm.forward.
Var Program::rms(const Var& x, NormModule& norm) {
  const double width = x.width();
  Var y = o_.cast(x, 4, kNorm);
  Var variance = o_.mean(o_.unary(y, Keep::input, {"norms' squares"}), t_.without(y.extent(), norm.width));
  variance = o_.unary(variance, Keep::nothing, kNorm);  // + epsilon
  variance = o_.unary(variance, Keep::result, kNorm);
  y = o_.multiply(y, variance, kNorm);
  const Var narrow = o_.cast(y, width, kNorm);
  return o_.weighted(narrow, norm.weight, kNorm);
}

// GemmaRMSNorm.forward, Olmo2RMSNorm.forward: the weight multiplies in fp32.
Var Program::rmsGemma(const Var& x, NormModule& norm) {
  Var y;
  {
    const Var wide = o_.cast(x, 4, kNorm);
    Var variance = o_.mean(o_.unary(wide, Keep::input, {"norms' squares"}), t_.without(wide.extent(), norm.width));
    variance = o_.unary(variance, Keep::nothing, kNorm);
    variance = o_.unary(variance, Keep::result, kNorm);
    y = o_.multiply(wide, variance, kNorm);
  }
  y = t_.apply({.extent = y.extent(),
                .width = 4,
                .what = kNorm,
                .inputs = {{nullptr, &norm.weight, Gradient::reduced}, {&y}},
                .saved = {norm.weight.trains ? &y : nullptr}});
  return o_.cast(y, x.width(), kNorm);
}

// native_layer_norm: in fp32 under autocast.
Var Program::layerNorm(const Var& x, NormModule& norm) {
  const Var input = o_.autocast ? o_.cast(x, 4, kNorm) : x;
  const Var mean = t_.make(t_.without(input.extent(), norm.width), 4, kNorm),
            deviation = t_.make(mean.extent(), 4, kNorm);
  return t_.apply({.extent = input.extent(),
                   .width = input.width(),
                   .what = kNorm,
                   .inputs = {{&input}, {nullptr, &norm.weight}, {nullptr, norm.hasBias ? &norm.bias : &norm.weight}},
                   .saved = {&input, &mean, &deviation}});
}

Var Program::normed(const Var& x, NormModule& norm, NormKind kind) {
  switch (kind) {
    case NormKind::rms_gemma:
    case NormKind::rms_wide:
      return rmsGemma(x, norm);
    case NormKind::layer:
    case NormKind::non_parametric:
      return layerNorm(x, norm);
    case NormKind::rms:
      break;
  }
  return rms(x, norm);
}

// A Linear without its adapter. bitsandbytes/nn/modules.py, Linear4bit.forward: computes in its own format and returns
// the input's.
Var Program::base(const Var& x, LinearModule& module, const What& what) {
  if (!module.fourBit) return o_.product(x, module, what);
  const Var input = o_.cast(x, o_.compute, {"inputs of 4-bit products"});
  const Var out = o_.product(input, module, what);
  return o_.cast(out, x.width(), what);
}

Var Program::linear(const Var& x, LinearModule& module, const What& what) {
  return module.adapted && !withoutAdapters_ ? adapted(x, module, what) : base(x, module, what);
}

Var Program::lowRank(const Var& x, Parameter& weight, std::uint8_t from, std::uint8_t to) {
  LinearModule product;
  product.in = from, product.out = to, product.tied = &weight;
  return o_.product(x, product, kAdapter);
}

// peft lora.Linear.forward: result + B(A(dropout(x))) × scaling.
Var Program::adapted(const Var& x, LinearModule& module, const What& what) {
  Var result = base(x, module, what);
  const double width = result.width();
  const Var input = o_.cast(x, module.a.width, kAdapter);
  {
    Var delta;
    {
      const Var dropped = module.dropout ? o_.dropout(input, kAdapter) : input;
      {
        const Var down = lowRank(dropped, module.a, module.in, module.rank);
        delta = lowRank(down, module.b, module.rank, module.out);
      }
      delta = module.dora ? directed(dropped, delta, result, module) : o_.unary(delta, Keep::nothing, kAdapter);
    }
    result = o_.add(result, delta, what);
  }
  return o_.cast(result, width, what);
}

// peft/tuners/lora/dora.py: the norms of the adapted weight, written out once for them, scale the base's result and the
// adapter's. Before 0.14, or behind a dropout, the base's result is computed again.
Var Program::directed(const Var& x, const Var& delta, const Var& result, LinearModule& module) {
  const What work{"DoRA: the adapted weight", ComponentId::workspace};
  const double compute = o_.autocast ? o_.compute : module.a.width;
  {
    const bool recorded = t_.recording();
    t_.record(false);
    Var whole;
    {
      Var identity = t_.make(t_.extent({module.in, module.in}), x.width(), work);
      const Var narrow = o_.cast(identity, compute, work);
      const Var down = t_.make(t_.extent({module.in, module.rank}), compute, work);
      whole = t_.make(t_.extent({module.in, module.out}), compute, work);
      const Var scaled = t_.make(t_.extent({module.in, module.out}), compute, work);
      const Var sum = t_.make(t_.extent({module.in, module.out}), std::max(compute, module.matrix().width), work);
    }
    t_.record(recorded);
  }
  const Var scale = t_.apply({.extent = t_.extent({module.out}),
                              .width = module.magnitude.width,
                              .what = kAdapter,
                              .inputs = {{nullptr, &module.magnitude}},
                              .saved = {}});
  const bool again = q_.peft < 1400 || module.dropout;
  const Var product = again ? base(x, module, kAdapter) : result;
  const Var straight = o_.multiply(scale, product, kAdapter);
  Var turned = o_.multiply(scale, delta, kAdapter);
  turned = o_.unary(turned, Keep::nothing, kAdapter);
  return o_.add(straight, turned, kAdapter);
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
    out = o_.add(out, attended, kStream);
    return o_.add(out, residual, kStream);
  }
  const bool four = layer.norm4 != nullptr;
  x = normed(x, *layer.norm1, kind.norm);
  x = attention(x, layer);
  if (four) x = normed(x, *layer.norm2, kind.norm);
  x = dropped(x, q_.hiddenDropout);
  x = o_.add(residual, x, kStream);
  residual = x;
  x = normed(x, four ? *layer.norm3 : *layer.norm2, kind.norm);
  x = mlp(x, layer);
  if (four) x = normed(x, *layer.norm4, kind.norm);
  x = dropped(x, q_.hiddenDropout);
  x = o_.add(residual, x, kStream);
  return x;
}

// Reentrant: CheckpointFunction holds the gradient and the recomputed result while it runs backward. Otherwise the
// graph of the first run stays, and the first of its nodes that needs a tensor has the block computed again: gradients
// have come past an adapter's scaling and casts by then.
Var Program::checkpointed(const Var& x, Layer& layer) {
  Layer* const which = &layer;
  if (!q_.reentrant) {
    if (!t_.recording()) return block(x, layer);
    t_.pack([this, which, input = t_.detach(x), needs = x.needsGrad()] {
      const Var again = block(needs ? t_.leaf(input) : input, *which);
      if (o_.autocast) dropCasts();
    });
    Var out = block(x, layer);
    t_.endPack();
    return out;
  }
  const bool recorded = t_.recording();
  t_.record(false);
  Var out = block(x, layer);
  t_.record(recorded);
  if (!recorded || !x.needsGrad()) return out;
  const Var input = t_.detach(x);
  return t_.custom(out, x, {&input}, [this, which, input](Var gradient) {
    const Var held = gradient;
    const std::size_t floor = t_.mark();
    t_.record(true);
    const Var leaf = t_.leaf(input);
    Var again = block(leaf, *which);
    if (o_.autocast) dropCasts();
    t_.backward(again, std::move(gradient), floor);
    return t_.gradientOf(leaf);
  });
}

}  // namespace headroom::training::transformers
