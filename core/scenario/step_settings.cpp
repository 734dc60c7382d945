#include "core/scenario/step_settings.h"

#include <algorithm>

#include "core/scenario/held_rows.h"
#include "core/scenario/step_defaults.h"

namespace headroom {
namespace {

const std::vector<std::string> kNoModules;

class StepSettler {
 public:
  StepSettler(const Scenario& s, SettingRecorder& recorder, Settings& out)
      : s_(s), rows_(HeldRows<StepDefault>::of(out.code, out.packages)), recorder_(recorder), out_(out) {}

  void training() {
    const Training& t = s_.training;
    TrainingSettings& o = out_.training;
    constexpr std::string_view kAttention = "training.attention_implementation";
    const auto backend =
        out_.attention == AttentionImplementation::eager ? AttentionBackend::eager : AttentionBackend::sdpa;
    const bool open = out_.code == nullptr || !out_.code->ownAttention;
    o.attention = recorder_.take(kAttention, open ? t.attentionImplementation : std::nullopt, backend,
                                 SettingOrigin::engine, open ? "attention" : "the training code's one way");
    o.modulesToSave = t.modulesToSave ? &*t.modulesToSave : &kNoModules;
    recorder_.record("training.modules_to_save", o.modulesToSave,
                     t.modulesToSave ? SettingOrigin::asked : SettingOrigin::engine,
                     t.modulesToSave ? "" : "adapters alone are trained unless asked");
    fill("training.optimizer_implementation", StepKey::optimizer_implementation, t.optimizerImplementation,
         o.optimizerImplementation);
    fill("training.checkpoint_reentrant", StepKey::checkpoint_reentrant, t.checkpointReentrant, o.checkpointReentrant);
    fill("training.checkpoint_placement", StepKey::checkpoint_placement, t.checkpointPlacement, o.checkpointPlacement);
    fill("training.selective_option", StepKey::selective_option, t.selectiveOption, o.selective);
    if (o.checkpointing != Checkpointing::full && o.checkpointing != Checkpointing::offloaded) o.checkpointEvery = 1;
    if (o.checkpointing != Checkpointing::selective) o.selective = {};
    fill("training.norm_implementation", StepKey::norm_implementation, t.normImplementation, o.norm);
    fill("training.autocast", StepKey::autocast, t.autocast, o.autocast);
    fill("training.use_cache", StepKey::use_cache, t.useCache, o.useCache);
    fill("training.dropout", StepKey::dropout, t.dropout, o.dropout);
    fill("training.adapter_dropout", StepKey::adapter_dropout, t.adapterDropout, o.adapterDropout);
    fill("training.rslora", StepKey::rslora, t.rslora, o.rslora);
    fill("training.kbit_preparation", StepKey::kbit_preparation, t.kbitPreparation, o.kbitPreparation);
    if (s_.workload != Workload::qlora) o.kbitPreparation = false;
    fill("training.holds_logits", StepKey::holds_logits, t.holdsLogits, o.holdsLogits);
    fill("training.loss_rows", StepKey::loss_rows, t.lossRows, o.lossRows);
    fill("training.loss_chunks", StepKey::loss_chunks, t.lossChunks, o.lossChunks);
    fill("training.head_chunk_tokens", StepKey::head_chunk_tokens, t.headChunkTokens, o.headChunkTokens);
    fill("training.compiled_loss", StepKey::compiled_loss, t.compiledLoss, o.compiledLoss);
    fill("training.gradient_clipping", StepKey::gradient_clipping, t.gradientClipping, o.clipping);
    fill("training.lengths", StepKey::lengths, t.lengths, o.lengths);
  }

  void parallel() {
    const Parallel& p = s_.parallel;
    ParallelSettings& o = out_.parallel;
    // A key that has no place in the job decides nothing, not even other keys' defaults.
    fill("parallel.strategy", StepKey::strategy, p.strategy, o.strategy);
    if (o.sharding != Sharding::fsdp) o.strategy = ShardingStrategy::full_shard;
    fill("parallel.wrap", StepKey::wrap, p.wrap, o.wrap);
    fill("parallel.units", StepKey::units, p.units, o.units);
    fill("parallel.reshard_after_forward", StepKey::reshard_after_forward, p.reshardAfterForward,
         o.reshardAfterForward);
    fill("parallel.root_reshard_after_forward", StepKey::root_reshard_after_forward, p.rootReshardAfterForward,
         o.rootReshardAfterForward);
    fill("parallel.head_reshard_after_forward", StepKey::head_reshard_after_forward, p.headReshardAfterForward,
         o.headReshardAfterForward);
    fill("parallel.reshard_after_backward", StepKey::reshard_after_backward, p.reshardAfterBackward,
         o.reshardAfterBackward);
    fill("parallel.prefetch", StepKey::prefetch, p.prefetch, o.prefetch);
    fill("parallel.replicate", StepKey::replicate, p.replicate, o.replicate);
    if (o.sharding != Sharding::fsdp && o.sharding != Sharding::fsdp2) o.replicate = 1;
    fill("parallel.gradient_sync", StepKey::gradient_sync, p.gradientSync, o.gradientSync);
    fill("parallel.original_parameters", StepKey::original_parameters, p.originalParameters, o.originalParameters);
    fill("parallel.limit_all_gathers", StepKey::limit_all_gathers, p.limitAllGathers, o.limitAllGathers);
    fill("parallel.adapters_own_unit", StepKey::adapters_own_unit, p.adaptersOwnUnit, o.adaptersOwnUnit);
    fill("parallel.bucket_bytes", StepKey::bucket_bytes, p.bucketBytes, o.bucketBytes);
    fill("parallel.gradient_as_bucket_view", StepKey::gradient_as_bucket_view, p.gradientAsBucketView,
         o.gradientAsBucketView);
    fill("parallel.static_graph", StepKey::static_graph, p.staticGraph, o.staticGraph);
    fill("parallel.loss_parallel", StepKey::loss_parallel, p.lossParallel, o.lossParallel);
    fill("parallel.pipeline_schedule", StepKey::pipeline_schedule, p.pipelineSchedule, o.pipelineSchedule);
    o.microBatches = std::max<std::int64_t>(
        1, recorder_.take("parallel.micro_batches", p.microBatches, out_.training.accumulation, SettingOrigin::engine,
                          "the micro-batches of a step: training.accumulation"));
    fill("parallel.reduce_bucket_elements", StepKey::reduce_bucket_elements, p.reduceBucketElements,
         o.reduceBucketElements);
    fill("parallel.allgather_bucket_elements", StepKey::allgather_bucket_elements, p.allgatherBucketElements,
         o.allgatherBucketElements);
    fill("parallel.prefetch_bucket_elements", StepKey::prefetch_bucket_elements, p.prefetchBucketElements,
         o.prefetchBucketElements);
    fill("parallel.persistence_threshold_elements", StepKey::persistence_threshold_elements,
         p.persistenceThresholdElements, o.persistenceThresholdElements);
    fill("parallel.max_live_elements", StepKey::max_live_elements, p.maxLiveElements, o.maxLiveElements);
    fill("parallel.max_reuse_distance_elements", StepKey::max_reuse_distance_elements, p.maxReuseDistanceElements,
         o.maxReuseDistanceElements);
    fill("parallel.overlap_communication", StepKey::overlap_communication, p.overlapCommunication,
         o.overlapCommunication);
    fill("parallel.contiguous_gradients", StepKey::contiguous_gradients, p.contiguousGradients, o.contiguousGradients);
  }

 private:
  template <typename T>
  T valueOf(double number) const {
    if constexpr (std::is_same_v<T, double>)
      return number == StepDefault::kOfModel ? s_.model->hiddenDropout : number;
    else if constexpr (std::is_same_v<T, SelectiveOption>)
      return {static_cast<std::int64_t>(number)};
    else if constexpr (std::is_enum_v<T>)
      return static_cast<T>(static_cast<int>(number));
    else if constexpr (std::is_same_v<T, bool>)
      return number != 0;
    else
      return static_cast<T>(number);
  }

  template <typename T>
  void fill(std::string_view name, StepKey key, const std::optional<T>& asked, T& out) {
    if (asked) {
      out = *asked;
      recorder_.record(name, out, SettingOrigin::asked, {});
      if (!(out == valueOf<T>(rows_.find(key, s_, out_)->value)))
        out_.stepAsked |= std::uint64_t{1} << static_cast<unsigned>(key);
      return;
    }
    const StepDefault& row = *rows_.find(key, s_, out_);
    out = valueOf<T>(row.value);
    recorder_.record(name, out, SettingOrigin::engine, row.why);
  }

  const Scenario& s_;
  const HeldRows<StepDefault>& rows_;
  SettingRecorder& recorder_;
  Settings& out_;
};

}  // namespace

void stepSettings(const Scenario& scenario, SettingRecorder& recorder, Settings& out) {
  out.training.modulesToSave = &kNoModules;
  // Serving has no step; its settings are shown as they would be.
  if (!isTraining(scenario.workload) && !recorder.wanted()) return;
  StepSettler settler(scenario, recorder, out);
  settler.training();
  settler.parallel();
}

}  // namespace headroom
