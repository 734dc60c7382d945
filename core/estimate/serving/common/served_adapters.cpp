#include "core/estimate/serving/common/served_adapters.h"

#include <algorithm>
#include <array>

#include "core/estimate/lora.h"

namespace headroom {
namespace {

constexpr std::string_view kVllm =
    "vllm/lora/layers/base_linear.py, column_parallel_linear.py, fused_moe.py create_lora_weights: zeros of every slot "
    "for every linear module (0.11 to 0.25)";
constexpr std::string_view kVocabulary =
    "vllm/lora/layers/vocal_parallel_embedding.py and logits_processor.py create_lora_weights (0.11)";
constexpr std::string_view kExtra =
    "vllm lora_extra_vocab_size: 256 rows per slot in embedding and head, beside them and in the adapter (until 0.12)";

constexpr double d(std::int64_t v) {
  return static_cast<double>(v);
}

// Models whose embedding and head take adapters: those with embedding_modules in their vLLM class (0.11).
bool adaptsVocabulary(const Model& m) {
  constexpr std::array<std::string_view, 9> kFamilies{"llama",      "mistral", "mixtral",  "phi3",   "granite",
                                                      "granitemoe", "exaone",  "nemotron", "minicpm"};
  return std::ranges::find(kFamilies, m.family) != kFamilies.end();
}

bool isExpert(TensorRole role) {
  return role == TensorRole::expert_gate || role == TensorRole::expert_up || role == TensorRole::expert_gate_up ||
         role == TensorRole::expert_down;
}

bool takesAdapter(const Tensor& t, const ServedAdapters& asked, const AdapterRules& rules) {
  if (isExpert(t.role) && !rules.experts) return false;
  // Naming modules restricts vLLM's slots to them (--lora-target-modules); "attention" is a name for some of them.
  if (rules.everyModule && asked.targets.kind == Targets::Kind::all_linear)
    return isLoraTarget(t, {}) || (t.role == TensorRole::router && !t.bias && !t.buffer);
  return isLoraTarget(t, asked.targets);
}

void addVocabulary(Ledger& ledger, const Model& m, const RankPart& part, const AdapterRules& rules, double slots,
                   double rank) {
  const Factor count = asked("slots", slots), r = derived("largest rank", rank);
  const Factor bytes = derived("bytes per element", bytesPerElement(rules.format), Unit::bytes_per_element);
  const double rows = d(m.vocabulary) + rules.extraVocabulary;
  if (part.firstStage)
    ledger.add(ComponentId::adapters, "slots for the token embedding", kVocabulary,
               {count, r, derived("vocabulary and hidden", rows + d(m.hidden)), bytes});
  if (part.lastStage)
    ledger.add(ComponentId::adapters, "slots for the head", kVocabulary,
               {count, r, derived("vocabulary and hidden", d(m.vocabulary + m.hidden)), bytes});
  const double places = (part.firstStage ? 2.0 : 0.0) + (part.lastStage ? 1.0 : 0.0);
  ledger.add(ComponentId::adapters, "rows for tokens an adapter adds", kExtra,
             {constant("rows", rules.extraVocabulary, Unit::rows), count, derived("places", places, Unit::copies),
              fromModel("hidden", d(m.hidden)), bytes});
}

}  // namespace

AdapterRules vllmAdapterRules(const EstimateContext& c) {
  const Settings& s = c.settings;
  AdapterRules rules;
  rules.everyModule = rules.roundRank = true;
  rules.experts = !s.version.before(0, 12);
  rules.vocabulary = adaptsVocabulary(c.model);
  rules.extraVocabulary = s.version.before(0, 12) ? 256 : 0;
  rules.format = c.scenario.lora->format.value_or(s.compute);
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
  const double slots = d(a.slots), rank = d(rules.roundRank ? vllmAdapterRank(a.rank) : a.rank);
  std::array<double, kGroupCount> widths{};  // in + out of all modules of a group
  forEachTensor(m, part, [&](const Tensor& t, const LayerKind* kind, std::int64_t layers) {
    if (kind == nullptr || !takesAdapter(t, a, rules)) return;
    const Shard s = shardOf(t, kind, part.tensorParallel, part.expertParallel);
    widths[static_cast<std::size_t>(t.group)] += d(layers * s.copies) * d(s.rows + s.columns);
  });
  for (std::size_t g = 0; g < kGroupCount; ++g)
    ledger.add(ComponentId::adapters, weightLabel(static_cast<Group>(g)), rules.source,
               {asked("slots", slots), derived("largest rank", rank),
                fromModel("inputs and outputs of all modules", widths[g]),
                derived("bytes per element", bytesPerElement(rules.format), Unit::bytes_per_element)});
  if (rules.vocabulary && a.targets.kind == Targets::Kind::all_linear)
    addVocabulary(ledger, m, part, rules, slots, rank);
  ledger.setBand(ComponentId::adapters, {0.98, 1.05});
  return ledger.bytes(ComponentId::adapters);
}

}  // namespace headroom
