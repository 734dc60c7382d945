#include "core/estimate/training/frameworks/frameworks.h"

namespace headroom::training {
namespace {

constexpr FrameworkProfile kProfiles[] = {
    // Kept copies around 4-bit Linears were found by difference between LitGPT's LoRA and QLoRA tables (2023: three
    // hidden states and one MLP width; since 2024 two more MLP widths).
    {.id = "litgpt",
     .loss = {4,
              4,
              4,
              4,
              0,
              "litgpt chunked_cross_entropy with lm_head_chunk_size 128: bf16 logits and bf16 log-softmax",
              {{{"logits in bf16", 2}, {"log-softmax in bf16", 2}}}},
     .allocator = {ConstantId::allocator_share_fixed, 0, 0, 0, false, ConstantId::band_litgpt_low,
                   ConstantId::band_litgpt_high,
                   "as other runs whose batches all have one length; LitGPT prints allocated figures only"},
     .expandsKeyValues = true,
     .untiesHead = true,
     .frozenLinearKeepsInput = true,
     .keepsFusedQkv = true,
     .quantizesHead = true,
     // LitGPT asked for bitsandbytes 0.42 until 2024-12-28 (#1893).
     .linear4bitFreesSinceYear = 2025,
     .linear4bitFreesSinceMonth = 1,
     .linear4bitCopiesInput = true,
     .linear4bitKeepsOutputSince = 2024,
     .fullyShardedUnits = false,
     .adaptsByRole = true,
     .ownReplicas = true},
};

}  // namespace

std::span<const FrameworkProfile> litgptProfiles() {
  return kProfiles;
}

}  // namespace headroom::training
