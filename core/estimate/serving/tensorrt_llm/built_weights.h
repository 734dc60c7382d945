// What an engine built ahead holds of the weights otherwise than sharded Linears in one format.
#pragma once

#include "core/estimate/ledger.h"
#include "core/estimate/weights.h"
#include "core/scenario/settings.h"

namespace headroom::tensorrt_llm {

// Adds it to the component `weights`, beside the tensors as they are sharded and quantized.
void addBuiltWeights(Ledger& ledger, const Model& model, const Settings& settings, const RankPart& part);

}  // namespace headroom::tensorrt_llm
