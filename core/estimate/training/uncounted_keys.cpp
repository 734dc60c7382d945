#include "core/estimate/training/uncounted_keys.h"

#include <fmt/format.h>

#include "core/scenario/ignored_keys.h"
#include "core/scenario/step_defaults.h"

namespace headroom::training {
namespace {

using Readers = std::uint32_t;
constexpr Readers by(StepCode code) {
  return Readers{1} << static_cast<unsigned>(code);
}
constexpr Readers kFormulas = Readers{1} << 31, kNobody = 0;
constexpr Readers kTransformers = by(StepCode::transformers), kLitgpt = by(StepCode::litgpt),
                  kTorchtune = by(StepCode::torchtune), kTorchtitan = by(StepCode::torchtitan),
                  kMegatron = by(StepCode::megatron), kDistributed = by(StepCode::distributed);
// Programs whose job a key does not change: it is of another kind of run, or moves nothing there.
constexpr Readers kPrograms = kTransformers | kLitgpt | kTorchtune | kTorchtitan | kMegatron | kDistributed;

struct UncountedKey {
  StepKey key;
  std::string_view name;
  Readers readers = kPrograms;  // the accounts that know it
  bool ofPasses = false;        // it is the passes' alone, replayed or not
};
// What some account has no factor for; a bit goes when one has.
constexpr UncountedKey kUncounted[] = {
    {StepKey::checkpoint_placement, "training.checkpoint_placement"},
    {StepKey::checkpoint_reentrant, "training.checkpoint_reentrant", kPrograms, true},
    {StepKey::selective_option, "training.selective_option"},
    {StepKey::norm_implementation, "training.norm_implementation", kDistributed},
    {StepKey::use_cache, "training.use_cache", kTransformers, true},
    {StepKey::autocast, "training.autocast", kTransformers | kDistributed, true},
    {StepKey::dropout, "training.dropout", kTransformers | kMegatron | kFormulas, true},
    {StepKey::holds_logits, "training.holds_logits", kDistributed},
    {StepKey::loss_rows, "training.loss_rows", kLitgpt},
    {StepKey::loss_chunks, "training.loss_chunks", kTorchtune},
    {StepKey::head_chunk_tokens, "training.head_chunk_tokens", kLitgpt},
    {StepKey::compiled_loss, "training.compiled_loss", kNobody},
    {StepKey::gradient_clipping, "training.gradient_clipping"},
    {StepKey::lengths, "training.lengths"},
    {StepKey::strategy, "parallel.strategy"},
    {StepKey::wrap, "parallel.wrap"},
    {StepKey::units, "parallel.units"},
    {StepKey::reshard_after_forward, "parallel.reshard_after_forward"},
    {StepKey::root_reshard_after_forward, "parallel.root_reshard_after_forward"},
    {StepKey::head_reshard_after_forward, "parallel.head_reshard_after_forward"},
    {StepKey::reshard_after_backward, "parallel.reshard_after_backward"},
    {StepKey::prefetch, "parallel.prefetch"},
    {StepKey::replicate, "parallel.replicate"},
    {StepKey::gradient_sync, "parallel.gradient_sync"},
    {StepKey::original_parameters, "parallel.original_parameters"},
    {StepKey::adapters_own_unit, "parallel.adapters_own_unit"},
    {StepKey::bucket_bytes, "parallel.bucket_bytes"},
    {StepKey::gradient_as_bucket_view, "parallel.gradient_as_bucket_view"},
    {StepKey::loss_parallel, "parallel.loss_parallel"},
    {StepKey::pipeline_schedule, "parallel.pipeline_schedule", kPrograms | kFormulas},
    {StepKey::reduce_bucket_elements, "parallel.reduce_bucket_elements"},
    {StepKey::allgather_bucket_elements, "parallel.allgather_bucket_elements"},
    {StepKey::prefetch_bucket_elements, "parallel.prefetch_bucket_elements"},
    {StepKey::persistence_threshold_elements, "parallel.persistence_threshold_elements"},
    {StepKey::max_live_elements, "parallel.max_live_elements"},
    {StepKey::max_reuse_distance_elements, "parallel.max_reuse_distance_elements"},
    {StepKey::overlap_communication, "parallel.overlap_communication"},
    {StepKey::contiguous_gradients, "parallel.contiguous_gradients"},
};

void say(EstimateContext& c, std::string_view key) {
  if (!setAsideFor(key, c.scenario, c.settings).empty()) return;
  c.about(key, "step-not-counted", Severity::warning,
          fmt::format("{} is not counted: the step of this job is accounted for by rules that do not know it.", key));
  c.unmodelled(fmt::format("what {} changes", key));
}

bool reads(const UncountedKey& k, const StepAccount& account) {
  const std::optional<StepCode>& program = account.step || !k.ofPasses ? account.step : account.passes;
  return (k.readers & (program ? by(*program) : kFormulas)) != 0;
}

}  // namespace

void sayUncounted(EstimateContext& c, const StepAccount& account) {
  for (const UncountedKey& k : kUncounted)
    if ((c.settings.stepAsked >> static_cast<unsigned>(k.key) & 1) != 0 && !reads(k, account)) say(c, k.name);
  // What they hold until the gradients of weights are made, and which stages of the model a rank has.
  const auto schedule = c.settings.parallel.pipelineSchedule;
  if (schedule == headroom::PipelineSchedule::zero_bubble || schedule == headroom::PipelineSchedule::dual_pipe)
    say(c, "parallel.pipeline_schedule");
  const std::optional<std::int64_t>& batches = c.scenario.parallel.microBatches;
  if (!account.step && batches && *batches != c.settings.training.accumulation) say(c, "parallel.micro_batches");
}

}  // namespace headroom::training
