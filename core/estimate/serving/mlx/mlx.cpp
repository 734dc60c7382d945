// MLX (mlx-lm, and LM Studio's MLX runtime): one process with unified memory; weights as they were converted, caches
// that grow in steps, and a wired limit of the system that the device's entry states.
#include <algorithm>

#include "core/estimate/estimate_context.h"
#include "core/estimate/rank_groups.h"
#include "core/estimate/serving/common/served_draft.h"
#include "core/estimate/serving/common/serving_ranks.h"
#include "core/estimate/serving/mlx/terms.h"
#include "core/model/weight_bytes.h"
#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

void diagnose(EstimateContext& c, const MlxCaches& caches) {
  const Model& m = c.model;
  if (!m.vision.empty())
    c.note("text-only", "mlx-lm loads the text part alone; mlx-vlm and LM Studio load the vision tower as well.");
  if (m.encoderOnly || m.encoderDecoder)
    c.refuse("engine-refuses", "mlx-lm has decoders only; it has no class for this model");
  if (m.quantization && m.quantization->method != "mlx" && m.quantization->method != "mxfp4" &&
      std::holds_alternative<AsStored>(c.settings.weights)) {
    c.warn("other-quantization", "mlx-lm reads MLX's own quantization, and converts of " + m.quantization->method +
                                     " what it can; the weights are counted as the checkpoint stores them.");
    c.unmodelled("what mlx-lm makes of another tool's quantization");
  }
  if (caches.refused)
    c.refuse("engine-refuses", "MLX has no quantized form of a rotating cache: it stops with \"not yet implemented\"",
             "precision.kv_cache");
  if (caches.shortOfStart)
    c.note("cache-not-quantized",
           "The cache is quantized from quantized_kv_start on (5000 tokens unless asked); this context ends before.");
  if (!integerOption(c.scenario, "prompt_cache_size"))
    c.note("prompt-caches",
           "mlx_lm.server keeps up to ten finished prompts' caches as well; the option "
           "prompt_cache_size counts them.");
}

}  // namespace

void estimateMlx(EstimateContext& c) {
  const Settings& s = c.settings;
  c.result.weightBytes = weightBytes(c.model, s.weights);
  MlxCaches said;
  forEachServingRank(c, [&](RankEstimate& rank, const RankPart& whole, const DeviceRequest*) {
    Ledger& l = rank.ledger;
    RankPart part = whole;
    part.vision = false;
    addMlxWeights(l, c.model, s.weights, part);
    if (c.scenario.lora) addMlxAdapters(l, c, part);
    const MlxCaches caches = addMlxCaches(l, c, part);
    said.refused |= caches.refused, said.shortOfStart |= caches.shortOfStart;
    c.result.kvBytesPerToken = std::max(c.result.kvBytesPerToken, caches.perToken);
    addMlxActivations(l, c, part);
    rank.peakMoment = "prefill";
  });
  addDraftRun(c, &estimateMlx);
  diagnoseDraft(c);
  diagnoseGroups(c);
  diagnose(c, said);
  if (s.version.known && s.version.before(0, 20))
    c.note("engine-version",
           "The rules known here are those of mlx-lm 0.32; they apply to " + c.scenario.engineVersion + " as well.");
}

}  // namespace headroom
