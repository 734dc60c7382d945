// MLPs and experts of Transformers' classes (models/*/modeling_*.py, activations.py, 4.46–5.24).
#include <algorithm>

#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training::transformers {

// One kernel that reads its input again, or NewGELUActivation's separate operators.
Var Program::activated(const Var& x, const MlpSpec& spec) {
  if (spec.squaredRelu) {  // ReLUSquaredActivation; autocast takes powers in fp32
    const Var straight = o_.unary(x, Keep::result, kMlp);
    return o_.squared(o_.autocast ? o_.cast(straight, 4, kMlp) : straight);
  }
  if (!spec.composedGelu) return o_.unary(x, spec.relu ? Keep::result : Keep::input, kMlp);
  const Var half = o_.unary(x, Keep::nothing, kMlp);
  Var inner;
  {
    const Var base = o_.autocast ? o_.cast(x, 4, kMlp) : x;
    inner = o_.unary(base, Keep::input, kMlp);  // x³
  }
  inner = o_.unary(inner, Keep::nothing, kMlp);
  inner = o_.add(x, inner, kMlp);
  inner = o_.unary(inner, Keep::nothing, kMlp);
  inner = o_.unary(inner, Keep::result, kMlp);   // tanh
  inner = o_.unary(inner, Keep::nothing, kMlp);  // 1 +
  return o_.multiply(half, inner, kMlp);
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
    const Var parts = t_.apply({.extent = both.extent(),
                                .width = both.width(),
                                .inputs = {{&both}},
                                .saved = {},
                                .inPlace = true,
                                .together = true});
    const Var half = t_.view(parts, t_.scaled(both.extent(), 0.5)), other = half;
    const Var active = activated(half, spec);
    product = o_.multiply(other, active, kMlp);
  } else {
    Var active;
    {
      Var g = linear(x, *gate, kMlp);
      active = activated(g, spec);
    }
    const Var u = linear(x, *up, kMlp);
    product = o_.multiply(active, u, kMlp);
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
      const Var wide = o_.cast(scores, 4, kExperts);
      soft = o_.unary(wide, Keep::result, kExperts);
    }
    order = t_.make(t_.extent({n_, perToken}), 8, kExperts);
    weights = t_.apply(
        {.extent = t_.extent({n_, perToken}), .width = 4, .what = kExperts, .inputs = {{&soft}}, .saved = {&order}});
    weights = o_.cast(weights, q_.autocast ? 4 : x.width(), kExperts);
  }
  const Extent copies = t_.extent({n_, perToken, hidden_});
  Var gathered =
      t_.apply({.extent = copies, .width = x.width(), .what = kExperts, .inputs = {{&x}}, .saved = {&order}});
  const auto grouped = [&](const Var& in, Parameter& weight, const Extent& extent) {
    const double width = q_.autocast ? o_.compute : std::max(in.width(), weight.width);
    const Var operand = q_.autocast ? o_.cast(in, o_.compute, kExperts) : in;
    if (q_.autocast && weight.width != o_.compute) {
      weight.sumsInPlace = true;
      Var copy = weight.cast;
      if (!copy) {
        copy = t_.apply({.extent = weight.extent,
                         .width = o_.compute,
                         .what = {"autocast copies of weights", ComponentId::weights},
                         .inputs = {{nullptr, &weight}},
                         .saved = {}});
        if (weight.trains && o_.caches) weight.cast = copy;
      }
      return t_.apply({.extent = extent,
                       .width = width,
                       .what = kExperts,
                       .inputs = {{&operand}, {&copy}},
                       .saved = {weight.trains ? &operand : nullptr, operand.needsGrad() ? &copy : nullptr}});
    }
    return t_.apply({.extent = extent,
                     .width = width,
                     .what = kExperts,
                     .inputs = {{&operand}, {nullptr, &weight}},
                     .saved = {weight.trains ? &operand : nullptr}});
  };
  Var product;
  if (layer.expertGateUp != nullptr) {
    const Var both = grouped(gathered, *layer.expertGateUp, t_.extent({n_, perToken, inner}, 2));
    gathered.reset();
    const Var parts = t_.apply({.extent = both.extent(),
                                .width = both.width(),
                                .inputs = {{&both}},
                                .saved = {},
                                .inPlace = true,
                                .together = true});
    const Var half = t_.view(parts, t_.scaled(both.extent(), 0.5));
    const Var active = o_.unary(half, Keep::input, kExperts);
    product = o_.multiply(active, half, kExperts);
  } else {
    Var active;
    {
      const Var gate = grouped(gathered, *layer.expertGate, t_.extent({n_, perToken, inner}));
      active = o_.unary(gate, Keep::input, kExperts);
    }
    const Var up = grouped(gathered, *layer.expertUp, t_.extent({n_, perToken, inner}));
    gathered.reset();
    product = o_.multiply(active, up, kExperts);
  }
  Var out = grouped(product, *layer.expertDown, copies);
  product.reset();
  Var weighted = o_.multiply(out, weights, kExperts);
  out.reset();
  // index_add_ keeps what it adds; since 5.0 the copies are put back in order and summed.
  const bool adds = layer.expertGateUp == nullptr;
  if (!adds) weighted = o_.copied(weighted, kExperts);
  Var sum = t_.apply({.extent = this->perToken(hidden_),
                      .width = x.width(),
                      .what = kStream,
                      .inputs = {{&weighted}},
                      .saved = {adds ? &weighted : nullptr}});
  weighted.reset();
  if (layer.sharedDown != nullptr) {
    Var shared = gated(x, layer.sharedGate, layer.sharedUp, layer.sharedGateUp, *layer.sharedDown, spec);
    if (layer.sharedSwitch != nullptr) {
      Var gate = linear(x, *layer.sharedSwitch, kExperts);
      gate = o_.unary(gate, Keep::result, kExperts);
      shared = o_.multiply(gate, shared, kExperts);
    }
    sum = o_.add(sum, shared, kStream);
  }
  return sum;
}

Var Program::state(const Var& x, Layer&) {
  return x;
}

}  // namespace headroom::training::transformers
