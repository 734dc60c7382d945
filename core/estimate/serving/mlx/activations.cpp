// What MLX has alive while a prompt is read.
#include <algorithm>

#include "core/estimate/arithmetic.h"
#include "core/estimate/serving/common/layer_width.h"
#include "core/estimate/serving/common/serving_ranks.h"
#include "core/estimate/serving/mlx/terms.h"
#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

constexpr std::string_view kLayer = "mlx_lm/models: tensors alive inside one layer, evaluated as they are asked for";
constexpr std::string_view kAhead =
    "mlx/transforms.cpp MAX_ACTIVE_TASKS: evaluation runs so many command buffers ahead (0.29)";
constexpr std::string_view kBuffer =
    "mlx/backend/metal/device.cpp: a command buffer is committed once its operators touched so much (0.29)";
constexpr std::string_view kLast = "mlx_lm/generate.py: logits of the last token, in the model's type and in fp32";
constexpr std::string_view kPrompts = "mlx_lm/server.py --prompt-concurrency: prompts read together (0.32)";
constexpr std::int64_t kUsualPrompts = 8;

}  // namespace

void addMlxActivations(Ledger& l, const EstimateContext& c, const RankPart& part) {
  const Settings& s = c.settings;
  const std::int64_t together = std::max<std::int64_t>(
      1, std::min(sequencesPerReplica(s), integerOption(c.scenario, "prompt_concurrency").value_or(kUsualPrompts)));
  const Factor tokens = l.smallest("tokens of a piece", Unit::tokens,
                                   {asked("prefill step", d(std::max<std::int64_t>(1, s.prefillTokens)), Unit::tokens),
                                    asked("tokens", d(s.context), Unit::tokens)});
  Factor most = fromModel("elements of a token", 0, Unit::elements);
  for (std::size_t k = 0; k < c.model.kinds.size(); ++k) {
    if (layersOfKind(c.model, k, part.layers) == 0) continue;
    const Factor each = widestLayer(l, c.model.kinds[k], c.model.hidden, part.tensorParallel, kLayer);
    if (each.value > most.value) most = each;
  }
  l.add(ComponentId::activations, "tensors of the widest layer", kLayer,
        {leaf(Origin::user, "prompts read together", d(together), Unit::sequences, kPrompts), tokens, most,
         bytesOf(s.compute)});
  l.add(ComponentId::activations, "results of command buffers sent ahead", kAhead,
        {constant("command buffers", 10, Unit::count, kAhead),
         constant("bytes of one", d(50 * kMiB), Unit::bytes, kBuffer)});
  l.setBand(ComponentId::activations, {0.3, 1.6});
  if (part.lastStage && s.generates)
    l.add(ComponentId::logits, "logits of the last token and their fp32 copy", kLast,
          {sequencesFactor(l, s), fromModel("vocabulary", d(c.model.vocabulary), Unit::elements),
           l.sum("bytes per logit", Unit::bytes_per_element,
                 {bytesOf(s.compute, "bytes of a logit"),
                  constant("bytes of its copy", 4, Unit::bytes_per_element, kLast)})});
}

}  // namespace headroom
