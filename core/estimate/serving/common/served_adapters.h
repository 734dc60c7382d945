// Low-rank adapters beside a served model: the slots an engine prepares for them, or the adapters themselves where it
// loads each as it is.
#pragma once

#include <string_view>

#include "core/estimate/estimate_context.h"
#include "core/estimate/weights.h"
#include "core/scenario/settings.h"

namespace headroom {

struct AdapterRules {
  bool everyModule = false;    // slots for all linear modules, whatever the adapters change (vLLM)
  bool experts = true;         // routed experts take adapters
  bool roundRank = false;      // the rank is filled up to one the kernels know
  bool vocabulary = false;     // embedding and head take adapters too
  double extraVocabulary = 0;  // rows kept for tokens that an adapter adds
  NumberFormat format = NumberFormat::bf16;
  std::string_view source;
};

// vllm/lora/layers (0.8 to 0.25).
AdapterRules vllmAdapterRules(const EstimateContext& context);

// The largest rank vLLM makes room for: 8, 16, 32, 64, 128, 256, 320 or 512 (vllm/config/lora.py, 0.11).
std::int64_t vllmAdapterRank(std::int64_t rank);

// Adds the component `adapters`: slots × rank × (in + out) of every module's share on this rank.
Bytes addServedAdapters(Ledger& ledger, const ServedAdapters& asked, const Model& model, const RankPart& part,
                        const AdapterRules& rules);

}  // namespace headroom
