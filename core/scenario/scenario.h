// Scenario: what is asked. A plain value; every field that has a default is optional, and settings.h fills it in, so a
// saved file holds what the user said and nothing else (DESIGN 3.1).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/hardware/accelerator.h"
#include "core/model/model.h"
#include "core/model/model_reference.h"
#include "core/numerics/weight_format.h"

namespace headroom {

enum class Workload : std::uint8_t { inference, lora, qlora, full };
enum class Method : std::uint8_t { detailed, notebook, chapter, table, bytes_per_parameter };
enum class Engine : std::uint8_t {
  transformers,
  vllm,
  sglang,
  llama_cpp,
  mlx,
  ollama,
  tensorrt_llm,
  pytorch,
  deepspeed,
  fsdp,
  megatron,
  unsloth
};
enum class AttentionImplementation : std::uint8_t { flash, eager };
enum class LogitsRows : std::uint8_t { last, all };
enum class Optimizer : std::uint8_t {
  adamw,
  adam,
  adamw_8bit,
  adamw_4bit,
  paged_adamw,
  paged_adamw_8bit,
  sgd,
  sgd_momentum,
  adafactor,
  lion,
  rmsprop,
  muon,
  ademamix,
  ademamix_8bit,
  paged_ademamix,
  paged_ademamix_8bit,
  lion_8bit,
  paged_lion,
  paged_lion_8bit,
  rmsprop_bnb,
  rmsprop_bnb_8bit,
  adagrad,
  schedule_free_adamw,
  schedule_free_radam,
  schedule_free_sgd,
  stable_adamw
};
enum class Checkpointing : std::uint8_t { none, selective, full, offloaded };
enum class Loss : std::uint8_t { eager, chunked, fused };
enum class Sharding : std::uint8_t { none, zero1, zero2, zero3, fsdp, fsdp2, distributed_optimizer };
enum class OffloadTarget : std::uint8_t { none, cpu, nvme };
enum class Task : std::uint8_t { generate, embed };  // embed: embeddings, rerankers, classifiers: no logits
enum class DraftMethod : std::uint8_t { draft_model, mtp, eagle, ngram };
// Preference and reinforcement training, and distillation.
enum class ReinforcementMethod : std::uint8_t { none, dpo, orpo, simpo, ppo, grpo, distillation };
// Where the reference policy is: nowhere, the frozen base with its adapter switched off, a model of its own, one that
// waits on the host, or only its log-probabilities, computed before training.
enum class ReferenceModel : std::uint8_t { none, shared, held, offloaded, precomputed };
// Who generates completions: the trained model itself, an engine on the same device, or a server elsewhere.
enum class Rollout : std::uint8_t { generate, colocated, server };

// How a training step is run in detail: the habits of a code that the keys of `training` and `parallel` name.
// How an optimizer walks its parameters: one at a time, lists of them with one operator, or one kernel that keeps
// nothing beside them.
enum class OptimizerImplementation : std::uint8_t { foreach, fused, for_loop };
enum class CheckpointPlacement : std::uint8_t { inside_unit, around_unit };  // of an FSDP unit's hooks
enum class AttentionBackend : std::uint8_t { sdpa, eager, flash_attention_2 };
enum class NormImplementation : std::uint8_t { eager, fused };
enum class GradientClipping : std::uint8_t { none, foreach, for_loop };
// Of a run's micro-batches: all alike, rows filled with several samples, samples padded to the context, or each batch
// as long as its longest sample.
enum class Lengths : std::uint8_t { fixed, packed, padded, varying };
enum class Prefetch : std::uint8_t { none, pre, post, backward };  // pre, post: FSDP1's BACKWARD_PRE and BACKWARD_POST
enum class ShardingWrap : std::uint8_t { block, whole };           // whole: the model is one unit
enum class ShardingUnits : std::uint8_t { apart, root, whole };    // what of embedding and head is a unit of its own
enum class ShardingStrategy : std::uint8_t { full_shard, shard_grad_op, no_shard };  // FSDP1's
enum class GradientSync : std::uint8_t { every, last };  // the micro-batches whose gradients are reduced
enum class PipelineSchedule : std::uint8_t { one_f_one_b, gpipe, interleaved, looped_bfs, zero_bubble, dual_pipe };

// Selective checkpointing by operators, or of every n-th layer as a whole.
struct SelectiveOption {
  std::int64_t every = 0;  // 0: by operators
  bool operator==(const SelectiveOption&) const = default;
};

// Scenario spellings ("llama.cpp", "bytes-per-parameter", "sgd-momentum") and back. Declared for every enumeration
// above; names.cpp holds one table each.
template <typename E>
std::string_view nameOf(E value);
template <typename E>
std::optional<E> valueOf(std::string_view name);
template <typename E>
std::vector<std::string_view> allNames();
// Two spellings of one name: letters in either case.
bool sameName(std::string_view a, std::string_view b);
// Engines and optimizers are named by their registries (engines.h, optimizers.h).
template <>
std::string_view nameOf<Optimizer>(Optimizer value);
template <>
std::optional<Optimizer> valueOf<Optimizer>(std::string_view name);
template <>
std::vector<std::string_view> allNames<Optimizer>();
template <>
std::string_view nameOf<Engine>(Engine value);
template <>
std::optional<Engine> valueOf<Engine>(std::string_view name);
template <>
std::vector<std::string_view> allNames<Engine>();

constexpr bool isTraining(Workload w) {
  return w != Workload::inference;
}

struct KvFormats {
  NumberFormat k = NumberFormat::bf16, v = NumberFormat::bf16;
  bool operator==(const KvFormats&) const = default;
};

struct Precision {
  std::optional<WeightFormat> weights;
  std::optional<KvFormats> kvCache;
  std::optional<NumberFormat> compute, gradients, optimizerStates, reduce, adapters;
  struct None {
    bool operator==(const None&) const = default;
  };
  std::optional<std::variant<None, NumberFormat>> masterWeights;
  bool operator==(const Precision&) const = default;
};

struct Targets {
  // "all-linear", "attention", or module names; names may be the checkpoint's own (q_proj, c_attn, W_pack).
  enum class Kind : std::uint8_t { all_linear, attention, named } kind = Kind::all_linear;
  std::vector<std::string> names;
  bool operator==(const Targets&) const = default;
};

struct Training {
  std::optional<Optimizer> optimizer;
  std::optional<bool> optimizerInBackward;
  std::optional<std::int64_t> accumulation;
  std::optional<Checkpointing> checkpointing;
  std::optional<std::int64_t> checkpointEvery;  // full and offloaded: every n-th layer is checkpointed
  std::optional<Loss> loss;
  std::optional<std::int64_t> rank;
  std::optional<Targets> targets;
  std::optional<bool> dora, compile;
  // The step in detail; absent: as the training code does it in its version (step_defaults.h).
  std::optional<OptimizerImplementation> optimizerImplementation;
  std::optional<bool> checkpointReentrant;
  std::optional<CheckpointPlacement> checkpointPlacement;
  std::optional<SelectiveOption> selectiveOption;
  std::optional<AttentionBackend> attentionImplementation;
  std::optional<NormImplementation> normImplementation;
  std::optional<bool> autocast;   // weights keep their format, operators run in the compute format
  std::optional<bool> useCache;   // the forward fills a key-value cache
  std::optional<double> dropout;  // of hidden states
  std::optional<double> adapterDropout;
  std::optional<bool> rslora;
  std::optional<std::vector<std::string>> modulesToSave;              // trained whole beside the adapters
  std::optional<bool> kbitPreparation;                                // what is not quantized becomes fp32
  std::optional<bool> holdsLogits;                                    // a variable outlives the loss
  std::optional<std::int64_t> lossRows, lossChunks, headChunkTokens;  // how loss and head are cut; 0: not
  std::optional<bool> compiledLoss;
  std::optional<GradientClipping> gradientClipping;
  std::optional<Lengths> lengths;
  bool operator==(const Training&) const = default;
};

// A second model beside the trained one, by its size; `id` where it was named by a catalogue entry.
struct SideModel {
  double parameters = 0;  // 0: there is none
  std::string id;
  bool operator==(const SideModel&) const = default;
};

struct Reinforcement {
  ReinforcementMethod method = ReinforcementMethod::none;
  std::optional<ReferenceModel> reference;
  std::optional<SideModel> reward, critic, teacher;
  std::optional<Rollout> rollout;
  std::optional<double> rolloutShare;         // of the device, for a colocated engine
  std::optional<std::int64_t> rolloutTensor;  // tensor-parallel ranks of that engine
  std::optional<bool> rolloutSleeps;          // gives its memory back while the policy trains
  std::optional<std::int64_t> completion;     // tokens of a sequence that the loss is over
  std::optional<std::int64_t> generations;    // completions per prompt
  bool operator==(const Reinforcement&) const = default;
};

struct Parallel {
  std::optional<std::int64_t> data, tensor, pipeline, virtualPipeline, context, expert, expertTensor;
  std::optional<bool> sequence;
  std::optional<Sharding> sharding;
  // Sharding in detail: FSDP's and DDP's own words, torch's pipelines, DeepSpeed's sizes in elements.
  std::optional<ShardingStrategy> strategy;
  std::optional<ShardingWrap> wrap;
  std::optional<ShardingUnits> units;
  std::optional<bool> reshardAfterForward, rootReshardAfterForward, headReshardAfterForward, reshardAfterBackward;
  std::optional<Prefetch> prefetch;
  std::optional<std::int64_t> replicate;  // copies of the group that shards
  std::optional<GradientSync> gradientSync;
  std::optional<bool> originalParameters, limitAllGathers, adaptersOwnUnit;
  std::optional<std::int64_t> bucketBytes;
  std::optional<bool> gradientAsBucketView, staticGraph, lossParallel;
  std::optional<PipelineSchedule> pipelineSchedule;
  std::optional<std::int64_t> microBatches;
  std::optional<std::int64_t> reduceBucketElements, allgatherBucketElements, prefetchBucketElements;
  std::optional<std::int64_t> persistenceThresholdElements, maxLiveElements, maxReuseDistanceElements;
  std::optional<bool> overlapCommunication, contiguousGradients;
  bool operator==(const Parallel&) const = default;
};

struct Offload {
  std::optional<std::int64_t> gpuLayers;     // absent: all
  std::optional<std::int64_t> expertLayers;  // llama.cpp --n-cpu-moe: layers whose experts stay on the host; -1: all
  std::optional<bool> kvCache;               // keep the KV cache in host memory
  std::optional<OffloadTarget> optimizer, parameters, activations;
  bool operator==(const Offload&) const = default;
};

// Low-rank adapters that a server keeps beside the model (vLLM --enable-lora, SGLang --lora-paths, llama-server
// --lora).
struct ServedAdapters {
  std::int64_t slots = 1;  // adapters on the device at once: max_loras, max_loras_per_batch, or files loaded
  std::int64_t rank = 16;  // the largest: max_lora_rank
  Targets targets;
  std::optional<NumberFormat> format;  // absent: the compute format
  bool operator==(const ServedAdapters&) const = default;
};

// Speculative decoding: what proposes tokens that the model checks.
struct Speculative {
  DraftMethod method = DraftMethod::draft_model;
  std::int64_t tokens = 3;                  // proposed per step
  std::optional<ModelReference> reference;  // of the draft model
  std::shared_ptr<const Model> model;       // resolved; null where none was named
  bool operator==(const Speculative& o) const {
    return method == o.method && tokens == o.tokens && reference == o.reference;
  }
};

// Images of a multimodal server: how many a request may hold, and the largest one.
struct Images {
  std::int64_t perRequest = 1;                // 0: text only
  std::optional<std::int64_t> width, height;  // pixels; absent: the largest the processor takes
  bool operator==(const Images&) const = default;
};

// An option of the engine by its own name; what is known of it: engine_options.h. Lists and objects as JSON text.
struct AskedOption {
  struct Json {
    std::string text;
    bool operator==(const Json&) const = default;
  };
  std::string name;
  std::variant<bool, std::int64_t, double, std::string, Json> value;
  bool operator==(const AskedOption&) const = default;
};

struct DeviceRequest {
  std::string accelerator;  // catalogue id; empty: unnamed device
  std::int64_t count = 1;
  std::optional<Bytes> memory;  // overrides the catalogue
  std::optional<double> computeCapability;
  // What a process may allocate: the override, else the catalogue's; nothing where neither is known.
  std::optional<Bytes> capacity() const {
    return memory || entry == nullptr ? memory : std::optional(entry->capacity().bytes);
  }
  const Accelerator* entry = nullptr;  // resolved; nullptr where unknown
  std::string calledAs = {};           // the name it was asked for by, where that stands for cards of several sizes
  std::vector<const Accelerator*> otherSizes = {};  // those beside the one that was taken
  bool operator==(const DeviceRequest&) const = default;
};

// Constants of the four seed methods (reference: rules_of_thumb.h); absent ones take the seed's own.
struct MethodOptions {
  std::optional<double> activationFactor, c, k, preservedLayers, activationShare, workspaceShare;
  bool operator==(const MethodOptions&) const = default;
};

struct Calibration;  // core/scenario/calibration.h

struct Scenario {
  std::string name;
  ModelReference reference;
  std::shared_ptr<const Model> model;  // never null after resolving; shared because it never changes
  Workload workload = Workload::inference;
  Method method = Method::detailed;
  MethodOptions methodOptions;
  std::optional<Engine> engine;
  std::optional<std::string> framework;
  std::string engineVersion;  // free text as printed; empty: newest known
  Precision precision;
  std::optional<std::int64_t> batch;    // sequences held at once; training: micro-batch per data-parallel rank
  std::optional<std::int64_t> context;  // tokens per sequence
  std::optional<std::int64_t> prefillTokens;
  std::optional<std::int64_t> maxSequences;
  std::optional<bool> unifiedKv, fullWindowCache, mlaCache, cudaGraphs;
  std::optional<double> memoryUtilization;
  std::optional<Bytes> kvCacheMemory;  // of the pools on one device, instead of what the claim leaves
  std::optional<bool> prefixCaching;
  std::vector<AskedOption> engineOptions;
  std::optional<AttentionImplementation> attention;
  std::optional<LogitsRows> logits;
  std::optional<Task> task;  // absent: generate; models without a decoder embed
  std::optional<ServedAdapters> lora;
  std::optional<Speculative> speculative;
  std::optional<Images> images;
  Training training;
  Reinforcement reinforcement;
  Parallel parallel;
  Offload offload;
  std::optional<double> reserve;  // share of usable memory to keep free
  std::vector<DeviceRequest> devices;
  std::vector<double> tensorSplit;                 // llama.cpp --tensor-split
  std::shared_ptr<const Calibration> calibration;  // what a real run's log printed; nullptr without
  std::vector<std::string> unmodelled;             // what takes memory and has no key, as a recipe or a command said it
  std::vector<std::string> notes;                  // what reading the file had to say; become diagnostics

  bool operator==(const Scenario& other) const;  // compares what is asked; notes are left out
};

}  // namespace headroom
