// The rules by which a release of vLLM plans its pool, as data: a table per rule, a row per release that changed it.
#pragma once

#include <cstdint>

#include "core/estimate/serving/common/cache_types.h"
#include "core/estimate/serving/common/serving_device.h"
#include "core/scenario/settings.h"

namespace headroom {

// Tokens of a step of the scan where a class has none (vllm/config/model.py get_mamba_chunk_size, 0.16).
constexpr std::int64_t kScanWithoutChunk = 2048;

// How many pages of state a sequence holds.
enum class StateMode : std::uint8_t {
  none,   // the newest state
  align,  // ... and one at a block's end, for prompts that are kept
  all,    // one for every block of the sequence
};
// What becomes of layers whose pages differ in size.
enum class UnevenPages : std::uint8_t { refused, longer, padded };

// What a block of compressed latent layers holds (DeepSeek-V4).
enum class PackedBlock : std::uint8_t {
  tuples,  // one page of each size for every layer of the widest group
  sizes,   // of each size as many pages as the group with most of them has
  group    // the pages of the largest group
};

struct PageRules {
  std::int64_t blockSize = 16;   // tokens, before it grows to hold a recurrent state
  std::int64_t granule = 16;     // tokens by which it grows
  double largestBelow = 1.5;     // the largest type sets the group if it is less than so many times the smallest
  bool groupsOverStages = true;  // layers are grouped over all pipeline stages
  UnevenPages uneven = UnevenPages::padded;
  bool tokensByConcurrency = true;   // printed tokens = sequences of the full length × that length
  std::int64_t batchesInFlight = 2;  // a window holds the tokens of so many batches
  StateMode states = StateMode::none;
  bool cachingRefused = false;  // the release keeps no prompts of a model with such states
  bool packed = false;          // compressed latent layers share tuples of pages (DeepSeek-V4)
  PackedBlock packedBlock = PackedBlock::group;
  bool packedByGroup = true;       // a sequence's need counts whole blocks of every group, not its layers' own pages
  std::int64_t contextRanks = 1;   // ranks that share a sequence's tokens
  std::int64_t encoderTokens = 0;  // of cross-attention; 0: as many as a sequence has
  std::int64_t stages = 1;
  std::int64_t overriddenBlocks = 0;  // num_gpu_blocks_override; 0: what the bytes hold
  CacheHabits habits = {};
};

// The rules of the scenario's release on a device, with what its options say.
PageRules pageRules(const Scenario& scenario, const Settings& settings, const ServingDevice& device);
// Those of a release by itself, for a model without states or latent attention.
PageRules pageRules(const EngineVersion& version);

}  // namespace headroom
