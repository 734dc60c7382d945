#include "core/estimate/training/frameworks/frameworks.h"

namespace headroom::training {
namespace {

constexpr FrameworkProfile kProfiles[] = {
    {.id = "megatron",
     .kernels = Kernels::fused,
     .selective = Selective::core_attention,
     .loss = {6,
              6,
              6,
              4.9,
              0,
              0,
              "Megatron vocab_parallel_cross_entropy: bf16 logits and fp32 softmax; fused over materialised logits: "
              "4.9 fitted on four runs of Llama-3-70B layers",
              {{{"logits in bf16", 2}, {"softmax in fp32", 4}}}},
     .allocator = {0.047, 0, 0, 0, false, 0.93, 1.06,
                   "reserved = allocated / 0.955, fitted on nine runs (TransformerEngine 2.11, B200)", 0.80, 1.28},
     .gradientsStay = true,
     .foreachStep = false,
     .mixedPrecisionCast = false,
     .contextExchange = true,
     .encoderHasVocabularyLoss = true,
     .dropout = DropoutHabit::layer_norm_models,
     .embeddingBuffer = 1,
     .workspaceBytes = 0.13 * kGiB,
     .workspaceSource = "at rest beyond the states: 0.09 GiB in Megatron-LM's golden values, 0.17 GiB on B200"},
};

}  // namespace

std::span<const FrameworkProfile> megatronProfiles() {
  return kProfiles;
}

}  // namespace headroom::training
