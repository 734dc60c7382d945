#include "core/model/mlx_modules.h"

#include <algorithm>
#include <iterator>

#include "core/model/model.h"

namespace headroom {
namespace {

// mlx_lm/convert.py mixed_quant_predicate_builder (0.32).
constexpr MlxRecipe kRecipes[] = {{"mixed_2_6", 2, 6}, {"mixed_3_4", 3, 4}, {"mixed_3_6", 3, 6}, {"mixed_4_6", 4, 6}};

bool says(const Tensor& t, std::string_view word) {
  return t.name.find(word) != std::string::npos;
}

}  // namespace

bool mlxConverts(const Model& model, const Tensor& t) {
  if (t.bias || t.buffer) return false;
  if (t.role == TensorRole::token_embedding || t.role == TensorRole::per_layer_embedding) return t.columns > 1;
  if (t.role == TensorRole::router) return t.linear && !model.mlx.arrayRouter;
  return t.linear;
}

bool mlxEightBit(const Model& model, const Tensor& t) {
  return t.role == TensorRole::router ? model.mlx.eightBitRouter
                                      : t.role == TensorRole::shared_expert_gate && model.mlx.eightBitSharedGate;
}

bool mlxAdapts(const Model& model, const Tensor& t) {
  return mlxConverts(model, t) && (t.role != TensorRole::kv_b_proj || model.mlx.keepsLatentUp);
}

const MlxRecipe* mlxRecipe(std::string_view name) {
  const auto* const at = std::find_if(std::begin(kRecipes), std::end(kRecipes),
                                      [&](const MlxRecipe& recipe) { return recipe.name == name; });
  return at == std::end(kRecipes) ? nullptr : at;
}

bool mlxTakesHighBits(const Model& model, const Tensor& t, std::size_t layer) {
  if (t.role == TensorRole::head) return true;
  const auto index = static_cast<std::int64_t>(layer), layers = model.layers();
  const bool outer = index < layers / 8 || index >= 7 * layers / 8;
  if (!outer && (index - layers / 8) % 3 != 2) return false;
  if (isRoutedExpert(t.role) && model.mlx.plainExpertNames) return false;
  if (t.role == TensorRole::kv_b_proj && !model.mlx.keepsLatentUp) return false;
  return says(t, "v_proj") || says(t, "v_a_proj") || says(t, "v_b_proj") || says(t, "down_proj") ||
         t.role == TensorRole::kv_a_proj || t.role == TensorRole::expert_down;
}

}  // namespace headroom
