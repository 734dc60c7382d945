#include "core/estimate/training/replay/litgpt_program.h"

namespace headroom::training {

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

}  // namespace headroom::training
