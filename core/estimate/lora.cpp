#include "core/estimate/lora.h"

#include <algorithm>
#include <string_view>

#include "core/estimate/tensor_factors.h"
#include "core/model/adapter_targets.h"

namespace headroom {
namespace {

// "model.layers.{}.self_attn.q_proj.weight" → "q_proj"; "….experts.gate_up_proj", without ".weight", → "gate_up_proj".
std::string_view moduleName(std::string_view tensor) {
  constexpr std::string_view kWeight = ".weight";
  if (tensor.ends_with(kWeight)) tensor.remove_suffix(kWeight.size());
  const std::size_t dot = tensor.rfind('.');
  return dot == std::string_view::npos ? tensor : tensor.substr(dot + 1);
}

// The checkpoint's own name of the module, or the usual one on a checkpoint that calls it otherwise.
bool isCalled(const Tensor& t, std::string_view name) {
  if (name == moduleName(t.name)) return true;
  const TargetName* known = targetName(name);
  return known != nullptr && (known->called & bit(t.role)) != 0;
}

}  // namespace

bool isLoraTarget(const Tensor& t, const Targets& targets) {
  if (!t.linear || t.bias || t.buffer || t.role == TensorRole::head || t.group == Group::vision) return false;
  if (targets.kind == Targets::Kind::all_linear) return true;
  if (targets.kind == Targets::Kind::attention) return (kAttentionProjections & bit(t.role)) != 0;
  return std::ranges::any_of(targets.names, [&](const std::string& name) { return isCalled(t, name); });
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
