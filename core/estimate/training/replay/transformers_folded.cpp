// Low-rank adapters of experts. Until Transformers 5 an expert's matrices are Linears, which are adapted as all are.
// Since then all experts of a layer are a parameter that no Linear holds, and so are routers (peft
// tuners/lora/layer.py, ParamWrapper, 0.21): what is adapted is written out before the module runs, by a
// parametrization that is computed once a pass.
#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training::transformers {
namespace {

constexpr What kFolded{"experts with their adapters added", ComponentId::activations};

}  // namespace

// One expert after another runs over its tokens: together as one Linear over all of them. Of 4-bit experts one at a
// time is written out.
void Program::adaptLinearExperts(Layer& layer) {
  const MlpSpec& spec = layer.kind->mlp;
  const std::uint8_t inner = modelDim("expert width", spec.expertIntermediate);
  const auto count = static_cast<double>(spec.experts);
  const auto made = [&](RoleMask role, std::uint8_t in, std::uint8_t out) {
    LinearModule& module = layer.linears.emplace_back();
    module.exists = true, module.in = in, module.out = out;
    module.weight = parameter({out, in}, q_.weightWidth, layer.times, false);
    module.fourBit = q_.fourBit;
    if (q_.fourBit)
      module.weight.width = q_.computeWidth, module.weight.packed = true;
    else
      module.weight.extent = t_.scaled(module.weight.extent, count);
    if ((q_.adapters.roles & role) == 0) return &module;
    adapt(module, layer.times);
    for (Parameter* p : {&module.a, &module.b, &module.magnitude})
      p->extent = t_.scaled(p->extent, count), p->pieces = count;
    return &module;
  };
  layer.gateExperts = made(bit(TensorRole::expert_gate), hidden_, inner);
  layer.upExperts = made(bit(TensorRole::expert_up), hidden_, inner);
  layer.downExperts = made(bit(TensorRole::expert_down), inner, hidden_);
}

// A is (rank × experts, in), B is (out, rank × experts); gates and values are one matrix with twice the rank.
void Program::adaptExperts(Layer& layer) {
  const MlpSpec& spec = layer.kind->mlp;
  const auto asked = [&](RoleMask roles) { return (q_.adapters.roles & roles) != 0; };
  const std::uint8_t experts = modelDim("experts", spec.experts),
                     inner = modelDim("expert width", spec.expertIntermediate);
  const auto made = [&](std::uint8_t width, double times) {
    Parameter& p = layer.others.emplace_back(parameter({rank_, experts, width}, q_.adapters.width, layer.times, true));
    p.extent = t_.scaled(p.extent, times);
    return &p;
  };
  if (layer.expertGateUp != nullptr && asked(kExpertRoles & ~bit(TensorRole::expert_down)))
    layer.gateUpA = made(hidden_, 2), layer.gateUpB = made(inner, 4);
  if (layer.expertDown != nullptr && asked(bit(TensorRole::expert_down)))
    layer.downA = made(inner, 1), layer.downB = made(hidden_, 1);
}

// One of the two as the fold reads it: a view of the adapter, or a cast of that.
Var Program::factor(Parameter& adapter, double width, Gradient gradient) {
  const Var nothing = t_.make(adapter.extent, 0, kAdapter);
  const Var seen = t_.apply({.extent = adapter.extent,
                             .width = adapter.width,
                             .what = kAdapter,
                             .inputs = {{&nothing, nullptr, Gradient::none}, {nullptr, &adapter, gradient}},
                             .saved = {},
                             .inPlace = true});
  return o_.cast(seen, width, kAdapter);
}

// B's gradient comes in another order than B is kept in.
std::array<Var, 2> Program::factors(const Parameter* weight, Parameter* a, Parameter* b) {
  if (weight == nullptr || a == nullptr || withoutAdapters_) return {};
  return {factor(*b, weight->width, Gradient::fresh), factor(*a, weight->width, Gradient::pass)};
}

// weight + scale · B A, whose backward scales both products.
Var Program::folded(const Parameter& weight, const std::array<Var, 2>& factors) {
  const auto& [left, right] = factors;
  if (!left) return {};
  return t_.apply({.extent = weight.extent,
                   .width = weight.width,
                   .what = kFolded,
                   .inputs = {{&left}, {&right}},
                   .saved = {&left, &right},
                   .work = right.extent().elements * weight.width});
}

// A router's matrix is two-dimensional: what its adapter makes is written out, scaled and added.
Var Program::foldedRouter(const Var& x, LinearModule& router) {
  Parameter& weight = router.matrix();
  const Var right = factor(router.a, router.a.width, Gradient::pass),
            left = factor(router.b, router.b.width, Gradient::pass);
  const auto read = [&](const Var& v) { return o_.autocast ? o_.cast(v, o_.compute, kAdapter) : v; };
  Var sum;
  {
    const Var first = read(left), second = read(right);
    Var made = t_.apply({.extent = weight.extent,
                         .width = first.width(),
                         .what = kAdapter,
                         .inputs = {{&first}, {&second}},
                         .saved = {&first, &second}});
    made = o_.cast(o_.unary(made, Keep::nothing, kAdapter), weight.width, kAdapter);
    sum = t_.apply({.extent = weight.extent,
                    .width = weight.width,
                    .what = kAdapter,
                    .inputs = {{&made, nullptr, Gradient::pass}},
                    .saved = {}});
  }
  const double width = o_.autocast ? o_.compute : std::max(x.width(), weight.width);
  const Var in = o_.cast(x, width, kExperts), matrix = o_.cast(sum, width, kExperts);
  return t_.apply({.extent = o_.through(x, router.in, router.out),
                   .width = width,
                   .what = kExperts,
                   .inputs = {{&in}, {&matrix}},
                   .saved = {&in, &matrix}});
}

}  // namespace headroom::training::transformers
