#include "core/estimate/serving/transformers/moments.h"

#include <algorithm>
#include <array>

namespace headroom {
namespace {

constexpr std::string_view kAttention =
    "transformers modeling_llama.py: tensors alive inside one attention layer (4.57)";
constexpr std::string_view kEager =
    "transformers modeling_llama.py eager_attention_forward: masked scores, fp32 softmax and its cast, sequence × "
    "sequence (4.57)";
constexpr std::string_view kMlp = "transformers modeling_llama.py LlamaMLP: gate, up and product (4.57)";
constexpr std::string_view kExperts = "transformers modeling_qwen3_moe.py: the tokens of one expert at a time (4.57)";
constexpr std::string_view kLogits =
    "transformers generation/utils.py: logits in the compute type, the last row in fp32 (4.57)";
constexpr std::string_view kGrow =
    "transformers cache_utils.py DynamicLayer.update: torch.cat copies one layer's keys and values (4.57)";

constexpr double d(std::int64_t v) {
  return static_cast<double>(v);
}

struct Shape {
  double batch, tokens, hidden, bytes, tp;
};

// Bytes one moment needs, and the two figures its lines are made of.
struct Need {
  double first = 0, second = 0;
  double total() const { return first + second; }
};

// Queries, keys, values and output (keys and values repeated to all heads by eager attention), and its square scores.
Need attentionNeed(const LayerKind& k, const Shape& x, bool eager) {
  const AttentionSpec& a = k.attention;
  if (a.kind == AttentionKind::none) return {};
  const double heads = std::max(1.0, d(a.heads) / x.tp), kv = eager ? heads : std::max(1.0, d(a.kvHeads) / x.tp);
  const double value = d(a.valueDim > 0 ? a.valueDim : a.headDim);
  const bool latent = a.kind == AttentionKind::latent;  // Hugging Face expands the latent to all heads
  const double width = heads * d(a.headDim) + (latent ? heads : kv) * (d(a.headDim) + value) + heads * value;
  Need n;
  n.first = x.batch * x.tokens * width * x.bytes;
  if (eager) n.second = x.batch * heads * x.tokens * x.tokens * (2.0 * x.bytes + 4.0);
  return n;
}

Need mlpNeed(const LayerKind& k, const Shape& x) {
  Need n;
  const double rows = x.batch * x.tokens;
  if (k.mlp.kind == MlpKind::experts) {
    const double share = std::min(1.0, d(k.mlp.expertsPerToken) / std::max(1.0, d(k.mlp.experts)));
    const double wide = k.mlp.gatedExperts ? 3.0 : 2.0;
    n.first = rows * share * (wide * d(k.mlp.expertIntermediate) / x.tp + 2.0 * x.hidden) * x.bytes;
    n.second =
        rows * (x.hidden * x.bytes + d(k.mlp.experts) * 8.0);  // summed output, router logits and weights in fp32
    n.first = std::max(n.first, rows * 3.0 * d(k.mlp.sharedIntermediate) / x.tp * x.bytes);
  }
  const double matrices = k.mlp.kind == MlpKind::plain ? 2.0 : 3.0;
  n.first = std::max(n.first, matrices * rows * d(k.mlp.intermediate) / x.tp * x.bytes);
  return n;
}

}  // namespace

void addPeakMoment(RankEstimate& rank, const Model& m, const Settings& s, const RankPart& part, double batch,
                   double cacheLayer) {
  const bool eager = s.attention == AttentionImplementation::eager;
  const Shape x{batch, d(std::min(s.context, s.prefillTokens)), d(m.hidden), bytesPerElement(s.compute),
                d(part.tensorParallel)};
  Need attention, mlp;
  bool experts = false;
  for (std::size_t k = 0; k < m.kinds.size(); ++k) {
    if (layersOfKind(m, k, part.layers) == 0) continue;
    if (const Need n = attentionNeed(m.kinds[k], x, eager); n.total() > attention.total()) attention = n;
    if (const Need n = mlpNeed(m.kinds[k], x); n.total() > mlp.total())
      mlp = n, experts = m.kinds[k].mlp.kind == MlpKind::experts;
  }
  const double residual = 2.0 * batch * x.tokens * x.hidden * x.bytes;
  const bool samples = part.lastStage && s.generates;
  const double rows = samples ? (s.logits == LogitsRows::all ? x.tokens : 1.0) : 0.0;
  const double logits = batch * rows * d(m.vocabulary) * x.bytes, copy = samples ? batch * d(m.vocabulary) * 4.0 : 0.0;
  const double decode = cacheLayer + 2.0 * batch * x.hidden * x.bytes;

  enum { kAttentionMoment, kMlpMoment, kLogitsMoment, kDecodeMoment };
  const std::array<double, 4> extra{attention.total() + residual, mlp.total() + residual,
                                    logits + copy + residual / 2.0, decode + logits / std::max(1.0, rows) + copy};
  constexpr std::array<std::string_view, 4> kNames{"prefill: attention", "prefill: MLP", "prefill: logits", "decode"};
  const auto peak = static_cast<std::size_t>(std::max_element(extra.begin(), extra.end()) - extra.begin());
  rank.peakMoment = kNames[peak];
  rank.moments.clear();
  for (std::size_t i = 0; i < extra.size(); ++i) {
    Moment moment;
    moment.name = kNames[i];
    for (std::size_t k = 0; k < kComponentCount; ++k) moment.bytes[k] = rank.ledger.bytes(static_cast<ComponentId>(k));
    const double inLogits = i == kLogitsMoment   ? logits + copy
                            : i == kDecodeMoment ? logits / std::max(1.0, rows) + copy
                                                 : 0.0;
    moment.bytes[static_cast<std::size_t>(ComponentId::logits)] += toBytes(inLogits);
    moment.bytes[static_cast<std::size_t>(ComponentId::activations)] += toBytes(extra[i] - inLogits);
    rank.moments.push(moment);
  }

  Ledger& l = rank.ledger;
  const ComponentId act = ComponentId::activations;
  const Factor sequences = asked("sequences", batch, Unit::sequences), tokens = asked("tokens", x.tokens, Unit::tokens);
  const Factor hidden = fromModel("hidden", x.hidden),
               bytes = derived("bytes per element", x.bytes, Unit::bytes_per_element);
  const auto perToken = [&](double all) {
    return derived("bytes per token", all / std::max(1.0, batch * x.tokens), Unit::bytes_per_token);
  };
  if (peak == kAttentionMoment) {
    l.add(act, "queries, keys, values and output of one layer", kAttention,
          {sequences, tokens, perToken(attention.first)});
    l.add(act, "attention scores, quadratic in the tokens", kEager,
          {sequences, tokens, asked("tokens attended", x.tokens, Unit::tokens),
           derived("bytes per pair", attention.second / std::max(1.0, batch * x.tokens * x.tokens), Unit::bytes)});
  } else if (peak == kMlpMoment) {
    l.add(act, experts ? "one expert's tokens" : "gate, up and product of one MLP", experts ? kExperts : kMlp,
          {sequences, tokens, perToken(mlp.first)});
    l.add(act, "router and summed expert output", kExperts, {sequences, tokens, perToken(mlp.second)});
  } else if (peak == kDecodeMoment) {
    l.add(act, "copy of one layer's keys and values while the cache grows", kGrow,
          {derived("bytes of the largest layer", cacheLayer, Unit::bytes)});
    l.add(act, "hidden states", kAttention, {constant("tensors", 2), sequences, hidden, bytes});
  }
  if (peak != kDecodeMoment)
    l.add(act, "residual and normalised hidden states", kAttention,
          {constant("tensors", peak == kLogitsMoment ? 1 : 2), sequences, tokens, hidden, bytes});
  if (peak == kLogitsMoment || peak == kDecodeMoment) {
    const double kept = peak == kDecodeMoment ? std::min(1.0, rows) : rows;
    l.add(ComponentId::logits, "logits", kLogits,
          {sequences, asked("rows", kept, Unit::rows), fromModel("vocabulary", d(m.vocabulary)), bytes});
    l.add(ComponentId::logits, "fp32 copy of the last row", kLogits,
          {sequences, fromModel("vocabulary", samples ? d(m.vocabulary) : 0.0),
           constant("bytes per element", 4, Unit::bytes_per_element)});
  }
  // No printed peaks of transformers are at hand; one layer's tensors differ by about this much between releases.
  l.setBand(act, {0.8, 1.4});
  l.setBand(ComponentId::logits, {1.0, 1.5});
}

}  // namespace headroom
