#include "core/formats/config/families/layer_pattern.h"

#include <fmt/format.h>

#include "core/formats/config/families/class_table.h"

namespace headroom {
namespace {

Mixer mixerOf(const std::string& type) {
  if (type.find("sliding") != std::string::npos || type.find("local") != std::string::npos) return Mixer::sliding;
  if (type.find("chunked") != std::string::npos) return Mixer::chunked;
  if (type.find("linear") != std::string::npos || type == "mamba" || type == "conv" || type == "recurrent" ||
      type == "rglru")
    return Mixer::linear;
  return Mixer::full;
}

// EXAONE 4 writes its pattern as "LLLG": local, local, local, global.
std::int64_t periodOf(const Config& config, std::int64_t fallback) {
  constexpr std::string_view kKeys =
      "sliding_window_pattern _sliding_window_pattern layer_switch global_attn_every_n_layers";
  if (config.isNumber(kKeys)) return config.count(kKeys, {}, kMostLayers);
  const std::string letters = config.text(kKeys);
  return letters.empty() ? fallback : static_cast<std::int64_t>(letters.size());
}

// attention_types: [[["global", "local"], 6]]: the inner list, repeated.
std::vector<std::string> attentionTypes(const Config& config) {
  std::vector<std::string> cycle;
  const std::string text = config.dump("attention_types");
  for (std::size_t at = text.find_first_of("gl"); at != std::string::npos && cycle.size() < 64;
       at = text.find_first_of("gl", at)) {
    const bool global = text.compare(at, 6, "global") == 0;
    cycle.emplace_back(global ? "global" : "local");
    at += global ? 6 : 5;
    if (at >= text.size()) break;
  }
  return cycle;
}

// The layers a hybrid's own key gives attention to; the others are recurrent.
std::vector<Mixer> hybridMixers(const Config& config, std::size_t n, WindowRule rule, std::int64_t period) {
  std::vector<Mixer> mixers(n, Mixer::linear);
  const auto attend = [&](std::int64_t i) {
    if (i >= 0 && static_cast<std::size_t>(i) < n) mixers[static_cast<std::size_t>(i)] = Mixer::full;
  };
  const std::int64_t every = config.size("full_attention_interval attn_layer_period", period, kMostLayers);
  const std::int64_t offset =
      rule == WindowRule::interval ? every - 1 : config.size("attn_layer_offset", 4, kMostLayers);
  if (rule == WindowRule::interval || rule == WindowRule::periodic)
    for (std::size_t i = 0; i < n && every > 0; ++i)
      if (static_cast<std::int64_t>(i) % every == offset) attend(static_cast<std::int64_t>(i));
  if (rule == WindowRule::listed)
    for (const std::int64_t i : config.integers("attn_layer_indices full_attn_idxs")) attend(i);
  if (rule == WindowRule::kimi)
    for (const std::int64_t i : config.child("linear_attn_config").integers("full_attn_layers")) attend(i - 1);
  if (rule == WindowRule::blocks) {
    std::vector<std::string> cycle = config.texts("block_types _block_types");
    if (cycle.empty()) cycle = {"recurrent", "recurrent", "attention"};
    for (std::size_t i = 0; i < n; ++i)
      if (cycle[i % cycle.size()] == "attention") mixers[i] = Mixer::sliding;
  }
  return mixers;
}

// Keys that say the same in a family's own way; where a file has one, its rule goes before the class's list.
constexpr std::string_view kOwnKeys =
    "full_attn_idxs attn_layer_indices attn_type_list sliding_window_pattern _sliding_window_pattern layer_switch "
    "global_attn_every_n_layers full_attention_interval attn_layer_period attn_layer_offset no_rope_layers "
    "no_rope_layer_interval block_types _block_types attention_types linear_attn_config use_sliding_window";

bool isHybrid(WindowRule rule) {
  return rule == WindowRule::interval || rule == WindowRule::periodic || rule == WindowRule::listed ||
         rule == WindowRule::kimi || rule == WindowRule::blocks;
}

}  // namespace

LayerPattern layerPattern(const Config& config, std::int64_t layers, WindowRule rule, std::int64_t period) {
  LayerPattern p;
  const auto n = static_cast<std::size_t>(layers);
  p.mixers.assign(n, Mixer::full);
  p.window = config.size("sliding_window window_size local_attention attention_window_size sliding_window_size");

  std::vector<std::string> types = config.texts("layer_types layers_block_type");
  if (types.empty() && !config.given(kOwnKeys)) types = listByRule(config, "layer_types", layers);
  if (!types.empty()) {
    if (types.size() < n)
      config.fail(ErrorCode::value, fmt::format("layer_types lists {} layers, but there are {}.", types.size(), layers),
                  "layer_types");
    for (std::size_t i = 0; i < std::min(n, types.size()); ++i) p.mixers[i] = mixerOf(types[i]);
  } else if (config.listSize("attn_type_list") >= n && n > 0) {  // MiniMax: 1 attends, 0 is linear
    const std::vector<std::int64_t> list = config.integers("attn_type_list");
    for (std::size_t i = 0; i < n; ++i) p.mixers[i] = list[i] == 1 ? Mixer::full : Mixer::linear;
  } else if (isHybrid(rule)) {
    p.mixers = hybridMixers(config, n, rule, period);
  } else if (rule == WindowRule::local) {
    const std::vector<std::string> cycle = attentionTypes(config);
    for (std::size_t i = 0; i < n && !cycle.empty(); ++i) p.mixers[i] = mixerOf(cycle[i % cycle.size()]);
  } else {
    const std::int64_t from = config.size("max_window_layers", layers);
    const std::int64_t cycle = periodOf(config, period);
    const std::vector<std::int64_t> rotated = config.integers("no_rope_layers");
    const std::int64_t interval = config.size("no_rope_layer_interval", 4, kMostLayers);
    const auto isGlobalChunk = [&](std::int64_t layer) {
      const auto at = static_cast<std::size_t>(layer);
      return rotated.size() >= n ? rotated[at] == 0 : interval > 0 && (layer + 1) % interval == 0;
    };
    for (std::size_t i = 0; i < n; ++i) {
      const auto layer = static_cast<std::int64_t>(i);
      const bool sliding = rule == WindowRule::all || (rule == WindowRule::even && layer % 2 == 0) ||
                           (rule == WindowRule::pattern && cycle > 0 && (layer + 1) % cycle != 0) ||
                           (rule == WindowRule::late && config.flag("use_sliding_window", false) && layer >= from);
      if (sliding) p.mixers[i] = Mixer::sliding;
      if (rule == WindowRule::chunks && !isGlobalChunk(layer)) p.mixers[i] = Mixer::chunked;
    }
  }
  for (Mixer& m : p.mixers) {
    if (m == Mixer::sliding && p.window == 0) m = Mixer::full;
    if (m == Mixer::chunked && !config.has("attention_chunk_size") && p.window == 0) m = Mixer::full;
  }
  return p;
}

}  // namespace headroom
