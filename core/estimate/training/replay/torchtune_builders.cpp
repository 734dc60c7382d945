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

}  // namespace

TorchtuneHabits torchtuneHabits(int release, const Model& model, bool adapters) {
  const std::string& family = model.family;
  TorchtuneHabits h;
  h.tablePerLayer = makesTables(release, model, adapters);
  h.torchNorm = h.expandsAfterTurning = release >= 500;
  h.packsUnadapted = !family.starts_with("qwen2");
  h.dropsHead = family != "mistral";
  if (family.starts_with("qwen2")) h.rotary = TorchtuneRotary::halves;
  if (family.starts_with("phi")) h.rotary = TorchtuneRotary::fp32_halves;
  return h;
}

}  // namespace headroom::training
