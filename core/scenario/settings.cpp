#include "core/scenario/settings.h"

#include <algorithm>
#include <numeric>

#include "core/model/any_layer.h"
#include "core/scenario/all_layers.h"
#include "core/scenario/calibration.h"
#include "core/scenario/engines.h"
#include "core/scenario/format_defaults.h"
#include "core/scenario/held_rows.h"
#include "core/scenario/layout_settings.h"
#include "core/scenario/reinforcement_settings.h"
#include "core/scenario/rest_of_settings.h"
#include "core/scenario/setting_recorder.h"
#include "core/scenario/step_settings.h"
#include "core/scenario/training_codes.h"
#include "core/scenario/usual_targets.h"

namespace headroom {
namespace {

using enum SettingOrigin;
const Targets kAllLinear{};

bool namesGguf(const ModelReference& reference) {
  if (const auto* file = std::get_if<FileModel>(&reference)) return file->path.ends_with(".gguf");
  if (const auto* hub = std::get_if<HubModel>(&reference))
    return hub->id.ends_with(".gguf") || hub->id.find(':') != std::string::npos;  // "org/name:Q8_0"
  return false;
}

// Fills in one scenario, key by key, and writes down why.
class Settler : private SettingRecorder {
 public:
  Settler(const Scenario& s, std::vector<Setting>* reasons)
      : SettingRecorder(reasons), s_(s), m_(*s.model), training_(isTraining(s.workload)) {}

  Settings settle() {
    program();
    layoutSettings(s_, *this, out_);
    formats();
    lengths();
    serving();
    step();
    offloading();
    if (wanted()) recordRest(s_, out_, *this);
    return out_;
  }

 private:
  void program() {
    const TrainingCodeRow* named = training_ && s_.framework ? trainingCode(*s_.framework) : nullptr;
    const bool gguf = namesGguf(s_.reference) || storesGgmlBlocks(m_);
    const Engine server = gguf ? Engine::llama_cpp : Engine::transformers;
    const auto& sharding = s_.parallel.sharding;
    const bool zero = training_ && sharding && programOf(*sharding) == ShardingProgram::zero;
    const bool plain = training_ && (named == nullptr || rowOf(named->engine).general);
    // Whoever asks for a stage of ZeRO runs on DeepSpeed, with the masters it keeps.
    const bool byZero = plain && zero && (named == nullptr || named->shardedBy(*sharding));
    const Engine usual = !training_         ? server
                         : byZero           ? Engine::deepspeed
                         : named != nullptr ? named->engine
                                            : Engine::pytorch;
    const bool does = s_.engine && rowOf(*s_.engine).trains == training_;
    // DeepSpeed and Megatron-LM are PyTorch too, with a runtime of their own.
    const bool fits = does && (named == nullptr || !rowOf(*s_.engine).general || runsOn(*named, *s_.engine));
    out_.engine = fits ? *s_.engine : usual;
    engine_ = &rowOf(out_.engine);
    // What a scenario means that does not say cannot be told from what says it.
    constexpr std::string_view kUnsaid = "what is meant where nothing is said";
    const bool serves = s_.workload == Workload::inference, counts = s_.method == Method::detailed;
    record("workload", s_.workload, serves ? assumed : asked, serves ? kUnsaid : "");
    record("method", s_.method, counts ? assumed : asked, counts ? kUnsaid : "");
    record("engine", out_.engine, fits ? asked : assumed,
           fits                 ? std::string_view()
           : does               ? "the training code brings its own runtime"
           : s_.engine          ? "the engine that was asked for does not do this workload"
           : gguf && !training_ ? "what GGUF files are for"
           : byZero             ? "ZeRO is DeepSpeed's"
           : named != nullptr   ? "what the training code runs on"
                                : "no engine was named");
    out_.version = engineVersion(s_.engineVersion);
    record("engine_version", std::string_view(s_.engineVersion), s_.engineVersion.empty() ? assumed : asked,
           s_.engineVersion.empty() ? "the rules of the newest release that is known" : "");
    if (training_) {
      const bool patched = engine_->patchesTrainers && named != nullptr && named->id != engine_->trainingCode &&
                           runsOn(*named, out_.engine);
      out_.framework = s_.framework && !patched ? std::string_view(*s_.framework) : engine_->trainingCode;
      out_.code = trainingCode(out_.framework);
      if (out_.code != nullptr) out_.framework = out_.code->id;
      if (!s_.engineVersion.empty())
        out_.packages = packageVersions(s_.engineVersion, out_.code != nullptr ? out_.code->package : Package::unknown);
      // DeepSpeed's and Megatron's optimizers cast the whole model and keep masters themselves.
      if (out_.code != nullptr && !engine_->keepsMasters)
        formats_ = &HeldRows<FormatDefault>::of(out_.code, out_.packages);
      record("framework", out_.framework, s_.framework && !patched ? asked : engine,
             patched        ? "its trainer is patched, and does what the engine's own code does"
             : s_.framework ? ""
                            : "what the engine stands for");
    } else {
      record("framework", std::monostate(), engine, "training codes train");
    }
  }

  // What was asked of a server that knows the feature; of any other nothing, as ignored_keys.cpp says.
  template <typename T>
  std::optional<T> known(Feature feature, const std::optional<T>& value) const {
    return training_ || engine_->has(feature) ? value : std::nullopt;
  }

  // Whether the engine's release keeps prompts for later requests where nobody says.
  bool cachesPrefixes() const {
    const bool states = hasStates(m_);
    if (m_.encoderDecoder || m_.encoderOnly || (states && !hasAttention(m_))) return false;
    const std::string_view since = states ? engine_->cachesStatesSince : engine_->cachesPrefixesSince;
    if (since.empty()) return false;
    const EngineVersion first = engineVersion(since);
    return !out_.version.before(first.major, first.minor, first.patch);
  }
  bool isGgufFile() const { return m_.storedBytes && !m_.quantization && storesGgmlBlocks(m_); }
  // The dtype that a server loads weights in which are not quantized, where it was told one.
  std::optional<NumberFormat> dtypeOfWeights() const {
    const auto& dtype = s_.precision.compute;
    if (training_ || !engine_->weightsFollowCompute || !dtype || !isPlainFloat(*dtype)) return {};
    return m_.quantization || storesGgmlBlocks(m_) ? std::nullopt : dtype;
  }

  void weights() {
    const auto& wanted = s_.precision.weights;
    const bool stored = m_.storedBytes || m_.quantization, packed = m_.quantization || storesGgmlBlocks(m_);
    const NumberFormat own = isPlainFloat(m_.dtype) ? m_.dtype : NumberFormat::bf16;
    WeightFormat value = own;
    SettingOrigin from = m_.dtypeStated ? model : assumed;
    std::string_view why = m_.dtypeStated ? "the configuration's dtype" : "neither scenario nor configuration says";
    FormatSupport support = wanted ? supports(*engine_, *wanted) : FormatSupport{};
    if (wanted && support.held && training_ && out_.code != nullptr) support = supports(*out_.code, *wanted);
    const auto dtype = dtypeOfWeights();
    const bool recast = dtype && info(*dtype).blockBytes != info(own).blockBytes;
    const bool asIs = recast && wanted && std::holds_alternative<AsStored>(*wanted);
    if (wanted && support.held && !asIs) {
      value = *wanted, from = asked, why = {};
    } else if (s_.workload == Workload::qlora) {
      value = out_.code != nullptr ? out_.code->qlora : NumberFormat::nf4, from = engine;
      why = out_.code != nullptr && !out_.code->qloraSource.empty()
                ? out_.code->qloraSource
                : "transformers BitsAndBytesConfig: nf4 without double "
                  "quantization";
    } else if (engine_->dequantizesGguf && isGgufFile()) {
      from = engine, why = engine_->formatsSource;
    } else if (recast) {
      value = *dtype, from = engine, why = "loaded in the dtype that is asked for (precision.compute)";
    } else if (!dtype && engine_->downcasts && own == NumberFormat::fp32 && !m_.quantization) {
      value = NumberFormat::bf16, from = engine, why = engine_->formatsSource;
    } else if (const FormatDefault* row = ofCode(FormatKey::weights); row != nullptr && !packed) {
      value = row->format, from = engine, why = row->why;
    } else if (s_.workload == Workload::full && packed) {
      from = engine, why = "packed weights have no gradients: they are trained in the model's dtype";
    } else if (stored) {
      value = AsStored{}, from = model, why = "as the checkpoint stores them";
    }
    if (wanted && !support.held) from = engine, why = support.why;
    if (engine_->opensNestedScales && value == WeightFormat(NumberFormat::nf4_dq))
      value = NumberFormat::nf4, from = engine, why = "scales that are quantized themselves are opened on loading";
    out_.weights = value;
    out_.weightsAssumed = from == assumed;
    record("precision.weights", value, from, why);
  }

  const FormatDefault* ofCode(FormatKey key) const {
    return formats_ != nullptr ? formats_->find(key, s_, out_) : nullptr;
  }

  // The format a checkpoint's quantization names for the cache, where the engine takes it without being asked.
  std::optional<NumberFormat> checkpointCache() const {
    if (!m_.quantization || !m_.quantization->kvCache || !std::holds_alternative<AsStored>(out_.weights)) return {};
    const bool modelOpt = m_.quantization->method.starts_with("modelopt");
    const std::string_view since = modelOpt ? engine_->modelOptCacheSince : engine_->compressedCacheSince;
    if (since.empty()) return {};
    const EngineVersion& v = out_.version;
    const EngineVersion first = engineVersion(since);
    const bool takes = !v.known || !v.before(first.major, first.minor, first.patch);
    const NumberFormat format = *m_.quantization->kvCache;
    return takes && supportsCache(*engine_, format).held ? std::optional(format) : std::nullopt;
  }

  std::optional<NumberFormat> computedIn(const std::optional<NumberFormat>& f) const {
    return !f || training_ || servesIn(*f) ? f : std::nullopt;
  }
  static std::optional<NumberFormat> stepped(const std::optional<NumberFormat>& f) {
    return !f || stepsIn(*f) ? f : std::nullopt;
  }

  void formats() {
    weights();
    const Precision& p = s_.precision;
    const auto* number = std::get_if<NumberFormat>(&out_.weights);
    const NumberFormat wide = number != nullptr && isPlainFloat(*number)             ? *number
                              : engine_->downcasts && m_.dtype == NumberFormat::fp32 ? NumberFormat::bf16
                                                                                     : m_.dtype;
    // A code that computes in another format than it holds weights in does so with wide ones.
    const FormatDefault* computes = info(wide).blockBytes > 2 ? ofCode(FormatKey::compute) : nullptr;
    out_.compute = take("precision.compute", computedIn(known(Feature::compute, p.compute)),
                        computes != nullptr ? computes->format : wide, computes != nullptr ? engine : model,
                        computes != nullptr ? computes->why : "the format of the weights that are not quantized");
    const NumberFormat follows = isPlainFloat(out_.compute) ? out_.compute : NumberFormat::bf16;
    const NumberFormat cache = engine_->cacheFollowsCompute ? follows : engine_->cacheFormat;
    const bool held =
        p.kvCache && supportsCache(*engine_, p.kvCache->k).held && supportsCache(*engine_, p.kvCache->v).held;
    out_.kvCache = held || training_ ? p.kvCache.value_or(KvFormats{cache, cache}) : KvFormats{cache, cache};
    const auto marked = p.kvCache || training_ ? std::nullopt : checkpointCache();
    if (marked) out_.kvCache = {*marked, *marked};
    record("precision.kv_cache", out_.kvCache,
           held     ? asked
           : marked ? model
                    : engine,
           held                           ? std::string_view()
           : marked                       ? "the checkpoint brings scales for it, which the engine goes by"
           : engine_->cacheFollowsCompute ? "the compute format"
                                          : engine_->source);
    // 16-bit training of a code that keeps masters: DeepSpeed's bf16 optimizer, Megatron's distributed or plain one.
    const bool mixed = s_.workload == Workload::full && engine_->keepsMasters && info(wide).blockBytes < 4;
    constexpr std::string_view kLikeWeights = "the format of what is trained";
    const FormatDefault* adapters = stepped(p.gradients) ? nullptr : ofCode(FormatKey::adapters);
    const NumberFormat adapted = stepped(p.adapters).value_or(adapters != nullptr ? adapters->format : wide);
    const bool wideGradients = mixed && engine_->wideGradients;
    out_.gradients = take("precision.gradients", stepped(p.gradients),
                          wideGradients                   ? NumberFormat::fp32
                          : s_.workload == Workload::full ? wide
                                                          : adapted,
                          engine, wideGradients ? engine_->source : kLikeWeights);
    out_.adapters =
        take("precision.adapters", stepped(p.adapters), adapters != nullptr ? adapters->format : out_.gradients, engine,
             adapters != nullptr ? adapters->why : kLikeWeights);
    out_.reduce = take("precision.reduce", stepped(p.reduce), out_.gradients, engine, "the format of the gradients");
    if (p.masterWeights) {
      if (const auto* f = std::get_if<NumberFormat>(&*p.masterWeights); f != nullptr && stepsIn(*f))
        out_.masterWeights = *f;
    } else if (mixed) {
      out_.masterWeights = NumberFormat::fp32;
    }
    const SettingOrigin masters = p.masterWeights ? asked : engine;
    const std::string_view why = p.masterWeights ? std::string_view()
                                 : mixed         ? engine_->source
                                                 : "no copies unless asked";
    if (out_.masterWeights)
      record("precision.master_weights", *out_.masterWeights, masters, why);
    else
      record("precision.master_weights", std::string_view("none"), masters, why);
    // torch.optim keeps its states in the parameters' own dtype (torch/optim/adamw.py, zeros_like); with fp32 master
    // weights they are the master's.
    out_.optimizerStates = take("precision.optimizer_states", stepped(p.optimizerStates),
                                out_.masterWeights              ? *out_.masterWeights
                                : s_.workload == Workload::full ? wide
                                                                : out_.adapters,
                                engine, "the format of what the optimizer steps");
  }

  void lengths() {
    out_.batch = take("batch", s_.batch, 1, engine, "one at a time unless asked");
    const std::int64_t most = m_.maxContext > 0 ? m_.maxContext : 8192;
    const std::int64_t tier = tieredDefault(engine_->contexts, gibOf(s_.devices), out_.version);
    const SettingOrigin from = s_.devices.empty() ? engine : device;
    if (tier > 1) return void(out_.context = take("context", s_.context, std::min(most, tier), from, engine_->source));
    const std::int64_t older = olderContextOf(*engine_, s_.engineVersion, out_.version);
    const bool whole = engine_->contextIsModelMaximum && older == 0;
    const std::int64_t cut = out_.code != nullptr ? out_.code->context : 0;
    const std::int64_t usual =
        whole       ? most
        : older > 0 ? std::max<std::int64_t>(
                          1, older / (s_.unifiedKv.value_or(false) ? 1 : std::max<std::int64_t>(1, out_.batch)))
                    : std::min<std::int64_t>(cut > 0 ? cut : 8192, most);
    out_.context = take("context", s_.context, usual,
                        cut > 0 || older > 0         ? engine
                        : whole && m_.maxContext > 0 ? model
                                                     : assumed,
                        cut > 0     ? out_.code->sizesSource
                        : older > 0 ? engine_->source
                        : whole     ? "the model's maximum, which the engine takes by itself"
                                    : "8192 tokens, or the model's maximum");
  }

  // The share of a device that the engine's release claims where it is the same on all.
  double claimOf(const EngineRow& e) const {
    const bool older = out_.version.known && out_.version.before(engineVersion(e.olderUtilization.before));
    return older ? e.olderUtilization.share : e.memoryUtilization;
  }

  void serving() {
    const EngineRow& e = *engine_;
    std::int64_t sequences = e.maxSequences, batched = e.prefillTokens;
    if (!e.prefills.empty()) batched = tieredDefault(e.prefills, static_cast<double>(out_.context), out_.version);
    SettingOrigin from = engine;
    if (e.smallPrefillTokens > 0 && !s_.devices.empty()) {
      const DeviceRequest& d = s_.devices.front();
      const Bytes total = d.capacity().value_or(Bytes(0));
      const bool large = total >= Bytes(70 * kGiB) && d.accelerator.find("a100") == std::string::npos;
      if (large) sequences = e.largeMaxSequences;
      if (!large && total > Bytes(0)) batched = e.smallPrefillTokens;
      const double gib = static_cast<double>(total.value()) / static_cast<double>(kGiB);
      if (const std::int64_t tier = tieredDefault(e.cardPrefills, gib, out_.version); large && tier > 1) batched = tier;
      if (total > Bytes(0)) from = device;
    }
    const OwnClaim own = e.ownClaim != nullptr ? e.ownClaim(s_, out_) : OwnClaim{batched, claimOf(e)};
    if (e.ownClaim != nullptr && !s_.devices.empty()) from = device;
    const std::int64_t olderBatch = olderPrefillOf(e, out_.context, out_.version);
    batched = olderBatch > 0 ? olderBatch : own.prefillTokens;
    const auto older = std::ranges::find_if(
        e.olderSequences, [&](const OlderSequences& o) { return out_.version.before(engineVersion(o.before)); });
    if (older != e.olderSequences.end()) sequences = older->sequences;
    out_.maxSequences = take("max_sequences", s_.maxSequences, e.sequencesFollowBatch ? out_.batch : sequences, from,
                             e.sequencesFollowBatch ? "as many as are held" : e.source);
    out_.prefillTokens =
        take("prefill_tokens", s_.prefillTokens, e.prefillsWhole ? out_.context : batched, from, e.source);
    constexpr std::string_view kOff = "off unless asked";
    out_.unifiedKv = take("unified_kv", s_.unifiedKv, false, engine, kOff);
    out_.fullWindowCache = take("full_window_cache", s_.fullWindowCache, false, engine, kOff);
    out_.mlaCache = take("mla_cache", s_.mlaCache, true, engine, "latent attention caches its latent");
    out_.cudaGraphs = take("cuda_graphs", s_.cudaGraphs, e.has(Feature::cuda_graphs), engine, e.source);
    out_.memoryUtilization = take("memory_utilization", s_.memoryUtilization, own.share, e.ownClaim ? from : engine,
                                  e.utilizationSource.empty() ? e.source : e.utilizationSource);
    out_.kvCacheMemory = e.has(Feature::claim) ? s_.kvCacheMemory : std::nullopt;
    if (s_.kvCacheMemory)
      record("kv_cache_memory_bytes", s_.kvCacheMemory->value(), asked, {});
    else
      record("kv_cache_memory_bytes", std::monostate(), engine, "what the engine's claim leaves");
    out_.prefixCaching =
        take("prefix_caching", s_.prefixCaching, cachesPrefixes(), engine,
             e.prefixSource.empty() ? std::string_view("the engine has no such choice") : e.prefixSource);
    record("engine_options", &s_.engineOptions, s_.engineOptions.empty() ? engine : asked,
           s_.engineOptions.empty() ? "the engine's defaults" : "");
    // A training step's implementation says whether the scores are held.
    const auto& backend = s_.training.attentionImplementation;
    const bool open = out_.code == nullptr || !out_.code->ownAttention;
    const bool said = training_ && open && backend.has_value();
    const bool eager =
        said ? *backend == AttentionBackend::eager : precedes(e.flashSince, s_.engineVersion, out_.version);
    const auto byBackend = eager ? AttentionImplementation::eager : AttentionImplementation::flash;
    out_.attention = take("attention", said || !open ? std::nullopt : s_.attention, byBackend, said ? asked : engine,
                          said ? "training.attention_implementation" : "the kernel that is there");
    out_.logits = take("logits", s_.logits, e.logits, engine, e.source);
    const Task task = take("task", known(Feature::embedding, s_.task), m_.encoderOnly ? Task::embed : Task::generate,
                           model, m_.encoderOnly ? "the model has no decoder" : "the model generates");
    out_.generates = !m_.encoderOnly && task == Task::generate;
    out_.draftTokens = !training_ && s_.speculative ? s_.speculative->tokens : 0;
  }

  void step() {
    const Training& t = s_.training;
    TrainingSettings& o = out_.training;
    out_.optimizer = take("training.optimizer", t.optimizer, Optimizer::adamw, engine, "AdamW unless asked");
    o.optimizerInBackward =
        take("training.optimizer_in_backward", t.optimizerInBackward, false, engine, "off unless asked");
    o.accumulation =
        std::max<std::int64_t>(1, take("training.accumulation", t.accumulation, 1, engine, "a step per micro-batch"));
    Checkpointing usual = Checkpointing::none;
    std::string_view why = "nothing is recomputed unless asked";
    if (training_ && out_.code != nullptr) {
      if (!versionOf(out_.packages, out_.code->package).before(engineVersion(out_.code->checkpointingSince)))
        usual = out_.code->checkpointing;
      if (!out_.code->checkpointingSource.empty()) why = out_.code->checkpointingSource;
    }
    const bool dropped =
        training_ &&
        versionOf(out_.packages, Package::transformers).within(m_.recomputesNothing.from, m_.recomputesNothing.before);
    o.checkpointing = dropped ? take("training.checkpointing", std::optional<Checkpointing>(), Checkpointing::none,
                                     model, "this release of Transformers drops it for the model")
                              : take("training.checkpointing", t.checkpointing, usual, engine, why);
    o.checkpointEvery = std::max<std::int64_t>(
        1, take("training.checkpoint_every", t.checkpointEvery, 1, engine, "every layer that is recomputed"));
    const bool row = out_.code != nullptr && !out_.code->lossSource.empty() &&
                     !versionOf(out_.packages, out_.code->package).before(engineVersion(out_.code->lossSince));
    out_.loss = take("training.loss", t.loss, training_ && row ? out_.code->loss : Loss::eager, engine,
                     row ? out_.code->lossSource : "torch cross_entropy over all logits");
    o.rank = std::max<std::int64_t>(1, take("training.rank", t.rank, out_.code != nullptr ? out_.code->rank : 16,
                                            out_.code != nullptr ? engine : assumed,
                                            out_.code != nullptr ? out_.code->sizesSource : "16 unless asked"));
    const Targets* byCode = training_ ? targetsOf(out_.code, m_) : nullptr;
    o.targets = t.targets ? &*t.targets : byCode != nullptr ? byCode : &kAllLinear;
    record("training.targets", o.targets,
           t.targets ? asked
           : byCode  ? engine
                     : assumed,
           t.targets ? ""
           : byCode  ? out_.code->targetsSource
                     : "all linear layers unless asked");
    o.dora = take("training.dora", t.dora, false, engine, "off unless asked");
    o.compile = take("training.compile", t.compile, false, engine, "off unless asked");
    out_.reinforcement = reinforcementOf(s_, out_.context, out_.batch, out_.parallel.data);
    stepSettings(s_, *this, out_);
  }

  void offloading() {
    const Offload& f = s_.offload;
    OffloadSettings& o = out_.offload;
    o.gpuLayers = known(Feature::gpu_layers, f.gpuLayers);
    o.expertLayers = hasExperts(m_) ? known(Feature::host_experts, f.expertLayers) : std::nullopt;
    constexpr std::string_view kDevice = "on the device unless asked";
    if (wanted()) {
      if (o.gpuLayers.value_or(kAllLayers) < kAllLayers)
        record("offload.gpu_layers", *o.gpuLayers, asked, {});
      else
        record("offload.gpu_layers", std::string_view("all"), o.gpuLayers ? asked : engine, o.gpuLayers ? "" : kDevice);
      if (o.expertLayers && *o.expertLayers >= 0)
        record("offload.experts", *o.expertLayers, asked, {});
      else
        record("offload.experts", std::string_view(o.expertLayers ? "cpu" : "none"), o.expertLayers ? asked : engine,
               kDevice);
    }
    o.kvCache = take("offload.kv_cache", known(Feature::host_kv, f.kvCache), false, engine, kDevice);
    o.optimizer = take("offload.optimizer", f.optimizer, OffloadTarget::none, engine, kDevice);
    o.parameters = take("offload.parameters", f.parameters, OffloadTarget::none, engine, kDevice);
    o.activations = take("offload.activations", f.activations, OffloadTarget::none, engine, kDevice);
    out_.reserve = take("reserve", s_.reserve, 0.0, engine, "all of the device may be used");
  }

  const Scenario& s_;
  const Model& m_;
  bool training_;
  Settings out_;
  const EngineRow* engine_ = nullptr;
  const HeldRows<FormatDefault>* formats_ = nullptr;  // what the code does about formats by itself
};

}  // namespace

std::string_view nameOf(SettingOrigin origin) {
  constexpr std::string_view kNames[] = {"asked", "engine", "model", "device", "assumed"};
  return kNames[static_cast<std::size_t>(origin)];
}

bool servesIn(NumberFormat format) {
  return isPlainFloat(format) && info(format).blockBytes >= 2;
}

bool stepsIn(NumberFormat format) {
  return info(format).blockElements == 1;
}

std::int64_t deviceCount(const Scenario& s) {
  return std::accumulate(s.devices.begin(), s.devices.end(), std::int64_t{0},
                         [](std::int64_t n, const DeviceRequest& d) { return n + std::max<std::int64_t>(0, d.count); });
}

Settings settingsOf(const Scenario& s, std::vector<Setting>* reasons) {
  if (reasons != nullptr) reasons->clear();
  return Settler(s, reasons).settle();
}

}  // namespace headroom
