// MLPs and experts of Transformers' classes (models/*/modeling_*.py, activations.py, 4.46–5.24).
#include <algorithm>

#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training::transformers {

// One kernel that reads its input again, or NewGELUActivation's separate operators.
Var Program::activated(const Var& x, const MlpSpec& spec) {
  if (!spec.composedGelu) return o.unary(x, spec.relu ? Keep::result : Keep::input, kMlp);
  const Var half = o.unary(x, Keep::nothing, kMlp);
  Var inner;
  {
    const Var base = o.autocast ? o.cast(x, 4, kMlp) : x;
    inner = o.unary(base, Keep::input, kMlp);  // x³
  }
  inner = o.unary(inner, Keep::nothing, kMlp);
  inner = o.add(x, inner, kMlp);
  inner = o.unary(inner, Keep::nothing, kMlp);
  inner = o.unary(inner, Keep::result, kMlp);   // tanh
  inner = o.unary(inner, Keep::nothing, kMlp);  // 1 +
  return o.multiply(half, inner, kMlp);
}

Var Program::plain(const Var& x, Layer& layer) {
  if (layer.up == nullptr || layer.down == nullptr) return x;
  Var h = linear(x, *layer.up, kMlp);
  h = activated(h, layer.kind->mlp);
  return linear(h, *layer.down, {"MLP's projection"});
}

Var Program::gated(const Var& x, LinearModule* gate, LinearModule* up, LinearModule* gateUp, LinearModule& down,
                   const MlpSpec& spec) {
  Var product;
  if (gateUp == nullptr && (gate == nullptr || up == nullptr)) return x;
  if (gateUp != nullptr) {
    const Var both = linear(x, *gateUp, kMlp);
    const Var parts = t.apply({.extent = both.extent(),
                               .width = both.width(),
                               .inputs = {{&both}},
                               .saved = {},
                               .inPlace = true,
                               .together = true});
    const Var half = t.view(parts, t.scaled(both.extent(), 0.5)), other = half;
    const Var active = activated(half, spec);
    product = o.multiply(other, active, kMlp);
  } else {
    Var active;
    {
      Var g = linear(x, *gate, kMlp);
      active = activated(g, spec);
    }
    const Var u = linear(x, *up, kMlp);
    product = o.multiply(active, u, kMlp);
  }
  return linear(product, down, {"MLP's projection"});
}

Var Program::mlp(const Var& x, Layer& layer) {
  const MlpSpec& spec = layer.kind->mlp;
  if (spec.kind == MlpKind::experts) return experts(x, layer);
  if (spec.kind == MlpKind::plain) return plain(x, layer);
  if (layer.down != nullptr) return gated(x, layer.gate, layer.up, layer.gateUp, *layer.down, spec);
  if (layer.sharedDown != nullptr)
    return gated(x, layer.sharedGate, layer.sharedUp, layer.sharedGateUp, *layer.sharedDown, spec);
  return x;
}

// The router: its softmax in fp32, the chosen weights and their indices.
// Then every token's copies, in the order of their experts, through all experts at once (integrations/moe.py, 5.x) or
// expert by expert (4.x), whose tensors add up to the same.
Var Program::experts(const Var& x, Layer& layer) {
  const MlpSpec& spec = layer.kind->mlp;
  const std::uint8_t perToken = modelDim("experts per token", spec.expertsPerToken);
  const std::uint8_t inner = modelDim("expert width", spec.expertIntermediate);
  Var weights, order;
  {
    const Var scores = layer.router != nullptr ? linear(x, *layer.router, kExperts) : x;
    Var soft;
    {
      const Var wide = o.cast(scores, 4, kExperts);
      soft = o.unary(wide, Keep::result, kExperts);
    }
    order = t.make(t.extent({n, perToken}), 8, kExperts);
    weights = t.apply(
        {.extent = t.extent({n, perToken}), .width = 4, .what = kExperts, .inputs = {{&soft}}, .saved = {&order}});
    weights = o.cast(weights, q_.autocast ? 4 : x.width(), kExperts);
  }
  const Extent copies = t.extent({n, perToken, hidden});
  Var gathered = t.apply({.extent = copies, .width = x.width(), .what = kExperts, .inputs = {{&x}}, .saved = {&order}});
  const auto grouped = [&](const Var& in, Parameter& weight, const Extent& extent) {
    const double width = q_.autocast ? o.compute : std::max(in.width(), weight.width);
    const Var operand = q_.autocast ? o.cast(in, o.compute, kExperts) : in;
    if (q_.autocast && weight.width != o.compute) {
      weight.sumsInPlace = true;
      Var copy = weight.cast;
      if (!copy) {
        copy = t.apply({.extent = weight.extent,
                        .width = o.compute,
                        .what = {"autocast copies of weights", ComponentId::weights},
                        .inputs = {{nullptr, &weight}},
                        .saved = {}});
        if (weight.trains) weight.cast = copy;
      }
      return t.apply({.extent = extent,
                      .width = width,
                      .what = kExperts,
                      .inputs = {{&operand}, {&copy}},
                      .saved = {weight.trains ? &operand : nullptr, operand.needsGrad() ? &copy : nullptr}});
    }
    return t.apply({.extent = extent,
                    .width = width,
                    .what = kExperts,
                    .inputs = {{&operand}, {nullptr, &weight}},
                    .saved = {weight.trains ? &operand : nullptr}});
  };
  Var product;
  if (layer.expertGateUp != nullptr) {
    const Var both = grouped(gathered, *layer.expertGateUp, t.extent({n, perToken, inner}, 2));
    gathered.reset();
    const Var parts = t.apply({.extent = both.extent(),
                               .width = both.width(),
                               .inputs = {{&both}},
                               .saved = {},
                               .inPlace = true,
                               .together = true});
    const Var half = t.view(parts, t.scaled(both.extent(), 0.5));
    const Var active = o.unary(half, Keep::input, kExperts);
    product = o.multiply(active, half, kExperts);
  } else {
    Var active;
    {
      const Var gate = grouped(gathered, *layer.expertGate, t.extent({n, perToken, inner}));
      active = o.unary(gate, Keep::input, kExperts);
    }
    const Var up = grouped(gathered, *layer.expertUp, t.extent({n, perToken, inner}));
    gathered.reset();
    product = o.multiply(active, up, kExperts);
  }
  Var out = grouped(product, *layer.expertDown, copies);
  product.reset();
  Var weighted = o.multiply(out, weights, kExperts);
  out.reset();
  // index_add_ keeps what it adds; since 5.0 the copies are put back in order and summed.
  const bool adds = layer.expertGateUp == nullptr;
  if (!adds) weighted = o.copied(weighted, kExperts);
  Var sum = t.apply({.extent = this->perToken(hidden),
                     .width = x.width(),
                     .what = kStream,
                     .inputs = {{&weighted}},
                     .saved = {adds ? &weighted : nullptr}});
  weighted.reset();
  if (layer.sharedDown != nullptr) {
    Var shared = gated(x, layer.sharedGate, layer.sharedUp, layer.sharedGateUp, *layer.sharedDown, spec);
    if (layer.sharedSwitch != nullptr) {
      Var gate = linear(x, *layer.sharedSwitch, kExperts);
      gate = o.unary(gate, Keep::result, kExperts);
      shared = o.multiply(gate, shared, kExperts);
    }
    sum = o.add(sum, shared, kStream);
  }
  return sum;
}

Var Program::state(const Var& x, Layer&) {
  return x;
}

}  // namespace headroom::training::transformers
