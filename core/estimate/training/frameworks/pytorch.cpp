#include "core/estimate/training/frameworks/frameworks.h"

namespace headroom::training {
namespace {

constexpr LossHabit kEager{
    12, 12, 4,
    0,  0,  "torch cross_entropy on fp32 logits: log-softmax, its gradient and the logits' gradient, 4 bytes each"};
constexpr AllocatorHabit kPlain{ConstantId::allocator_share_fixed,
                                ConstantId::allocator_per_logit_plain,
                                ConstantId::allocator_per_logit_plain,
                                0,
                                false,
                                ConstantId::band_plain_low,
                                ConstantId::band_plain_high,
                                "blocks freed after the loss"};

constexpr FrameworkProfile kProfiles[] = {
    {.id = "pytorch", .loss = kEager, .allocator = kPlain},
    // Llama recipes of Meta: Hugging Face models under FSDP1.
    {.id = "llama-recipes", .loss = kEager, .allocator = kPlain},
    {.id = "torchtune",
     .loss = {12,
              12,
              2,
              2,
              0,
              "torchtune measured ladder (0.4): fp32 log-softmax and two gradients; chunked keeps the bf16 logits of "
              "all chunks, and where it is not compiled their log-softmax in fp32 (torch's autograd, traced)",
              kUpcastLogits,
              {{{"logits of all chunks in bf16", 2}}},
              4},
     .allocator = {ConstantId::allocator_share_fixed, 0, 0, 0, false, ConstantId::band_torchtune_low,
                   ConstantId::band_torchtune_high,
                   "reserved over active 1.10 and 1.14 in torchtune's tables (2024); less in its compiled recipes",
                   ConstantId::band_torchtune_open_low, ConstantId::band_torchtune_open_high},
     .expandsKeyValues = true,
     .foreachStep = false,
     .quantizesTargetsOnly = true,
     .linear4bitKeepsInput = false,
     .chunksUpcast = true,
     .ownReplicas = true,
     .dequantizedMatrices = 1},
    {.id = "torchtitan",
     .loss = {12,
              ConstantId::loss_compiled_torchtitan,
              8,
              4,
              0,
              "torchtitan loss.py (2024 to 2025): fp32 log-softmax and two gradients; compiled: bf16 logits and "
              "gradient, 4 to 8 bytes by the build of torch; chunked: at least the bf16 logits and their gradient, at "
              "most the whole loss, the middle of both; split vocabulary: torch/distributed/tensor/parallel/loss.py "
              "holds exp of the log-softmax beside its gradient (2.9)",
              kUpcastLogits,
              {},
              0,
              4},
     .allocator = {0, ConstantId::allocator_per_logit_torchtitan, ConstantId::allocator_per_logit_torchtitan_recomputed,
                   0, true, ConstantId::band_torchtitan_low, ConstantId::band_torchtitan_high,
                   "freed fp32 logit blocks are not reused (2024)", ConstantId::band_torchtitan_open_low,
                   ConstantId::band_torchtitan_open_high},
     .foreachStep = false,
     .mixedPrecisionCast = false,
     .zero2KeepsGathered = true,
     .contextMeasured = true,
     .expertMeasured = true},
    {.id = "fsdp-qlora",
     .loss = {12, 12, 4, 0, 0, "fp32 logits, log-softmax and gradient, 4 bytes each"},
     .allocator = {0, ConstantId::allocator_per_logit_fsdp_qlora, ConstantId::allocator_per_logit_fsdp_qlora,
                   ConstantId::allocator_floor_per_hidden_fsdp_qlora, false, ConstantId::band_fsdp_qlora_low,
                   ConstantId::band_fsdp_qlora_high, "reserved grows by twice what the loss holds (2024)"},
     .foreachStep = false,
     .dequantizedMatrices = 1},
};

}  // namespace

std::span<const FrameworkProfile> pytorchProfiles() {
  return kProfiles;
}

}  // namespace headroom::training
