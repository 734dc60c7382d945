#include "core/scenario/liger.h"

#include <algorithm>

#include "core/scenario/training_codes.h"

namespace headroom {
namespace {

// liger_kernel/transformers/monkey_patch.py, MODEL_TYPE_TO_APPLY_LIGER_FN and the functions it names, with the first
// release read that has the class (0.3.1, 0.4.2, 0.5.0, 0.5.2, 0.5.4, 0.5.10, 0.6.0 to 0.8.5). Decoders of norms,
// attention and a dense gated MLP, whose steps were traced. Norms whose gradient the stream needs too make one of
// their own.
constexpr LigerClass kClasses[] = {
    {"llama", 0},
    {"mistral", 0},
    {"qwen2", 0},
    {"gemma", 0},
    {"phi3", 0},
    {.family = "gemma2", .since = 301, .normsInPlace = false},
    {.family = "gemma3_text", .since = 510, .normsInPlace = false},
    {"qwen3", 510},
};
constexpr int kNewest = 805;

// "Liger 0.8.0", "liger-kernel==0.6.4".
EngineVersion printedRelease(std::string_view rest) {
  while (true) {
    const PrintedPackage p = nextPackage(rest);
    if (p.text.empty()) return {};
    if (p.named && sameName(p.text.substr(0, 5), "liger")) return p.version;
  }
}

}  // namespace

const LigerClass* ligerClass(const Model& model) {
  const auto* const known = std::ranges::find(kClasses, model.family, &LigerClass::family);
  return known != std::end(kClasses) ? known : nullptr;
}

bool lossOfLiger(const Settings& settings) {
  return settings.loss == Loss::fused && settings.code != nullptr && settings.code->fusedLossIsLiger;
}

// Liger's kernels come together (transformers/integrations/liger.py) unless the norms are said to be the class' own.
int ligerRelease(const Scenario& scenario, const Settings& settings) {
  if (!lossOfLiger(settings) || scenario.training.normImplementation == NormImplementation::eager) return 0;
  const LigerClass* const known = ligerClass(*scenario.model);
  if (known == nullptr) return 0;
  const EngineVersion version = printedRelease(scenario.engineVersion);
  const int release = version.known ? version.major * 10000 + version.minor * 100 + version.patch : kNewest;
  return release >= known->since ? release : 0;
}

}  // namespace headroom
