#include "core/scenario/ignored_keys.h"

#include <algorithm>

#include "core/model/any_layer.h"
#include "core/scenario/engines.h"
#include "core/scenario/training_codes.h"

namespace headroom {
namespace {

using S = const Scenario&;
using T = const Settings&;
using Why = std::string_view;
constexpr Why kUsed{};
constexpr Why kServes = "it belongs to serving, and this is training";
constexpr Why kTrains = "it belongs to training, and this is serving";
constexpr Why kNoAdapters = "full training has no adapters";

Why serving(S s, T) {
  return isTraining(s.workload) ? kServes : kUsed;
}
Why training(S s, T) {
  return isTraining(s.workload) ? kUsed : kTrains;
}
Why adapters(S s, T t) {
  const Why why = training(s, t);
  return !why.empty() ? why : s.workload == Workload::full ? kNoAdapters : kUsed;
}

// A serving engine's key: the feature it needs, and what engines without it lack.
template <Feature kFeature>
bool lacks(S s, T t) {
  return !isTraining(s.workload) && !rowOf(t.engine).has(kFeature);
}
#define LACKS(feature, reason) \
  [](S s, T t) -> Why { return isTraining(s.workload) ? kServes : lacks<Feature::feature>(s, t) ? Why(reason) : kUsed; }
#define GIVEN(member) [](S s) { return s.member.has_value(); }

bool reinforced(S s) {
  return s.reinforcement.method != ReinforcementMethod::none;
}
// A part of the reinforcement block that its method does not have.
Why withoutMethod(S s, T t) {
  const Why why = training(s, t);
  return !why.empty() ? why : reinforced(s) ? kUsed : "no preference or reinforcement method was asked for";
}
Why generates(S s, T t) {
  const Why why = withoutMethod(s, t);
  const ReinforcementMethod m = s.reinforcement.method;
  return !why.empty()                                                      ? why
         : m == ReinforcementMethod::ppo || m == ReinforcementMethod::grpo ? kUsed
                                                                           : "this method generates nothing";
}
bool experts(S s) {
  return hasExperts(*s.model);
}
bool windows(S s) {
  return hasWindows(*s.model);
}
bool states(S s) {
  return hasStates(*s.model);
}
bool latent(S s) {
  return std::ranges::any_of(s.model->kinds,
                             [](const LayerKind& k) { return k.attention.kind == AttentionKind::latent; });
}

// A key of the step in detail: why it has no place in the job. Whether the step is counted by it, training says
// (estimate/training/uncounted_keys.h).
template <typename Place>
Why stepKey(S s, T t, Place place) {
  return isTraining(s.workload) ? place(s, t) : kTrains;
}
#define STEP(key, member, place)                                                       \
  {                                                                                    \
    key, GIVEN(member), [](S job, T done) -> Why { return stepKey(job, done, place); } \
  }

Why anyStep(S, T) {
  return kUsed;
}
Why anyAdapters(S s, T) {
  return s.workload == Workload::full ? kNoAdapters : kUsed;
}
Why recomputed(S, T t) {
  return t.training.checkpointing == Checkpointing::none ? Why("nothing is recomputed") : kUsed;
}
bool byFsdp(T t) {
  return t.parallel.sharding == Sharding::fsdp || t.parallel.sharding == Sharding::fsdp2;
}
bool byZero(T t) {
  const Sharding s = t.parallel.sharding;
  return s == Sharding::zero1 || s == Sharding::zero2 || s == Sharding::zero3;
}
Why fsdp(S, T t) {
  return byFsdp(t) ? kUsed : Why("nothing is sharded by FSDP");
}
Why fsdp1(S, T t) {
  return t.parallel.sharding == Sharding::fsdp ? kUsed : Why("it belongs to FSDP1");
}
Why fsdp2(S, T t) {
  return t.parallel.sharding == Sharding::fsdp2 ? kUsed : Why("it belongs to FSDP2");
}
Why replicas(S, T t) {
  if (t.parallel.data == 1) return "there is one replica";
  return t.parallel.sharding == Sharding::none ? kUsed : Why("it belongs to plain data parallelism");
}
Why zero(S, T t) {
  return byZero(t) ? kUsed : Why("nothing is sharded by DeepSpeed");
}
Why zero3(S, T t) {
  return t.parallel.sharding == Sharding::zero3 ? kUsed : Why("it belongs to ZeRO's stage 3");
}
Why zeroUpTo2(S s, T t) {
  const Why why = zero(s, t);
  return why.empty() && t.parallel.sharding == Sharding::zero3 ? Why("it belongs to ZeRO's stages 1 and 2") : why;
}
Why stages(S, T t) {
  return t.parallel.pipeline > 1 ? kUsed : Why("there are no pipeline stages");
}

Why ownAttention(S, T t) {
  return t.code != nullptr && t.code->ownAttention ? Why("the training code has one way to compute attention") : kUsed;
}

Why keptInBlocks(const std::optional<NumberFormat>& format) {
  return !format || stepsIn(*format) ? kUsed : Why("what is trained is kept element by element, not in blocks");
}

constexpr KeyRule kRules[] = {
    {"engine", GIVEN(engine),
     [](S s, T t) -> Why {
       if (!s.engine || t.engine == *s.engine) return kUsed;
       if (rowOf(*s.engine).trains && isTraining(s.workload)) return "the training code brings its own runtime";
       return isTraining(s.workload) ? "it serves and does not train; the settings name what is estimated instead"
                                     : "it trains and does not serve; the settings name what is estimated instead";
     }},
    {"framework", GIVEN(framework), training},
    {"framework", GIVEN(framework),
     [](S s, T t) -> Why {
       const TrainingCodeRow* asked = s.framework ? trainingCode(*s.framework) : nullptr;
       return rowOf(t.engine).patchesTrainers && asked != nullptr && asked != t.code
                  ? Why("the engine patches its trainer, which then does what the engine's own code does")
                  : kUsed;
     }},
    {"engine_version", [](S s) { return !s.engineVersion.empty(); },
     [](S s, T) -> Why {
       const bool digits = s.engineVersion.find_first_of("0123456789") != std::string::npos;
       return digits ? kUsed : Why("no version can be read in it; the newest known rules apply");
     }},
    {"precision.weights", GIVEN(precision.weights),
     [](S s, T t) -> Why {
       const FormatSupport held = supports(rowOf(t.engine), *s.precision.weights);
       return !held.held || t.code == nullptr ? held.why : supports(*t.code, *s.precision.weights).why;
     }},
    {"precision.kv_cache", GIVEN(precision.kvCache),
     [](S s, T t) -> Why {
       if (isTraining(s.workload)) return reinforced(s) ? kUsed : Why("a training step keeps no KV cache");
       const FormatSupport k = supportsCache(rowOf(t.engine), s.precision.kvCache->k);
       return k.held ? supportsCache(rowOf(t.engine), s.precision.kvCache->v).why : k.why;
     }},
    {"precision.compute", GIVEN(precision.compute),
     [](S s, T t) -> Why {
       if (lacks<Feature::compute>(s, t)) return "llama.cpp's kernels compute in formats of their own";
       const bool narrow = s.precision.compute && !isTraining(s.workload) && !servesIn(*s.precision.compute);
       return narrow ? Why("a server computes in fp32, bf16 or fp16, however narrow its weights are") : kUsed;
     }},
    {"precision.gradients", GIVEN(precision.gradients), [](S s, T) { return keptInBlocks(s.precision.gradients); }},
    {"precision.optimizer_states", GIVEN(precision.optimizerStates),
     [](S s, T) { return keptInBlocks(s.precision.optimizerStates); }},
    {"precision.reduce", GIVEN(precision.reduce), [](S s, T) { return keptInBlocks(s.precision.reduce); }},
    {"precision.adapters", GIVEN(precision.adapters), [](S s, T) { return keptInBlocks(s.precision.adapters); }},
    {"precision.master_weights", GIVEN(precision.masterWeights),
     [](S s, T) {
       if (!s.precision.masterWeights) return kUsed;
       const auto* format = std::get_if<NumberFormat>(&*s.precision.masterWeights);
       return format != nullptr ? keptInBlocks(*format) : kUsed;
     }},
    {"precision.gradients", GIVEN(precision.gradients), training},
    {"precision.optimizer_states", GIVEN(precision.optimizerStates), training},
    {"precision.master_weights", GIVEN(precision.masterWeights), training},
    {"precision.reduce", GIVEN(precision.reduce), training},
    {"precision.adapters", GIVEN(precision.adapters), adapters},
    {"prefill_tokens", GIVEN(prefillTokens), serving},
    {"max_sequences", GIVEN(maxSequences), LACKS(max_sequences, "the engine sizes nothing for a number of sequences")},
    {"memory_utilization", GIVEN(memoryUtilization), LACKS(claim, "the engine claims nothing up front")},
    {"memory_utilization", GIVEN(memoryUtilization),
     [](S, T t) -> Why { return t.kvCacheMemory ? Why("kv_cache_memory_bytes says how large the pool is") : kUsed; }},
    {"kv_cache_memory_bytes", GIVEN(kvCacheMemory), LACKS(claim, "the engine has no pool of a size of its own")},
    {"prefix_caching", GIVEN(prefixCaching),
     [](S s, T t) -> Why {
       if (isTraining(s.workload)) return kServes;
       if (lacks<Feature::prefix_caching>(s, t)) return "prompts that the engine keeps lie in the cache it has";
       return states(s) ? kUsed : Why("prompts that are kept lie in the pool, and the model has no states beside it");
     }},
    {"engine_options", [](S s) { return !s.engineOptions.empty(); },
     LACKS(options, "options of this engine are not known by their own names")},
    {"cuda_graphs", GIVEN(cudaGraphs), LACKS(cuda_graphs, "the engine captures no graphs")},
    {"attention", GIVEN(attention),
     [](S s, T t) -> Why {
       if (isTraining(s.workload) && s.training.attentionImplementation && t.attention != *s.attention)
         return "training.attention_implementation says otherwise";
       if (isTraining(s.workload)) return ownAttention(s, t);
       return lacks<Feature::attention>(s, t) ? Why("the engine's own kernels never hold the scores") : kUsed;
     }},
    {"unified_kv", GIVEN(unifiedKv), LACKS(unified_kv, "llama.cpp alone has one cache for all sequences")},
    {"full_window_cache", GIVEN(fullWindowCache),
     [](S s, T t) -> Why {
       if (isTraining(s.workload)) return kServes;
       if (lacks<Feature::full_window_cache>(s, t)) return "the engine keeps a window's tokens by rules of its own";
       return windows(s) ? kUsed : Why("the model has no windowed layers");
     }},
    {"mla_cache", GIVEN(mlaCache),
     [](S s, T t) -> Why {
       if (isTraining(s.workload)) return kServes;
       if (!latent(s)) return "the model has no latent attention";
       return lacks<Feature::mla_cache>(s, t) ? Why("the engine decides how latent attention is cached") : kUsed;
     }},
    {"logits", GIVEN(logits), LACKS(logits, "the engine keeps the logits of what it samples")},
    {"task", GIVEN(task), LACKS(embedding, "the engine generates only")},
    {"lora", GIVEN(lora), LACKS(adapters, "the engine serves no adapters")},
    {"speculative", GIVEN(speculative), LACKS(drafts, "the engine has no speculative decoding")},
    {"images", GIVEN(images), LACKS(images, "what its encoder takes is not accounted for")},
    {"tensor_split", [](S s) { return !s.tensorSplit.empty(); },
     LACKS(tensor_split, "llama.cpp alone divides layers by shares")},
    {"offload.gpu_layers", GIVEN(offload.gpuLayers), LACKS(gpu_layers, "llama.cpp alone places layers by number")},
    {"offload.experts", GIVEN(offload.expertLayers),
     [](S s, T t) -> Why {
       if (isTraining(s.workload)) return kServes;
       if (lacks<Feature::host_experts>(s, t)) return "llama.cpp alone keeps experts on the host";
       return experts(s) ? kUsed : Why("the model has no experts");
     }},
    {"offload.kv_cache", GIVEN(offload.kvCache), LACKS(host_kv, "the engine keeps its cache on the device")},
    {"offload.optimizer", GIVEN(offload.optimizer), training},
    {"offload.parameters", GIVEN(offload.parameters), training},
    {"offload.activations", GIVEN(offload.activations), training},
    {"training.optimizer", GIVEN(training.optimizer), training},
    {"training.optimizer_in_backward", GIVEN(training.optimizerInBackward), training},
    {"training.accumulation", GIVEN(training.accumulation), training},
    {"training.checkpointing", GIVEN(training.checkpointing),
     [](S s, T t) -> Why {
       const Why why = training(s, t);
       if (!why.empty() || t.training.checkpointing == *s.training.checkpointing) return why;
       return "this release of Transformers calls the model's layers plainly, so that all they keep is kept";
     }},
    {"training.checkpoint_every", GIVEN(training.checkpointEvery),
     [](S s, T t) -> Why {
       const Why why = training(s, t);
       if (!why.empty()) return why;
       const Checkpointing c = t.training.checkpointing;
       const bool layers = c == Checkpointing::full || c == Checkpointing::offloaded;
       return layers ? kUsed : Why("no whole layers are recomputed");
     }},
    {"training.loss", GIVEN(training.loss), training},
    {"training.rank", GIVEN(training.rank), adapters},
    {"training.targets", GIVEN(training.targets), adapters},
    {"training.dora", GIVEN(training.dora), adapters},
    {"training.compile", GIVEN(training.compile), training},
    {"reinforcement.method", reinforced, training},
    {"reinforcement.reference", GIVEN(reinforcement.reference), withoutMethod},
    {"reinforcement.reward", GIVEN(reinforcement.reward), generates},
    {"reinforcement.critic", GIVEN(reinforcement.critic),
     [](S s, T t) -> Why {
       const Why why = withoutMethod(s, t);
       if (!why.empty()) return why;
       return s.reinforcement.method == ReinforcementMethod::ppo ? kUsed : Why("PPO alone trains a critic");
     }},
    {"reinforcement.teacher", GIVEN(reinforcement.teacher),
     [](S s, T t) -> Why {
       const Why why = withoutMethod(s, t);
       if (!why.empty()) return why;
       return s.reinforcement.method == ReinforcementMethod::distillation ? kUsed
                                                                          : Why("distillation alone has a teacher");
     }},
    {"reinforcement.rollout", GIVEN(reinforcement.rollout), generates},
    {"reinforcement.rollout_share", GIVEN(reinforcement.rolloutShare), generates},
    {"reinforcement.rollout_tensor", GIVEN(reinforcement.rolloutTensor), generates},
    {"reinforcement.rollout_sleeps", GIVEN(reinforcement.rolloutSleeps), generates},
    {"reinforcement.completion", GIVEN(reinforcement.completion), withoutMethod},
    {"reinforcement.generations", GIVEN(reinforcement.generations), generates},
    {"parallel.tensor", [](S s) { return s.parallel.tensor.value_or(1) > 1; },
     [](S s, T t) -> Why {
       return lacks<Feature::tensor>(s, t) ? Why("the engine spreads whole layers over devices by itself") : kUsed;
     }},
    {"parallel.pipeline", [](S s) { return s.parallel.pipeline.value_or(1) > 1; },
     [](S s, T t) -> Why {
       return lacks<Feature::pipeline>(s, t) ? Why("the engine spreads whole layers over devices by itself") : kUsed;
     }},
    {"parallel.data", [](S s) { return s.parallel.data.value_or(1) > 1; },
     [](S s, T t) -> Why {
       return lacks<Feature::data>(s, t) ? Why("one process of the engine is one replica") : kUsed;
     }},
    {"parallel.context", [](S s) { return s.parallel.context.value_or(1) > 1; },
     [](S s, T t) -> Why {
       return lacks<Feature::context>(s, t) ? Why("the engine does not split a sequence over ranks") : kUsed;
     }},
    {"parallel.expert", [](S s) { return s.parallel.expert.value_or(1) > 1; },
     [](S s, T t) -> Why {
       if (!experts(s)) return "the model has no experts";
       return lacks<Feature::expert>(s, t) ? Why("the engine keeps all experts of a layer together") : kUsed;
     }},
    {"parallel.expert_tensor", [](S s) { return s.parallel.expertTensor.value_or(1) > 1; },
     [](S s, T t) -> Why {
       const Why why = training(s, t);
       return !why.empty() ? why : experts(s) ? kUsed : Why("the model has no experts");
     }},
    {"parallel.virtual_pipeline", [](S s) { return s.parallel.virtualPipeline.value_or(1) > 1; },
     [](S s, T t) -> Why {
       const Why why = training(s, t);
       return !why.empty() ? why : t.parallel.pipeline > 1 ? kUsed : Why("there are no pipeline stages to divide");
     }},
    // On one tensor-parallel rank too Megatron's embedding makes the buffers of its split; elsewhere asking twice says
    // so.
    {"parallel.sequence", [](S s) { return s.parallel.sequence.value_or(false); }, training},
    {"parallel.sharding", [](S s) { return s.parallel.sharding.value_or(Sharding::none) != Sharding::none; },
     [](S s, T t) -> Why {
       const Why why = training(s, t);
       const bool alone = t.parallel.data * t.parallel.context == 1;
       return !why.empty() ? why : alone ? Why("one data-parallel rank has nothing to share") : kUsed;
     }},
    STEP("training.optimizer_implementation", training.optimizerImplementation, anyStep),
    STEP("training.checkpoint_reentrant", training.checkpointReentrant, recomputed),
    STEP("training.checkpoint_placement", training.checkpointPlacement,
         [](S s, T t) { return fsdp(s, t).empty() ? recomputed(s, t) : fsdp(s, t); }),
    STEP("training.selective_option", training.selectiveOption,
         [](S, T t) -> Why {
           return t.training.checkpointing == Checkpointing::selective ? kUsed : Why("checkpointing is not selective");
         }),
    STEP("training.attention_implementation", training.attentionImplementation, ownAttention),
    STEP("training.norm_implementation", training.normImplementation, anyStep),
    STEP("training.autocast", training.autocast, anyStep),
    STEP("training.use_cache", training.useCache, anyStep),
    STEP("training.dropout", training.dropout, anyStep),
    STEP("training.adapter_dropout", training.adapterDropout, anyAdapters),
    STEP("training.rslora", training.rslora,
         [](S s, T t) -> Why {
           const Why why = anyAdapters(s, t);
           return why.empty() ? Why("it scales what adapters add and takes no memory") : why;
         }),
    STEP("training.modules_to_save", training.modulesToSave, anyAdapters),
    STEP("training.kbit_preparation", training.kbitPreparation,
         [](S s, T) -> Why { return s.workload == Workload::qlora ? kUsed : Why("only a 4-bit base is prepared"); }),
    STEP("training.holds_logits", training.holdsLogits, anyStep),
    STEP("training.loss_rows", training.lossRows, anyStep),
    STEP("training.loss_chunks", training.lossChunks, anyStep),
    STEP("training.head_chunk_tokens", training.headChunkTokens, anyStep),
    STEP("training.compiled_loss", training.compiledLoss, anyStep),
    STEP("training.gradient_clipping", training.gradientClipping, anyStep),
    STEP("training.lengths", training.lengths, anyStep),
    STEP("parallel.strategy", parallel.strategy, fsdp1),
    STEP("parallel.wrap", parallel.wrap, fsdp),
    STEP("parallel.units", parallel.units, fsdp),
    STEP("parallel.reshard_after_forward", parallel.reshardAfterForward, fsdp),
    STEP("parallel.root_reshard_after_forward", parallel.rootReshardAfterForward, fsdp2),
    STEP("parallel.head_reshard_after_forward", parallel.headReshardAfterForward, fsdp2),
    STEP("parallel.reshard_after_backward", parallel.reshardAfterBackward, fsdp2),
    STEP("parallel.prefetch", parallel.prefetch, fsdp),
    STEP("parallel.replicate", parallel.replicate, fsdp),
    STEP("parallel.gradient_sync", parallel.gradientSync,
         [](S, T t) -> Why {
           if (t.training.accumulation == 1) return "a step has one micro-batch";
           return t.parallel.data > 1 ? kUsed : Why("there is one replica");
         }),
    STEP("parallel.original_parameters", parallel.originalParameters, fsdp1),
    STEP("parallel.limit_all_gathers", parallel.limitAllGathers,
         [](S s, T t) -> Why {
           const Why why = fsdp1(s, t);
           return why.empty() ? Why("it makes the host wait and allocates nothing else") : why;
         }),
    STEP("parallel.adapters_own_unit", parallel.adaptersOwnUnit,
         [](S s, T t) { return fsdp(s, t).empty() ? anyAdapters(s, t) : fsdp(s, t); }),
    STEP("parallel.bucket_bytes", parallel.bucketBytes, replicas),
    STEP("parallel.gradient_as_bucket_view", parallel.gradientAsBucketView, replicas),
    STEP("parallel.static_graph", parallel.staticGraph,
         [](S s, T t) -> Why {
           const Why why = replicas(s, t);
           return why.empty() ? Why("DDP keeps its buckets either way") : why;
         }),
    STEP("parallel.loss_parallel", parallel.lossParallel,
         [](S, T t) -> Why { return t.parallel.tensor > 1 ? kUsed : Why("the vocabulary is not split"); }),
    STEP("parallel.pipeline_schedule", parallel.pipelineSchedule, stages),
    STEP("parallel.micro_batches", parallel.microBatches, stages),
    STEP("parallel.reduce_bucket_elements", parallel.reduceBucketElements, zero),
    STEP("parallel.allgather_bucket_elements", parallel.allgatherBucketElements, zeroUpTo2),
    STEP("parallel.prefetch_bucket_elements", parallel.prefetchBucketElements, zero3),
    STEP("parallel.persistence_threshold_elements", parallel.persistenceThresholdElements, zero3),
    STEP("parallel.max_live_elements", parallel.maxLiveElements, zero3),
    STEP("parallel.max_reuse_distance_elements", parallel.maxReuseDistanceElements, zero3),
    STEP("parallel.overlap_communication", parallel.overlapCommunication, zero),
    STEP("parallel.contiguous_gradients", parallel.contiguousGradients, zero),
};

#undef STEP
#undef LACKS
#undef GIVEN

}  // namespace

std::span<const KeyRule> keyRules() {
  return kRules;
}

std::string_view setAsideFor(std::string_view key, const Scenario& scenario, const Settings& settings) {
  for (const KeyRule& rule : kRules)
    if (rule.key == key)
      if (const Why why = rule.why(scenario, settings); !why.empty()) return why;
  return {};
}

}  // namespace headroom
