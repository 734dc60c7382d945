// Decoder layers, their norms and Linears. Sources: transformers/models/*/modeling_*.py and integrations (4.46–5.24),
// peft/tuners/lora/layer.py (0.13–0.21), torch/utils/checkpoint.py (2.13).
#include <algorithm>

#include <utility>

#include "core/estimate/training/replay/transformers_program.h"
#include "core/scenario/liger.h"

namespace headroom::training::transformers {
namespace {

// PEFT's releases since which DoRA is handed the base's result, and writes the adapter out in a function of its own.
constexpr int kBaseResult = 1400, kOwnWeight = 2100;

}  // namespace

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

// The weight multiplies what is fp32; the product takes its variable.
Var Program::weightedWide(Var y, NormModule& norm, double width) {
  y = t_.apply({.extent = y.extent(),
                .width = 4,
                .what = kNorm,
                .inputs = {{nullptr, &norm.weight, Gradient::reduced}, {&y}},
                .saved = {norm.weight.trains ? &y : nullptr}});
  return o_.cast(y, width, kNorm);
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
  return weightedWide(std::move(y), norm, x.width());
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

// OlmoLayerNorm.forward: in fp32, without weights.
Var Program::layerNormBare(const Var& x, NormModule& norm) {
  const Var wide = o_.cast(x, 4, kNorm);
  const Extent each = t_.without(wide.extent(), norm.width);
  const Var mean = t_.make(each, 4, kNorm), deviation = t_.make(each, 4, kNorm);
  const Var y = t_.apply(
      {.extent = wide.extent(), .width = 4, .what = kNorm, .inputs = {{&wide}}, .saved = {&wide, &mean, &deviation}});
  return o_.cast(y, x.width(), kNorm);
}

// CohereLayerNorm.forward: the deviation from the mean is computed twice, both are kept.
Var Program::layerNormWide(const Var& x, NormModule& norm) {
  Var y;
  {
    const Var wide = o_.cast(x, 4, kNorm);
    const Extent each = t_.without(wide.extent(), norm.width);
    const Var mean = o_.mean(wide, each);
    Var variance = o_.mean(o_.unary(o_.add(wide, mean, kNorm), Keep::input, {"norms' squares"}), each);
    variance = o_.unary(variance, Keep::nothing, kNorm);
    variance = o_.unary(variance, Keep::result, kNorm);
    y = o_.multiply(o_.add(wide, mean, kNorm), variance, kNorm);
  }
  return weightedWide(std::move(y), norm, x.width());
}

Var Program::normed(const Var& x, NormModule& norm, const LayerKind& kind) {
  if (q_.liger > 0 && (kind.norm == NormKind::rms || kind.norm == NormKind::rms_gemma))
    return o_.ligerNorm(x, norm, ligerClass(m_)->normsInPlace, q_.liger, kNorm);
  switch (kind.norm) {
    case NormKind::rms_gemma:
      return rmsGemma(x, norm);
    case NormKind::layer:
      return kind.wideNorms ? layerNormWide(x, norm) : layerNorm(x, norm);
    case NormKind::non_parametric:
      return layerNormBare(x, norm);
    case NormKind::rms:
      break;
  }
  return kind.wideNorms ? rmsGemma(x, norm) : rms(x, norm);
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
  // peft/tuners/lora/bnb.py: autocast is left to cast what a 4-bit layer's adapter reads.
  const Var input = module.fourBit && o_.autocast ? x : o_.cast(x, module.a.width, kAdapter);
  {
    Var delta;
    {
      const Var dropped = module.dropout ? o_.dropout(input, kAdapter) : input;
      delta = module.dora ? directed(dropped, result, module)
                          : o_.unary(upAndDown(dropped, module), Keep::nothing, kAdapter);
    }
    result = o_.add(result, delta, what);
  }
  return o_.cast(result, width, what);
}

// B(A(x)).
Var Program::upAndDown(const Var& x, LinearModule& module) {
  const Var down = lowRank(x, module.a, module.in, module.rank);
  return lowRank(down, module.b, module.rank, module.out);
}

// peft/tuners/lora/dora.py: the adapter is written out as a matrix, by what it makes of an identity, with a graph
// behind it; so is the weight in the input's format. Both live until the function returns. Their norms, taken without a
// graph, scale the base's result and the adapter's. Before 0.14, or behind a dropout, the base's result is computed
// again, with that weight.
Var Program::directed(const Var& x, const Var& result, LinearModule& module) {
  const What work{"DoRA: the adapted weight", ComponentId::workspace};
  const bool again = q_.peft < kBaseResult || module.dropout;
  Var turned;
  if (q_.peft < kBaseResult) turned = upAndDown(x, module);
  Parameter& matrix = module.matrix();
  const std::uint8_t columns = s_.dim(asked("columns of the identity", t_.valueOf(module.in)));
  Var identity = t_.make(t_.extent({columns, module.in}), q_.peft < kOwnWeight ? x.width() : module.a.width, work);
  Var adapter = upAndDown(identity, module);
  if (q_.peft >= kOwnWeight) identity.reset(), adapter = o_.cast(adapter, x.width(), work);
  Var weight;
  if (module.fourBit) weight = t_.make(matrix.extent, o_.compute, work);
  if (matrix.width != x.width()) weight = t_.make(matrix.extent, x.width(), work);
  {
    const Var scaled = t_.make(matrix.extent, adapter.width(), work);
    const Var sum = t_.make(matrix.extent, std::max(x.width(), adapter.width()), work);
  }
  const Var scale = t_.apply({.extent = t_.extent({module.out}),
                              .width = module.magnitude.width,
                              .what = kAdapter,
                              .inputs = {{nullptr, &module.magnitude}},
                              .saved = {}});
  if (!turned) turned = upAndDown(x, module);
  Var product = result;
  if (again) {
    const Var in = o_.autocast ? o_.cast(x, o_.compute, kAdapter) : x;
    const bool casts = o_.autocast && x.width() != o_.compute;
    const Var read = casts ? t_.make(matrix.extent, o_.compute, work) : weight;
    product = t_.apply({.extent = result.extent(),
                        .width = o_.autocast ? o_.compute : x.width(),
                        .what = kAdapter,
                        .inputs = {{&in}},
                        .saved = {&read}});
  } else if (module.hasBias) {
    // base_result - bias: as wide as the bias.
    const bool widens = result.width() < module.bias.width;
    product = t_.apply({.extent = result.extent(),
                        .width = std::max(result.width(), module.bias.width),
                        .what = kAdapter,
                        .inputs = {{&result, nullptr, widens ? Gradient::fresh : Gradient::pass}},
                        .saved = {}});
  }
  const Var straight = o_.multiply(scale, product, kAdapter);
  turned = o_.multiply(scale, turned, kAdapter);
  turned = o_.unary(turned, Keep::nothing, kAdapter);
  return o_.add(straight, turned, kAdapter);
}

// What a layer's mixer makes of the hidden states.
Var Program::mixed(const Var& x, Layer& layer) {
  return layer.kind->state.kind != StateKind::none ? state(x, layer) : attention(x, layer);
}

// What a branch adds to the stream.
Var Program::branch(Var x, Layer& layer) {
  if (layer.kind->scalesBranches) x = o_.unary(x, Keep::nothing, kStream);
  return dropped(x, q_.hiddenDropout);
}

Var Program::block(Var x, Layer& layer) {
  const LayerKind& kind = *layer.kind;
  Var residual = x;
  if (kind.parallelBlock) {
    // Attention and MLP read the same hidden state, through one norm or two.
    Var first = normed(x, *layer.norm1, kind);
    Var attended = dropped(attention(first, layer), q_.hiddenDropout);
    Var second = layer.norm2 != nullptr ? normed(x, *layer.norm2, kind) : first;
    Var out = dropped(mlp(second, layer), q_.hiddenDropout);
    out = o_.add(out, attended, kStream);
    return o_.add(out, residual, kStream);
  }
  if (layer.norm2 == nullptr) {  // one mixer or one MLP
    if (kind.wideResidual) residual = o_.cast(residual, 4, kStream), x = o_.cast(x, q_.normWidth, kStream);
    x = normed(x, *layer.norm1, kind);
    const bool mixes = kind.state.kind != StateKind::none || kind.attention.kind != AttentionKind::none;
    x = mixes ? mixed(x, layer) : mlp(x, layer);
    return o_.add(residual, x, kStream);
  }
  const bool four = layer.norm4 != nullptr, before = !kind.postNorms;
  if (before) x = normed(x, *layer.norm1, kind);
  x = mixed(x, layer);
  if (four) x = normed(x, *layer.norm2, kind);
  if (!before) x = normed(x, *layer.norm1, kind);
  x = branch(std::move(x), layer);
  x = o_.add(residual, x, kStream);
  residual = x;
  if (before) x = normed(x, four ? *layer.norm3 : *layer.norm2, kind);
  x = mlp(x, layer);
  if (four) x = normed(x, *layer.norm4, kind);
  if (!before) x = normed(x, *layer.norm2, kind);
  x = branch(std::move(x), layer);
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
      givenScores_.reset();
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
    givenScores_.reset();
    return t_.gradientOf(leaf);
  });
}

}  // namespace headroom::training::transformers
