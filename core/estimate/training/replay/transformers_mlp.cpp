// MLPs and experts of Transformers' classes (models/*/modeling_*.py, activations.py, 4.46–5.24).
#include <algorithm>

#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training::transformers {

// One kernel that reads its input again, or NewGELUActivation's separate operators.
Var Program::activated(const Var& x, const Layer& layer) {
  const MlpSpec& spec = layer.kind->mlp;
  if (layer.shape != nullptr) return learntShape(x, *layer.shape);
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

// XIELUActivation in Python: both branches for all elements, then a choice.
Var Program::learntShape(const Var& x, Parameter& numbers) {
  const Var chosen = t_.make(x.extent(), 1, kMlp);
  const auto times = [&](const Var& v) {
    return t_.apply({.extent = v.extent(),
                     .width = v.width(),
                     .what = kMlp,
                     .inputs = {{nullptr, &numbers, Gradient::reduced}, {&v}},
                     .saved = {numbers.trains ? &v : nullptr}});
  };
  Var above;
  {
    const Var first = times(x);
    const Var square = o_.multiply(first, x, kMlp);
    above = o_.add(square, o_.unary(x, Keep::nothing, kMlp), kMlp);
  }
  Var below;
  {
    const double bytes = x.extent().elements * x.width();
    const Var least = t_.apply({.extent = x.extent(),
                                .width = x.width(),
                                .what = kMlp,
                                .inputs = {{&x}},
                                .saved = {&x},
                                .work = bytes + 2 * x.extent().elements});
    const Var grown = t_.apply({.extent = x.extent(),
                                .width = x.width(),
                                .what = kMlp,
                                .inputs = {{&least}},
                                .saved = {},
                                .savesResult = true,
                                .work = bytes});
    const Var less = t_.apply({.extent = x.extent(),
                               .width = x.width(),
                               .what = kMlp,
                               .inputs = {{&grown, nullptr, Gradient::pass}, {&x}},
                               .saved = {}});
    below = o_.add(times(less), o_.unary(x, Keep::nothing, kMlp), kMlp);
  }
  return t_.apply(
      {.extent = x.extent(), .width = x.width(), .what = kMlp, .inputs = {{&above}, {&below}}, .saved = {&chosen}});
}

Var Program::plain(const Var& x, Layer& layer) {
  if (layer.up == nullptr || layer.down == nullptr) return x;
  Var h = linear(x, *layer.up, kMlp);
  h = activated(h, layer);
  return linear(h, *layer.down, {"MLP's projection"});
}

Var Program::gated(const Var& x, LinearModule* gate, LinearModule* up, LinearModule* gateUp, LinearModule& down,
                   const Layer& layer) {
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
    if (q_.liger > 0) {  // its kernel wants both in order
      const Var first = o_.copied(half, kMlp), second = o_.copied(other, kMlp);
      return linear(o_.ligerGated(first, second, kMlp), down, {"MLP's projection"});
    }
    const Var active = activated(half, layer);
    product = o_.multiply(other, active, kMlp);
  } else if (q_.liger > 0) {
    const Var g = linear(x, *gate, kMlp), u = linear(x, *up, kMlp);
    product = o_.ligerGated(g, u, kMlp);
  } else {
    Var active;
    {
      Var g = linear(x, *gate, kMlp);
      active = activated(g, layer);
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
  if (layer.down != nullptr) return gated(x, layer.gate, layer.up, layer.gateUp, *layer.down, layer);
  if (layer.sharedDown != nullptr)
    return gated(x, layer.sharedGate, layer.sharedUp, layer.sharedGateUp, *layer.sharedDown, layer);
  return x;
}

// The chosen experts' weights. The softmax is taken in fp32, before the choice; gpt-oss's after it and as it is.
// DeepSeek's router computes in fp32 and its weights stay so.
Var Program::routed(const Var& x, Layer& layer, const Var& order) {
  const MlpSpec& spec = layer.kind->mlp;
  const auto choose = [&](const Var& from, double width) {
    return t_.apply(
        {.extent = order.extent(), .width = width, .what = kExperts, .inputs = {{&from}}, .saved = {&order}});
  };
  if (spec.clampedGates && layer.router != nullptr) {
    const Var scores = linear(x, *layer.router, kExperts);
    return o_.unary(choose(scores, scores.width()), Keep::result, kExperts);
  }
  const bool folds = q_.adapters.fusedExperts && layer.router != nullptr && layer.router->adapted && !withoutAdapters_;
  if (spec.wideRouter && folds) {
    const Var scores = foldedRouter(o_.cast(x, 4, kExperts), *layer.router);
    return choose(o_.unary(o_.cast(scores, 4, kExperts), Keep::result, kExperts), 4);
  }
  if (spec.wideRouter && layer.router != nullptr) {
    Parameter& weight = layer.router->weight;
    Var scores;
    {
      const Var wide = o_.cast(x, 4, kExperts);
      const Var in = o_.autocast ? o_.cast(wide, o_.compute, kExperts) : wide;
      const Var matrix = t_.apply({.extent = weight.extent,
                                   .width = in.width(),
                                   .what = kExperts,
                                   .inputs = {{nullptr, &weight}},
                                   .saved = {}});
      scores = t_.apply({.extent = t_.extent({n_, layer.router->out}),
                         .width = in.width(),
                         .what = kExperts,
                         .inputs = {{&matrix}, {&in}},
                         .saved = {weight.trains ? &in : nullptr, in.needsGrad() ? &matrix : nullptr}});
    }
    const Var soft = o_.unary(o_.cast(scores, 4, kExperts), Keep::result, kExperts);
    return choose(soft, 4);
  }
  const Var scores = folds                     ? foldedRouter(x, *layer.router)
                     : layer.router != nullptr ? linear(x, *layer.router, kExperts)
                                               : x;
  Var soft;
  {
    const Var wide = o_.cast(scores, 4, kExperts);
    soft = o_.unary(wide, Keep::result, kExperts);
  }
  return o_.cast(choose(soft, 4), q_.autocast ? 4 : x.width(), kExperts);
}

// GptOssExperts._apply_gate.
Var Program::clampedGate(const Var& both) {
  const Extent extent = t_.scaled(both.extent(), 0.5);
  const auto clamped = [&](double masks) {
    const Var half = o_.slice(both, extent);
    return t_.apply({.extent = extent,
                     .width = both.width(),
                     .what = kExperts,
                     .inputs = {{&half}},
                     .saved = {&half},
                     .work = masks * extent.elements});
  };
  const Var gate = clamped(1), up = clamped(2);
  Var glu;
  {
    const Var open = o_.unary(o_.unary(gate, Keep::nothing, kExperts), Keep::result, kExperts);
    glu = o_.multiply(gate, open, kExperts);
  }
  const Var more = t_.apply({.extent = extent,
                             .width = up.width(),
                             .what = kExperts,
                             .inputs = {{&up, nullptr, Gradient::pass}},
                             .saved = {}});
  return o_.multiply(more, glu, kExperts);
}

// Every token's copies, in the order of their experts, through all experts at once (integrations/moe.py, 5.x) or expert
// by expert (4.x), whose tensors add up to the same.
Var Program::experts(const Var& x, Layer& layer) {
  const MlpSpec& spec = layer.kind->mlp;
  const std::uint8_t perToken = modelDim("experts per token", spec.expertsPerToken);
  const std::uint8_t inner = modelDim("expert width", spec.expertIntermediate);
  const Var order = t_.make(t_.extent({n_, perToken}), 8, kExperts);
  const Var weights = routed(x, layer, order);
  const auto ofDown = factors(layer.expertDown, layer.downA, layer.downB),
             ofGateUp = factors(layer.expertGateUp, layer.gateUpA, layer.gateUpB);
  Var adaptedGateUp, adaptedDown;  // held until the module returns
  const Extent copies = t_.extent({n_, perToken, hidden_});
  Var gathered =
      t_.apply({.extent = copies, .width = x.width(), .what = kExperts, .inputs = {{&x}}, .saved = {&order}});
  const auto grouped = [&](const Var& in, Parameter& weight, const Extent& extent, Parameter* bias = nullptr,
                           const Var& adapted = {}) {
    // A bias is laid out for every row and added in place.
    const Var laid = bias != nullptr ? t_.make(extent, in.width(), kExperts) : Var();
    const double width = q_.autocast ? o_.compute : std::max(in.width(), weight.width);
    const Var operand = q_.autocast ? o_.cast(in, o_.compute, kExperts) : in;
    if (adapted) {
      const Var matrices = q_.autocast ? o_.cast(adapted, o_.compute, kExperts) : adapted;
      return t_.apply({.extent = extent,
                       .width = width,
                       .what = kExperts,
                       .inputs = {{&matrices}, {&operand}},
                       .saved = {&operand, &matrices}});
    }
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
                       .inputs = {{&operand}, {&copy}, {nullptr, bias}},
                       .saved = {weight.trains ? &operand : nullptr, operand.needsGrad() ? &copy : nullptr}});
    }
    return t_.apply({.extent = extent,
                     .width = width,
                     .what = kExperts,
                     .inputs = {{&operand}, {nullptr, &weight}, {nullptr, bias}},
                     .saved = {weight.trains ? &operand : nullptr}});
  };
  Var product;
  if (layer.gateExperts != nullptr) {
    const Var active = o_.unary(linear(gathered, *layer.gateExperts, kExperts), Keep::input, kExperts);
    const Var up = linear(gathered, *layer.upExperts, kExperts);
    gathered.reset();
    product = o_.multiply(active, up, kExperts);
  } else if (layer.expertGateUp != nullptr) {
    adaptedGateUp = folded(*layer.expertGateUp, ofGateUp);
    const Var both =
        grouped(gathered, *layer.expertGateUp, t_.extent({n_, perToken, inner}, 2), layer.upBias, adaptedGateUp);
    gathered.reset();
    if (spec.clampedGates) {
      product = clampedGate(both);
    } else {
      const Var parts = t_.apply({.extent = both.extent(),
                                  .width = both.width(),
                                  .inputs = {{&both}},
                                  .saved = {},
                                  .inPlace = true,
                                  .together = true});
      const Var half = t_.view(parts, t_.scaled(both.extent(), 0.5));
      const Var active = o_.unary(half, Keep::input, kExperts);
      product = o_.multiply(active, half, kExperts);
    }
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
  if (layer.expertDown != nullptr) adaptedDown = folded(*layer.expertDown, ofDown);
  Var out = layer.downExperts != nullptr ? linear(product, *layer.downExperts, kExperts)
                                         : grouped(product, *layer.expertDown, copies, layer.downBias, adaptedDown);
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
    Var shared = gated(x, layer.sharedGate, layer.sharedUp, layer.sharedGateUp, *layer.sharedDown, layer);
    if (layer.sharedSwitch != nullptr) {
      Var gate = linear(x, *layer.sharedSwitch, kExperts);
      gate = o_.unary(gate, Keep::result, kExperts);
      shared = o_.multiply(gate, shared, kExperts);
    }
    sum = o_.add(sum, shared, kStream);
  }
  return sum;
}

}  // namespace headroom::training::transformers
