// vLLM: the engine claims a share of the device up front; what weights, the profile run and the runtime leave of it is
// the KV pool. vllm/v1/worker/gpu_worker.py determine_available_memory (0.11).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/estimate/arithmetic.h"
#include "core/estimate/constants.h"
#include "core/estimate/estimate_context.h"
#include "core/estimate/kv_cache.h"
#include "core/estimate/rank_groups.h"
#include "core/estimate/serving/common/host_memory.h"
#include "core/estimate/serving/common/served_adapters.h"
#include "core/estimate/serving/common/served_draft.h"
#include "core/estimate/serving/common/served_weights.h"
#include "core/estimate/serving/common/serving_device.h"
#include "core/estimate/serving/common/serving_ranks.h"
#include "core/estimate/serving/vllm/activation.h"
#include "core/estimate/serving/vllm/page_factors.h"
#include "core/estimate/serving/vllm/pages_packed.h"
#include "core/estimate/serving/vllm/refusals.h"
#include "core/estimate/serving/vllm/runtime.h"
#include "core/model/any_layer.h"
#include "core/model/weight_bytes.h"
#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

constexpr std::string_view kPages = "vllm/v1/core/kv_cache_utils.py: whole blocks per sequence (0.11)";
constexpr std::string_view kStates = "vllm/v1/kv_cache_interface.py MambaSpec: one page per layer and sequence (0.18)";
constexpr std::string_view kCross = "vllm/v1/kv_cache_interface.py CrossAttentionSpec (0.11)";
constexpr std::string_view kOffload =
    "vllm/model_executor/offloader/uva.py (0.20), models/utils.py maybe_offload_to_cpu (0.14): whole parameters until "
    "the budget is spent";
constexpr std::string_view kOffloadedCache =
    "vllm/config/cache.py kv_offloading_size: GiB of all ranks of a replica together (0.20)";
constexpr int kNewestMinor = 33;  // the newest 0.x release whose rules were checked

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

// What the asked sequences need, type by type; one group of all layers counts each in its own width.
void addAskedCache(Ledger& ledger, const PageQuestion& q, const Factor& sequences) {
  using Kind = CacheType::Kind;
  for (const CacheType& t : q.layout.types) {
    const bool state = t.kind == Kind::state;
    if (q.layout.uniform && !state) {
      ledger.add(ComponentId::kv_cache, "keys and values", kPages,
                 {layersFactor(ledger, t), t.token, tokensInBlocks(ledger, q), sequences});
      continue;
    }
    const std::string_view label = state                     ? "recurrent states"
                                   : t.kind == Kind::sliding ? "keys and values inside the window"
                                   : t.kind == Kind::cross   ? "keys and values of the encoder's output"
                                                             : "keys and values of full-attention layers";
    const ComponentId id = state ? ComponentId::state_cache : ComponentId::kv_cache;
    const auto& source = state ? kStates : t.kind == Kind::cross ? kCross : kPages;
    if (q.layout.packedBytes > 0)
      ledger.add(id, label, source,
                 {blocksFactor(ledger, q, t), packedBlock(ledger, q.model, q.part, q.rules.packedBlock), sequences});
    else
      ledger.add(id, label, source,
                 {blocksFactor(ledger, q, t), groupLayersFactor(ledger, q), pageFactor(ledger, q), sequences});
  }
}

// Keys and values of an encoder's output where they have no pages in the pool.
void addCrossCache(EstimateContext& c, Ledger& ledger, const PageQuestion& q, const Factor& sequences) {
  if (q.rules.habits.crossApart) return;
  const Factor encoded = q.rules.encoderTokens > 0
                             ? fromModel("tokens of the encoder's output", d(q.rules.encoderTokens), Unit::tokens)
                             : asked("encoder tokens", d(c.settings.context), Unit::tokens);
  for (const LayerKind& k : c.model.kinds) {
    const AttentionSpec& x = k.crossAttention.kind == AttentionKind::cross ? k.crossAttention : k.attention;
    if (k.encoder || x.kind != AttentionKind::cross) continue;
    ledger.add(ComponentId::kv_cache, "keys and values of the encoder's output", kCross,
               {fromModel("layers", k.count, Unit::layers),
                kvFactor(ledger, x, c.settings.kvCache, q.part.tensorParallel), encoded, sequences});
  }
}

// Bytes of the pool: as asked, or what the rest of the claim leaves.
double poolBytes(const Ledger& l, const Settings& s, const VllmTraits& traits, const std::optional<Bytes>& total,
                 double calibrated) {
  if (s.kvCacheMemory) return d(s.kvCacheMemory->value());
  if (!total) return 0;
  const double charge = vllmGraphCharge(s, traits);
  return s.memoryUtilization * d(total->value()) - d(l.bytes(ComponentId::weights).value()) -
         d(l.bytes(ComponentId::adapters).value()) - d(l.bytes(ComponentId::activations).value()) -
         d(l.bytes(ComponentId::runtime).value()) - charge * d(l.bytes(ComponentId::cuda_graphs).value()) + calibrated;
}

// What the engine takes of the device, and what the pool has beyond the asked sequences; a pool of a size that was
// asked for may not be there.
void setClaim(RankEstimate& rank, const Settings& s, const std::optional<Bytes>& total, Bytes pool, bool asked) {
  const Ledger& l = rank.ledger;
  const Bytes cache = l.bytes(ComponentId::kv_cache) + l.bytes(ComponentId::state_cache);
  rank.poolLeft = pool - cache;
  if (!asked) {
    if (total) rank.claimed = toBytes(s.memoryUtilization * d(total->value()));
    return;
  }
  rank.claimed = l.total() - cache + pool;
  if (total) rank.poolLeft = std::min(*rank.poolLeft, *total - *rank.claimed);
}

void setCapacity(PoolCapacity& out, Bytes bytes, const PagePool& pool, bool first) {
  const Bytes kept = std::max(Bytes(0), bytes);
  out.kvBytes = first ? kept : std::min(*out.kvBytes, kept);
  out.kvTokens = first ? pool.tokens : std::min(*out.kvTokens, pool.tokens);
  out.maxConcurrency = first ? pool.concurrency : std::min(*out.maxConcurrency, pool.concurrency);
}

void diagnosePages(EstimateContext& c, const PageLayout& layout, const PageRules& rules) {
  if (layout.refused)
    c.refuse("uneven-pages",
             "this release of vLLM cannot lay out layers whose pages differ so; counted are longer or padded pages, as "
             "later releases have them");
  if (rules.cachingRefused)
    c.refuse("prefix-caching-refused",
             "this release of vLLM refuses prefix caching of a model with such recurrent states", "prefix_caching");
}

// A context beyond the one of the model's configuration (vllm/config/model.py, _get_and_verify_max_len, 0.6 to 0.33):
// it takes a scaled rotary embedding or VLLM_ALLOW_LONG_MAX_MODEL_LEN=1 to start so.
void diagnoseContext(EstimateContext& c) {
  const std::int64_t longest = c.model.maxContext;
  if (longest <= 0 || c.settings.context <= longest || c.model.encoderDecoder) return;
  const bool stretched = std::ranges::any_of(c.scenario.engineOptions, [](const AskedOption& o) {
    return o.name == "rope_scaling" || o.name == "hf_overrides";
  });
  if (stretched || flagOption(c.scenario, "vllm_allow_long_max_model_len").value_or(false)) return;
  c.refuse("context-beyond-model",
           fmt::format("vLLM refuses a max_model_len of {} for a model made for {} tokens, unless rope scaling or "
                       "VLLM_ALLOW_LONG_MAX_MODEL_LEN=1 stretches it",
                       c.settings.context, longest),
           "context");
}

// Blocks that no attention kernel of vLLM works on: the choices of --block-size (vllm/config/cache.py BlockSize, 0.14;
// absent in 0.20), then multiples of 16 (vllm/v1/attention/backends/flash_attn.py, triton_attn.py, flex_attention.py,
// 0.20 to 0.33: get_supported_kernel_block_sizes).
void diagnoseBlocks(EstimateContext& c) {
  const std::optional<std::int64_t> asked = integerOption(c.scenario, "block_size");
  const bool attends = hasAttention(c.model);
  if (!asked || !attends) return;
  constexpr std::array<std::int64_t, 5> kChoices{16, 32, 64, 128, 256};
  const bool listed = std::ranges::find(kChoices, *asked) != kChoices.end();
  if (*asked % 16 == 0 && (listed || !c.settings.version.before(0, 15))) return;
  c.refuse("block-size",
           fmt::format("vLLM refuses blocks of {} tokens: its attention kernels work on multiples of 16{}", *asked,
                       *asked % 16 == 0 ? ", and this release takes 16, 32, 64, 128 or 256" : ""),
           "engine_options");
}

void diagnose(EstimateContext& c, const RankEstimate& rank, Bytes pool) {
  const EngineVersion& v = c.settings.version;
  if (c.scenario.engineVersion.empty() || !v.known)
    c.note("engine-version", "No vLLM version given: the rules of the newest known releases (up to 0.33) apply.");
  else if (v.major > 0 || v.minor > kNewestMinor)
    c.note("engine-version",
           "vLLM " + c.scenario.engineVersion + " is newer than the rules known here (up to 0.33); those apply.");
  if (rank.claimed && pool <= Bytes(0))
    c.warn("no-kv-room",
           "Weights, activations and runtime leave no room for a KV cache at this memory utilization; vLLM refuses to "
           "start.");
  diagnoseVllmStart(c);
  diagnoseContext(c);
  diagnoseBlocks(c);
  const std::int64_t tp = c.settings.parallel.tensor;
  if (tp * c.settings.parallel.expert > 1) diagnoseGroups(c);
  if (c.model.visionSpec)
    c.note("vision-profile",
           "The vision encoder's profile run is estimated from its largest image; figures of real runs differ by up to "
           "2 GiB.");
  else if (!c.model.vision.empty())
    c.warn("encoder-profile-unknown",
           "The encoder of images or sound is counted with its weights alone: what its profile run takes is not known "
           "for this class, and the KV cache will be smaller by as much.");
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
  c.result.weightBytes = weightBytes(m, s.weights);
  bool first = true, refusalSaid = false;
  Bytes poorest = Bytes::max();
  if (const std::int64_t tokens = profileRun(c).tokens; tokens != s.prefillTokens)
    c.about("prefill_tokens", "whole-prompts", Severity::note,
            fmt::format("This release of vLLM takes {} tokens at once unless asked (arg_utils.py, 0.7).", tokens));
  forEachServingRank(c, [&](RankEstimate& rank, const RankPart& part, const DeviceRequest* request) {
    Ledger& l = rank.ledger;
    const ServingDevice device = servingDevice(request);
    const PageRules rules = pageRules(c.scenario, s, device);
    const ServedRules served = servedRules(c);
    const PageLayout layout = pageLayout(l, m, part, s.kvCache, rules);
    ProfileRun run = profileRun(c);
    run.sampler = run.sampler && part.lastStage;
    run.encoder = part.firstStage;
    addServedWeights(l, m, s, part, served);
    if (c.scenario.speculative) addDraftWeights(c, l, part, served);
    if (c.scenario.lora) addServedAdapters(l, *c.scenario.lora, m, part, vllmAdapterRules(c));
    offloadWeights(c, rank, kOffload);
    l.setBand(ComponentId::weights, weightsBand(s, m, traits, device));
    addVllmActivations(l, m, s, part, device, run);
    addVllmRuntime(l, traits, s, device, part.tensorParallel);
    addVllmGraphs(l, traits, s, device, part.layers.count());
    const Factor sequences = sequencesFactor(l, s);
    const PageQuestion question{m,
                                part,
                                layout,
                                rules,
                                asked("tokens", d(s.context), Unit::tokens),
                                asked("batched tokens", d(run.tokens), Unit::tokens)};
    addAskedCache(l, question, sequences);
    addCrossCache(c, l, question, sequences);
    addCalibration(l, c.calibration, false, 1);
    rank.peakMoment = "serving";
    if (!refusalSaid) diagnosePages(c, layout, rules), refusalSaid = true;

    double perToken = 0;
    for (const CacheType& t : layout.types)
      if (t.kind == CacheType::Kind::full) perToken += t.bytesPerToken() * d(t.stageLayers);
    c.result.kvBytesPerToken = std::max(c.result.kvBytesPerToken, perToken);
    if (!device.total && !s.kvCacheMemory && rules.overriddenBlocks == 0) return;
    const double left = poolBytes(l, s, traits, device.total, calibratedPool(c));
    const PagePool pool = pagePool(layout, left, s.context, run.tokens, rules);
    const Bytes bytes = toBytes(rules.overriddenBlocks > 0 ? d(pool.blocks) * layout.blockBytes() : left);
    setClaim(rank, s, device.total, bytes, s.kvCacheMemory || rules.overriddenBlocks > 0);
    poorest = std::min(poorest, bytes);
    setCapacity(c.result.pool, bytes, pool, first);
    first = false;
  });
  if (const double gib = numberOption(c.scenario, "kv_offloading_size").value_or(0); gib > 0)
    addHostCache(c, "keys and values offloaded", kOffloadedCache, s.parallel.data,
                 asked("kv_offloading_size", gib * static_cast<double>(kGiB), Unit::bytes));
  diagnose(c, c.result.ranks.front(), poorest);
  diagnoseDraft(c);
  if (c.scenario.images) diagnoseImages(c);
}

}  // namespace headroom
