// Which token mixer each layer has: layer_types where the configuration lists them, else the family's own rule.
#pragma once

#include <vector>

#include "core/formats/config/families/dimensions.h"

namespace headroom {

enum class Mixer : std::uint8_t { full, sliding, chunked, linear };

// How a family without layer_types spreads its sliding-window layers.
enum class WindowRule : std::uint8_t {
  never,     // the family has no windows
  all,       // every layer, where sliding_window is set (Mistral)
  even,      // layers 0, 2, 4, … (Gemma 2, gpt-oss)
  pattern,   // all but every sliding_window_pattern-th (Gemma 3, Cohere 2, OLMo 3)
  late,      // use_sliding_window: layers from max_window_layers on (Qwen2)
  chunks,    // all but every no_rope_layer_interval-th (4th), in chunks (Llama 4)
  interval,  // linear but for every full_attention_interval-th (Qwen3-Next)
  periodic,  // linear but for attn_layer_offset in every attn_layer_period (Jamba)
  listed,    // linear but for the layers attn_layer_indices or full_attn_idxs list (Bamba, LFM2)
  kimi,      // linear_attn_config lists the kinds, counting layers from 1
  blocks,    // _block_types repeats (RecurrentGemma)
  local,     // attention_types lists global and local in turn (GPT-Neo)
};

struct LayerPattern {
  std::vector<Mixer> mixers;
  std::int64_t window = 0;  // of the sliding or chunked layers

  Mixer at(std::int64_t layer) const { return mixers[static_cast<std::size_t>(layer)]; }
};

// `period`: of WindowRule::pattern where the configuration does not state one. Errors: layer_types of another length.
LayerPattern layerPattern(const Config& config, std::int64_t layers, WindowRule rule, std::int64_t period = 0);

}  // namespace headroom
