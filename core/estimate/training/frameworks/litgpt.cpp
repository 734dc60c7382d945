#include "core/estimate/training/frameworks/frameworks.h"

namespace headroom::training {
namespace {

constexpr FrameworkProfile kProfiles[] = {
    {.id = "litgpt",
     .loss = {4, 4, 4, 4, "litgpt chunked_cross_entropy with lm_head_chunk_size 128: bf16 logits and bf16 log-softmax"},
     .allocator = {0.08, 0, 0, false, 0.90, 1.10, "allocated figures only; reserved as in torchtune's tables"},
     .expandsKeyValues = true,
     .untiesHead = true,
     .frozenLinearKeepsInput = true,
     .keepsFusedQkv = true,
     .adapterDropout = true,
     .fullyShardedUnits = false},
};

}  // namespace

std::span<const FrameworkProfile> litgptProfiles() { return kProfiles; }

}  // namespace headroom::training
