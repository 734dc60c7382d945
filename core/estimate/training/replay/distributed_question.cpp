// Which distributed runs the replay answers for, and what it asks: dense decoders of the usual block, sharded by FSDP1,
// FSDP2 or ZeRO, replicated by DDP, split by tensor parallelism or a pipeline.
#include <algorithm>

#include "core/estimate/training/distribution/quantized_shards.h"
#include "core/estimate/training/loss/own_loss.h"
#include "core/estimate/training/replay/dated_releases.h"
#include "core/estimate/training/replay/replay.h"
#include "core/model/classifier.h"
#include "core/scenario/liger.h"
#include "core/scenario/optimizers.h"

namespace headroom::training {
namespace {

// A window that the context does not outgrow, or that the kernel itself keeps to, takes no memory.
bool looksAtAll(const AttentionSpec& a, const Settings& s) {
  if (a.kind == AttentionKind::full) return true;
  return a.kind == AttentionKind::sliding &&
         (a.window >= s.context || s.training.attention == AttentionBackend::flash_attention_2);
}

}  // namespace

bool usualBlock(const Model& model, const Settings& s) {
  if (model.encoderDecoder || model.encoderOnly || model.visionSpec || model.kinds.size() != 1) return false;
  const LayerKind& k = model.kinds.front();
  const auto has = [&](TensorRole role) {
    return std::ranges::any_of(k.tensors, [&](const Tensor& t) { return t.role == role; });
  };
  return looksAtAll(k.attention, s) && k.state.kind == StateKind::none && k.norm == NormKind::rms &&
         k.normsPerLayer == 2 && !k.parallelBlock && k.mlp.kind == MlpKind::gated && has(TensorRole::q_proj) &&
         has(TensorRole::gate_proj);
}

namespace {

double widthOf(NumberFormat f) {
  return info(f).blockBytes;
}

std::optional<StepSharding> shardingOf(const Run& r) {
  const Layout& l = r.layout;
  switch (l.sharding) {
    case Sharding::fsdp:
      return StepSharding::flat_parameters;
    case Sharding::fsdp2:
      return StepSharding::fully_sharded;
    case Sharding::zero1:
      return StepSharding::zero1;
    case Sharding::zero2:
      return StepSharding::zero2;
    case Sharding::zero3:
      return StepSharding::zero3;
    case Sharding::none:
      if (l.data == 1) return StepSharding::none;
      // Whose replicas are their own: passes_question.cpp.
      return l.tensor == 1 && l.pipeline == 1 && !r.profile.ownReplicas ? std::optional(StepSharding::data_parallel)
                                                                        : std::nullopt;
    case Sharding::distributed_optimizer:
      break;
  }
  return {};
}

// What the distributed programs' blocks can carry: low-rank adapters of their Linears, and no more.
bool carriesAdapters(const Run& r) {
  if (r.adapters == nullptr) return true;
  const AdapterPlan& plan = *r.adapters;
  return !r.settings.training.dora && !plan.head && !plan.savesHead && !plan.savesEmbedding;
}

// Weights that bitsandbytes packs into 4 bits, in FSDP1's units. They lie in the compute format there (QuantState and
// bnb_4bit_quant_storage: a unit's tensors are of one floating-point format, _flat_param.py), so that norms which k-bit
// preparation widens cannot stand beside them.
bool packsUnits(const Run& r) {
  return formatWithWholeScales(r.profile, r.settings, r.layout) && r.layout.sharding == Sharding::fsdp &&
         r.layout.tensor == 1 && r.layout.pipeline == 1 && r.adapters != nullptr && r.profile.fullyShardedUnits &&
         !r.settings.training.kbitPreparation && r.element == 2;
}

// FSDP1's CPUOffload: the shards, and with them the optimizer, are the host's.
bool shardsOnHost(const Run& r) {
  return r.settings.offload.parameters == OffloadTarget::cpu && r.layout.sharding == Sharding::fsdp &&
         r.settings.parallel.strategy != ShardingStrategy::no_shard && r.layout.tensor == 1 && r.layout.pipeline == 1;
}

// What keeps a run from being answered: another kind of split, a host, a way the programs do not go.
bool answers(const Run& r) {
  const Settings& s = r.settings;
  const Layout& l = r.layout;
  const auto* format = std::get_if<NumberFormat>(&s.weights);
  const bool known = format != nullptr && (isPlainFloat(*format) || packsUnits(r));
  // Of states on the host ZeRO-3's step knows the way.
  const bool statesStay = s.offload.optimizer == OffloadTarget::none ||
                          (s.offload.optimizer == OffloadTarget::cpu && l.sharding == Sharding::zero3);
  const bool stays = ((statesStay && s.offload.parameters == OffloadTarget::none) ||
                      (shardsOnHost(r) && s.offload.optimizer != OffloadTarget::nvme)) &&
                     s.offload.activations == OffloadTarget::none;
  const TrainingSettings& t = s.training;
  // The distributed programs know the kernels of sdpa alone.
  const bool step = rowOf(s.optimizer).stepTensors == 1 && t.attention != AttentionBackend::eager && !t.compile &&
                    !t.optimizerInBackward && t.checkpointEvery == 1 && t.checkpointing != Checkpointing::offloaded &&
                    t.selective.every == 0 &&
                    (t.checkpointing != Checkpointing::selective || r.profile.id == "torchtitan") &&
                    s.reinforcement.method == ReinforcementMethod::none && t.attention != AttentionBackend::eager &&
                    (s.loss != Loss::chunked || (r.profile.id != "torchtune" && r.profile.id != "torchtitan"));
  const bool zero = l.sharding == Sharding::zero1 || l.sharding == Sharding::zero2 || l.sharding == Sharding::zero3;
  const bool masters = zero ? s.masterWeights == NumberFormat::fp32 : !s.masterWeights;
  const bool casts = t.autocast && !l.shardsWeights();
  const bool scheduled = l.pipeline == 1 || !l.oneByOne;
  return scheduled && known && labelsOf(r.model) == 0 && isPlainFloat(s.compute) && stays && step && masters &&
         !casts && l.context == 1 && l.expert == 1 && r.profile.id != "megatron" && !r.profile.naivePipeline &&
         !r.profile.exchangesHeads && (zero ? l.tensor == 1 && l.pipeline == 1 : true) &&
         (l.tensor == 1 || r.trainsWeights()) && carriesAdapters(r) && usualBlock(r.model, s);
}

// The logits on their way through the loss of the release of Transformers whose class a code trains, or whose day its
// run names; and whether the code's own loop holds them through the backward pass (a trainer returns the loss alone).
void setLoss(const Run& r, StepQuestion& q) {
  if (q.shiftsLabels) {
    EngineVersion version = versionOf(r.settings.packages, Package::transformers);
    if (!version.known && r.age.year > 0) {
      const int dated = releaseAt(kTransformersReleases, r.age);
      version = EngineVersion{dated / 10000, dated / 100 % 100, dated % 100, true};
    }
    if (version.known) q.transformers = version.major * 10000 + version.minor * 100 + version.patch;
    q.rebindsLogits = version.within("1.0", r.model.ownLoss.before);
  }
  q.holdsLogits = r.settings.training.holdsLogits && r.profile.id != "trl";
}

std::optional<PipelineSchedule> scheduleOf(headroom::PipelineSchedule s) {
  switch (s) {
    case headroom::PipelineSchedule::one_f_one_b:
      return PipelineSchedule::one_forward_one_backward;
    case headroom::PipelineSchedule::gpipe:
      return PipelineSchedule::gpipe;
    case headroom::PipelineSchedule::interleaved:
      return PipelineSchedule::interleaved;
    case headroom::PipelineSchedule::looped_bfs:
      return PipelineSchedule::looped;
    default:
      return {};
  }
}

// Forward passes of a stage that are replayed one by one; of 1F1B the first few do.
constexpr std::int64_t kMostActions = 128;
std::int64_t actionsOf(const Run& r, PipelineSchedule schedule) {
  if (schedule == PipelineSchedule::one_forward_one_backward) return 1;
  std::int64_t actions = 0;
  const std::int64_t chunks = std::max<std::int64_t>(1, r.layout.virtualPipeline);
  return __builtin_mul_overflow(r.settings.parallel.microBatches, chunks, &actions) ? kMostActions + 1 : actions;
}

BackwardPrefetch prefetchOf(Prefetch p) {
  switch (p) {
    case Prefetch::pre:
      return BackwardPrefetch::pre;
    case Prefetch::post:
      return BackwardPrefetch::post;
    case Prefetch::none:
    case Prefetch::backward:
      break;
  }
  return BackwardPrefetch::none;
}

FlatStrategy strategyOf(ShardingStrategy s) {
  switch (s) {
    case ShardingStrategy::shard_grad_op:
      return FlatStrategy::shard_grad_op;
    case ShardingStrategy::no_shard:
      return FlatStrategy::no_shard;
    case ShardingStrategy::full_shard:
      break;
  }
  return FlatStrategy::full_shard;
}

}  // namespace

std::optional<StepQuestion> distributedQuestionOf(const Run& r) {
  if (r.layout.shards <= 1 && r.layout.tensor <= 1 && r.layout.pipeline <= 1) return {};
  const std::optional<StepSharding> sharding = shardingOf(r);
  if (!sharding || !answers(r)) return {};
  const Settings& s = r.settings;
  const TrainingSettings& t = s.training;
  const ParallelSettings& p = s.parallel;
  const std::optional<PipelineSchedule> schedule = scheduleOf(p.pipelineSchedule);
  if (r.layout.pipeline > 1 && (!schedule || actionsOf(r, *schedule) > kMostActions)) return {};
  StepQuestion q;
  q.code = StepCode::distributed;
  q.model = &r.model;
  q.batch = static_cast<double>(s.batch), q.context = static_cast<double>(s.context);
  q.fourBit = packsUnits(r);
  const NumberFormat weights = std::get<NumberFormat>(s.weights);
  q.storedWidth = q.fourBit ? r.element : widthOf(weights), q.computeWidth = r.element;
  if (q.fourBit) q.scaleWidth = scaleBytes(weights);
  q.keepsPackedInputs = q.fourBit && r.profile.linear4bitKeepsInput &&
                        r.age.before(r.profile.linear4bitFreesSinceYear, r.profile.linear4bitFreesSinceMonth);
  q.weightWidth = q.storedWidth;
  q.reduceWidth = widthOf(s.reduce), q.stateWidth = widthOf(s.optimizerStates);
  if (!rowOf(s.optimizer).foreach) q.stateWidth = 0;  // its step works in place
  q.trainsWeights = r.trainsWeights();
  q.checkpointing = t.checkpointing != Checkpointing::none;
  q.reentrant = t.checkpointReentrant;
  q.selectiveOperators = t.checkpointing == Checkpointing::selective;
  q.checkpointAround = t.checkpointPlacement == CheckpointPlacement::around_unit;
  q.microBatches = static_cast<int>(std::clamp<std::int64_t>(t.accumulation, 1, 4096));
  q.loop = t.optimizerImplementation == OptimizerImplementation::foreach ? StepLoop::foreach
           : t.optimizerImplementation == OptimizerImplementation::fused ? StepLoop::fused
                                                                         : StepLoop::each;
  q.fusedNorm = t.norm == NormImplementation::fused;
  q.liger = ligerRelease(r.scenario, s);
  q.fusedLoss = s.loss != Loss::eager;
  q.shiftsLabels = r.profile.id == "transformers" || r.profile.id == "peft" || r.profile.id == "trl" ||
                   r.profile.id == "pytorch" || r.profile.id == "fsdp-qlora";
  setLoss(r, q);
  q.sharding = *sharding;
  q.tensorRanks = static_cast<double>(r.layout.tensor);
  q.sequenceParallel = p.sequence, q.lossParallel = p.lossParallel;
  const auto copies = static_cast<double>(std::max<std::int64_t>(1, p.replicate));
  q.replicated = copies > 1, q.shardRanks = std::max(1.0, static_cast<double>(r.layout.data) / copies);
  q.reducesEvery = p.gradientSync == GradientSync::every;
  q.wholeUnit = p.wrap == ShardingWrap::whole, q.endsInRoot = p.units != ShardingUnits::apart;
  q.reshardsAfterForward = p.reshardAfterForward && !r.layout.keepsGathered;
  q.reshardsHead = p.headReshardAfterForward;
  q.reshardsRoot = p.rootReshardAfterForward, q.reshardsAfterBackward = p.reshardAfterBackward;
  q.prefetch = prefetchOf(p.prefetch), q.strategy = strategyOf(p.strategy);
  q.originalParameters = p.originalParameters, q.bucketViews = p.gradientAsBucketView;
  q.reduceBucket = static_cast<double>(p.reduceBucketElements);
  q.prefetchBucket = static_cast<double>(p.prefetchBucketElements);
  q.persistence = static_cast<double>(p.persistenceThresholdElements);
  q.maxLive = static_cast<double>(p.maxLiveElements), q.maxReuse = static_cast<double>(p.maxReuseDistanceElements);
  q.overlaps = p.overlapCommunication;
  q.shardsOnHost = shardsOnHost(r);
  // accelerate/utils/dataclasses.py: fsdp_cpu_ram_efficient_loading turns it on; fsdp_qlora/train.py: low_memory.
  q.syncsStates = q.shiftsLabels && r.profile.id != "pytorch";
  q.statesOnHost = q.shardsOnHost || s.offload.optimizer != OffloadTarget::none;
  if (r.layout.pipeline > 1) {
    q.pipelineRanks = static_cast<int>(r.layout.pipeline), q.chunksPerRank = static_cast<int>(r.layout.virtualPipeline);
    q.pipelineRank = static_cast<int>(r.stage.index);
    q.schedule = *schedule;
    q.microBatches = static_cast<int>(std::clamp<std::int64_t>(p.microBatches, 1, 4096));
    q.shiftsLabels = false, q.reshardsAfterBackward = false;
  }
  if (q.trainsWeights) return q;
  q.inputsRequireGrad = q.checkpointing;
  q.adapters.rank = static_cast<double>(t.rank);
  for (const KindAdapters& k : r.adapters->kinds) q.adapters.roles |= k.roles;
  // FSDP1 casts what a unit's shards hold as they are gathered, and autocast leaves a 4-bit layer's input as it is
  // (peft/tuners/lora/bnb.py). Before a plain Linear's adapter is gathered PEFT casts its input to the shard's format.
  // DeepSpeed turns the whole model to the compute format (runtime/engine.py, _configure_distributed_model).
  const bool turns =
      q.sharding == StepSharding::zero1 || q.sharding == StepSharding::zero2 || q.sharding == StepSharding::zero3;
  q.adapters.width = q.fourBit || turns || q.storedWidth != q.computeWidth ? q.computeWidth : widthOf(s.adapters);
  if (q.fourBit) q.adapterStored = widthOf(s.adapters);
  q.adapters.dropout = t.adapterDropout > 0;
  q.stateWidth = widthOf(s.adapters);
  q.adaptersOwnUnits = p.adaptersOwnUnit;
  return q;
}

void addHeldBuffers(const Run& r) {
  const Settings& s = r.settings;
  FactorTree& tree = r.rank.ledger;
  const Factor trained =
      tree.sum("trained parameters", Unit::parameters, {r.factors.trained(), r.factors.trainedRouted()});
  if (r.layout.sharding == Sharding::none && r.layout.data > 1)
    r.book.add(kHeld, ComponentId::communication, "gradient buckets",
               "torch/csrc/distributed/c10d/reducer.cpp (2.13): buckets of all gradients from construction on",
               {trained, bytesOf(s.gradients, "bytes per gradient")});
  if (r.layout.sharding != Sharding::zero3) return;
  constexpr std::string_view kZero3 = "deepspeed/runtime/zero/stage3.py (0.19): made at start, held for good";
  if (s.offload.optimizer == OffloadTarget::none)  // else it lies on the host
    r.book.add(kHeld, ComponentId::communication, "flat partition of the gradients", kZero3,
               {trained, r.compute, over(r.shards())});
  r.book.add(
      kHeld, ComponentId::communication, "reduce bucket", kZero3,
      {asked("elements of a bucket", static_cast<double>(s.parallel.reduceBucketElements), Unit::elements), r.compute});
}

}  // namespace headroom::training
