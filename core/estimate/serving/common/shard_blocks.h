// Shards of matrices over tensor-parallel ranks: they have to be even, and where the matrix is quantized made of whole
// blocks or groups of its scales.
#pragma once

#include "core/estimate/estimate_context.h"

namespace headroom {

struct ShardBlocks {
  // Releases from here on repack blocks of experts, and groups, that do not come out even, where they can.
  std::string_view expertsRepackedSince = {}, groupsPaddedSince = {};
};

void diagnoseShardBlocks(EstimateContext& context, const ShardBlocks& rules);

// Layers that read another layer's keys and values find them on their own pipeline stage, or the start stops
// (vllm/model_executor/layers/attention/attention.py validate_kv_sharing_target, 0.33).
void diagnoseSharedKeys(EstimateContext& context);

}  // namespace headroom
