#include "core/formats/config/families/dimensions.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {

Dimensions dimensionsOf(const Config& config, HeadRule rule) {
  Dimensions d;
  d.hidden = config.count(keys::kHidden, {}, kMostWidth);
  d.layers = config.count(keys::kLayers, {}, kMostLayers);
  d.heads = config.count(keys::kHeads, {}, kMostHeads);
  const std::vector<std::int64_t> shared = config.integers(keys::kKvHeads);  // one per layer; 0: none there
  const auto first = std::ranges::find_if(shared, [](std::int64_t n) { return n > 0; });
  d.kvHeads = first == shared.end() ? config.count(keys::kKvHeads, d.heads, kMostHeads) : std::min(*first, kMostHeads);
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
  const std::vector<std::int64_t> widths = config.integers(keys::kIntermediate);  // one per layer
  d.intermediate = config.isList(keys::kIntermediate)
                       ? (widths.empty() || widths.front() <= 0 ? 4 * d.hidden : widths.front())
                       : config.size(keys::kIntermediate, 4 * d.hidden, kMostWidth);
  d.vocabulary = config.count(keys::kVocabulary);
  d.maxContext = longestContext(config);
  return d;
}

std::int64_t longestContext(const Config& config) {
  const std::int64_t stated = config.size(keys::kMaxContext);
  constexpr std::string_view kRope = "rope_scaling rope_parameters";
  if (stated <= 0 || !config.isObject(kRope)) return stated;
  const Config rope = config.child(kRope);
  const std::string type = rope.text("rope_type type");
  const double factor = rope.real("factor", 1.0);
  constexpr double kMost = 1e6;
  if (!(factor > 1.0 && factor <= kMost)) return stated;
  // vllm/config/model.py, _get_and_verify_max_len (0.6-0.28): what "linear" and "dynamic" state is the length before
  // it is stretched; yarn stretches its own original; llama3's and longrope's state the stretched one.
  double base = 0;
  if (type == "linear" || type == "dynamic" || type == "ntk") base = static_cast<double>(stated);
  if (type == "yarn") base = static_cast<double>(rope.size("original_max_position_embeddings", 0));
  const auto stretched = static_cast<std::int64_t>(std::min(base * factor, 9e15));
  if (stretched <= stated) return stated;
  config.note(
      fmt::format("rope_scaling ({}, factor {:g}) stretches {} tokens to {}, which vLLM takes; other engines "
                  "may keep max_position_embeddings, {}.",
                  type, factor, static_cast<std::int64_t>(base), stretched, stated));
  return stretched;
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

bool filledByClass(const Config& top) {
  std::string version = top.text("transformers_version");
  if (version.empty() && top.isObject("text_config")) version = top.child("text_config").text("transformers_version");
  return !version.empty() && version.substr(0, version.find('.')) >= "5";
}

}  // namespace headroom
