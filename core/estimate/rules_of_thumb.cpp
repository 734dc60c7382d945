#include "core/estimate/rules_of_thumb.h"

#include <algorithm>

#include "core/estimate/estimate_context.h"
#include "core/estimate/kv_cache.h"
#include "core/estimate/lora.h"
#include "core/estimate/tensor_factors.h"
#include "core/model/weight_bytes.h"
#include "core/scenario/optimizers.h"

namespace headroom {
namespace {

// Where each rule is written down; resources/help/methods.md restates them.
constexpr std::string_view kNotebook =
    "notebook, LLaMA-2 7B rules of thumb (2025-10-28): 16 bytes per parameter and 7 tensors per layer";
constexpr std::string_view kChapter =
    "book chapter, Parameter and Memory Math; checkpointing: https://arxiv.org/abs/1604.06174";
constexpr std::string_view kTable =
    "table of inference, LoRA and full training, "
    "https://medium.com/@baicenxiao/some-basic-knowledge-of-llm-parameters-and-memory-estimation-b25c713c3bd8";
constexpr std::string_view kBytes =
    "article, How much GPU memory does my LLM need? (2025-09-25): 16 bytes per parameter";

// Adam's moments and master weights in mixed precision.
Factor fp32Bytes(std::string_view symbol) {
  return constant(symbol, 4, Unit::bytes_per_parameter, "fp32 in mixed precision, https://arxiv.org/abs/1710.03740");
}

// Block-wise quantized states take a byte or half of one, whatever the rule says.
Factor stateBytes(Optimizer optimizer, const Factor& plain) {
  constexpr std::string_view kBlocks = "block-wise quantized, https://arxiv.org/abs/2110.02861";
  constexpr std::string_view kSymbol = "bytes per state";
  const OptimizerRow& row = rowOf(optimizer);
  if (row.smallTensor > 0) return constant(kSymbol, row.stateBytes, Unit::bytes_per_parameter, kBlocks);
  return plain;
}

// What the four rules disagree about; everything else they share.
struct Rule {
  Method method;
  std::string_view source;
  bool fp32States;       // optimizer states in fp32, else in the weights' format
  bool masterWeights;    // an fp32 copy of the trained weights
  bool activationBytes;  // inference counts activations
};
constexpr Rule kRules[] = {
    {Method::notebook, kNotebook, true, true, false},
    {Method::chapter, kChapter, true, false, false},
    {Method::table, kTable, false, false, true},
    {Method::bytes_per_parameter, kBytes, true, true, false},
};

const Rule& ruleOf(Method method) {
  const auto* found = std::ranges::find(kRules, method, &Rule::method);
  return found == std::end(kRules) ? kRules[0] : *found;
}

class RuleEstimate {
 public:
  explicit RuleEstimate(EstimateContext& context)
      : c_(context),
        rule_(ruleOf(context.scenario.method)),
        s_(context.settings),
        m_(context.model),
        rank_(context.addRank()) {}

  void run() {
    rank_.label = "every device";
    rank_.devices = c_.scenario.devices.empty() ? 1 : c_.scenario.devices.front().count;
    Ledger& l = rank_.ledger;
    parameters_ = parametersFactor(l, m_);
    weightBytes_ = parameters_.value > 0 && std::holds_alternative<AsStored>(s_.weights)
                       ? l.product("bytes per parameter", Unit::bytes_per_parameter,
                                   {modelBytes(l, m_, s_.weights), over(parameters_)})
                       : bytesOf(formatOf(s_.weights), "bytes per parameter");
    c_.result.weightBytes = toBytes(parameters_.value * weightBytes_.value);
    kvFigures();
    weights();
    if (isTraining(c_.scenario.workload)) {
      trainingStates();
      trainingActivations();
    } else {
      kvCache();
      if (rule_.activationBytes) inferenceActivations();
    }
    workspace();
    notes();
  }

 private:
  static NumberFormat formatOf(const WeightFormat& format) {
    if (const auto* number = std::get_if<NumberFormat>(&format)) return *number;
    if (const auto* file = std::get_if<GgufFileType>(&format)) return info(*file).defaultFormat;
    return NumberFormat::bf16;
  }

  const ParallelSettings& parallel() const { return s_.parallel; }

  // Devices a state is divided over: tensor × pipeline ranks, and the data-parallel ones where the sharding says so.
  Factor devices(bool sharded) {
    const auto count = [](std::string_view symbol, std::int64_t n) {
      return asked(symbol, static_cast<double>(std::max<std::int64_t>(1, n)), Unit::devices);
    };
    constexpr std::string_view kSymbol = "devices that share it";
    const Factor tensor = count("tensor-parallel ranks", parallel().tensor),
                 stages = count("pipeline stages", parallel().pipeline);
    if (!sharded) return over(rank_.ledger.product(kSymbol, Unit::devices, {tensor, stages}));
    return over(rank_.ledger.product(kSymbol, Unit::devices, {tensor, stages, count("replicas", parallel().data)}));
  }
  bool shardsWeights() const {
    const Sharding s = parallel().sharding;
    return s == Sharding::zero3 || s == Sharding::fsdp || s == Sharding::fsdp2;
  }
  bool shardsGradients() const { return shardsWeights() || parallel().sharding == Sharding::zero2; }
  bool shardsStates() const { return parallel().sharding != Sharding::none; }

  void weights() {
    rank_.ledger.add(ComponentId::weights, "parameters", rule_.source,
                     {parameters_, weightBytes_, devices(shardsWeights())});
  }

  void trainingStates() {
    Ledger& l = rank_.ledger;
    Factor trained = parameters_, perParameter = weightBytes_;
    if (c_.scenario.workload != Workload::full) {
      const TrainingSettings& t = s_.training;
      trained = loraParameters(l, m_, *t.targets, t.rank, t.dora);
      perParameter = bytesOf(s_.adapters, "bytes per parameter");
      l.add(ComponentId::adapters, "rank × (in + out) of every target", rule_.source,
            {trained, perParameter, devices(shardsWeights())});
    }
    c_.result.trainableParameters = Parameters(static_cast<std::int64_t>(trained.value));
    const auto& gradients = c_.scenario.precision.gradients;
    const Factor gradient = gradients ? bytesOf(*gradients, "bytes per gradient") : perParameter;
    l.add(ComponentId::gradients, "one gradient per trained parameter", rule_.source,
          {trained, gradient, devices(shardsGradients())});
    const auto& states = c_.scenario.precision.optimizerStates;
    const Factor plain = rule_.fp32States ? fp32Bytes("bytes per state") : perParameter;
    const Factor state = states ? bytesOf(*states, "bytes per state") : stateBytes(s_.optimizer, plain);
    l.add(ComponentId::optimizer_states, "optimizer states", rule_.source,
          {trained,
           constant("states per parameter", optimizerStatesPerParameter(s_.optimizer), Unit::copies,
                    "what the optimizer keeps: AdamW 2, SGD 0, Lion and RMSProp 1, Adafactor about 0.5"),
           state, devices(shardsStates())});
    masterWeights(trained);
  }

  void masterWeights(const Factor& trained) {
    const auto& asked = c_.scenario.precision.masterWeights;
    if (asked ? !std::holds_alternative<NumberFormat>(*asked) : !rule_.masterWeights) return;
    rank_.ledger.add(
        ComponentId::master_weights, "master copy of the trained weights", rule_.source,
        {trained, asked ? bytesOf(std::get<NumberFormat>(*asked), "bytes per weight") : fp32Bytes("bytes per weight"),
         devices(shardsStates())});
  }

  bool checkpointing() const { return c_.settings.training.checkpointing != Checkpointing::none; }

  // batch × tokens × hidden × layers × element, times what the rule says one layer keeps, over what checkpointing
  // saves.
  void trainingActivations() {
    const MethodOptions& o = c_.scenario.methodOptions;
    const Factor allLayers = fromModel("layers", static_cast<double>(m_.layers()), Unit::layers);
    Factor layers = allLayers;
    Band band;
    Factor kept = constant("tensors per layer", 1.0, Unit::count, rule_.source);
    Factor saved = constant("checkpointing", 1.0, Unit::ratio, "none");
    const auto root = [&] { return rank_.ledger.squareRoot("√layers", Unit::ratio, allLayers); };
    switch (rule_.method) {
      case Method::notebook:
        kept = option(o.activationFactor, kept, kNotebookActivationFactor);
        break;
      case Method::chapter:
        kept = option(o.c, kept, kChapterTensorsPerBlock);
        if (!o.c) band = {12.0 / kChapterTensorsPerBlock, 20.0 / kChapterTensorsPerBlock};  // "c is 12–20"
        if (checkpointing()) saved = root();
        break;
      case Method::table:
        if (o.preservedLayers) layers = asked("layers preserved", *o.preservedLayers, Unit::layers);
        if (!checkpointing()) break;
        saved = o.k ? asked("K", std::max(1.0, *o.k), Unit::ratio)
                    : constant("K", kTableCheckpointDivisor, Unit::ratio, rule_.source);
        if (!o.k) band = {kTableCheckpointDivisor / 4.0, kTableCheckpointDivisor / 2.0};  // "K is 2–4"
        break;
      default:
        if (checkpointing()) saved = root();
        break;
    }
    rank_.ledger.add(ComponentId::activations, "activations kept for the backward pass", rule_.source,
                     {asked("sequences", static_cast<double>(s_.batch), Unit::sequences),
                      asked("tokens", static_cast<double>(s_.context), Unit::tokens),
                      fromModel("hidden", static_cast<double>(m_.hidden), Unit::elements), layers, kept,
                      bytesOf(s_.compute), over(saved), devices(false)});
    rank_.ledger.setBand(ComponentId::activations, band);
  }

  // A constant of the rule, or what was asked instead.
  Factor option(const std::optional<double>& given, const Factor& own, double value) const {
    return given ? asked(own.symbol, *given, own.unit) : constant(own.symbol, value, own.unit, rule_.source);
  }

  // The table gives a range, a tenth to three tenths of the weights; the band says so.
  void inferenceActivations() {
    const auto& share = c_.scenario.methodOptions.activationShare;
    rank_.ledger.add(
        ComponentId::activations, "share of the weights", rule_.source,
        {parameters_, weightBytes_,
         option(share, constant("share", 0, Unit::ratio, rule_.source), kTableActivationShare), devices(false)});
    if (!share) rank_.ledger.setBand(ComponentId::activations, Band{0.5, 1.5});
  }

  // Bytes of keys and values of one token in one layer. The table takes the hidden size, as if every head had its own
  // keys.
  Factor kvBytes(FactorTree& tree, const AttentionSpec& a) const {
    constexpr std::string_view kSymbol = "bytes per token and layer";
    const bool caches = a.ownsCache && a.kind != AttentionKind::none && a.kind != AttentionKind::bidirectional;
    if (!caches || rule_.method != Method::table) return kvFactor(tree, a, s_.kvCache, 1);
    return tree.product(
        kSymbol, Unit::bytes_per_token,
        {fromModel("hidden", static_cast<double>(m_.hidden), Unit::elements),
         tree.sum("bytes of a key and a value", Unit::bytes_per_element,
                  {bytesOf(s_.kvCache.k, "bytes of a key"), bytesOf(s_.kvCache.v, "bytes of a value")})});
  }

  void kvFigures() {
    FactorTree closed;
    const double ranks = static_cast<double>(std::max<std::int64_t>(1, parallel().tensor * parallel().pipeline));
    for (const LayerKind& kind : m_.kinds)
      c_.result.kvBytesPerToken += kvBytes(closed, kind.attention).value * kind.count / ranks;
  }

  void kvCache() {
    for (const LayerKind& kind : m_.kinds)
      rank_.ledger.add(ComponentId::kv_cache, "keys and values", rule_.source,
                       {fromModel("layers", kind.count, Unit::layers), kvBytes(rank_.ledger, kind.attention),
                        asked("tokens", static_cast<double>(s_.context), Unit::tokens),
                        asked("sequences", static_cast<double>(s_.batch), Unit::sequences), devices(false)});
  }

  void workspace() {
    const double share = c_.scenario.methodOptions.workspaceShare.value_or(0.0);
    if (share <= 0) return;
    Ledger& l = rank_.ledger;
    FactorParts all(l, "everything else", Unit::bytes);
    for (std::size_t i = 0; i < kComponentCount; ++i)
      if (const auto id = static_cast<ComponentId>(i); l.bytes(id) != Bytes(0)) all.add(l.linesOf(id, l, nameOf(id)));
    l.add(ComponentId::workspace, "share of everything else", rule_.source,
          {all.close(), asked("share", share, Unit::ratio)});
  }

  void notes() {
    if (rule_.method == Method::notebook && isTraining(c_.scenario.workload) && checkpointing())
      c_.note("rule-without-checkpointing",
              "This rule of thumb assumes no activation checkpointing; its activations are shown in full.");
    if (rule_.method != Method::table) return;
    for (const LayerKind& kind : m_.kinds)
      if (kind.attention.kvHeads > 0 && kind.attention.kvHeads * kind.attention.headDim < m_.hidden) {
        c_.note("rule-without-grouped-queries",
                "This rule's KV cache takes the hidden size for keys and values; this model has fewer key and value "
                "heads and keeps less.");
        return;
      }
  }

  EstimateContext& c_;
  const Rule& rule_;
  const Settings& s_;
  const Model& m_;
  RankEstimate& rank_;
  Factor parameters_, weightBytes_;  // bytes per parameter, scales included
};

}  // namespace

double optimizerStatesPerParameter(Optimizer optimizer) {
  return rowOf(optimizer).ruleOfThumb;
}

void estimateByRule(EstimateContext& context) {
  RuleEstimate(context).run();
}

}  // namespace headroom
