#include "core/estimate/rules_of_thumb.h"

#include <algorithm>
#include <cmath>

#include "core/estimate/estimate_context.h"
#include "core/estimate/kv_cache.h"
#include "core/estimate/lora.h"
#include "core/model/weight_bytes.h"

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

constexpr double kFp32 = 4.0;  // bytes of Adam's moments and of master weights in mixed precision (arXiv 1710.03740)

// Block-wise quantized states take a byte or half of one (https://arxiv.org/abs/2110.02861), whatever the rule says.
double stateBytes(Optimizer optimizer, double plain) {
  if (optimizer == Optimizer::adamw_8bit || optimizer == Optimizer::paged_adamw_8bit) return 1.0;
  return optimizer == Optimizer::adamw_4bit ? 0.5 : plain;
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
    const auto parameters = static_cast<double>(m_.parameters.value());
    weightBytes_ = parameters > 0 && std::holds_alternative<AsStored>(s_.weights)
                       ? static_cast<double>(weightBytes(m_, s_.weights).value()) / parameters
                       : bytesPerElement(formatOf(s_.weights));
    c_.result.weightBytes = toBytes(parameters * weightBytes_);
    kvFigures();
    weights(parameters);
    if (isTraining(c_.scenario.workload)) {
      trainingStates(parameters);
      trainingActivations();
    } else {
      kvCache();
      if (rule_.activationBytes) inferenceActivations(parameters);
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
  Factor devices(bool sharded) const {
    const std::int64_t model = parallel().tensor * parallel().pipeline;
    const std::int64_t all = model * (sharded ? parallel().data : 1);
    return over(asked("devices that share it", static_cast<double>(std::max<std::int64_t>(1, all)), Unit::devices));
  }
  bool shardsWeights() const {
    const Sharding s = parallel().sharding;
    return s == Sharding::zero3 || s == Sharding::fsdp || s == Sharding::fsdp2;
  }
  bool shardsGradients() const { return shardsWeights() || parallel().sharding == Sharding::zero2; }
  bool shardsStates() const { return parallel().sharding != Sharding::none; }

  void weights(double parameters) {
    rank_.ledger.add(
        ComponentId::weights, "parameters", rule_.source,
        {fromModel("parameters", parameters, Unit::parameters),
         derived("bytes per parameter", weightBytes_, Unit::bytes_per_parameter), devices(shardsWeights())});
  }

  void trainingStates(double parameters) {
    const bool full = c_.scenario.workload == Workload::full;
    double trained = parameters;
    double perParameter = weightBytes_;
    if (!full) {
      const TrainingSettings& t = c_.settings.training;
      trained = static_cast<double>(loraParameters(m_, *t.targets, t.rank, t.dora));
      perParameter = bytesPerElement(s_.adapters);
      rank_.ledger.add(
          ComponentId::adapters, "rank × (in + out) of every target", rule_.source,
          {derived("adapter parameters", trained, Unit::parameters),
           derived("bytes per parameter", perParameter, Unit::bytes_per_parameter), devices(shardsWeights())});
    }
    c_.result.trainableParameters = Parameters(static_cast<std::int64_t>(trained));
    const Factor count = derived("trained parameters", trained, Unit::parameters);
    const double gradient =
        c_.scenario.precision.gradients ? bytesPerElement(*c_.scenario.precision.gradients) : perParameter;
    rank_.ledger.add(
        ComponentId::gradients, "one gradient per trained parameter", rule_.source,
        {count, derived("bytes per gradient", gradient, Unit::bytes_per_parameter), devices(shardsGradients())});
    const double plain = rule_.fp32States ? kFp32 : perParameter;
    const double state = c_.scenario.precision.optimizerStates ? bytesPerElement(*c_.scenario.precision.optimizerStates)
                                                               : stateBytes(s_.optimizer, plain);
    rank_.ledger.add(ComponentId::optimizer_states, "optimizer states", rule_.source,
                     {count, constant("states per parameter", optimizerStatesPerParameter(s_.optimizer), Unit::copies),
                      derived("bytes per state", state, Unit::bytes_per_parameter), devices(shardsStates())});
    masterWeights(count);
  }

  void masterWeights(const Factor& trained) {
    const auto& asked = c_.scenario.precision.masterWeights;
    double bytes = rule_.masterWeights ? kFp32 : 0.0;
    if (asked)
      bytes = std::holds_alternative<NumberFormat>(*asked) ? bytesPerElement(std::get<NumberFormat>(*asked)) : 0.0;
    if (bytes > 0)
      rank_.ledger.add(
          ComponentId::master_weights, "master copy of the trained weights", rule_.source,
          {trained, derived("bytes per weight", bytes, Unit::bytes_per_parameter), devices(shardsStates())});
  }

  bool checkpointing() const { return c_.settings.training.checkpointing != Checkpointing::none; }

  // batch × tokens × hidden × layers × element, times what the rule says one layer keeps, over what checkpointing
  // saves.
  void trainingActivations() {
    const MethodOptions& o = c_.scenario.methodOptions;
    const auto allLayers = static_cast<double>(m_.layers());
    double layers = allLayers;
    Band band;
    Factor kept = constant("tensors per layer", 1.0);
    Factor saved = over(derived("checkpointing", 1.0, Unit::ratio));
    const double root = std::sqrt(std::max(1.0, allLayers));
    switch (rule_.method) {
      case Method::notebook:
        kept.value = o.activationFactor.value_or(kNotebookActivationFactor);
        break;
      case Method::chapter:
        kept.value = o.c.value_or(kChapterTensorsPerBlock);
        if (!o.c) band = {12.0 / kChapterTensorsPerBlock, 20.0 / kChapterTensorsPerBlock};  // "c is 12–20"
        if (checkpointing()) saved = over(derived("√layers", root, Unit::ratio));
        break;
      case Method::table:
        layers = o.preservedLayers.value_or(allLayers);
        if (!checkpointing()) break;
        saved = over(constant("K", std::max(1.0, o.k.value_or(kTableCheckpointDivisor)), Unit::ratio));
        if (!o.k) band = {kTableCheckpointDivisor / 4.0, kTableCheckpointDivisor / 2.0};  // "K is 2–4"
        break;
      default:
        if (checkpointing()) saved = over(derived("√layers", root, Unit::ratio));
        break;
    }
    rank_.ledger.add(
        ComponentId::activations, "activations kept for the backward pass", rule_.source,
        {asked("sequences", static_cast<double>(s_.batch), Unit::sequences),
         asked("tokens", static_cast<double>(s_.context), Unit::tokens),
         fromModel("hidden", static_cast<double>(m_.hidden)), fromModel("layers", layers, Unit::layers), kept,
         derived("bytes per element", bytesPerElement(s_.compute), Unit::bytes_per_element), saved, devices(false)});
    rank_.ledger.setBand(ComponentId::activations, band);
  }

  // The table gives a range, a tenth to three tenths of the weights; the band says so.
  void inferenceActivations(double parameters) {
    const auto& asked = c_.scenario.methodOptions.activationShare;
    const double share = asked.value_or(kTableActivationShare);
    rank_.ledger.add(ComponentId::activations, "share of the weights", rule_.source,
                     {fromModel("parameters", parameters, Unit::parameters),
                      derived("bytes per parameter", weightBytes_, Unit::bytes_per_parameter),
                      constant("share", share, Unit::ratio), devices(false)});
    if (!asked) rank_.ledger.setBand(ComponentId::activations, Band{0.5, 1.5});
  }

  // Bytes of keys and values of one token in one layer. The table takes the hidden size, as if every head had its own
  // keys.
  double kvBytes(const AttentionSpec& attention) const {
    if (!attention.ownsCache || attention.kind == AttentionKind::none || attention.kind == AttentionKind::bidirectional)
      return 0;
    if (rule_.method != Method::table) return kvBytesPerToken(attention, s_.kvCache, 1);
    return static_cast<double>(m_.hidden) * (bytesPerElement(s_.kvCache.k) + bytesPerElement(s_.kvCache.v));
  }

  void kvFigures() {
    const double ranks = static_cast<double>(std::max<std::int64_t>(1, parallel().tensor * parallel().pipeline));
    for (const LayerKind& kind : m_.kinds) c_.result.kvBytesPerToken += kvBytes(kind.attention) * kind.count / ranks;
  }

  void kvCache() {
    for (const LayerKind& kind : m_.kinds) {
      const AttentionSpec& a = kind.attention;
      const Factor layers = fromModel("layers", kind.count, Unit::layers);
      const Factor tokens = asked("tokens", static_cast<double>(s_.context), Unit::tokens);
      const Factor sequences = asked("sequences", static_cast<double>(s_.batch), Unit::sequences);
      const bool perHead =
          rule_.method != Method::table && s_.kvCache.k == s_.kvCache.v && kvBytes(a) > 0 &&
          kvBytes(a) == 2.0 * static_cast<double>(a.kvHeads * a.headDim) * bytesPerElement(s_.kvCache.k);
      if (perHead)
        rank_.ledger.add(
            ComponentId::kv_cache, "keys and values", rule_.source,
            {constant("keys and values", 2, Unit::copies), layers,
             fromModel("KV heads", static_cast<double>(a.kvHeads), Unit::heads),
             fromModel("head size", static_cast<double>(a.headDim)), tokens, sequences,
             derived("bytes per element", bytesPerElement(s_.kvCache.k), Unit::bytes_per_element), devices(false)});
      else
        rank_.ledger.add(ComponentId::kv_cache, "keys and values", rule_.source,
                         {layers, derived("bytes per token and layer", kvBytes(a), Unit::bytes_per_token), tokens,
                          sequences, devices(false)});
    }
  }

  void workspace() {
    const double share = c_.scenario.methodOptions.workspaceShare.value_or(0.0);
    if (share <= 0) return;
    const double base = static_cast<double>(rank_.ledger.total().value());
    rank_.ledger.add(ComponentId::workspace, "share of everything else", rule_.source,
                     {derived("everything else", base, Unit::bytes), asked("share", share, Unit::ratio)});
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
  double weightBytes_ = 2.0;  // per parameter, scales included
};

}  // namespace

double optimizerStatesPerParameter(Optimizer optimizer) {
  switch (optimizer) {
    case Optimizer::adamw:
    case Optimizer::adam:
    case Optimizer::adamw_8bit:
    case Optimizer::adamw_4bit:
    case Optimizer::paged_adamw:
    case Optimizer::paged_adamw_8bit:
      return 2.0;
    case Optimizer::sgd:
      return 0.0;
    case Optimizer::adafactor:
      return 0.5;
    case Optimizer::sgd_momentum:
    case Optimizer::lion:
    case Optimizer::rmsprop:
    case Optimizer::muon:
      return 1.0;
  }
  return 2.0;
}

void estimateByRule(EstimateContext& context) {
  RuleEstimate(context).run();
}

}  // namespace headroom
