#include "ui/style/names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/scenario/engines.h"
#include "core/scenario/optimizers.h"
#include "core/scenario/training_codes.h"
#include "ui/languages/core_text.h"
#include "ui/style/text.h"

namespace headroom::ui {

QString spelled(std::string_view id) {
  static constexpr auto kNames = std::to_array<std::pair<std::string_view, const char*>>({
      {"bytes-per-parameter", "bytes / parameter"},
      {"cpu", "CPU"},
      {"distributed-optimizer", "distributed optimizer"},
      {"dpo", "DPO"},
      {"fourteen-tensors-per-block", "14 tensors / block"},
      {"fsdp", "FSDP"},
      {"fsdp2", "FSDP2"},
      {"grpo", "GRPO"},
      {"lora", "LoRA"},
      {"nvme", "NVMe"},
      {"orpo", "ORPO"},
      {"ppo", "PPO"},
      {"qlora", "QLoRA"},
      {"seven-tensors-per-layer", "7 tensors / layer"},
      {"share-of-weights", "share of weights"},
      {"simpo", "SimPO"},
      {"zero1", "ZeRO-1"},
      {"zero2", "ZeRO-2"},
      {"zero3", "ZeRO-3"},
  });
  const auto* found = std::ranges::find(kNames, id, &std::pair<std::string_view, const char*>::first);
  if (found != kNames.end()) return coreText(found->second);
  // Engines, training codes and optimizers are spelled as their rows have it.
  if (const auto engine = valueOf<Engine>(id)) return fromView(rowOf(*engine).label);
  if (const TrainingCodeRow* code = trainingCode(id)) return fromView(code->label);
  if (const auto optimizer = valueOf<Optimizer>(id)) return fromView(rowOf(*optimizer).label);
  return coreText(id);
}

}  // namespace headroom::ui
