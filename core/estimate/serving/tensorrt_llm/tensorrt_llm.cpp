// TensorRT-LLM: weights, the peak of a dry run and what lies outside torch come first; a share of what the device has
// left becomes the pool of keys and values.
#include <algorithm>

#include "core/estimate/arithmetic.h"
#include "core/estimate/constants.h"
#include "core/estimate/estimate_context.h"
#include "core/estimate/kv_cache.h"
#include "core/estimate/rank_groups.h"
#include "core/estimate/serving/common/cache_types.h"
#include "core/estimate/serving/common/layer_width.h"
#include "core/estimate/serving/common/served_adapters.h"
#include "core/estimate/serving/common/served_draft.h"
#include "core/estimate/serving/common/served_weights.h"
#include "core/estimate/serving/common/serving_device.h"
#include "core/estimate/serving/common/serving_ranks.h"
#include "core/estimate/serving/tensorrt_llm/built_weights.h"
#include "core/estimate/serving/tensorrt_llm/kernels.h"
#include "core/estimate/serving/tensorrt_llm/pool.h"
#include "core/model/weight_bytes.h"
#include "core/numerics/number_format.h"
#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

using namespace tensorrt_llm;

constexpr std::string_view kPeak =
    "tensorrt_llm/_torch/pyexecutor/_util.py: a forward of max_num_tokens context tokens before the pool is made (1.2)";
constexpr std::string_view kLogits =
    "tensorrt_llm/_torch/pyexecutor/model_engine.py: logits of the last token of every sequence, in fp32 (1.2)";
constexpr std::string_view kOutside = "memory used less torch's own: context, libraries, NCCL and CUDA graphs";
constexpr std::string_view kGraphs = "cuda_graph_config: one graph a batch size, all in one pool (1.2)";
constexpr std::string_view kRuntimeBuffers =
    "cpp/tensorrt_llm/runtime: logits of every sequence and three tables of tokens by sequence and length (1.0)";
constexpr std::string_view kDecoder =
    "cpp/tensorrt_llm/runtime/gptDecoderBatched.cpp: three fp32 tables over the vocabulary, two of tokens (1.0)";
constexpr std::string_view kPool =
    "tensorrt_llm/_torch/pyexecutor/resource_manager.py KVCacheManager: blocks of tokens in every layer (1.2)";
constexpr std::string_view kStates = "tensorrt_llm/_torch/pyexecutor/resource_manager.py MambaCacheManager (1.2)";
constexpr std::string_view kHostPool =
    "kv_cache_config.host_cache_size: a second pool in pinned memory, reserved whole";
constexpr std::string_view kAdapters = "tensorrt_llm/lora_manager.py: pairs of the adapters' modules (1.2)";

// Engines built ahead (the backend until 1.0) keep buffers of their own for decoding.
void addEngineBuffers(Ledger& l, const EstimateContext& c) {
  const Settings& s = c.settings;
  const Factor sequences = asked("max_batch_size", d(s.maxSequences), Unit::sequences);
  const Factor vocabulary = fromModel("vocabulary", d(c.model.vocabulary), Unit::elements);
  const Factor length = asked("max_seq_len", d(s.context), Unit::tokens);
  const auto four = [](std::string_view why) { return constant("bytes per element", 4, Unit::bytes_per_element, why); };
  l.add(ComponentId::workspace, "runtime buffers: logits", kRuntimeBuffers,
        {sequences, vocabulary, bytesOf(s.compute)});
  l.add(ComponentId::workspace, "runtime buffers: tokens", kRuntimeBuffers,
        {constant("tables", 3, Unit::count, kRuntimeBuffers), sequences, length, four(kRuntimeBuffers)});
  l.add(ComponentId::workspace, "decoder buffers: logits", kDecoder,
        {constant("tables", 3, Unit::count, kDecoder), sequences, vocabulary, four(kDecoder)});
  l.add(ComponentId::workspace, "decoder buffers: tokens", kDecoder,
        {constant("tables", 2, Unit::count, kDecoder), sequences, length, four(kDecoder)});
  l.setBand(ComponentId::workspace, {0.8, 1.3});
}

void addActivations(Ledger& l, const EstimateContext& c, const RankPart& part, bool built) {
  const Settings& s = c.settings;
  Factor most = fromModel("elements of a token", 0, Unit::elements);
  for (std::size_t k = 0; k < c.model.kinds.size(); ++k) {
    if (layersOfKind(c.model, k, part.layers) == 0) continue;
    const Factor each = widestLayer(l, c.model.kinds[k], c.model.hidden, part.tensorParallel, kPeak);
    if (each.value > most.value) most = each;
  }
  l.add(ComponentId::activations, built ? "execution context" : "tensors of the widest layer", kPeak,
        {asked("max_num_tokens", d(s.prefillTokens), Unit::tokens), most, bytesOf(s.compute)});
  l.setBand(ComponentId::activations, built ? Band{0.9, 1.2} : Band{0.8, 1.8});
  if (!built && part.lastStage && s.generates)
    l.add(ComponentId::logits, "logits", kLogits,
          {l.smallest("sequences of the dry run", Unit::sequences,
                      {asked("max_batch_size", d(s.maxSequences), Unit::sequences),
                       asked("max_num_tokens", d(s.prefillTokens), Unit::sequences)}),
           fromModel("vocabulary", d(c.model.vocabulary), Unit::elements),
           constant("bytes per logit", 4, Unit::bytes_per_element, kLogits)});
}

void addOutside(Ledger& l, const EstimateContext& c, const RankPart& part, bool built) {
  l.add(ComponentId::runtime, "CUDA context and libraries", kOutside,
        {fitted("context", ConstantId::context_torch2, Unit::bytes)});
  if (part.tensorParallel > 1 || !part.firstStage || !part.lastStage)
    l.add(ComponentId::runtime, "communication buffers", kOutside,
          {fitted("buffers", ConstantId::sglang_context_many, Unit::bytes)});
  // No log of this engine's own is on record that parts these from torch's.
  l.setBand(ComponentId::runtime, {0.4, 5.0});
  if (!c.settings.cudaGraphs || built) return;
  l.add(ComponentId::cuda_graphs, "captured graphs", kGraphs,
        {fitted("graphs", ConstantId::sglang_graphs_constant, Unit::bytes)});
  l.setBand(ComponentId::cuda_graphs, {0.2, 4.0});
}

void addCaches(EstimateContext& c, Ledger& l, const CacheTypes& types, const Factor& sequences) {
  const Factor context = asked("tokens kept", d(c.settings.context), Unit::tokens);
  for (const CacheType& t : types) {
    const Factor layers = layersFactor(l, t);
    if (t.kind == CacheType::Kind::state) {
      // One slot a sequence of max_batch_size, whatever runs.
      l.add(ComponentId::state_cache, "recurrent states", kStates,
            {layers, t.state, asked("max_batch_size", d(c.settings.maxSequences), Unit::sequences)});
      continue;
    }
    const bool windowed = t.kind == CacheType::Kind::sliding;
    const Factor kept =
        windowed ? l.smallest("tokens kept", Unit::tokens, {context, fromModel("window", d(t.window), Unit::tokens)})
                 : context;
    l.add(ComponentId::kv_cache, windowed ? "keys and values inside the window" : "keys and values", kPool,
          {layers, t.token, inBlocks(l, kept, c.scenario, c.settings), sequences});
  }
}

}  // namespace

void estimateTensorRtLlm(EstimateContext& c) {
  const Settings& s = c.settings;
  const Model& m = c.model;
  const bool built = buildsEngines(c.scenario, s.version);
  c.result.weightBytes = weightBytes(m, s.weights);
  bool first = true, noRoom = false;
  forEachServingRank(c, [&](RankEstimate& rank, const RankPart& part, const DeviceRequest* request) {
    const ServingDevice device = servingDevice(request);
    Ledger& l = rank.ledger;
    ServedRules rules;
    rules.rotaryTable = !built, rules.caching = !built;
    rules.latentCopies = built ? LatentCopies::none : LatentCopies::separate;
    addServedWeights(l, m, s, part, rules);
    if (built) addBuiltWeights(l, m, s, part);
    if (c.scenario.speculative) addDraftWeights(c, l, part, rules);
    l.setBand(ComponentId::weights, {0.98, 1.05});
    if (c.scenario.lora) {
      AdapterRules adapters;
      adapters.format = servedAdapterFormat(c.scenario, s), adapters.source = kAdapters;
      addServedAdapters(l, *c.scenario.lora, m, part, adapters);
    }
    addActivations(l, c, part, built);
    if (built) addEngineBuffers(l, c);
    addOutside(l, c, part, built);
    const Bytes used = l.total();

    CacheHabits habits;
    habits.states = stateFormats(c.scenario);
    habits.draftTokens = s.draftTokens;
    if (c.scenario.speculative) habits.draft = draftLayers(c.scenario);
    const CacheTypes types = cacheTypes(l, m, part, s.kvCache, habits);
    addCaches(c, l, types, sequencesFactor(l, s));
    addCalibration(l, c.calibration, false, 1);
    rank.peakMoment = "serving";
    const double perToken = bytesOfToken(types);
    c.result.kvBytesPerToken = std::max(c.result.kvBytesPerToken, perToken);
    if (!device.total && !s.kvCacheMemory) return;

    const double states = d(l.bytes(ComponentId::state_cache).value());
    const Room room = roomOf(c, device.total ? d(device.total->value()) : 0, d(used.value()) + states, perToken);
    noRoom |= room.bytes <= 0;
    const Bytes pool = toBytes(std::max(0.0, room.bytes));
    const std::int64_t tokens = perToken > 0 ? tokensOf(room.bytes, perToken, c.scenario, s) : 0;
    PoolCapacity& out = c.result.pool;
    out.kvBytes = first ? pool : std::min(*out.kvBytes, pool);
    out.kvTokens = first ? tokens : std::min(*out.kvTokens, tokens);
    const double concurrent = s.context > 0 ? d(tokens) / d(s.context) : 0;
    out.maxConcurrency = first ? concurrent : std::min(*out.maxConcurrency, concurrent);
    rank.poolLeft = toBytes(room.bytes) - l.bytes(ComponentId::kv_cache);
    rank.claimed = l.total() - l.bytes(ComponentId::kv_cache) + pool;
    if (device.total) rank.poolLeft = std::min(*rank.poolLeft, *device.total - *rank.claimed);
    first = false;
  });
  if (const auto host = integerOption(c.scenario, "kv_cache_config.host_cache_size").value_or(0); host > 0)
    c.result.host.add(ComponentId::kv_cache, "second pool of keys and values", kHostPool,
                      {asked("host_cache_size", d(host), Unit::bytes)});
  diagnoseKernels(c, kTensorRtLlmKernels);
  diagnoseDraft(c);
  diagnoseGroups(c);
  if (!s.version.known)
    c.note("engine-version", "No TensorRT-LLM version given: the rules of the PyTorch backend (1.2) apply.");
  else if (built)
    c.note("engine-version", "The rules of engines built ahead apply; those of the PyTorch backend hold from 1.0 on.");
  if (noRoom)
    c.warn("no-kv-room", "Weights and the dry run leave no room for a KV cache; TensorRT-LLM refuses to start.");
}

}  // namespace headroom
