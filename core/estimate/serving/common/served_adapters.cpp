#include "core/estimate/serving/common/served_adapters.h"
#include "core/estimate/arithmetic.h"

#include <algorithm>
#include <array>

#include "core/estimate/lora.h"
#include "core/estimate/serving/common/served_tensor.h"
#include "core/estimate/tensor_factors.h"

namespace headroom {
namespace {

constexpr std::string_view kVllm =
    "vllm/lora/layers/base_linear.py, column_parallel_linear.py, fused_moe.py create_lora_weights: zeros of every slot "
    "for every linear module (0.11 to 0.25)";
constexpr std::string_view kVocabulary =
    "vllm/lora/layers/vocal_parallel_embedding.py and logits_processor.py create_lora_weights (0.11)";
constexpr std::string_view kExtra =
    "vllm lora_extra_vocab_size: 256 rows per slot in embedding and head, beside them and in the adapter (until 0.12)";

bool takesAdapter(const Tensor& t, const ServedAdapters& asked, const AdapterRules& rules) {
  if (isRoutedExpert(t.role) && !rules.experts) return false;
  // Naming modules restricts vLLM's slots to them (--lora-target-modules); "attention" is a name for some of them.
  if (rules.everyModule && asked.targets.kind == Targets::Kind::all_linear)
    return isLoraTarget(t, {}) || (t.role == TensorRole::router && !t.bias && !t.buffer);
  return isLoraTarget(t, asked.targets);
}

// The rank an adapter may have: as asked, or the next one the engine's kernels know.
Factor rankOf(const ServedAdapters& asked, const AdapterRules& rules) {
  const Factor rank = headroom::asked("rank", d(asked.rank));
  const std::int64_t known = rules.roundRank ? vllmAdapterRank(asked.rank) : asked.rank;
  if (known == asked.rank) return rank;
  return constant("largest rank", d(known), Unit::count, "vllm/config/lora.py: the next rank the kernels know (0.11)");
}

void addVocabulary(Ledger& ledger, const Model& m, const RankPart& part, const AdapterRules& rules, const Factor& slots,
                   const Factor& rank) {
  const Factor bytes = bytesOf(rules.format), extra = constant("rows", rules.extraVocabulary, Unit::rows, kExtra);
  const Factor vocabulary = fromModel("vocabulary", d(m.vocabulary)), hidden = fromModel("hidden", d(m.hidden));
  if (part.firstStage)
    ledger.add(ComponentId::adapters, "slots for the token embedding", kVocabulary,
               {slots, rank, ledger.sum("vocabulary and hidden", Unit::count, {vocabulary, extra, hidden}), bytes});
  if (part.lastStage)
    ledger.add(ComponentId::adapters, "slots for the head", kVocabulary,
               {slots, rank, ledger.sum("vocabulary and hidden", Unit::count, {vocabulary, hidden}), bytes});
  const double places = (part.firstStage ? 2.0 : 0.0) + (part.lastStage ? 1.0 : 0.0);
  ledger.add(ComponentId::adapters, "rows for tokens an adapter adds", kExtra,
             {extra, slots, constant("places", places, Unit::copies, "beside embedding and head, and in the adapter"),
              hidden, bytes});
}

}  // namespace

AdapterRules vllmAdapterRules(const EstimateContext& c) {
  const Settings& s = c.settings;
  AdapterRules rules;
  rules.everyModule = rules.roundRank = true;
  rules.experts = !s.version.before(0, 12);
  rules.vocabulary = c.model.vocabularyAdapters;
  rules.extraVocabulary = s.version.before(0, 12) ? 256 : 0;
  rules.format = servedAdapterFormat(c.scenario, s);
  rules.source = kVllm;
  return rules;
}

std::int64_t vllmAdapterRank(std::int64_t rank) {
  constexpr std::array<std::int64_t, 8> kRanks{8, 16, 32, 64, 128, 256, 320, 512};
  const auto* const at = std::ranges::lower_bound(kRanks, rank);
  return at == kRanks.end() ? rank : *at;
}

Bytes addServedAdapters(Ledger& ledger, const ServedAdapters& a, const Model& m, const RankPart& part,
                        const AdapterRules& rules) {
  const Factor slots = asked("slots", d(a.slots)), rank = rankOf(a, rules);
  const auto adapted = [&](const Tensor& t, const LayerKind* kind) {
    return kind != nullptr && takesAdapter(t, a, rules);
  };
  std::array<double, kGroupCount> widths{};  // in + out of all modules of a group
  forEachTensor(m, part, [&](const Tensor& t, const LayerKind* kind, std::int64_t layers) {
    if (!adapted(t, kind)) return;
    const Shard s = shardOf(t, kind, part.split());
    widths[static_cast<std::size_t>(t.group)] += d(layers * s.copies) * d(s.rows + s.columns);
  });
  for (std::size_t g = 0; g < kGroupCount; ++g) {
    if (widths[g] == 0) continue;
    const Factor width =
        sumOf(ledger, "inputs and outputs of all modules", Unit::count, widths[g], [&](FactorParts& sum) {
          forEachTensor(m, part, [&](const Tensor& t, const LayerKind* kind, std::int64_t layers) {
            if (!adapted(t, kind) || static_cast<std::size_t>(t.group) != g) return;
            const ShardFactors s = shardFactors(ledger, t, kind, part.split());
            sum.add(ledger.product(t.name, Unit::count,
                                   {fromModel("layers", d(layers), Unit::layers), s.copies,
                                    ledger.sum("in and out", Unit::count, {s.rows, s.columns})}));
          });
        });
    ledger.add(ComponentId::adapters, weightLabel(static_cast<Group>(g)), rules.source,
               {slots, rank, width, bytesOf(rules.format)});
  }
  if (rules.vocabulary && a.targets.kind == Targets::Kind::all_linear)
    addVocabulary(ledger, m, part, rules, slots, rank);
  ledger.setBand(ComponentId::adapters, {0.98, 1.05});
  return ledger.bytes(ComponentId::adapters);
}

}  // namespace headroom
