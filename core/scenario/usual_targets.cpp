#include "core/scenario/usual_targets.h"

#include <algorithm>
#include <ranges>
#include <vector>

namespace headroom {
namespace {

const Targets kFusedAttention{Targets::Kind::named, {"qkv_proj"}};

// Of every code, in the order of the registry.
const std::vector<Targets>& targetsOfCodes() {
  static const std::vector<Targets> all = [] {
    std::vector<Targets> out;
    for (const TrainingCodeRow& code : trainingCodes()) {
      Targets& targets = out.emplace_back(Targets{Targets::Kind::named, {}});
      for (const auto word : std::views::split(code.targets, ' ')) targets.names.emplace_back(word.begin(), word.end());
    }
    return out;
  }();
  return all;
}

}  // namespace

const Targets* targetsOf(const TrainingCodeRow* code, const Model& model) {
  if (code == nullptr || code->targets.empty()) return nullptr;
  const auto has = [&](TensorRole role) {
    return std::ranges::any_of(model.kinds, [&](const LayerKind& k) {
      return std::ranges::any_of(k.tensors, [&](const Tensor& t) { return t.role == role; });
    });
  };
  if (has(TensorRole::q_proj) && has(TensorRole::v_proj))
    return &targetsOfCodes()[static_cast<std::size_t>(code - trainingCodes().data())];
  return has(TensorRole::qkv_proj) ? &kFusedAttention : nullptr;
}

}  // namespace headroom
