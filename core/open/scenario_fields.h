// The keys of a scenario file in their canonical order (DESIGN 3.1): one description that reading, writing and the list
// of known keys share, so that they cannot drift apart. Internal to core/open.
//
// A visitor of a T offers
//   field(key, &T::member[, range])           a value of any type the reader and the writer know
//   gpuLayers(key, &T::member)                "all", "auto" (as absent) or a number of layers
//   expertLayers(key, &T::member)             "none", "cpu" (all of them) or a number of layers
//   object(key, &T::member, describe)         an object of its own
//   optionalObject(key, &T::member, describe) the same, absent unless given
#pragma once

#include "core/base/json_reader.h"
#include "core/open/scenario_json.h"
#include "core/scenario/all_layers.h"
#include "core/scenario/calibration.h"

namespace headroom {

constexpr IntegerRange kTokenRange{1, kMaxContext};
constexpr IntegerRange kSequenceRange{1, kMaxBatch};
constexpr IntegerRange kWaysRange{1, kMaxDevices};
constexpr IntegerRange kLayerRange{0, kAllLayers};
constexpr IntegerRange kElementRange{0, 1'000'000'000'000'000};
constexpr RealRange kDropoutRange{0, 1, true, false};
constexpr std::int64_t kMaxDifference = 1'000'000'000'000'000;  // bytes a log may differ by

template <typename Visitor>
void describeMethodOptions(Visitor v) {
  constexpr RealRange kAny{0, 1e6};
  v.field("activation_factor", &MethodOptions::activationFactor, kAny);
  v.field("c", &MethodOptions::c, kAny);
  v.field("k", &MethodOptions::k, kAny);
  v.field("preserved_layers", &MethodOptions::preservedLayers, kAny);
  v.field("activation_share", &MethodOptions::activationShare, kAny);
  v.field("workspace_share", &MethodOptions::workspaceShare, kAny);
}

template <typename Visitor>
void describePrecision(Visitor v) {
  v.field("weights", &Precision::weights);
  v.field("kv_cache", &Precision::kvCache);
  v.field("compute", &Precision::compute);
  v.field("gradients", &Precision::gradients);
  v.field("optimizer_states", &Precision::optimizerStates);
  v.field("master_weights", &Precision::masterWeights);
  v.field("reduce", &Precision::reduce);
  v.field("adapters", &Precision::adapters);
}

template <typename Visitor>
void describeTraining(Visitor v) {
  v.field("optimizer", &Training::optimizer);
  v.field("optimizer_in_backward", &Training::optimizerInBackward);
  v.field("accumulation", &Training::accumulation, IntegerRange{1, 1'000'000'000});
  v.field("checkpointing", &Training::checkpointing);
  v.field("checkpoint_every", &Training::checkpointEvery, IntegerRange{1, 10'000});
  v.field("loss", &Training::loss);
  v.field("rank", &Training::rank, IntegerRange{1, kMaxRank});
  v.field("targets", &Training::targets);
  v.field("dora", &Training::dora);
  v.field("compile", &Training::compile);
  v.field("optimizer_implementation", &Training::optimizerImplementation);
  v.field("checkpoint_reentrant", &Training::checkpointReentrant);
  v.field("checkpoint_placement", &Training::checkpointPlacement);
  v.field("selective_option", &Training::selectiveOption);
  v.field("attention_implementation", &Training::attentionImplementation);
  v.field("norm_implementation", &Training::normImplementation);
  v.field("autocast", &Training::autocast);
  v.field("use_cache", &Training::useCache);
  v.field("dropout", &Training::dropout, kDropoutRange);
  v.field("adapter_dropout", &Training::adapterDropout, kDropoutRange);
  v.field("rslora", &Training::rslora);
  v.field("modules_to_save", &Training::modulesToSave);
  v.field("kbit_preparation", &Training::kbitPreparation);
  v.field("holds_logits", &Training::holdsLogits);
  v.field("loss_rows", &Training::lossRows, IntegerRange{0, kMaxContext});
  v.field("loss_chunks", &Training::lossChunks, IntegerRange{0, kMaxContext});
  v.field("head_chunk_tokens", &Training::headChunkTokens, IntegerRange{0, kMaxContext});
  v.field("compiled_loss", &Training::compiledLoss);
  v.field("gradient_clipping", &Training::gradientClipping);
  v.field("lengths", &Training::lengths);
}

template <typename Visitor>
void describeReinforcement(Visitor v) {
  v.field("method", &Reinforcement::method);
  v.field("reference", &Reinforcement::reference);
  v.field("reward", &Reinforcement::reward);
  v.field("critic", &Reinforcement::critic);
  v.field("teacher", &Reinforcement::teacher);
  v.field("rollout", &Reinforcement::rollout);
  v.field("rollout_share", &Reinforcement::rolloutShare, RealRange{0, 1, false, true});
  v.field("rollout_tensor", &Reinforcement::rolloutTensor, kWaysRange);
  v.field("rollout_sleeps", &Reinforcement::rolloutSleeps);
  v.field("completion", &Reinforcement::completion, kTokenRange);
  v.field("generations", &Reinforcement::generations, kSequenceRange);
}

template <typename Visitor>
void describeParallel(Visitor v) {
  v.field("data", &Parallel::data, kWaysRange);
  v.field("tensor", &Parallel::tensor, kWaysRange);
  v.field("sequence", &Parallel::sequence);
  v.field("pipeline", &Parallel::pipeline, kWaysRange);
  v.field("virtual_pipeline", &Parallel::virtualPipeline, kWaysRange);
  v.field("context", &Parallel::context, kWaysRange);
  v.field("expert", &Parallel::expert, kWaysRange);
  v.field("expert_tensor", &Parallel::expertTensor, kWaysRange);
  v.field("sharding", &Parallel::sharding);
  v.field("strategy", &Parallel::strategy);
  v.field("wrap", &Parallel::wrap);
  v.field("units", &Parallel::units);
  v.field("reshard_after_forward", &Parallel::reshardAfterForward);
  v.field("root_reshard_after_forward", &Parallel::rootReshardAfterForward);
  v.field("head_reshard_after_forward", &Parallel::headReshardAfterForward);
  v.field("reshard_after_backward", &Parallel::reshardAfterBackward);
  v.field("prefetch", &Parallel::prefetch);
  v.field("replicate", &Parallel::replicate, kWaysRange);
  v.field("gradient_sync", &Parallel::gradientSync);
  v.field("original_parameters", &Parallel::originalParameters);
  v.field("limit_all_gathers", &Parallel::limitAllGathers);
  v.field("adapters_own_unit", &Parallel::adaptersOwnUnit);
  v.field("bucket_bytes", &Parallel::bucketBytes, kElementRange);
  v.field("gradient_as_bucket_view", &Parallel::gradientAsBucketView);
  v.field("static_graph", &Parallel::staticGraph);
  v.field("loss_parallel", &Parallel::lossParallel);
  v.field("pipeline_schedule", &Parallel::pipelineSchedule);
  v.field("micro_batches", &Parallel::microBatches, IntegerRange{1, 1'000'000'000});
  v.field("reduce_bucket_elements", &Parallel::reduceBucketElements, kElementRange);
  v.field("allgather_bucket_elements", &Parallel::allgatherBucketElements, kElementRange);
  v.field("prefetch_bucket_elements", &Parallel::prefetchBucketElements, kElementRange);
  v.field("persistence_threshold_elements", &Parallel::persistenceThresholdElements, kElementRange);
  v.field("max_live_elements", &Parallel::maxLiveElements, kElementRange);
  v.field("max_reuse_distance_elements", &Parallel::maxReuseDistanceElements, kElementRange);
  v.field("overlap_communication", &Parallel::overlapCommunication);
  v.field("contiguous_gradients", &Parallel::contiguousGradients);
}

template <typename Visitor>
void describeOffload(Visitor v) {
  v.gpuLayers("gpu_layers", &Offload::gpuLayers);
  v.expertLayers("experts", &Offload::expertLayers);
  v.field("kv_cache", &Offload::kvCache);
  v.field("optimizer", &Offload::optimizer);
  v.field("parameters", &Offload::parameters);
  v.field("activations", &Offload::activations);
}

template <typename Visitor>
void describeAdapters(Visitor v) {
  v.field("slots", &ServedAdapters::slots, IntegerRange{1, 10'000});
  v.field("rank", &ServedAdapters::rank, IntegerRange{1, kMaxRank});
  v.field("targets", &ServedAdapters::targets);
  v.field("format", &ServedAdapters::format);
}

template <typename Visitor>
void describeSpeculative(Visitor v) {
  v.field("method", &Speculative::method);
  v.field("tokens", &Speculative::tokens, IntegerRange{1, 1000});
  v.field("model", &Speculative::reference);
}

template <typename Visitor>
void describeImages(Visitor v) {
  constexpr IntegerRange kPixels{1, 100'000};
  v.field("per_request", &Images::perRequest, IntegerRange{0, 100'000});
  v.field("width", &Images::width, kPixels);
  v.field("height", &Images::height, kPixels);
}

template <typename Visitor>
void describeDevice(Visitor v) {
  v.field("accelerator", &DeviceRequest::accelerator);
  v.field("count", &DeviceRequest::count, kWaysRange);
  v.field("memory_bytes", &DeviceRequest::memory, IntegerRange{1, 1'000'000'000'000'000});
  v.field("compute_capability", &DeviceRequest::computeCapability, RealRange{1, 100});
}

template <typename Visitor>
void describeCalibration(Visitor v) {
  v.field("log", &Calibration::log);
  v.field("date", &Calibration::date);
  v.field("engine", &Calibration::engine);
  v.field("engine_version", &Calibration::engineVersion);
  v.field("model", &Calibration::model);
  v.field("measured_minus_predicted", &Calibration::differences);
  v.field("pool", &Calibration::pool, IntegerRange{-kMaxDifference, kMaxDifference});
}

template <typename Visitor>
void describeDimensions(Visitor v) {
  constexpr IntegerRange kWidth{1, 100'000'000};
  v.field("parameters", &DimensionsModel::parameters, RealRange{1, 1e15});
  v.field("layers", &DimensionsModel::layers, IntegerRange{1, 100'000});
  v.field("hidden", &DimensionsModel::hidden, kWidth);
  v.field("heads", &DimensionsModel::heads, IntegerRange{1, 1'000'000});
  v.field("kv_heads", &DimensionsModel::kvHeads, IntegerRange{1, 1'000'000});
  v.field("head_dim", &DimensionsModel::headDim, IntegerRange{1, 1'000'000});
  v.field("intermediate", &DimensionsModel::intermediate, kWidth);
  v.field("vocab", &DimensionsModel::vocabulary, kWidth);
  v.field("tied", &DimensionsModel::tied);
  v.field("gated", &DimensionsModel::gated);
}

template <typename Visitor>
void describeScenario(Visitor v) {
  v.field("name", &Scenario::name);
  v.field("model", &Scenario::reference);
  v.field("workload", &Scenario::workload);
  v.field("method", &Scenario::method);
  v.object("method_options", &Scenario::methodOptions, [](auto o) { describeMethodOptions(o); });
  v.field("engine", &Scenario::engine);
  v.field("framework", &Scenario::framework);
  v.field("engine_version", &Scenario::engineVersion);
  v.object("precision", &Scenario::precision, [](auto o) { describePrecision(o); });
  v.field("batch", &Scenario::batch, kSequenceRange);
  v.field("context", &Scenario::context, kTokenRange);
  v.field("prefill_tokens", &Scenario::prefillTokens, kTokenRange);
  v.field("max_sequences", &Scenario::maxSequences, kSequenceRange);
  v.field("unified_kv", &Scenario::unifiedKv);
  v.field("full_window_cache", &Scenario::fullWindowCache);
  v.field("mla_cache", &Scenario::mlaCache);
  v.field("cuda_graphs", &Scenario::cudaGraphs);
  v.field("memory_utilization", &Scenario::memoryUtilization, RealRange{0, 1, false, true});
  v.field("kv_cache_memory_bytes", &Scenario::kvCacheMemory, IntegerRange{1, 1'000'000'000'000'000});
  v.field("prefix_caching", &Scenario::prefixCaching);
  v.field("engine_options", &Scenario::engineOptions);
  v.field("attention", &Scenario::attention);
  v.field("logits", &Scenario::logits);
  v.field("task", &Scenario::task);
  v.optionalObject("lora", &Scenario::lora, [](auto o) { describeAdapters(o); });
  v.optionalObject("speculative", &Scenario::speculative, [](auto o) { describeSpeculative(o); });
  v.optionalObject("images", &Scenario::images, [](auto o) { describeImages(o); });
  v.object("training", &Scenario::training, [](auto o) { describeTraining(o); });
  v.object("reinforcement", &Scenario::reinforcement, [](auto o) { describeReinforcement(o); });
  v.object("parallel", &Scenario::parallel, [](auto o) { describeParallel(o); });
  v.object("offload", &Scenario::offload, [](auto o) { describeOffload(o); });
  v.field("reserve", &Scenario::reserve, RealRange{0, 1, true, false});
  v.field("devices", &Scenario::devices);
  v.field("tensor_split", &Scenario::tensorSplit);
  v.field("calibration", &Scenario::calibration);
  v.field("unmodelled", &Scenario::unmodelled);
}

}  // namespace headroom
