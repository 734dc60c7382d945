// vLLM: the engine claims a share of the device up front; what weights, the profile run and the runtime leave of it is
// the KV pool. vllm/v1/worker/gpu_worker.py determine_available_memory (0.11).
#include <algorithm>

#include "core/estimate/arithmetic.h"
#include "core/estimate/constants.h"
#include "core/estimate/estimate_context.h"
#include "core/estimate/kv_cache.h"
#include "core/estimate/serving/common/served_adapters.h"
#include "core/estimate/serving/common/served_draft.h"
#include "core/estimate/serving/common/served_weights.h"
#include "core/estimate/serving/common/serving_device.h"
#include "core/estimate/serving/common/serving_ranks.h"
#include "core/estimate/serving/vllm/activation.h"
#include "core/estimate/serving/vllm/page_factors.h"
#include "core/estimate/serving/vllm/runtime.h"
#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

constexpr std::string_view kPages = "vllm/v1/core/kv_cache_utils.py: whole blocks per sequence (0.11)";
constexpr std::string_view kStates = "vllm/v1/kv_cache_interface.py MambaSpec: one page per layer and sequence (0.18)";
constexpr std::string_view kCross = "vllm/v1/kv_cache_interface.py CrossAttentionSpec (0.11)";
constexpr int kNewestMinor = 25;  // the newest 0.x release whose rules were checked

ServedRules servedRules(const EstimateContext& c) {
  const EngineVersion& v = c.settings.version;
  ServedRules r;
  // Pooling models drop the head (vllm/model_executor/models/adapters.py, 0.11); a limit of no images leaves the tower
  // out (vllm --limit-mm-per-prompt, --language-model-only, 0.18).
  r.head = c.settings.generates;
  r.vision = !c.scenario.images || c.scenario.images->perRequest > 0 || v.before(0, 13);
  if (v.before(0, 8)) r.latentCopies = v.before(0, 7) ? LatentCopies::none : LatentCopies::absorbed;
  return r;
}

// ROCm prints a difference of free memory; what loading leaves beside the tensors differs by kind of model.
Band weightsBand(const Settings& s, const Model& m, const VllmTraits& traits, const ServingDevice& device) {
  const auto* format = std::get_if<NumberFormat>(&s.weights);
  if (device.kind == DeviceClass::rocm)
    return fittedBand(ConstantId::band_vllm_weights_rocm_low, ConstantId::band_vllm_weights_rocm_high);
  if (m.visionSpec)
    return fittedBand(ConstantId::band_vllm_weights_vision_low, ConstantId::band_vllm_weights_vision_high);
  if (traits.compressed)
    return fittedBand(ConstantId::band_vllm_weights_compressed_low, ConstantId::band_vllm_weights_compressed_high);
  if (traits.latent && format != nullptr && *format == NumberFormat::fp8_block)
    return fittedBand(ConstantId::band_vllm_weights_latent_low, ConstantId::band_vllm_weights_latent_high);
  return fittedBand(ConstantId::band_vllm_weights_low, ConstantId::band_vllm_weights_high);
}

PageRules pageRules(const EstimateContext& c, const VllmTraits& traits, const ServingDevice& device) {
  const EngineVersion& v = c.settings.version;
  PageRules r;
  r.windowsApart = !v.before(0, 9);
  r.tokensByConcurrency = !v.before(0, 22);
  r.stateBlocks = v.before(0, 22) ? 1 : 2;
  r.packed = true;
  r.packedByTuple = !v.before(0, 22);
  if (c.settings.draftTokens > 0) {
    r.draftTokens = c.settings.draftTokens;
    r.stateBlocks = 1 + r.draftTokens;
    r.draft = draftLayers(c.scenario);
  }
  // FlashMLA, the kernel on Hopper up to 0.16, works on blocks of 64.
  if (traits.latent && v.before(0, 17) && device.kind == DeviceClass::datacenter) r.blockSize = 64;
  return r;
}

// The profile run of a version: batched tokens and whether logits are sampled.
ProfileRun profileRun(const EstimateContext& c) {
  const Settings& s = c.settings;
  ProfileRun run;
  run.tokens = s.prefillTokens;
  const bool v0 = s.version.before(0, 8);
  // The V0 engine took the whole context at once up to 32,768 tokens, beyond that chunks of 2048 (arg_utils.py, 0.7).
  if (!c.scenario.prefillTokens && v0) run.tokens = s.context <= 32768 ? std::max<std::int64_t>(s.context, 2048) : 2048;
  run.sequences = s.maxSequences;
  run.sampler = s.generates && (!v0 || run.tokens >= s.context);
  run.images = c.scenario.images ? &*c.scenario.images : nullptr;
  return run;
}

void addAskedCache(EstimateContext& c, Ledger& ledger, const PageQuestion& q, const Factor& sequences) {
  const Settings& s = c.settings;
  for (const CacheType& t : q.layout.types) {
    const bool state = t.kind == CacheType::Kind::state;
    if (q.layout.uniform) {
      ledger.add(ComponentId::kv_cache, "keys and values", kPages,
                 {layersFactor(ledger, t), t.token, tokensInBlocks(ledger, q), sequences});
      continue;
    }
    const std::string_view label = state                                ? "recurrent states"
                                   : t.kind == CacheType::Kind::sliding ? "keys and values inside the window"
                                                                        : "keys and values of full-attention layers";
    ledger.add(state ? ComponentId::state_cache : ComponentId::kv_cache, label, state ? kStates : kPages,
               {blocksFactor(ledger, q, t), groupLayersFactor(ledger, q.layout), pageFactor(ledger, q), sequences});
  }
  for (const LayerKind& k : c.model.kinds) {
    const AttentionSpec& x = k.crossAttention.kind == AttentionKind::cross ? k.crossAttention : k.attention;
    if (k.encoder || x.kind != AttentionKind::cross) continue;
    ledger.add(ComponentId::kv_cache, "keys and values of the encoder's output", kCross,
               {fromModel("layers", k.count, Unit::layers), kvFactor(ledger, x, s.kvCache, q.part.tensorParallel),
                asked("encoder tokens", d(s.context), Unit::tokens), sequences});
  }
}

struct Pool {
  Bytes bytes, low, high;
  std::int64_t tokens = 0;
  double sequences = 0;
};

Pool poolOf(const RankEstimate& rank, const Settings& s, Bytes total, const PageLayout& layout, const PageRules& rules,
            const ProfileRun& run, double calibrated) {
  const Ledger& l = rank.ledger;
  const double charge = vllmGraphCharge(s);
  const double left = s.memoryUtilization * d(total.value()) - d(l.bytes(ComponentId::weights).value()) -
                      d(l.bytes(ComponentId::adapters).value()) - d(l.bytes(ComponentId::activations).value()) -
                      d(l.bytes(ComponentId::runtime).value()) - charge * d(l.bytes(ComponentId::cuda_graphs).value()) +
                      calibrated;
  Pool pool;
  pool.bytes = toBytes(left);
  pool.tokens = layout.tokensOf(left, s.context, run.tokens, rules);
  const std::int64_t need = std::max<std::int64_t>(1, layout.blocksOf(s.context, run.tokens, rules));
  if (layout.blockBytes() > 0) pool.sequences = std::max(0.0, left / layout.blockBytes()) / d(need);
  return pool;
}

void diagnose(EstimateContext& c, const RankEstimate& rank, Bytes pool) {
  const EngineVersion& v = c.settings.version;
  if (c.scenario.engineVersion.empty() || !v.known)
    c.note("engine-version", "No vLLM version given: the rules of the newest known releases (0.20 to 0.25) apply.");
  else if (v.major > 0 || v.minor > kNewestMinor)
    c.note("engine-version",
           "vLLM " + c.scenario.engineVersion + " is newer than the rules known here (up to 0.25); those apply.");
  if (rank.claimed && pool <= Bytes(0))
    c.warn("no-kv-room",
           "Weights, activations and runtime leave no room for a KV cache at this memory utilization; vLLM refuses to "
           "start.");
  const std::int64_t tp = c.settings.parallel.tensor;
  for (const LayerKind& k : c.model.kinds)
    if (tp > 1 && k.attention.heads > 0 && k.attention.heads % tp != 0) {
      c.warn("heads-not-divisible",
             "The attention heads cannot be divided by the tensor-parallel size; vLLM refuses such a layout.");
      break;
    }
  if (c.model.visionSpec)
    c.note("vision-profile",
           "The vision encoder's profile run is estimated from its largest image; figures of real runs differ by up to "
           "2 GiB.");
}

void diagnoseImages(EstimateContext& c) {
  const Images& images = *c.scenario.images;
  const double tokens = d(images.perRequest) * imageTokens(c.model, &images);
  if (!c.model.visionSpec && images.perRequest > 0)
    c.warn("no-vision-tower", "The model has no vision tower; images change nothing.");
  else if (tokens > d(c.settings.context))
    c.warn("images-exceed-context", "The images of one request take " +
                                        std::to_string(static_cast<std::int64_t>(tokens)) +
                                        " tokens, more than the context holds.");
  else if (tokens > 0)
    c.note("image-tokens", "The images of one request take " + std::to_string(static_cast<std::int64_t>(tokens)) +
                               " tokens of the context.");
}

}  // namespace

void estimateVllm(EstimateContext& c) {
  const Settings& s = c.settings;
  const Model& m = c.model;
  const VllmTraits traits = VllmTraits::of(m);
  const std::int64_t contextParallel = std::max<std::int64_t>(1, c.settings.parallel.context);
  c.result.weightBytes = weightBytes(m, s.weights);
  bool first = true;
  Bytes poorest = Bytes::max();
  forEachServingRank(c, [&](RankEstimate& rank, const RankPart& part, const DeviceRequest* request) {
    Ledger& l = rank.ledger;
    const ServingDevice device = servingDevice(request);
    const PageRules rules = pageRules(c, traits, device);
    const ServedRules served = servedRules(c);
    const PageLayout layout = pageLayout(l, m, part, s.kvCache, rules);
    ProfileRun run = profileRun(c);
    run.sampler = run.sampler && part.lastStage;
    run.encoder = part.firstStage;
    addServedWeights(l, m, s, part, served);
    if (c.scenario.speculative) addDraftWeights(c, l, part, served);
    if (c.scenario.lora) addServedAdapters(l, *c.scenario.lora, m, part, vllmAdapterRules(c));
    l.setBand(ComponentId::weights, weightsBand(s, m, traits, device));
    addVllmActivations(l, m, s, part, device, run);
    addVllmRuntime(l, traits, s, device, part.tensorParallel);
    addVllmGraphs(l, traits, s, device, part.layers.count());
    const Factor replica = sequencesFactor(l, s);
    const Factor sequences =
        contextParallel == 1
            ? replica
            : l.product("sequences of a rank", Unit::sequences,
                        {replica, over(asked("context-parallel ranks", d(contextParallel), Unit::devices))});
    addAskedCache(c, l,
                  {m, part, layout, rules, asked("tokens", d(s.context), Unit::tokens),
                   asked("batched tokens", d(run.tokens), Unit::tokens)},
                  sequences);
    addCalibration(l, c.calibration, false, 1);
    rank.peakMoment = "serving";

    double perToken = 0;
    for (const CacheType& t : layout.types)
      if (t.kind == CacheType::Kind::full) perToken += t.bytesPerToken() * d(t.layers);
    c.result.kvBytesPerToken = std::max(c.result.kvBytesPerToken, perToken);
    if (!device.total) return;
    rank.claimed = toBytes(s.memoryUtilization * d(device.total->value()));
    const Pool pool = poolOf(rank, s, *device.total, layout, rules, run, calibratedPool(c));
    rank.poolLeft = pool.bytes - l.bytes(ComponentId::kv_cache) - l.bytes(ComponentId::state_cache);
    poorest = std::min(poorest, pool.bytes);
    PoolCapacity& out = c.result.pool;
    const std::int64_t tokens = pool.tokens * contextParallel;
    const double concurrent = pool.sequences * d(contextParallel);
    out.kvBytes = first ? std::max(Bytes(0), pool.bytes) : std::min(*out.kvBytes, std::max(Bytes(0), pool.bytes));
    out.kvTokens = first ? tokens : std::min(*out.kvTokens, tokens);
    out.maxConcurrency = first ? concurrent : std::min(*out.maxConcurrency, concurrent);
    first = false;
  });
  diagnose(c, c.result.ranks.front(), poorest);
  diagnoseDraft(c);
  if (c.scenario.images) diagnoseImages(c);
}

}  // namespace headroom
