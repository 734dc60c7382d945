#include "core/formats/config/families/dimensions.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {

Dimensions dimensionsOf(const Config& config, HeadRule rule) {
  Dimensions d;
  d.hidden = config.count(keys::kHidden, {}, kMostWidth);
  d.layers = config.count(keys::kLayers, {}, kMostLayers);
  d.heads = config.count(keys::kHeads, {}, kMostHeads);
  d.kvHeads = config.count(keys::kKvHeads, d.heads, kMostHeads);
  if (rule == HeadRule::stated) {
    d.headDim = 0;
  } else if (config.has(keys::kHeadDim)) {
    d.headDim = config.count(keys::kHeadDim, {}, kMostHeadDim);
  } else {
    d.headDim = std::max<std::int64_t>(1, d.hidden / d.heads);  // rounded down, as the classes do
  }
  if (!config.failed() && d.heads % d.kvHeads != 0)
    config.fail(ErrorCode::value,
                fmt::format("{} attention heads cannot share {} key-value heads evenly.", d.heads, d.kvHeads),
                "num_key_value_heads");
  // A file that states its layers and heads under names known here but its width under others is not of this class.
  if (config.has(keys::kHidden) && !config.given(keys::kHidden) && config.given(keys::kLayers) &&
      config.given(keys::kHeads))
    config.note(fmt::format("hidden_size is not in the file; the class default {} is taken.", d.hidden));
  d.intermediate =
      config.isList(keys::kIntermediate) ? 4 * d.hidden : config.size(keys::kIntermediate, 4 * d.hidden, kMostWidth);
  d.vocabulary = config.count(keys::kVocabulary);
  d.maxContext = config.size(keys::kMaxContext);
  return d;
}

std::int64_t rotaryDimOf(const Config& config, std::int64_t headDim, double fallback) {
  if (config.given("rotary_dim")) return config.size("rotary_dim", headDim);
  constexpr std::string_view kFactor =
      "partial_rotary_factor rotary_pct rotary_percentage rope_pct rotary_emb_fraction";
  double factor = fallback;
  if (config.isObject("rope_parameters") && config.child("rope_parameters").has("partial_rotary_factor"))
    factor = config.child("rope_parameters").real("partial_rotary_factor", fallback);
  else
    factor = config.real(kFactor, fallback);
  if (!(factor >= 0 && factor <= 1)) return headDim;
  return static_cast<std::int64_t>(static_cast<double>(headDim) * factor);
}

bool isGelu(const Config& config, std::string_view fallback) {
  return config.text(keys::kActivation, fallback).find("gelu") != std::string::npos;
}

bool isRelu(const Config& config, std::string_view fallback) {
  return config.text(keys::kActivation, fallback).starts_with("relu");
}

bool isComposedGelu(const Config& config, std::string_view fallback) {
  const std::string name = config.text(keys::kActivation, fallback);
  return name == "gelu_new" || name == "gelu_fast";
}

}  // namespace headroom
