#include "core/estimate/training/frameworks/frameworks.h"

namespace headroom::training {
namespace {

constexpr LossHabit kEager{
    12,
    12,
    4,
    0,
    8,
    "transformers ForCausalLMLoss (4.57): fp32 logits, log-softmax and gradients of 4 bytes "
    "each, less what is freed; without the upcast 2 each for the logits, their shifted copy, log-softmax and gradient"};
constexpr AllocatorHabit kTrainer{
    ConstantId::allocator_share_fixed,
    ConstantId::allocator_per_logit_plain,
    ConstantId::allocator_per_logit_plain,
    0,
    false,
    ConstantId::band_trainer_low,
    ConstantId::band_trainer_high,
    "fixed length: reserved over allocated 1.05 to 1.2 (measured pairs of torchtune, fsdp_qlora and torchtitan)"};
constexpr AllocatorHabit kFixed{
    ConstantId::allocator_share_fixed,
    ConstantId::allocator_per_logit_plain,
    ConstantId::allocator_per_logit_plain,
    0,
    false,
    ConstantId::band_fixed_low,
    ConstantId::band_fixed_high,
    "fixed length: reserved over allocated 1.05 to 1.2 (measured pairs of torchtune, fsdp_qlora and torchtitan)"};
constexpr AllocatorHabit kDynamic{ConstantId::allocator_share_changing,
                                  ConstantId::allocator_per_logit_changing,
                                  ConstantId::allocator_per_logit_changing,
                                  0,
                                  false,
                                  ConstantId::band_changing_low,
                                  ConstantId::band_changing_high,
                                  "batches of changing length fragment more"};
constexpr AllocatorHabit kPadded{ConstantId::allocator_share_changing,
                                 ConstantId::allocator_per_logit_padded,
                                 ConstantId::allocator_per_logit_padded,
                                 0,
                                 false,
                                 ConstantId::band_padded_low,
                                 ConstantId::band_padded_high,
                                 "batches padded to their longest sample"};
constexpr LossHabit kFused{
    12, 12, 4, 0, 0, "cut cross entropy and Liger never hold the logits: https://arxiv.org/abs/2411.09009"};

constexpr FrameworkProfile kProfiles[] = {
    {.id = "transformers",
     .loss = kEager,
     .allocator = kFixed,
     .fusedExperts = FusedExperts::wide,
     .composesGelu = true},
    {.id = "trl",
     .loss = kEager,
     .allocator = kDynamic,
     .adaptersInFp32 = true,
     .fusedExperts = FusedExperts::wide,
     .composesGelu = true},
    {.id = "peft",
     .loss = kEager,
     .allocator = kPadded,
     .adaptersInFp32 = true,
     .fusedExperts = FusedExperts::wide,
     .composesGelu = true},
    {.id = "ms-swift",
     .loss = {16,
              16,
              4,
              0,
              0,
              "Qwen and Llama code of 2024 keeps fp32 logits and a shifted copy beside log-softmax and gradient",
              {{{"logits in fp32", 4}, {"their shifted copy", 4}, {"log-softmax in fp32", 4}, {"its gradient", 4}}}},
     .allocator = {ConstantId::allocator_share_changing, 16, 16, 0, false, ConstantId::band_swift_low,
                   ConstantId::band_swift_high,
                   "samples of changing length: one set of the loss' blocks, of another length, stays cached beside "
                   "the one in use",
                   ConstantId::band_megatron_open_low, ConstantId::band_megatron_open_high},
     .adaptersInFp32 = true,
     .fusedExperts = FusedExperts::wide,
     .naivePipeline = true,
     .contextMeasured = true,
     .workspaceBytes = ConstantId::workspace_swift},
    {.id = "axolotl",
     .loss = kFused,
     .allocator = {ConstantId::allocator_share_changing, ConstantId::allocator_per_logit_changing,
                   ConstantId::allocator_per_logit_changing, 0, false, ConstantId::band_axolotl_low,
                   ConstantId::band_axolotl_high,
                   "README figures (\"about\") of packed chat data; half of them exceed what its recipes account for"},
     .adaptersInFp32 = true,
     .fusedExperts = FusedExperts::quantized,
     .composesGelu = true},
    {.id = "unsloth",
     .loss = {12,
              12,
              4,
              4,
              0,
              "unsloth fast_cross_entropy_loss until August 2025: 16-bit logits and their gradient; newer releases "
              "take chunks",
              kUpcastLogits,
              {{{"logits in 16 bit", 2}, {"their gradient", 2}}}},
     .allocator = {ConstantId::allocator_share_changing, ConstantId::allocator_per_logit_changing,
                   ConstantId::allocator_per_logit_changing, 0, false, ConstantId::band_unsloth_low,
                   ConstantId::band_unsloth_high, "notebook runs on chat data of changing length, 2024 to 2026"},
     .lossChunksByFreeMemory = true,
     .fusedExperts = FusedExperts::wide,
     .adaptsProjectionsOnly = true},
    {.id = "arctic", .loss = kFused, .allocator = kTrainer, .exchangesHeads = true, .tilesMlp = true},
};

}  // namespace

std::span<const FrameworkProfile> huggingFaceProfiles() {
  return kProfiles;
}

}  // namespace headroom::training
