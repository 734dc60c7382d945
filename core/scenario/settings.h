// Settings: a scenario with every default filled in, the way the engine itself would. estimate() works on these;
// inputs show them, so that a user sees what an absent key means.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "core/scenario/engine_version.h"
#include "core/scenario/scenario.h"

namespace headroom {

struct TrainingCodeRow;

// The reinforcement block with its defaults; method is none for inference.
struct ReinforcementSettings {
  ReinforcementMethod method = ReinforcementMethod::none;
  ReferenceModel reference = ReferenceModel::none;
  double rewardParameters = 0, criticParameters = 0, teacherParameters = 0;  // 0: there is none
  Rollout rollout = Rollout::server;                                         // also where nothing is generated
  double rolloutShare = 0;
  std::int64_t rolloutTensor = 1;
  bool rolloutSleeps = false;
  std::int64_t sequencesPerSample = 1;  // 2: a chosen and a rejected answer to each prompt
  std::int64_t completion = 0;          // tokens of a sequence that have logits
  std::int64_t rolloutSequences = 0;    // completions a device generates at once
};

// How a job is spread over devices, every way filled in.
struct ParallelSettings {
  std::int64_t data = 1, tensor = 1, pipeline = 1, virtualPipeline = 1, context = 1, expert = 1, expertTensor = 1;
  bool sequence = false;
  Sharding sharding = Sharding::none;
  ShardingStrategy strategy = ShardingStrategy::full_shard;
  ShardingWrap wrap = ShardingWrap::block;
  ShardingUnits units = ShardingUnits::root;
  Prefetch prefetch = Prefetch::none;
  GradientSync gradientSync = GradientSync::every;
  PipelineSchedule pipelineSchedule = PipelineSchedule::one_f_one_b;
  bool reshardAfterForward = true, rootReshardAfterForward = false, headReshardAfterForward = false;
  bool reshardAfterBackward = true, originalParameters = false, limitAllGathers = true, adaptersOwnUnit = false;
  bool gradientAsBucketView = false, staticGraph = false, lossParallel = false;
  bool overlapCommunication = false, contiguousGradients = true;
  std::int64_t replicate = 1, microBatches = 1, bucketBytes = 0;
  std::int64_t reduceBucketElements = 0, allgatherBucketElements = 0, prefetchBucketElements = 0;
  std::int64_t persistenceThresholdElements = 0, maxLiveElements = 0, maxReuseDistanceElements = 0;
  bool dataInsideTensor = false;  // data-parallel attention: groups of the tensor-parallel ranks, no further devices
  // Devices of one pipeline stage, and of the whole layout.
  std::int64_t ranksOfStage() const { return (dataInsideTensor ? 1 : data) * tensor; }
  std::int64_t ranks() const { return ranksOfStage() * pipeline * context; }
  // Ranks that split one layer's attention.
  std::int64_t ofAttention() const { return dataInsideTensor ? std::max<std::int64_t>(1, tensor / data) : tensor; }
};

struct TrainingSettings {
  bool optimizerInBackward = false;
  std::int64_t accumulation = 1;
  Checkpointing checkpointing = Checkpointing::none;
  std::int64_t checkpointEvery = 1;
  std::int64_t rank = 16;
  const Targets* targets = nullptr;  // never null after settingsOf; the scenario's own, or all linear layers
  bool dora = false, compile = false;
  OptimizerImplementation optimizerImplementation = OptimizerImplementation::foreach;
  bool checkpointReentrant = false;
  CheckpointPlacement checkpointPlacement = CheckpointPlacement::inside_unit;
  SelectiveOption selective;
  AttentionBackend attention = AttentionBackend::sdpa;
  NormImplementation norm = NormImplementation::eager;
  GradientClipping clipping = GradientClipping::none;
  Lengths lengths = Lengths::fixed;
  bool autocast = false, useCache = false, rslora = false, kbitPreparation = false, holdsLogits = false;
  bool compiledLoss = false;
  double dropout = 0, adapterDropout = 0;
  const std::vector<std::string>* modulesToSave = nullptr;         // never null after settingsOf
  std::int64_t lossRows = 0, lossChunks = 0, headChunkTokens = 0;  // 0: not cut
};

struct OffloadSettings {
  std::optional<std::int64_t> gpuLayers;     // absent: all
  std::optional<std::int64_t> expertLayers;  // absent: none; -1: all
  bool kvCache = false;
  OffloadTarget optimizer = OffloadTarget::none, parameters = OffloadTarget::none, activations = OffloadTarget::none;
};

struct Settings {
  Engine engine = Engine::transformers;
  EngineVersion version;
  PackageVersions packages;  // of a training code and what it stands on
  WeightFormat weights;
  bool weightsAssumed = false;  // no precision given and none in the configuration
  KvFormats kvCache;
  NumberFormat compute = NumberFormat::bf16;
  NumberFormat gradients = NumberFormat::bf16;
  NumberFormat optimizerStates = NumberFormat::fp32;
  NumberFormat adapters = NumberFormat::bf16;
  NumberFormat reduce = NumberFormat::fp32;
  std::optional<NumberFormat> masterWeights;
  std::int64_t batch = 1;
  std::int64_t context = 8192;
  std::int64_t prefillTokens = 8192;
  std::int64_t maxSequences = 256;
  bool unifiedKv = false, fullWindowCache = false, mlaCache = true, cudaGraphs = true;
  bool prefixCaching = false;
  std::optional<Bytes> kvCacheMemory;  // absent: what the claim leaves
  double memoryUtilization = 0.9;
  AttentionImplementation attention = AttentionImplementation::flash;
  LogitsRows logits = LogitsRows::last;
  bool generates = true;         // false: embeddings, rerankers and classifiers sample no tokens
  std::int64_t draftTokens = 0;  // proposed per step by speculative decoding
  Optimizer optimizer = Optimizer::adamw;
  Loss loss = Loss::eager;
  ReinforcementSettings reinforcement;
  std::uint64_t stepAsked = 0;  // a bit per StepKey that was asked for and is not what the training code does by itself
  const TrainingCodeRow* code = nullptr;  // of the framework; nullptr: none that is known
  std::string_view framework;  // lower-case id; empty for inference. Points into the scenario or to a literal
  TrainingSettings training;
  ParallelSettings parallel;
  OffloadSettings offload;
  double reserve = 0.0;
};

// Where a setting comes from.
enum class SettingOrigin : std::uint8_t { asked, engine, model, device, assumed };
std::string_view nameOf(SettingOrigin origin);

// One setting with its reason. The value is what a scenario file would say ("bf16", 8192, true, none).
using SettingValue = std::variant<std::monostate, bool, std::int64_t, double, std::string_view, WeightFormat, KvFormats,
                                  const Targets*, const SideModel*, const std::vector<std::string>*,
                                  const std::vector<double>*, const std::vector<AskedOption>*>;
struct Setting {
  std::string_view key;  // "training.checkpointing"
  SettingValue value;    // std::monostate: nothing
  SettingOrigin origin{};
  std::string_view why;
};

// Whether servers compute in the format: they multiply narrower weights, but what goes from layer to layer is 16 bit or
// wider (vllm/config/model.py, dtype; sglang/srt/server_args.py).
bool servesIn(NumberFormat format);
// Whether what is trained, its gradients and states can be kept in the format: element by element, not in blocks.
bool stepsIn(NumberFormat format);

// Total: any scenario whose model is set gives settings. Allocates nothing, unless `reasons` asks for every key's
// reason.
Settings settingsOf(const Scenario& scenario, std::vector<Setting>* reasons = nullptr);

// Of the adapters a server holds: slots prepared up front are in the compute format, files loaded beside the model stay
// in their own.
NumberFormat servedAdapterFormat(const Scenario& scenario, const Settings& settings);

// Devices a scenario names, of all kinds together; 0 for none.
std::int64_t deviceCount(const Scenario& scenario);

}  // namespace headroom
