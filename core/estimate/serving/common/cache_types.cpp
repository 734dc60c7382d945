#include "core/estimate/serving/common/cache_types.h"

#include <algorithm>

#include "core/estimate/arithmetic.h"
#include "core/estimate/kv_cache.h"

namespace headroom {
namespace {

void merge(CacheTypes& types, const CacheType& type) {
  for (CacheType& t : types)
    if (t.kind == type.kind && t.bytesPerToken() == type.bytesPerToken() && t.window == type.window &&
        t.stateBytes() == type.stateBytes()) {
      t.layers += type.layers;
      t.stageLayers += type.stageLayers;
      t.draftLayers += type.draftLayers;
      return;
    }
  types.push(type);
}

// The type of a layer's keys and values; no bytes where it has none of its own.
CacheType keysAndValues(FactorTree& tree, const AttentionSpec& asStored, const RankPart& part, const KvFormats& formats,
                        const CacheHabits& habits) {
  CacheType type;
  AttentionSpec a = asStored;
  if (a.kind == AttentionKind::none || a.kind == AttentionKind::bidirectional) return type;
  if (a.kind == AttentionKind::cross && !habits.crossApart) return type;
  if (habits.paddedValues && a.kind != AttentionKind::latent) a.valueDim = std::max(a.valueDim, a.headDim);
  if (a.kind == AttentionKind::latent && a.indexerDim == 0) a.indexerDim = habits.indexerOfAll;
  const bool sparse = a.kind == AttentionKind::latent && a.indexerTopK > 0 && a.compressRatio <= 0;
  const bool scaled = sparse && habits.scaledSparse && bytesPerElement(formats.k) == 1;
  type.token = kvFactor(tree, a, scaled ? KvFormats{NumberFormat::fp8_ds_mla, NumberFormat::fp8_ds_mla} : formats,
                        part.split().ofAttention());
  const bool windowed = a.window > 0 && ((a.kind == AttentionKind::sliding && habits.windowsApart) ||
                                         (a.kind == AttentionKind::chunked && habits.chunksApart));
  type.kind = windowed                         ? CacheType::Kind::sliding
              : a.kind == AttentionKind::cross ? CacheType::Kind::cross
                                               : CacheType::Kind::full;
  type.window = windowed ? a.window : 0;
  type.latent = a.kind == AttentionKind::latent;
  return type;
}

// Adds `layers` alike, of which `here` are this rank's.
void add(CacheTypes& types, CacheType type, std::int64_t layers, std::int64_t here, bool draft) {
  if (layers == 0 || (type.bytesPerToken() <= 0 && type.stateBytes() <= 0)) return;
  type.layers = layers;
  type.stageLayers = here;
  type.draftLayers = draft ? here : 0;
  merge(types, type);
}

void collect(FactorTree& tree, CacheTypes& types, const Model& m, const RankPart& part, const KvFormats& formats,
             const CacheHabits& habits, bool draft) {
  for (std::size_t k = 0; k < m.kinds.size(); ++k) {
    const LayerKind& kind = m.kinds[k];
    const std::int64_t layers = layersOfKind(m, k, {0, m.layers()}), here = layersOfKind(m, k, part.layers);
    if (layers == 0 || kind.encoder) continue;
    if (kind.state.kind != StateKind::none) {
      CacheType state;
      state.kind = CacheType::Kind::state;
      state.state = stateFactor(tree, kind.state, part.split().ofAttention(), habits.states, habits.draftTokens);
      state.chunk = kind.state.chunk;
      state.mamba = kind.state.kind == StateKind::mamba1 || kind.state.kind == StateKind::mamba2;
      add(types, state, layers, here, draft);
    }
    add(types, keysAndValues(tree, kind.attention, part, formats, habits), layers, here, draft);
    add(types, keysAndValues(tree, kind.crossAttention, part, formats, habits), layers, here, draft);
  }
}

void collectDraft(FactorTree& tree, CacheTypes& types, const RankPart& part, const KvFormats& formats,
                  const CacheHabits& habits) {
  const DraftLayers& draft = habits.draft;
  if (draft.layers == 0) return;
  if (draft.model != nullptr) {
    RankPart own = draftPart(*draft.model, part);
    if (!part.lastStage) own.layers = {0, 0};
    return collect(tree, types, *draft.model, own, formats, habits, true);
  }
  add(types, keysAndValues(tree, *draft.like, part, formats, habits), draft.layers, part.lastStage ? draft.layers : 0,
      true);
}

// Channels of the short convolution over all ranks: groups that do not divide are copied to every rank
// (vllm/model_executor/layers/mamba/mamba_utils.py extra_groups_for_head_shards).
Factor channelsFactor(FactorTree& tree, const StateSpec& s, std::int64_t tp) {
  if (s.kind != StateKind::mamba2 || s.groups <= 0 || s.groups % tp == 0)
    return fromModel("channels", d(s.convChannels), Unit::elements);
  return tree.sum("channels", Unit::elements,
                  {fromModel("inner width", d(s.inner), Unit::elements),
                   tree.product("widths of B and C", Unit::elements,
                                {constant("B and C", 2, Unit::count, "https://arxiv.org/abs/2405.21060"),
                                 asked("groups, one for each rank", d(tp), Unit::count),
                                 fromModel("state size", d(s.stateSize), Unit::elements)})});
}

}  // namespace

std::int64_t StateFormats::of(const StateSpec& s) const {
  if (asked > 0) return asked;
  if (s.engineDecides) return s.statedBytes > 0 && heedsStated ? s.statedBytes : decided;
  return s.statedBytes > 0 ? s.statedBytes : silent;
}

CacheTypes cacheTypes(FactorTree& tree, const Model& m, const RankPart& part, const KvFormats& formats,
                      const CacheHabits& habits) {
  CacheTypes types;
  collect(tree, types, m, part, formats, habits, false);
  collectDraft(tree, types, part, formats, habits);
  return types;
}

CacheTypes draftTypes(FactorTree& tree, const RankPart& part, const KvFormats& formats, const CacheHabits& habits) {
  CacheTypes types;
  collectDraft(tree, types, part, formats, habits);
  return types;
}

Factor stateFactor(FactorTree& tree, const StateSpec& s, std::int64_t tp, const StateFormats& formats,
                   std::int64_t draftTokens) {
  constexpr std::string_view kFormats = "vllm/model_executor/layers/mamba/mamba_utils.py: 16 bit unless fp32 is asked";
  const std::string_view why = formats.source.empty() ? kFormats : formats.source;
  FactorParts both(tree, "bytes per sequence and layer", Unit::bytes);
  if (s.convKernel > 0 && s.convChannels > 0) {
    const Factor kernel = fromModel("kernel", d(s.convKernel), Unit::tokens);
    const Factor one = constant("newest input", 1, Unit::tokens, "is not kept");
    const Factor inputs = draftTokens > 0
                              ? tree.sum("inputs kept", Unit::tokens,
                                         {kernel, less(one), asked("draft tokens", d(draftTokens), Unit::tokens)})
                              : tree.sum("inputs kept", Unit::tokens, {kernel, less(one)});
    both.add(tree.product("short convolution", Unit::bytes,
                          {channelsFactor(tree, s, std::max<std::int64_t>(1, tp)), inputs,
                           constant("bytes per element", d(formats.convolution), Unit::bytes_per_element, why)}));
  }
  both.add(tree.product("recurrent state", Unit::bytes,
                        {fromModel("state elements", d(s.stateElements), Unit::elements),
                         constant("bytes per element", d(formats.of(s)), Unit::bytes_per_element, why)}));
  const Factor whole = both.close();
  if (tp <= 1) return whole;
  return tree.product("bytes per sequence and layer of a rank", Unit::bytes,
                      {whole, over(asked("tensor-parallel ranks", d(tp), Unit::devices))});
}

Factor layersFactor(FactorTree& tree, const CacheType& t) {
  if (t.draftLayers == 0) return fromModel("layers", d(t.stageLayers), Unit::layers);
  const Factor draft = fromModel("layers of the draft", d(t.draftLayers), Unit::layers);
  if (t.draftLayers == t.stageLayers) return draft;
  return tree.sum("layers", Unit::layers,
                  {fromModel("layers of the model", d(t.stageLayers - t.draftLayers), Unit::layers), draft});
}

}  // namespace headroom
