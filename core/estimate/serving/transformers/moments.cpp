#include "core/estimate/serving/transformers/moments.h"
#include "core/estimate/arithmetic.h"

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
constexpr std::string_view kMask =
    "transformers modeling_qwen3_moe.py expert_mask: torch.nn.functional.one_hot gives int64 (4.57)";
constexpr std::string_view kLogits =
    "transformers generation/utils.py: logits in the compute type, the last row in fp32 (4.57)";
constexpr std::string_view kGrow =
    "transformers cache_utils.py DynamicLayer.update: torch.cat copies one layer's keys and values (4.57)";

struct Shape {
  Factor sequences, tokens, hidden, bytes;
  std::int64_t tp;
};

// Bytes one moment needs: two lines of so many bytes per token of every sequence.
struct Need {
  Factor first, second;
  double firstBytes = 0, secondBytes = 0;
  double total() const { return firstBytes + secondBytes; }
};

// A rank's share in whole heads and rows; of the rank that has the most.
Factor ofRank(FactorTree& tree, std::string_view symbol, const Factor& whole, std::int64_t tp) {
  if (tp <= 1) return whole;
  return tree.product(symbol, whole.unit, {whole, over(asked("tensor-parallel ranks", d(tp), Unit::devices))},
                      Round::up);
}

Factor headsOfRank(FactorTree& tree, std::string_view symbol, std::int64_t heads, std::int64_t tp) {
  if (heads < std::max<std::int64_t>(1, tp))
    return constant(symbol, 1, Unit::heads, "no rank works on less than one head");
  return ofRank(tree, symbol, fromModel(symbol, d(heads), Unit::heads), tp);
}

// Queries, keys, values and output (keys and values repeated to all heads by eager attention), and its square scores.
Need attentionNeed(FactorTree& tree, const LayerKind& k, const Shape& x, bool eager) {
  const AttentionSpec& a = k.attention;
  if (a.kind == AttentionKind::none) return {};
  const bool repeated = eager || a.kind == AttentionKind::latent;  // Hugging Face expands the latent to all heads
  const Factor heads = headsOfRank(tree, "heads", a.heads, x.tp),
               kv = repeated ? heads : headsOfRank(tree, "KV heads", a.kvHeads, x.tp),
               size = fromModel("head size", d(a.headDim), Unit::elements),
               value = fromModel("value size", d(a.valueDim > 0 ? a.valueDim : a.headDim), Unit::elements);
  const Factor width = tree.sum(
      "elements per token", Unit::elements,
      {tree.product("queries", Unit::elements, {heads, size}), tree.product("keys", Unit::elements, {kv, size}),
       tree.product("values", Unit::elements, {kv, value}), tree.product("output", Unit::elements, {heads, value})});
  Need n;
  n.first = tree.product("bytes per token", Unit::bytes_per_token, {width, x.bytes});
  n.firstBytes = x.sequences.value * x.tokens.value * n.first.value;
  if (!eager) return n;
  const Factor each = tree.sum(
      "bytes per score", Unit::bytes,
      {tree.product("scores and their cast", Unit::bytes, {constant("copies", 2, Unit::copies, kEager), x.bytes}),
       constant("fp32 softmax", 4, Unit::bytes, kEager)});
  n.second = tree.product("bytes per token", Unit::bytes_per_token,
                          {heads, asked("tokens attended", x.tokens.value, Unit::tokens), each});
  n.secondBytes = x.sequences.value * x.tokens.value * n.second.value;
  return n;
}

Need mlpNeed(FactorTree& tree, const LayerKind& k, const Shape& x) {
  Need n;
  FactorParts widths(tree, "elements per token", Unit::elements, Combine::largest);
  const auto matrices = [&](double count) { return constant("tensors", count, Unit::count, kMlp); };
  if (k.mlp.kind == MlpKind::experts) {
    const Factor one = constant("all of them", 1, Unit::ratio, "no more tokens than there are");
    const Factor share = tree.smallest(
        "share of the tokens", Unit::ratio,
        {one, tree.product("chosen experts", Unit::ratio,
                           {fromModel("experts per token", d(k.mlp.expertsPerToken), Unit::experts),
                            over(fromModel("experts", std::max(1.0, d(k.mlp.experts)), Unit::experts))})});
    const Factor inner = ofRank(tree, "expert width of a rank",
                                fromModel("expert width", d(k.mlp.expertIntermediate), Unit::elements), x.tp);
    const Factor inside =
        tree.product("inside an expert", Unit::elements, {matrices(k.mlp.gatedExperts ? 3 : 2), inner});
    const Factor around = tree.product("its input and output", Unit::elements, {matrices(2), x.hidden});
    widths.add(tree.product("one expert's tokens", Unit::elements,
                            {share, tree.sum("width", Unit::elements, {inside, around})}));
    n.second = tree.sum(
        "bytes per token", Unit::bytes_per_token,
        {tree.product("summed output", Unit::bytes, {x.hidden, x.bytes}),
         tree.product("router logits", Unit::bytes, {fromModel("experts", d(k.mlp.experts), Unit::experts), x.bytes}),
         tree.product("one-hot mask of the chosen experts", Unit::bytes,
                      {fromModel("experts", d(k.mlp.experts), Unit::experts),
                       fromModel("experts per token", d(k.mlp.expertsPerToken), Unit::experts),
                       constant("bytes of a mark", 8, Unit::bytes, kMask)})});
    n.secondBytes = x.sequences.value * x.tokens.value * n.second.value;
    if (k.mlp.sharedIntermediate > 0)
      widths.add(tree.product(
          "shared experts", Unit::elements,
          {matrices(3),
           ofRank(tree, "width of a rank", fromModel("width", d(k.mlp.sharedIntermediate), Unit::elements), x.tp)}));
  }
  if (k.mlp.intermediate > 0 || widths.empty())
    widths.add(tree.product(
        "dense", Unit::elements,
        {matrices(k.mlp.kind == MlpKind::plain ? 2 : 3),
         ofRank(tree, "width of a rank", fromModel("width", d(k.mlp.intermediate), Unit::elements), x.tp)}));
  n.first = tree.product("bytes per token", Unit::bytes_per_token, {widths.close(), x.bytes});
  n.firstBytes = x.sequences.value * x.tokens.value * n.first.value;
  return n;
}

}  // namespace

void addPeakMoment(RankEstimate& rank, const Model& m, const Settings& s, const RankPart& part, const Factor& sequences,
                   const Factor& cacheLayer) {
  Ledger& l = rank.ledger;
  const bool eager = s.attention == AttentionImplementation::eager;
  const Shape x{sequences,
                s.prefillTokens < s.context ? asked("tokens of a chunk", d(s.prefillTokens), Unit::tokens)
                                            : asked("tokens", d(s.context), Unit::tokens),
                fromModel("hidden", d(m.hidden), Unit::elements), bytesOf(s.compute), part.tensorParallel};
  const double batch = sequences.value, tokens = x.tokens.value, bytes = x.bytes.value;
  Need attention, mlp;
  bool experts = false;
  for (std::size_t k = 0; k < m.kinds.size(); ++k) {
    if (layersOfKind(m, k, part.layers) == 0) continue;
    if (const Need n = attentionNeed(l, m.kinds[k], x, eager); n.total() > attention.total()) attention = n;
    if (const Need n = mlpNeed(l, m.kinds[k], x); n.total() > mlp.total())
      mlp = n, experts = m.kinds[k].mlp.kind == MlpKind::experts;
  }
  const double residual = 2.0 * batch * tokens * x.hidden.value * bytes;
  const bool samples = part.lastStage && s.generates;
  const bool everyRow = s.logits == LogitsRows::all;
  const double rows = samples ? (everyRow ? tokens : 1.0) : 0.0;
  const double logits = batch * rows * d(m.vocabulary) * bytes, copy = samples ? batch * d(m.vocabulary) * 4.0 : 0.0;
  const double decode = cacheLayer.value + 2.0 * batch * x.hidden.value * bytes;

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
    for (std::size_t k = 0; k < kComponentCount; ++k) moment.bytes[k] = l.bytes(static_cast<ComponentId>(k));
    const double inLogits = i == kLogitsMoment   ? logits + copy
                            : i == kDecodeMoment ? logits / std::max(1.0, rows) + copy
                                                 : 0.0;
    moment.bytes[static_cast<std::size_t>(ComponentId::logits)] += toBytes(inLogits);
    moment.bytes[static_cast<std::size_t>(ComponentId::activations)] += toBytes(extra[i] - inLogits);
    rank.moments.push(moment);
  }

  const ComponentId act = ComponentId::activations;
  if (peak == kAttentionMoment) {
    l.add(act, "queries, keys, values and output of one layer", kAttention, {sequences, x.tokens, attention.first});
    l.add(act, "attention scores, quadratic in the tokens", kEager, {sequences, x.tokens, attention.second});
  } else if (peak == kMlpMoment) {
    l.add(act, experts ? "one expert's tokens" : "gate, up and product of one MLP", experts ? kExperts : kMlp,
          {sequences, x.tokens, mlp.first});
    l.add(act, "router and summed expert output", kExperts, {sequences, x.tokens, mlp.second});
  } else if (peak == kDecodeMoment) {
    l.add(act, "copy of one layer's keys and values while the cache grows", kGrow, {cacheLayer});
    l.add(act, "hidden states", kAttention,
          {constant("tensors", 2, Unit::count, kAttention), sequences, x.hidden, x.bytes});
  }
  if (peak != kDecodeMoment)
    l.add(act, "residual and normalised hidden states", kAttention,
          {constant("tensors", peak == kLogitsMoment ? 1 : 2, Unit::count, kAttention), sequences, x.tokens, x.hidden,
           x.bytes});
  if (samples && (peak == kLogitsMoment || peak == kDecodeMoment)) {
    const Factor vocabulary = fromModel("vocabulary", d(m.vocabulary), Unit::elements);
    const Factor kept = everyRow && peak == kLogitsMoment ? asked("rows", tokens, Unit::rows)
                                                          : constant("rows", 1, Unit::rows, kLogits);
    l.add(ComponentId::logits, "logits", kLogits, {sequences, kept, vocabulary, x.bytes});
    l.add(ComponentId::logits, "fp32 copy of the last row", kLogits,
          {sequences, vocabulary, constant("bytes per element", 4, Unit::bytes_per_element, kLogits)});
  }
  // No printed peaks of transformers are at hand; one layer's tensors differ by about this much between releases.
  l.setBand(act, {0.8, 1.4});
  l.setBand(ComponentId::logits, {1.0, 1.5});
}

}  // namespace headroom
