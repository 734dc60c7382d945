#include "core/sources/families/layer_pattern.h"

#include <fmt/format.h>

namespace headroom {
namespace {

Mixer mixerOf(const std::string& type) {
  if (type.find("sliding") != std::string::npos || type.find("local") != std::string::npos) return Mixer::sliding;
  if (type.find("chunked") != std::string::npos) return Mixer::chunked;
  if (type.find("linear") != std::string::npos || type == "mamba" || type == "conv" || type == "recurrent" || type == "rglru") return Mixer::linear;
  return Mixer::full;
}

// EXAONE 4 writes its pattern as "LLLG": local, local, local, global.
std::int64_t periodOf(const Config& config, std::int64_t fallback) {
  constexpr std::string_view kKeys = "sliding_window_pattern _sliding_window_pattern layer_switch";
  if (config.isNumber(kKeys)) return config.count(kKeys, {}, kMostLayers);
  const std::string letters = config.text(kKeys);
  return letters.empty() ? fallback : static_cast<std::int64_t>(letters.size());
}

// attention_types: [[["global", "local"], 6]]: the inner list, repeated.
std::vector<std::string> attentionTypes(const Config& config) {
  std::vector<std::string> cycle;
  const std::string text = config.dump("attention_types");
  for (std::size_t at = text.find_first_of("gl"); at != std::string::npos && cycle.size() < 64; at = text.find_first_of("gl", at)) {
    const bool global = text.compare(at, 6, "global") == 0;
    cycle.emplace_back(global ? "global" : "local");
    at += global ? 6 : 5;
    if (at >= text.size()) break;
  }
  return cycle;
}

}  // namespace

LayerPattern layerPattern(const Config& config, std::int64_t layers, WindowRule rule, std::int64_t period) {
  LayerPattern p;
  const auto n = static_cast<std::size_t>(layers);
  p.mixers.assign(n, Mixer::full);
  p.window = config.size("sliding_window window_size local_attention attention_window_size sliding_window_size");

  if (const std::vector<std::string> types = config.texts("layer_types layers_block_type"); !types.empty()) {
    if (types.size() < n)
      config.fail(ErrorCode::value, fmt::format("layer_types lists {} layers, but there are {}.", types.size(), layers), "layer_types");
    for (std::size_t i = 0; i < std::min(n, types.size()); ++i) p.mixers[i] = mixerOf(types[i]);
  } else if (rule == WindowRule::local) {
    const std::vector<std::string> cycle = attentionTypes(config);
    for (std::size_t i = 0; i < n && !cycle.empty(); ++i) p.mixers[i] = mixerOf(cycle[i % cycle.size()]);
  } else {
    const std::int64_t from = config.size("max_window_layers", layers);
    const std::int64_t cycle = periodOf(config, period);
    for (std::size_t i = 0; i < n; ++i) {
      const auto layer = static_cast<std::int64_t>(i);
      const bool sliding = rule == WindowRule::all || (rule == WindowRule::even && layer % 2 == 0) ||
                           (rule == WindowRule::pattern && cycle > 0 && (layer + 1) % cycle != 0) ||
                           (rule == WindowRule::late && config.flag("use_sliding_window", false) && layer >= from);
      if (sliding) p.mixers[i] = Mixer::sliding;
    }
  }
  for (Mixer& m : p.mixers) {
    if (m == Mixer::sliding && p.window == 0) m = Mixer::full;
    if (m == Mixer::chunked && !config.has("attention_chunk_size") && p.window == 0) m = Mixer::full;
  }
  return p;
}

}  // namespace headroom
