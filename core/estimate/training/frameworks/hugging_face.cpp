#include "core/estimate/training/frameworks/frameworks.h"

namespace headroom::training {
namespace {

constexpr LossHabit kEager{12,
                           12,
                           4,
                           0,
                           9,
                           0,
                           "transformers ForCausalLMLoss (4.57): fp32 logits, log-softmax and gradients of 4 bytes "
                           "each, less what is freed; 9 without the upcast, fitted on Qwen-7B's published series"};
constexpr AllocatorHabit kTrainer{
    0.06,
    0.5,
    0.5,
    0,
    false,
    0.85,
    1.18,
    "fixed length: reserved over allocated 1.05 to 1.2 (measured pairs of torchtune, fsdp_qlora and torchtitan)"};
constexpr AllocatorHabit kFixed{
    0.06,
    0.5,
    0.5,
    0,
    false,
    0.90,
    1.13,
    "fixed length: reserved over allocated 1.05 to 1.2 (measured pairs of torchtune, fsdp_qlora and torchtitan)"};
constexpr AllocatorHabit kDynamic{
    0.05, 5, 5, 0, false, 0.80, 1.25, "batches of changing length fragment more; fitted on PEFT and Axolotl runs"};
constexpr AllocatorHabit kPadded{
    0.05,  2,     2,    0,
    false, 0.905, 1.14, "batches padded to their longest sample; fitted on PEFT's method comparison (2025)"};
constexpr LossHabit kFused{
    12, 12, 4, 0, 0, 0, "cut cross entropy and Liger never hold the logits: https://arxiv.org/abs/2411.09009"};

constexpr FrameworkProfile kProfiles[] = {
    {.id = "transformers",
     .loss = kEager,
     .allocator = kFixed,
     .fusedExperts = FusedExperts::wide,
     .fusedLossIsLiger = true,
     .dropout = DropoutHabit::encoders},
    {.id = "trl",
     .loss = kEager,
     .allocator = kDynamic,
     .adaptersInFp32 = true,
     .fusedExperts = FusedExperts::wide,
     .fusedLossIsLiger = true},
    {.id = "peft",
     .loss = kEager,
     .allocator = kPadded,
     .adaptersInFp32 = true,
     .fusedExperts = FusedExperts::wide,
     .fusedLossIsLiger = true},
    {.id = "ms-swift",
     .loss = {16,
              16,
              4,
              0,
              0,
              0,
              "Qwen and Llama code of 2024 keeps fp32 logits and a shifted copy beside log-softmax and gradient",
              {{{"logits in fp32", 4}, {"their shifted copy", 4}, {"log-softmax in fp32", 4}, {"its gradient", 4}}}},
     .allocator = {0.05, 24, 24, 0, false, 0.78, 1.28,
                   "samples of changing length: 40 bytes per logit reserved, fitted on 21 runs of Qwen-7B (2024)"},
     .adaptersInFp32 = true,
     .fusedExperts = FusedExperts::wide,
     .fusedLossIsLiger = true,
     .naivePipeline = true,
     .workspaceBytes = 0.5 * kGiB,
     .workspaceSource = "constant part of reserved memory, fitted on ms-swift's tables (2024)"},
    {.id = "axolotl",
     .loss = kFused,
     .allocator = {0.05, 5, 5, 0, false, 0.82, 1.50,
                   "README figures (\"about\") of packed chat data; half of them exceed what its recipes account for"},
     .adaptersInFp32 = true,
     .fusedExperts = FusedExperts::quantized},
    {.id = "unsloth",
     .loss = {12,
              12,
              4,
              4,
              0,
              0,
              "unsloth fast_cross_entropy_loss until August 2025: 16-bit logits and their gradient; newer releases "
              "take chunks",
              kUpcastLogits,
              {{{"logits in 16 bit", 2}, {"their gradient", 2}}}},
     .allocator = {0.05, 5, 5, 0, false, 0.72, 1.40, "notebook runs on chat data of changing length, 2024 to 2026"},
     .lossChunksByFreeMemory = true,
     .fusedExperts = FusedExperts::wide,
     .adaptsProjectionsOnly = true},
    {.id = "arctic",
     .loss = kFused,
     .allocator = kTrainer,
     .fusedLossIsLiger = true,
     .exchangesHeads = true,
     .tilesMlp = true},
};

}  // namespace

std::span<const FrameworkProfile> huggingFaceProfiles() {
  return kProfiles;
}

}  // namespace headroom::training
