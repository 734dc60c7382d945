// SGLang: a static share of the device holds weights and caches; activations and graphs live in what is left of it.
// sglang/srt/server_args.py and model_executor/model_runner.py (0.5).
#include <algorithm>

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
#include "core/estimate/serving/sglang/pools.h"
#include "core/estimate/serving/sglang/refusals.h"
#include "core/estimate/serving/vllm/activation.h"
#include "core/model/weight_bytes.h"
#include "core/scenario/engine_options.h"
#include "core/scenario/static_share.h"

namespace headroom {
namespace {

constexpr std::string_view kCells =
    "sglang/srt/model_executor/model_runner.py profile_max_num_token: one cell per token (0.5)";
constexpr std::string_view kStates =
    "sglang/srt/mem_cache/memory_pool.py MambaPool: one slot per running request (0.5)";
constexpr std::string_view kLoading = "SGLang prints a difference of free memory, which lies above the tensors";
constexpr std::string_view kContextSource = "free memory before loading lies below the device's total";
constexpr std::string_view kGraphSource = "printed capture sizes of 8 to 256 sequences";
constexpr std::string_view kLogits =
    "sglang/srt/layers/logits_processor.py: logits and their fp32 copy of the sampled rows (0.5)";
constexpr std::string_view kAdapterPool =
    "sglang/srt/lora/mem_pool.py LoRAMemoryPool: buffers of every slot for the adapters' modules (0.5)";
constexpr std::string_view kDraftCells =
    "sglang/srt/speculative/eagle_worker.py: the draft keeps the same tokens in a pool of its own, outside the static "
    "share (0.5)";
constexpr std::string_view kLadderSource =
    "sglang/srt/server_args.py _handle_gpu_memory_settings: by device memory and ranks (0.5)";

constexpr std::string_view kOffload =
    "sglang/srt/utils maybe_offload_to_cpu: whole parameters of the layers until the budget is spent (0.5)";
constexpr std::string_view kHostPool =
    "sglang/srt/mem_cache/memory_pool_host.py HostKVCache: hicache_size GB of every rank, else hicache_ratio times its "
    "pool (0.5.10)";

constexpr double kGi = static_cast<double>(kGiB);

void addCaches(EstimateContext& c, Ledger& ledger, const CacheTypes& types, const Factor& sequences) {
  const Factor context = asked("tokens kept", d(c.settings.context), Unit::tokens);
  for (const CacheType& t : types) {
    const Factor layers = layersFactor(ledger, t);
    if (t.kind == CacheType::Kind::state) {
      ledger.add(ComponentId::state_cache, "recurrent states", kStates, {layers, t.state, sequences});
      continue;
    }
    const bool windowed = t.kind == CacheType::Kind::sliding;
    const Factor kept = windowed ? ledger.smallest("tokens kept", Unit::tokens,
                                                   {context, fromModel("window", d(t.window), Unit::tokens)})
                                 : context;
    ledger.add(ComponentId::kv_cache, windowed ? "keys and values inside the window" : "keys and values", kCells,
               {layers, t.token, kept, sequences});
  }
}

// The draft's keys and values: the same tokens and those it proposes.
void addDraftCache(EstimateContext& c, Ledger& ledger, const RankPart& part, const SglangRules& rules,
                   const Factor& sequences) {
  CacheHabits habits = rules.habits;
  habits.draft = draftLayers(c.scenario);
  // A step keeps room for every branch of every pass of the draft (managers/utils.py get_alloc_len_per_decode, 0.5.10).
  const double passes = d(integerOption(c.scenario, "speculative_num_steps").value_or(0)),
               branches = d(integerOption(c.scenario, "speculative_eagle_topk").value_or(1));
  const Factor proposed =
      ledger.largest("proposed at once", Unit::tokens,
                     {asked("draft tokens", d(c.settings.draftTokens), Unit::tokens),
                      ledger.product("tokens of the draft's passes", Unit::tokens,
                                     {asked("passes", passes), asked("branches", branches, Unit::tokens)})});
  const Factor tokens = ledger.sum("tokens kept and proposed", Unit::tokens,
                                   {asked("tokens", d(c.settings.context), Unit::tokens), proposed});
  for (const CacheType& t : draftTypes(ledger, part, c.settings.kvCache, habits))
    ledger.add(ComponentId::kv_cache, "draft's keys and values", kDraftCells,
               {layersFactor(ledger, t), t.token, tokens, sequences});
}

AdapterRules adapterRules(const EstimateContext& c) {
  AdapterRules rules;
  rules.format = servedAdapterFormat(c.scenario, c.settings);
  rules.source = kAdapterPool;
  return rules;
}

// The hierarchical cache's pool in host memory.
void addHostPool(EstimateContext& c, const RankEstimate& rank, const SglangCells& cells, const SglangPool& pool) {
  if (!flagOption(c.scenario, "enable_hierarchical_cache").value_or(false)) return;
  constexpr std::string_view kLabel = "hierarchical cache";
  Ledger& host = c.result.host;
  if (const double gb = numberOption(c.scenario, "hicache_size").value_or(0); gb > 0)
    return addHostCache(c, kLabel, kHostPool, rank.devices, asked("hicache_size", gb * 1e9, Unit::bytes));
  constexpr double kUsualRatio = 2.0;
  const double ratio = numberOption(c.scenario, "hicache_ratio").value_or(kUsualRatio);
  const Factor held = leaf(Origin::catalogue, "pool of the device", d(pool.tokens) * cells.full, Unit::bytes,
                           "what the static share leaves beside weights and states, in whole tokens");
  addHostCache(c, kLabel, kHostPool, rank.devices,
               host.product("pool", Unit::bytes, {asked("hicache_ratio", ratio), held}));
}

// Enters what the pools hold; returns what they hold beyond what the ledger asks of them, of the scarcer where there
// are two. The bytes are those of all pools together, as vLLM prints its one.
Bytes setPool(PoolCapacity& out, const Ledger& asked, const SglangCells& cells, double room, const SglangPool& pool,
              bool first) {
  const double kv = std::max(0.0, room);
  Bytes left = toBytes(kv - pool.stateBytes) - asked.bytes(ComponentId::kv_cache);
  if (cells.state > 0) left = std::min(left, toBytes(pool.stateBytes) - asked.bytes(ComponentId::state_cache));
  if (room < 0) left = std::min(left, toBytes(room));
  out.kvBytes = first ? toBytes(kv) : std::min(*out.kvBytes, toBytes(kv));
  out.kvTokens = first ? pool.tokens : std::min(*out.kvTokens, pool.tokens);
  out.maxConcurrency = first ? pool.concurrency : std::min(*out.maxConcurrency, pool.concurrency);
  return left;
}

}  // namespace

void estimateSglang(EstimateContext& c) {
  const Settings& s = c.settings;
  const Model& m = c.model;
  c.result.weightBytes = weightBytes(m, s.weights);
  bool first = true, noRoom = false, draftedStates = false;
  std::int64_t promptChunk = 0;
  forEachServingRank(c, [&](RankEstimate& rank, const RankPart& part, const DeviceRequest* request) {
    const ServingDevice device = servingDevice(request);
    const double totalGiB = device.total ? d(device.total->value()) / kGi : kUnnamedGiB;
    SglangSizes sizes = sglangSizes(c.scenario, s.version, totalGiB, part.tensorParallel);
    sizes.chunk = std::max<std::int64_t>(1, c.scenario.prefillTokens.value_or(sizes.chunk));
    promptChunk = sizes.chunk;
    const std::int64_t chunk = sizes.chunk, graphBatch = sizes.graphBatch;
    const bool alone = part.tensorParallel == 1 && part.firstStage && part.lastStage;
    Ledger& l = rank.ledger;
    const Factor sequences = sequencesFactor(l, s);

    ServedRules rules;
    rules.lostBytes = ConstantId::sglang_lost_loading;
    rules.lostSource = kLoading;
    // Hopper has no 4-bit products: 4-bit experts of an fp8 checkpoint (DeepSeek-V4) run through Marlin.
    rules.wideScales = m.quantization && m.quantization->method == "fp8" && device.computeCapability >= 9.0 &&
                       device.computeCapability < 10.0;
    addServedWeights(l, m, s, part, rules);
    const double draft = c.scenario.speculative ? d(addDraftWeights(c, l, part, rules).value()) : 0;
    offloadWeights(c, rank, kOffload);
    l.setBand(ComponentId::weights,
              fittedBand(ConstantId::band_sglang_weights_low, ConstantId::band_sglang_weights_high));
    const double adapters =
        c.scenario.lora ? d(addServedAdapters(l, *c.scenario.lora, m, part, adapterRules(c)).value()) : 0;
    ProfileRun run{std::min(chunk, s.context * std::max<std::int64_t>(1, c.settings.batch)), s.maxSequences, false,
                   part.firstStage};
    addVllmActivations(l, m, s, part, device, run);
    l.setBand(ComponentId::activations, {0.7, 1.5});
    if (part.lastStage && s.generates)
      l.add(ComponentId::logits, "logits and their fp32 copy", kLogits,
            {sequences, fromModel("vocabulary", d(m.vocabulary), Unit::elements),
             l.sum("bytes per logit", Unit::bytes_per_element,
                   {bytesOf(s.compute, "bytes of a logit"),
                    constant("bytes of its copy", 4, Unit::bytes_per_element, kLogits)})});
    if (s.cudaGraphs) {
      l.add(ComponentId::cuda_graphs, "captured graphs, fixed part", kGraphSource,
            {fitted("graphs", ConstantId::sglang_graphs_constant, Unit::bytes)});
      l.add(ComponentId::cuda_graphs, "captured graphs", kGraphSource,
            {constant("largest captured batch", d(graphBatch), Unit::sequences, kLadderSource),
             fitted("bytes per sequence", ConstantId::sglang_graphs_sequence, Unit::bytes)});
      l.setBand(ComponentId::cuda_graphs,
                fittedBand(ConstantId::band_sglang_graphs_low, ConstantId::band_sglang_graphs_high));
    }
    const ConstantId context = alone ? ConstantId::sglang_context_one : ConstantId::sglang_context_many;
    l.add(ComponentId::runtime, "device context and communication buffers", kContextSource,
          {fitted("context", context, Unit::bytes)});
    l.setBand(ComponentId::runtime, {0.7, 1.7});

    const SglangRules pools = sglangRules(c.scenario, s);
    const CacheTypes types = cacheTypes(l, m, part, s.kvCache, pools.habits);
    const SglangCells cells = sglangCells(types, pools.draftCells ? draftLayers(c.scenario).layers : 0);
    addCaches(c, l, types, sequences);
    if (c.scenario.speculative && part.lastStage) addDraftCache(c, l, part, pools, sequences);
    addCalibration(l, c.calibration, false, 1);
    rank.peakMoment = "serving";
    c.result.kvBytesPerToken = std::max(c.result.kvBytesPerToken, cells.full);
    if (!device.total && !s.kvCacheMemory) return;
    double room = s.kvCacheMemory ? d(s.kvCacheMemory->value()) : 0;
    if (!s.kvCacheMemory) {
      const double share = sglangStaticShare(c.scenario, s, totalGiB, sizes);
      rank.claimed = toBytes(share * d(device.total->value()));
      room = share * (d(device.total->value()) - fittedValue(context)) - d(l.bytes(ComponentId::weights).value()) +
             (sglangCountsDrafts(s.version) ? 0 : draft) - adapters + calibratedPool(c);
    }
    noRoom |= room <= 0;
    const SglangPool pool = sglangPool(cells, room, s.context, pools);
    rank.poolLeft = setPool(c.result.pool, l, cells, room, pool, first);
    addHostPool(c, rank, cells, pool);
    draftedStates |= cells.state > 0 && c.scenario.speculative.has_value();
    if (s.kvCacheMemory) {
      const Bytes cache = l.bytes(ComponentId::kv_cache) + l.bytes(ComponentId::state_cache);
      rank.claimed = l.total() - cache + *s.kvCacheMemory;
      if (device.total) rank.poolLeft = std::min(*rank.poolLeft, *device.total - *rank.claimed);
    }
    first = false;
  });
  diagnoseSglangStart(c, promptChunk);
  if (draftedStates) c.unmodelled("the states that SGLang keeps of drafted tokens");
  diagnoseDraft(c);
  diagnoseGroups(c);
  if (c.scenario.engineVersion.empty() || !s.version.known)
    c.note("engine-version", "No SGLang version given: the rules of the newest known release (0.5) apply.");
  else if (s.version.major > 0 || s.version.minor > 5)
    c.note("engine-version",
           "SGLang " + c.scenario.engineVersion + " is newer than the rules known here (up to 0.5); those apply.");
  if (noRoom)
    c.warn("no-kv-room",
           "The weights leave no room for a KV cache in the static share of the memory; SGLang refuses to start.");
}

}  // namespace headroom
