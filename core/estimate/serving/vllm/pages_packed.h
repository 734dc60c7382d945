// DeepSeek-V4's pages in vLLM: compressed keys and values, the indexer's keys, a short window and the compressors'
// states share tensors whose pages are tuples of one page of each size.
#pragma once

#include "core/estimate/serving/vllm/pages.h"

namespace headroom {

// Fills the layout; false, and the layout untouched, where the part has no compressed layers.
// vllm/v1/core/kv_cache_utils.py _get_kv_cache_groups_uniform_groups, models/deepseek_v4/compressor.py,
// v1/attention/backends/mla/sparse_swa.py (0.20 to 0.33).
bool layOutPacked(PageLayout& layout, const Model& model, const RankPart& part, PackedBlock block);

// The bytes of such a page: one of each size that the full-attention layers have.
Factor packedPage(FactorTree& tree, const Model& model, const RankPart& part);
// Those of a block that is not whole pages for all layers of a group.
Factor packedBlock(FactorTree& tree, const Model& model, const RankPart& part, PackedBlock block);

}  // namespace headroom
