// Hugging Face transformers: one process per rank, a dynamic cache of exactly the tokens there are, prefill in one
// forward pass. The peak is the largest of a few moments of prefill and decoding.
#include <algorithm>
#include <array>

#include "core/estimate/arithmetic.h"
#include "core/estimate/constants.h"
#include "core/estimate/estimate_context.h"
#include "core/estimate/kv_cache.h"
#include "core/estimate/rank_groups.h"
#include "core/estimate/serving/common/cache_types.h"
#include "core/estimate/serving/common/served_adapters.h"
#include "core/estimate/serving/common/served_draft.h"
#include "core/estimate/serving/common/serving_ranks.h"
#include "core/estimate/serving/transformers/kernels.h"
#include "core/estimate/serving/transformers/moments.h"
#include "core/estimate/serving/transformers/state_bytes.h"
#include "core/estimate/weights.h"
#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

constexpr std::string_view kDynamic = "transformers cache_utils.py DynamicLayer, DynamicSlidingWindowLayer (4.57)";
constexpr std::string_view kQuantized =
    "transformers cache_utils.py QuantizedLayer: the newest tokens wait in the compute type until there would be "
    "residual_length = 128 (4.57)";
constexpr std::string_view kGroups =
    "transformers cache_utils.py QuantizedLayer: groups of q_group_size = 64 with a scale and a shift in the compute "
    "type (4.57)";
constexpr std::string_view kWrittenOut =
    "transformers cache_utils.py QuantizedLayer.update: keys and values written out, and joined with the newest (4.57)";
constexpr std::string_view kCross = "transformers cache_utils.py EncoderDecoderCache (4.57)";
constexpr std::string_view kState =
    "transformers models/mamba/modeling_mamba.py MambaCache; qwen3_next DynamicCache (4.57)";
constexpr std::int64_t kResidual = 128;  // QuantizedLayer residual_length
constexpr std::int64_t kGroup = 64;      // QuantizedLayer q_group_size
constexpr std::string_view kContextSource = "what a process holds on the device before its first tensor";

// peft casts adapters of 16 bit to fp32 (peft/tuners/tuners_utils.py, autocast_adapter_dtype, 0.17).
constexpr std::string_view kAdapters = "peft tuners/lora/layer.py: the adapters' own tensors, in fp32 (0.17)";

struct CacheSums {
  double perToken = 0;  // growing layers
  Factor largestLayer = fromModel("bytes of the largest layer's cache", 0, Unit::bytes);
  Factor copied = fromModel("bytes of the largest layer's copy", 0, Unit::bytes);  // by a concatenation
};

// The largest of the layers that were added.
void keepLargest(Factor& largest, const Factor& layer) {
  if (layer.value > largest.value) largest = layer;
}

// A layer's keys and values where the format is no float: all but the newest tokens are quantized, in groups where the
// format has no scales of its own.
void addQuantized(Ledger& ledger, const Settings& s, const Factor& layers, const Factor& stored, const Factor& plain,
                  const Factor& kept, const Factor& sequences, CacheSums& sums) {
  const Factor newest =
      ledger.smallest("newest tokens", Unit::tokens,
                      {ledger.sum("tokens that wait", Unit::tokens,
                                  {constant("residual length", d(kResidual), Unit::tokens, kQuantized),
                                   less(constant("the one that makes it full", 1, Unit::tokens, kQuantized))}),
                       kept});
  const Factor older = ledger.sum("older tokens", Unit::tokens, {kept, less(newest)});
  ledger.add(ComponentId::kv_cache, "keys and values", kDynamic, {layers, stored, older, sequences});
  if (s.kvCache.k == NumberFormat::int4 || s.kvCache.k == NumberFormat::int8)
    ledger.add(ComponentId::kv_cache, "scales and shifts of the groups", kGroups,
               {layers, constant("scale and shift", 2, Unit::count, kGroups),
                ledger.product("bytes per token and layer of one of them", Unit::bytes_per_token,
                               {plain, over(constant("elements of a group", d(kGroup), Unit::count, kGroups))}),
                older, sequences});
  ledger.add(ComponentId::kv_cache, "newest tokens, not quantized yet", kQuantized, {layers, plain, newest, sequences});
  keepLargest(sums.copied, ledger.product("bytes of the largest layer's copies", Unit::bytes,
                                          {constant("copies", 2, Unit::copies, kWrittenOut), plain, kept, sequences}));
}

// Bytes per token and layer as DynamicCache keeps them: an indexer's key in the cache's own format, where serving
// engines store it in fp8.
Factor dynamicFactor(Ledger& ledger, const AttentionSpec& attention, const KvFormats& formats, std::int64_t tp) {
  if (attention.indexerDim <= 0) return kvFactor(ledger, attention, formats, tp);
  constexpr std::string_view kIndexed = "transformers/cache_utils.py, DynamicIndexedLayer (5.24)";
  AttentionSpec rest = attention;
  rest.indexerDim = 0;
  return ledger.sum(
      "bytes per token and layer", Unit::bytes_per_token,
      {kvFactor(ledger, rest, formats, tp),
       ledger.product("bytes of the indexer's key", Unit::bytes_per_token,
                      {fromModel("index head size", d(attention.indexerDim), Unit::elements),
                       constant("bytes per element", bytesPerElement(formats.k), Unit::bytes_per_element, kIndexed)})});
}

CacheSums addCaches(EstimateContext& c, Ledger& ledger, const RankPart& part, const Factor& sequences) {
  const Settings& s = c.settings;
  CacheSums sums;
  const Factor context = asked("tokens kept", d(s.context), Unit::tokens);
  const bool quantized = !isPlainFloat(s.kvCache.k) && s.kvCache.k != NumberFormat::fp8;
  for (std::size_t k = 0; k < c.model.kinds.size(); ++k) {
    const LayerKind& kind = c.model.kinds[k];
    const std::int64_t count = layersOfKind(c.model, k, part.layers);
    if (count == 0 || kind.encoder) continue;
    const Factor layers = fromModel("layers", d(count), Unit::layers);
    const AttentionSpec& a = kind.attention;
    const Factor each = dynamicFactor(ledger, a, s.kvCache, part.tensorParallel);
    const bool grows = growsWithContext(a) || a.windowIsMask;
    if (grows) sums.perToken += each.value * d(count);
    if (each.value > 0) {
      const Factor kept = s.fullWindowCache || a.windowIsMask ? context : cachedTokens(ledger, a, context);
      const Factor layer = ledger.product("bytes of the largest layer's cache", Unit::bytes, {each, kept, sequences});
      keepLargest(sums.largestLayer, layer);
      if (quantized) {
        const Factor plain = dynamicFactor(ledger, a, {s.compute, s.compute}, part.tensorParallel);
        addQuantized(ledger, s, layers, each, plain, kept, sequences, sums);
      } else {
        ledger.add(ComponentId::kv_cache, grows ? "keys and values" : "keys and values inside the window", kDynamic,
                   {layers, each, kept, sequences});
        keepLargest(sums.copied, layer);
      }
    }
    const AttentionSpec& x = kind.crossAttention.kind == AttentionKind::cross ? kind.crossAttention : a;
    if (x.kind == AttentionKind::cross)
      ledger.add(ComponentId::kv_cache, "keys and values of the encoder's output", kCross,
                 {layers, kvFactor(ledger, x, s.kvCache, part.tensorParallel),
                  asked("encoder tokens", d(s.context), Unit::tokens), sequences});
    if (kind.state.kind != StateKind::none)
      ledger.add(ComponentId::state_cache, "recurrent states", kState,
                 {layers, transformersStateFactor(ledger, kind.state, bytesPerElement(s.compute), part.tensorParallel),
                  sequences});
  }
  return sums;
}

// The KV cache in host memory: the device holds the layer at work and the one being fetched.
void offloadCache(EstimateContext& c, Ledger& ledger, const CacheSums& sums) {
  constexpr std::string_view kOffloaded =
      "transformers cache_utils.py OffloadedCache: the current and the next layer (4.57)";
  if (ledger.bytes(ComponentId::kv_cache) == Bytes(0)) return;
  Ledger& host = c.result.host;
  host.add(ComponentId::kv_cache, "keys and values", kOffloaded,
           {host.linesOf(ComponentId::kv_cache, ledger, "bytes of all layers")});
  ledger.clear(ComponentId::kv_cache);
  ledger.add(ComponentId::kv_cache, "layers on the device", kOffloaded,
             {constant("layers", 2, Unit::layers, kOffloaded), sums.largestLayer});
}

// Says where this release holds packed experts in 16 bit: the figure is several times the checkpoint's.
void diagnoseExpanded(EstimateContext& c, Holder holder) {
  double stored = 0, held = 0;
  for (const LayerKind& kind : c.model.kinds)
    for (const Tensor& t : kind.tensors) {
      if (!isRoutedExpert(t.role)) continue;
      stored += d((tensorBytes(c.model, t, c.settings.weights) * kind.count).value());
      held += d((partBytes(c.model, t, c.settings.weights, t.rows, t.columns, holder) * t.copies * kind.count).value());
    }
  if (held <= 1.5 * stored) return;
  c.warn("experts-expanded",
         "Transformers holds a layer's experts as one parameter, which this quantization does not reach: they take 16 "
         "bit in memory however the checkpoint stores them (transformers 5.24, quantizers/base.py). An engine keeps "
         "them packed.");
}

}  // namespace

void estimateTransformers(EstimateContext& c) {
  const Settings& s = c.settings;
  const Model& m = c.model;
  const Holder holder = s.version.known && s.version.major < 5 ? Holder::transformers4 : Holder::transformers5;
  c.result.weightBytes = weightBytes(m, s.weights);
  diagnoseExpanded(c, holder);
  diagnoseKernels(c, kTransformersKernels);
  diagnoseGroups(c);
  if (std::ranges::any_of(m.kinds, [](const LayerKind& k) { return k.attention.compressRatio > 0; }))
    c.unmodelled("the window, the indexer's keys and the pools that Transformers keeps beside compressed keys");
  forEachServingRank(c, [&](RankEstimate& rank, const RankPart& part, const DeviceRequest*) {
    Ledger& l = rank.ledger;
    addWeights(l, m, s.weights, part, holder);
    // Released checkpoints load within 1 % of the sum of their tensors.
    l.setBand(ComponentId::weights, {0.995, 1.01});
    if (c.scenario.lora) {
      AdapterRules rules;
      rules.format = servedAdapterFormat(c.scenario, c.settings);
      rules.source = kAdapters;
      addServedAdapters(l, *c.scenario.lora, m, part, rules);
    }
    const Factor sequences = sequencesFactor(l, s);
    const CacheSums sums = addCaches(c, l, part, sequences);
    c.result.kvBytesPerToken = std::max(c.result.kvBytesPerToken, sums.perToken);
    if (c.settings.offload.kvCache) offloadCache(c, l, sums);
    l.add(ComponentId::runtime, "CUDA context and libraries", kContextSource,
          {fitted("context", ConstantId::context_torch2, Unit::bytes)});
    l.setBand(ComponentId::runtime, {0.4, 1.6});
    addPeakMoment(rank, m, s, part, sequences, sums.copied);
  });
  addDraftRun(c, &estimateTransformers);
  diagnoseDraft(c);
  if (s.version.known && (s.version.major != 4 || s.version.minor > 57))
    c.note("engine-version", "The rules known here are those of Transformers 4.57; they apply to " +
                                 c.scenario.engineVersion + " as well.");
}

}  // namespace headroom
