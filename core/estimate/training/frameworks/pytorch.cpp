#include "core/estimate/training/frameworks/frameworks.h"

namespace headroom::training {
namespace {

constexpr LossHabit kEager{
    12,
    12,
    4,
    0,
    0,
    0,
    "torch cross_entropy on fp32 logits: log-softmax, its gradient and the logits' gradient, 4 bytes each"};
constexpr AllocatorHabit kPlain{0.06,
                                2.5,
                                2.5,
                                0,
                                false,
                                0.895,
                                1.13,
                                "blocks freed after the loss; fitted on reserved and allocated pairs (torchtune 1.10 "
                                "and 1.14, fsdp_qlora 1.12 and 1.24)"};

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
              0,
              "torchtune measured ladder (0.4): fp32 log-softmax and two gradients; chunked keeps the bf16 logits of "
              "all chunks",
              kUpcastLogits,
              {{{"logits of all chunks in bf16", 2}}}},
     .allocator = {0.10, 0, 0, 0, false, 0.86, 1.09,
                   "reserved over active 1.10 and 1.14 in torchtune's tables (2024); less in its compiled recipes",
                   0.72, 1.24},
     .expandsKeyValues = true,
     .foreachStep = false,
     .quantizesTargetsOnly = true,
     .linear4bitKeepsInput = false,
     .chunksUpcast = true,
     .dequantizedMatrices = 1},
    {.id = "torchtitan",
     .loss = {12, 6, 9.5, 4, 0, 6.5,
              "torchtitan loss.py (2024 to 2025): fp32 log-softmax and two gradients; compiled: bf16 logits and "
              "gradient, 4 to 8 bytes by the build of torch; chunked 9.5 fitted on one run; split vocabulary 6.5 more, "
              "fitted on three"},
     .allocator = {0, 4.8, 2.9, 0, true, 0.90, 1.10,
                   "freed fp32 logit blocks are not reused: 4.8 bytes per logit, 2.9 with recomputation, fitted on ten "
                   "layouts of Llama 3 8B (2024)",
                   0.76, 1.26},
     .foreachStep = false,
     .mixedPrecisionCast = false,
     .zero2KeepsGathered = true},
    {.id = "fsdp-qlora",
     .loss = {12, 12, 4, 0, 0, 0,
              "fp32 logits, log-softmax and gradient; fitted slope of allocated memory over length: 11 to 12"},
     .allocator = {0, 13, 13, 1.7 * kGiB / 4096, false, 0.88, 1.115,
                   "reserved grows by 25 bytes per logit, fitted on 13 runs (2024)"},
     .foreachStep = false,
     .dequantizedMatrices = 1},
};

}  // namespace

std::span<const FrameworkProfile> pytorchProfiles() {
  return kProfiles;
}

}  // namespace headroom::training
