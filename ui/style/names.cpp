#include "ui/style/names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ui/style/text.h"

namespace headroom::ui {

QString spelled(std::string_view id) {
  static constexpr auto kNames = std::to_array<std::pair<std::string_view, const char*>>({
      {"adafactor", "Adafactor"},
      {"adam", "Adam"},
      {"adamw", "AdamW"},
      {"adamw-4bit", "AdamW 4-bit"},
      {"adamw-8bit", "AdamW 8-bit"},
      {"arctic", "Arctic"},
      {"axolotl", "Axolotl"},
      {"bytes-per-parameter", "bytes / parameter"},
      {"cpu", "CPU"},
      {"deepspeed", "DeepSpeed"},
      {"distributed-optimizer", "distributed optimizer"},
      {"dpo", "DPO"},
      {"fourteen-tensors-per-block", "14 tensors / block"},
      {"fsdp", "FSDP"},
      {"fsdp-qlora", "FSDP + QLoRA"},
      {"fsdp2", "FSDP2"},
      {"grpo", "GRPO"},
      {"lion", "Lion"},
      {"litgpt", "LitGPT"},
      {"llama-recipes", "Llama recipes"},
      {"lora", "LoRA"},
      {"megatron", "Megatron-LM"},
      {"muon", "Muon"},
      {"nvme", "NVMe"},
      {"orpo", "ORPO"},
      {"paged-adamw", "Paged AdamW"},
      {"paged-adamw-8bit", "Paged AdamW 8-bit"},
      {"peft", "PEFT"},
      {"ppo", "PPO"},
      {"pytorch", "PyTorch"},
      {"qlora", "QLoRA"},
      {"rmsprop", "RMSprop"},
      {"seven-tensors-per-layer", "7 tensors / layer"},
      {"sglang", "SGLang"},
      {"sgd", "SGD"},
      {"sgd-momentum", "SGD, momentum"},
      {"share-of-weights", "share of weights"},
      {"simpo", "SimPO"},
      {"transformers", "Transformers"},
      {"trl", "TRL"},
      {"unsloth", "Unsloth"},
      {"vllm", "vLLM"},
      {"zero1", "ZeRO-1"},
      {"zero2", "ZeRO-2"},
      {"zero3", "ZeRO-3"},
  });
  const auto* found = std::ranges::find(kNames, id, &std::pair<std::string_view, const char*>::first);
  return found == kNames.end() ? fromView(id) : QString::fromUtf8(found->second);
}

}  // namespace headroom::ui
