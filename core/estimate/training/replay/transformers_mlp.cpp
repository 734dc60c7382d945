// MLPs and experts of Transformers' classes (models/*/modeling_*.py, activations.py, 4.46–5.24).
#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training::transformers {

// One kernel that reads its input again, or NewGELUActivation's separate operators.
Var Program::activated(const Var& x, const MlpSpec& spec) {
  if (!spec.composedGelu) return o.unary(x, q_.relu ? Keep::result : Keep::input, kMlp);
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

Var Program::experts(const Var& x, Layer&) { return x; }
Var Program::state(const Var& x, Layer&) { return x; }

}  // namespace headroom::training::transformers
