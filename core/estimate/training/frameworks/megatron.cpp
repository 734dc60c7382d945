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
              ConstantId::loss_fused_megatron,
              0,
              "Megatron vocab_parallel_cross_entropy: bf16 logits and fp32 softmax; fused over materialised logits: "
              "less",
              {{{"logits in bf16", 2}, {"softmax in fp32", 4}}}},
     .allocator = {ConstantId::allocator_share_megatron, 0, 0, 0, false, ConstantId::band_megatron_low,
                   ConstantId::band_megatron_high, "large buffers stay for the whole run, so that little is split",
                   ConstantId::band_megatron_open_low, ConstantId::band_megatron_open_high},
     .gradientsStay = true,
     .foreachStep = false,
     .mixedPrecisionCast = false,
     .contextExchange = true,
     .expertMeasured = true,
     .encoderHasVocabularyLoss = true,
     .embeddingBuffer = 1,
     .workspaceBytes = ConstantId::workspace_megatron},
};

}  // namespace

std::span<const FrameworkProfile> megatronProfiles() {
  return kProfiles;
}

}  // namespace headroom::training
