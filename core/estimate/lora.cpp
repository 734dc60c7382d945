#include "core/estimate/lora.h"

#include <algorithm>
#include <string_view>

#include "core/estimate/tensor_factors.h"

namespace headroom {
namespace {

bool isAttentionProjection(TensorRole role) {
  switch (role) {
    case TensorRole::q_proj:
    case TensorRole::k_proj:
    case TensorRole::v_proj:
    case TensorRole::qkv_proj:
    case TensorRole::o_proj:
    case TensorRole::q_a_proj:
    case TensorRole::q_b_proj:
    case TensorRole::kv_a_proj:
    case TensorRole::kv_b_proj:
      return true;
    default:
      return false;
  }
}

// "model.layers.{}.self_attn.q_proj.weight" → "q_proj"; "….experts.gate_up_proj", without ".weight", → "gate_up_proj".
std::string_view moduleName(std::string_view tensor) {
  constexpr std::string_view kWeight = ".weight";
  if (tensor.ends_with(kWeight)) tensor.remove_suffix(kWeight.size());
  const std::size_t dot = tensor.rfind('.');
  return dot == std::string_view::npos ? tensor : tensor.substr(dot + 1);
}

// The Llama name of a role, so that the usual target names work on a checkpoint that calls its modules otherwise.
std::string_view commonName(TensorRole role) {
  switch (role) {
    case TensorRole::q_proj:
      return "q_proj";
    case TensorRole::k_proj:
      return "k_proj";
    case TensorRole::v_proj:
      return "v_proj";
    case TensorRole::o_proj:
      return "o_proj";
    case TensorRole::qkv_proj:
      return "qkv_proj";
    case TensorRole::gate_proj:
    case TensorRole::expert_gate:
    case TensorRole::shared_gate:
      return "gate_proj";
    case TensorRole::up_proj:
    case TensorRole::expert_up:
    case TensorRole::shared_up:
      return "up_proj";
    case TensorRole::down_proj:
    case TensorRole::expert_down:
    case TensorRole::shared_down:
      return "down_proj";
    case TensorRole::gate_up_proj:
    case TensorRole::expert_gate_up:
    case TensorRole::shared_gate_up:
      return "gate_up_proj";
    default:
      return {};
  }
}

}  // namespace

bool isLoraTarget(const Tensor& t, const Targets& targets) {
  if (!t.linear || t.bias || t.buffer || t.role == TensorRole::head || t.group == Group::vision) return false;
  if (targets.kind == Targets::Kind::all_linear) return true;
  if (targets.kind == Targets::Kind::attention) return isAttentionProjection(t.role);
  const std::string_view own = moduleName(t.name), common = commonName(t.role);
  return std::ranges::any_of(targets.names, [&](const std::string& name) { return name == own || name == common; });
}

std::int64_t loraParameters(const Model& model, const Targets& targets, std::int64_t rank, bool dora) {
  std::int64_t sum = 0;
  for (const LayerKind& kind : model.kinds)
    for (const Tensor& t : kind.tensors)
      if (isLoraTarget(t, targets))
        sum += kind.count * t.copies * (loraParameters(t.columns, t.rows, rank) + (dora ? t.rows : 0));
  return sum;
}

Factor loraParameters(FactorTree& tree, const Model& model, const Targets& targets, std::int64_t rank, bool dora) {
  const auto d = [](std::int64_t v) { return static_cast<double>(v); };
  return sumOf(
      tree, "adapter parameters", Unit::parameters, d(loraParameters(model, targets, rank, dora)),
      [&](FactorParts& sum) {
        for (const LayerKind& kind : model.kinds)
          for (const Tensor& t : kind.tensors) {
            if (!isLoraTarget(t, targets)) continue;
            const Factor in = fromModel("in", d(t.columns)), out = fromModel("out", d(t.rows));
            Factor pair = tree.product("pair", Unit::parameters,
                                       {asked("rank", d(rank)), tree.sum("in and out", Unit::count, {in, out})});
            if (dora) pair = tree.sum("pair and magnitudes", Unit::parameters, {pair, out});
            sum.add(tree.product(
                t.name, Unit::parameters,
                {fromModel("layers", kind.count, Unit::layers), fromModel("copies", d(t.copies), Unit::copies), pair}));
          }
      });
}

}  // namespace headroom
