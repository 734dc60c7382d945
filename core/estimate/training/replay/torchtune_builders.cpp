#include <algorithm>
#include <string>

#include "core/estimate/training/replay/torchtune_program.h"

namespace headroom::training {
namespace {

// models/*/_component_builders.py: attention with adapters makes a table; one without gets the model's, which came out
// as copies where TransformerDecoder cloned a layer (modules/transformer.py, until 0.5). Builders from Llama 3.1 on
// hand one to all layers.
bool makesTables(int release, const Model& model, bool adapters) {
  const bool scaled = model.family == "llama" && model.maxContext > 65536;
  return !scaled && (adapters || (release < 600 && model.family != "gemma2"));
}

// max_seq_len of models/*/_model_builders.py (0.4 to 0.6), which the tables are made for, is what the model's published
// configuration says but for Qwen2, whose bases say 131072: every size is built for 32768, and of Qwen2.5 the sizes of
// 0.5 and 3 billion. The other sizes have the same dimensions in both generations and stay as configured.
std::int64_t positionsOf(const Model& model) {
  constexpr std::int64_t kQwen2 = 32768;
  const bool known = model.family == "qwen2" && (model.hidden == 896 || model.hidden == 2048);
  return known ? std::min(model.maxContext, kQwen2) : model.maxContext;
}

}  // namespace

TorchtuneHabits torchtuneHabits(int release, const Model& model, bool adapters) {
  const std::string& family = model.family;
  TorchtuneHabits h;
  h.tablePerLayer = makesTables(release, model, adapters);
  h.positions = positionsOf(model);
  h.torchNorm = h.expandsAfterTurning = release >= 500;
  h.packsUnadapted = !family.starts_with("qwen2");
  h.dropsHead = family != "mistral";
  if (family.starts_with("qwen2")) h.rotary = TorchtuneRotary::halves;
  if (family.starts_with("phi")) h.rotary = TorchtuneRotary::fp32_halves;
  return h;
}

}  // namespace headroom::training
