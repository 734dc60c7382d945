// What a replay is asked: the step of one rank, every habit of the code decided.
#pragma once

#include <cstdint>

#include "core/model/adapter_targets.h"
#include "core/model/model.h"

namespace headroom::training {

// Whose program runs.
enum class StepCode : std::uint8_t { transformers, litgpt, torchtune, torchtitan, megatron, distributed };

enum class AttentionPath : std::uint8_t { flash_attention_2, sdpa, eager };
// Of a class that writes its attention out itself (own_attention.h).
enum class OwnAttention : std::uint8_t {
  none,
  wide,         // queries and keys in fp32, scores and softmax too (GPT-Neo; GPT-J, CodeGen before)
  bias_added,   // a bias in fp32 is added to the scores, which makes them so (MPT)
  bias_summed,  // the product is summed into the bias (BLOOM)
  as_normed,    // scores and softmax in the format of what is attended to (Falcon)
};
// adamw by three ways; foreach: others of torch's kind, whose step makes tensors of the states' size
// (OptimizerRow::stepTensors).
enum class StepOptimizer : std::uint8_t { adamw, foreach, adafactor, other };
enum class StepLoop : std::uint8_t { foreach, fused, each };
enum class StepLoss : std::uint8_t {
  eager,   // whole logits
  tiled,   // TRL ≥ 1.15: tiles of tokens × words, logits never whole
  paired,  // TRL's DPO before: logits of both answers
  scored,  // TRL's GRPO before: logits of the completions
  fused,   // Liger: chunks of rows, gradients made in the forward pass
};

// The adapters of a kind of layer: roles that carry one.
struct StepAdapters {
  std::uint64_t roles = 0;      // RoleMask
  bool head = false;            // lm_head as a target
  bool savesHead = false;       // modules_to_save: a trained copy of the head
  bool savesEmbedding = false;  // and of the input embedding
  double rank = 16;
  double width = 4;  // bytes per element
  bool dropout = false, dora = false;
  bool fusedExperts = false;  // experts and routers are parameters that their adapters are folded into

  bool operator==(const StepAdapters&) const = default;
};

enum class StepSharding : std::uint8_t { none, data_parallel, flat_parameters, fully_sharded, zero1, zero2, zero3 };
enum class BackwardPrefetch : std::uint8_t { none, pre, post };                  // FSDP1's next unit
enum class FlatStrategy : std::uint8_t { full_shard, shard_grad_op, no_shard };  // FSDP1
enum class PipelineSchedule : std::uint8_t { one_forward_one_backward, gpipe, interleaved, looped };

struct StepQuestion {
  StepCode code = StepCode::transformers;
  const Model* model = nullptr;
  int transformers = 52400;  // release: 4.57 is 45700
  int peft = 2102, trl = 0;
  double batch = 1, context = 1;
  double weightWidth = 2, computeWidth = 2;  // bytes per element
  double normWidth = 2, embeddingWidth = 2;  // after k-bit preparation 4
  bool autocast = false;
  bool trainsWeights = true;
  bool fourBit = false;
  double scaleWidth = 0;           // of its blocks' scales, bytes per element
  bool keepsPackedInputs = false;  // bitsandbytes before 0.43.2
  StepAdapters adapters;
  bool inputsRequireGrad = false;  // the embedding's output takes part in the graph (PEFT under checkpointing)
  AttentionPath attention = AttentionPath::sdpa;
  OwnAttention ownAttention = OwnAttention::none;  // of the class, in its place
  bool checkpointing = false, reentrant = false;
  bool useCache = false;
  bool gradientsThere = false;   // an earlier micro-batch left them
  bool convertsOutputs = false;  // accelerate turns outputs into fp32
  bool holdsLogits = false;
  StepLoss loss = StepLoss::eager;
  int liger = 0;               // release of Liger-Kernel whose operators stand in the layers: 0.8.3 is 803; 0: none
  bool rebindsLogits = false;  // the class' own loss: the upcast takes the logits' place
  bool outputsStates = false;  // the loss asks for every layer's input as well (TRL's DPO before tiles)
  bool referencePass = false;  // a second forward pass, without gradients, after the first
  bool learnsChosen = false;   // the loss of the chosen answers' words is added to that of the pairs (TRL's ORPO)
  double metricRows = 0;       // rows of logits whose entropy is measured at a time; 0: none is
  double scoredShare = 0;      // of the tokens, where a tiled loss looks at a part of them; 0: at all but the first
  StepOptimizer optimizer = StepOptimizer::adamw;
  StepLoop loop = StepLoop::fused;
  std::uint8_t states = 2;       // per trained parameter, inside the allocator
  std::uint8_t stepTensors = 1;  // of the foreach step, each as large as a state of all trained parameters
  double stateWidth = 2;
  // The passes alone, of a step whose rest is counted by formulas (passes_question.cpp).
  bool withoutGradients = false;  // of parameters
  bool withoutLogits = false;     // the vocabulary is one word
  bool hiddenDropout = false, attentionDropout = false, embeddingDropout = false;

  // Codes with programs of their own.
  int release = 0;          // of the code: LitGPT 0.5.13 is 513
  double rank = 0;          // of low-rank adapters; 0: none
  RoleMask adapted = 0;     // the modules that have one (mlp: gate_proj)
  double adapterWidth = 2;  // bytes per element
  bool adapterDropout = false, dora = false;
  double headChunkTokens = 128;  // LitGPT: positions that the head makes logits of at a time, with adapters
  double lossRows = 128;         // LitGPT: rows of the logits that the loss takes at a time
  double lossChunks = 8;         // torchtune: parts of the sequence
  bool optimizerInBackward = false;
  bool pagedStates = false;          // the states lie outside the allocator, their step takes nothing from it
  bool selective = false;            // checkpointing keeps some results
  double everyLayer = 0;             // torchtitan: every n-th layer is checkpointed; 0: chosen operators of each
  bool offloadsActivations = false;  // torchtune: kept tensors go to the host

  // One rank of many (distributed_step.h, pipeline_step.h, zero_step.h). Widths in bytes per element.
  StepSharding sharding = StepSharding::none;
  double shardRanks = 1;    // that share one copy of the weights
  bool replicated = false;  // groups of them are copies of each other
  double storedWidth = 2, reduceWidth = 2;
  int microBatches = 1;
  bool reducesEvery = false;  // gradients in every micro-batch, else in the last
  bool wholeUnit = false;     // one unit holds all
  bool endsInRoot = false;    // embedding, norm and head are the root unit
  bool reshardsAfterForward = true, reshardsHead = false, reshardsRoot = false, reshardsAfterBackward = true;
  BackwardPrefetch prefetch = BackwardPrefetch::pre;
  FlatStrategy strategy = FlatStrategy::full_shard;
  bool originalParameters = true;
  bool checkpointAround = false;  // checkpointing around the units, else inside
  bool selectiveOperators = false;
  bool fusedNorm = false, fusedLoss = false, shiftsLabels = false;
  bool bucketViews = false;  // gradients are views of DDP's buckets
  double tensorRanks = 1;
  bool sequenceParallel = false, lossParallel = false;
  bool explicitLayers = false;  // layers are replayed one by one, however many they are
  // ZeRO: elements, as DeepSpeed's configuration has them.
  double reduceBucket = 5e8, prefetchBucket = 5e7, persistence = 1e5, maxLive = 1e9, maxReuse = 1e9;
  bool overlaps = false;      // overlap_comm
  bool statesOnHost = false;  // offload_optimizer: the step and its copies are the host's
  PipelineSchedule schedule = PipelineSchedule::one_forward_one_backward;
  bool adaptersOwnUnits = false;                               // each of their matrices is a unit (PEFT's policy)
  double adapterStored = 0;                                    // bytes per element of their shards; 0: as the weights'
  bool shardsOnHost = false;                                   // FSDP1's CPUOffload
  bool syncsStates = false;                                    // its sync_module_states
  int pipelineRanks = 1, chunksPerRank = 1, pipelineRank = 0;  // of which the figures are

  bool operator==(const StepQuestion&) const = default;
};

}  // namespace headroom::training
