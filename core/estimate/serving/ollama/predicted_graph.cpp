// fs/ggml/ggml.go GraphSize and llm/server.go (0.13.5; llm/memory.go before): what each architecture's largest moment
// takes, in fp32 elements: the vocabulary's logits, or the scores of all heads over all tokens.
#include "core/estimate/serving/ollama/predicted_graph.h"

#include <algorithm>

#include "core/estimate/arithmetic.h"
#include "core/estimate/serving/ollama/releases.h"

namespace headroom::ollama {
namespace {

struct Shape {
  double hidden = 0, heads = 0, kvHeads = 0, fewestKvHeads = 0, headDim = 0, vocabulary = 0, tokens = 0, batch = 0;
  double logits() const { return 4 * batch * (hidden + vocabulary); }
  double output() const { return hidden * vocabulary * 105 / 128; }  // the head's matrix in Q6_K
  double scores() const { return tokens * (1 + heads); }
};

Shape shapeOf(const Model& m, double tokens, double batch) {
  Shape s;
  for (const LayerKind& k : m.kinds) {
    const AttentionSpec& a = k.attention;
    if (k.encoder || a.heads <= 0) continue;
    s.heads = std::max(s.heads, d(a.heads));
    s.kvHeads = std::max(s.kvHeads, d(a.kvHeads));
    s.fewestKvHeads = s.fewestKvHeads > 0 ? std::min(s.fewestKvHeads, d(a.kvHeads)) : d(a.kvHeads);
    s.headDim = std::max(s.headDim, d(a.headDim));
  }
  s.hidden = d(m.hidden), s.vocabulary = d(m.vocabulary), s.tokens = tokens, s.batch = batch;
  return s;
}

using Rule = PredictedGraph (*)(const Shape&);

PredictedGraph llama(const Shape& s) {
  return {std::max(4 * s.batch * (1 + 4 * s.hidden + s.scores()), s.logits()),
          4 * s.batch * s.hidden +
              std::max(4 * s.batch * (1 + s.hidden + std::max(s.tokens, s.hidden)) + s.hidden * s.hidden * 9 / 16 +
                           4 * s.tokens * (s.batch * s.heads + s.headDim * s.kvHeads),
                       s.logits() + s.output())};
}
PredictedGraph gemma(const Shape& s) {
  const double wide = 2 * s.headDim * s.heads;
  return {
      std::max(s.logits(), 4 * s.batch * (2 + s.scores() + 2 * s.hidden + wide)),
      std::max(s.logits() + s.output(), 4 * s.batch * (2 * s.hidden + 1 + wide + s.scores()) +
                                            4 * s.headDim * s.tokens * 8 + s.hidden * s.headDim * s.heads * 9 / 16)};
}
PredictedGraph commandR(const Shape& s) {
  return {std::max(s.logits(), 4 * s.batch * (2 + 4 * s.hidden + s.scores())),
          std::max(s.logits() + s.output(), 4 * s.batch * (1 + 2 * s.hidden + s.scores()) + 4 * s.hidden * s.tokens +
                                                s.hidden * s.hidden * 9 / 16)};
}
PredictedGraph qwen2(const Shape& s) {
  return {
      std::max(s.logits(), 4 * s.batch * (1 + 2 * s.hidden + s.scores())),
      std::max(s.logits() + s.output(), 4 * (s.batch * (1 + 2 * s.hidden + s.scores()) + s.hidden * (1 + s.tokens)))};
}
PredictedGraph phi2(const Shape& s) {
  return {std::max(s.logits(), 4 * s.batch * (1 + 4 * s.hidden + s.scores())),
          std::max(4 * s.batch * (2 * s.hidden + s.vocabulary) + s.output(),
                   4 * s.batch * (2 + 3 * s.hidden + s.scores()))};
}
PredictedGraph stableLm(const Shape& s) {
  const double whole = 4 * s.batch * (s.scores() + 3 * s.hidden + 2);
  return {whole, std::max(4 * s.batch * (s.vocabulary + 2 * s.hidden), whole)};
}
PredictedGraph deepseek2(const Shape& s) {
  const double logits = 4 * s.batch * (3 * s.hidden + s.vocabulary), wide = 2 * s.headDim * s.kvHeads;
  const double scores = s.tokens * (1 + s.kvHeads);
  return {std::max(logits, 4 * s.batch * (3 * s.hidden + 2 + scores + wide)),
          std::max(logits + s.output(), 4 * s.batch * (2 * s.hidden + 1 + wide + scores) +
                                            4 * s.headDim * s.tokens * s.kvHeads +
                                            s.hidden * s.headDim * s.kvHeads * 9 / 16)};
}
PredictedGraph chatGlm(const Shape& s) {
  const double bias = (s.heads + 2 * s.kvHeads) * s.headDim, wide = s.headDim * s.heads;
  return {std::max(s.logits(), 4 * s.batch * (2 + 2 * s.hidden + s.scores() + wide + bias)),
          std::max(s.logits() + s.output(),
                   4 * s.batch * (1 + 2 * s.hidden + wide + s.scores()) + 8 * s.headDim * s.tokens + 4 * bias)};
}

// In the order of GraphRule.
constexpr Rule kRules[] = {llama, gemma, commandR, qwen2, phi2, stableLm, deepseek2, chatGlm};

}  // namespace

double layerBytes(const Ledger& ledger) {
  return d((ledger.bytes(ComponentId::weights) + ledger.bytes(ComponentId::kv_cache) +
            ledger.bytes(ComponentId::state_cache))
               .value());
}

PredictedGraph predictGraph(const EstimateContext& answered, std::string_view architecture) {
  const Settings& s = answered.settings;
  const Shape shape = shapeOf(answered.model, d(s.context * std::max<std::int64_t>(1, s.batch)), d(s.prefillTokens));
  const GraphRule rule = graphRuleOf(architecture);
  if (rule < GraphRule::by_cache) return kRules[static_cast<std::size_t>(rule)](shape);
  const double ratio = shape.fewestKvHeads > 0 ? shape.heads / shape.fewestKvHeads : 1;
  if (rule == GraphRule::by_whole_cache) {  // as if windows were as long as the context
    double whole = 0;
    for (const LayerKind& k : answered.model.kinds)
      whole += d(k.count * k.attention.kvHeads) * shape.tokens *
               (d(k.attention.headDim) * bytesPerElement(s.kvCache.k) +
                d(k.attention.valueDim) * bytesPerElement(s.kvCache.v));
    return {2 * ratio * whole / 6, 2 * ratio * whole / 6};
  }
  // Of all others: a sixth of the cache for every query head of a key head.
  double cache = d(answered.result.host.bytes(ComponentId::kv_cache).value());
  for (const RankEstimate& rank : answered.result.ranks) cache += d(rank.ledger.bytes(ComponentId::kv_cache).value());
  const double rest = ratio * cache / 6;
  return {rest, rest};
}

}  // namespace headroom::ollama
