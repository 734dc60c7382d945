// SGLang's pools, planned as the engine plans them: bytes of a cell → slots of states → tokens, split where windows
// have a pool of their own (sglang/srt/model_executor/pool_configurator.py; before 0.5.15 model_runner.py
// profile_max_num_token and memory_pool.py).
#pragma once

#include <cstdint>

#include "core/estimate/serving/common/cache_types.h"
#include "core/scenario/settings.h"

namespace headroom {

// The rules of a release, with what the scenario's options say.
struct SglangRules {
  CacheHabits habits = {};
  double windowShare = 0.8;      // tokens of the window pool over those of the full one
  double stateShare = 0.9;       // bytes of the state pool over those of the token pool
  bool commonCellFirst = false;  // tokens of a cell of all layers, then split
  bool draftCells = false;       // a draft's layers lie in the cell
  bool spareSlot = false;        // one state slot is allocated beside those that are counted
  std::int64_t pageSize = 1;     // tokens; the pool is whole pages
  std::int64_t mostTokens = 0;   // max_total_tokens; 0: no limit
  std::int64_t stateSlots = 0;   // max_mamba_cache_size; 0: by share
};
SglangRules sglangRules(const Scenario& scenario, const Settings& settings);

// Bytes per token of layers that keep all, and of those with a window; bytes of a state slot.
struct SglangCells {
  double full = 0, windowed = 0, state = 0;
};
SglangCells sglangCells(const CacheTypes& types, std::int64_t draftLayers);

struct SglangPool {
  std::int64_t slots = 0;   // of states
  double stateBytes = 0;    // of all that are allocated
  std::int64_t tokens = 0;  // of the layers that keep all, or of the windows where there is nothing else
  double tokenBytes = 0;    // what those and the windows' take
  double concurrency = 0;   // sequences of the asked context
};
SglangPool sglangPool(const SglangCells& cells, double bytes, std::int64_t context, const SglangRules& rules);

}  // namespace headroom
