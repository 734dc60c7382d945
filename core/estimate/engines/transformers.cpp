// Hugging Face transformers: one process, a dynamic cache of exactly the tokens there are, prefill in one forward pass.
#include <algorithm>

#include "core/estimate/estimate_context.h"
#include "core/estimate/kv_cache.h"
#include "core/estimate/weights.h"
#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

constexpr std::string_view kCacheSource = "transformers cache_utils.py DynamicCache, SlidingWindowLayer (4.57)";
constexpr std::string_view kForwardSource = "transformers modeling_llama.py: tensors alive inside one MLP (4.57)";
constexpr std::string_view kLogitsSource = "transformers generation/utils.py: logits in the compute dtype and their fp32 copy (4.57)";
// CUDA context and libraries of torch 2.x on a 2023-2025 data-centre card: ml-engineering, debug/pytorch.md, 0.71 GiB.
constexpr double kContextBytes = 0.71 * static_cast<double>(kGiB);
constexpr std::string_view kContextSource = "https://github.com/stas00/ml-engineering/blob/master/debug/pytorch.md: 0.71 GiB after import";

}  // namespace

void estimateTransformers(EstimateContext& c) {
  const Settings& s = c.settings;
  const Model& m = c.model;
  RankEstimate& rank = c.addRank();
  rank.label = "every device";
  rank.devices = c.scenario.devices.empty() ? 1 : c.scenario.devices.front().count;
  const std::int64_t tp = std::max<std::int64_t>(1, c.scenario.parallel.tensor);
  RankPart part;
  part.tensorParallel = tp;
  part.layers = {0, m.layers()};
  addWeights(rank.ledger, m, s.weights, part);
  c.result.weightBytes = weightBytes(m, s.weights);

  const double tokens = static_cast<double>(std::min(s.context, s.prefillTokens));
  const double batch = static_cast<double>(s.batch);
  std::int64_t widest = 0;
  for (const LayerKind& kind : m.kinds) {
    const double perToken = kvBytesPerToken(kind.attention, s.kvCache, tp);
    if (growsWithContext(kind.attention)) c.result.kvBytesPerToken += perToken * kind.count;
    const double kept = static_cast<double>(cachedTokens(kind.attention, s.context));
    rank.ledger.add(ComponentId::kv_cache, "keys and values", kCacheSource,
                    {fromModel("layers", kind.count, Unit::layers), derived("bytes per token and layer", perToken, Unit::bytes_per_token),
                     asked("tokens kept", kept, Unit::tokens), asked("sequences", batch, Unit::sequences)});
    const std::int64_t width = kind.mlp.kind == MlpKind::experts
                                   ? kind.mlp.expertsPerToken * kind.mlp.expertIntermediate + kind.mlp.sharedIntermediate
                                   : kind.mlp.intermediate;
    widest = std::max(widest, width);
  }
  const double bytes = bytesPerElement(s.compute);
  rank.ledger.add(ComponentId::activations, "gate, up and product of one MLP", kForwardSource,
                  {constant("tensors", 3), asked("sequences", batch, Unit::sequences), asked("tokens", tokens, Unit::tokens),
                   fromModel("MLP width", static_cast<double>(widest)), over(asked("tensor parallel", static_cast<double>(tp))),
                   derived("bytes per element", bytes, Unit::bytes_per_element)});
  rank.ledger.add(ComponentId::activations, "hidden states: residual, norm input and output", kForwardSource,
                  {constant("tensors", 3), asked("sequences", batch, Unit::sequences), asked("tokens", tokens, Unit::tokens),
                   fromModel("hidden", static_cast<double>(m.hidden)), derived("bytes per element", bytes, Unit::bytes_per_element)});
  const double rows = s.logits == LogitsRows::all ? tokens : 1;
  rank.ledger.add(ComponentId::logits, "logits and their fp32 copy", kLogitsSource,
                  {asked("sequences", batch, Unit::sequences), asked("rows", rows, Unit::rows),
                   fromModel("vocabulary", static_cast<double>(m.vocabulary)), derived("bytes per logit", bytes + 4, Unit::bytes_per_element)});
  rank.ledger.add(ComponentId::runtime, "CUDA context and libraries", kContextSource, {constant("context", kContextBytes, Unit::bytes)});
}

}  // namespace headroom
