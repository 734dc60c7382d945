// Framework profiles: the habits of a training code that change what is alive. A profile is data; the terms read it.
// Numbers that were fitted on measured runs stand in resources/constants.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/estimate/constants.h"
#include "core/scenario/settings.h"

namespace headroom::training {

// How a block's kernels keep tensors for backward.
enum class Kernels : std::uint8_t {
  eager,  // separate operators: RMSNorm in fp32, act(gate) kept
  fused,  // compiled or hand-written: norms keep their input in the compute dtype, act(gate) is recomputed
};

// Which blocks' parts selective checkpointing keeps.
enum class Selective : std::uint8_t {
  every_second_matmul,  // torchtitan's operator policy
  core_attention,       // Megatron-LM: everything but the attention probabilities
};

// What bitsandbytes makes of routed experts since transformers 5 (January 2026) holds those of a layer as one tensor
// instead of Linears.
enum class FusedExperts : std::uint8_t {
  separate,   // the framework's models keep one Linear per expert
  wide,       // left as they are: bitsandbytes replaces nn.Linear only
  quantized,  // quantized on load, written out whole for every pass, and not sharded
};

// A tensor over the logits and its bytes per logit.
struct LogitTensor {
  std::string_view name;
  double bytes = 0;
};
using LogitTensors = std::array<LogitTensor, 4>;
constexpr LogitTensors kUpcastLogits{{{"log-softmax in fp32", 4}, {"its gradient", 4}, {"gradient of the logits", 4}}};

// What the loss keeps per logit at its peak, in bytes, for each way of computing it.
struct LossHabit {
  Amount eager = 12, eagerCompiled = 12, chunked = 2, fused = 0;
  Amount eagerWithoutUpcast = 0;  // model code that leaves the logits in the compute dtype (Qwen-1); 0: as eager
  std::string_view source;
  // The tensors that a way's bytes are the sum of; a way that neither adds up to is one number of the source.
  LogitTensors tensors = kUpcastLogits, leanTensors = {};
  double chunkedEager = 0;     // on top of chunked where no compiler fuses the chunks' softmax
  double splitVocabulary = 0;  // on top of eager where tensor parallelism splits the vocabulary
};

// What the caching allocator holds beyond what is alive: reserved = share × allocated + perLogit × logits (eager loss)
// + the gradients where they are allocated after the loss' blocks were freed unused.
struct AllocatorHabit {
  Amount share = 0;
  Amount perLogit = 0;
  Amount perLogitRecomputed = 0;  // with full checkpointing, whose recomputed blocks reuse a part of them
  Amount floorPerHidden = 0;      // bytes of cached blocks per hidden unit, at least
  bool gradientsAfterLogits = false;
  Amount lowRatio = 0.9, highRatio = 1.1;  // band of the device figure
  std::string_view source;
  // The band where the measured runs differ by what a scenario does not say: the build's compiler, an own plan of
  // tensor parallelism, samples of changing length. 0: no such runs are known.
  Amount openLow = 0, openHigh = 0;
};

struct FrameworkProfile {
  std::string_view id;
  Kernels kernels = Kernels::eager;
  Selective selective = Selective::every_second_matmul;
  LossHabit loss;
  AllocatorHabit allocator;

  bool expandsKeyValues = false;  // repeats keys and values to all heads before the kernel
  bool untiesHead = false;        // holds a head of its own even where the checkpoint ties it
  bool frozenLinearKeepsInput = false;
  bool keepsFusedQkv = false;         // the fused projection's output stays beside rotated copies of q and k
  bool adaptersInFp32 = false;        // every adapted input is cast to fp32 for its adapter
  bool gradientsStay = false;         // gradient buffers live through the whole step
  bool foreachStep = true;            // optimizer.step() holds one copy of the parameters
  bool quantizesTargetsOnly = false;  // QLoRA: only Linears with an adapter are quantized
  bool quantizesHead = false;         // QLoRA: the head too (Lightning's BitsandbytesPrecision takes every nn.Linear)
  bool linear4bitKeepsInput = true;   // bitsandbytes MatMul4Bit, until the release below
  // Its releases since July 2024 (0.43.2, #1270) do not save the input of a frozen weight any more.
  int linear4bitFreesSinceYear = 2024, linear4bitFreesSinceMonth = 8;
  bool linear4bitCopiesInput = false;   // a copy of its own even where the input is kept already
  int linear4bitKeepsOutputSince = 0;   // year since which gate's and up's outputs stay as well; 0: never
  bool lossChunksByFreeMemory = false;  // the fused loss takes chunks as large as the device's free memory lets it
  FusedExperts fusedExperts = FusedExperts::separate;
  bool mixedPrecisionCast = true;   // weights wider than the compute dtype are cast by autocast and stay cast
  bool naivePipeline = false;       // layers split over devices, one micro-batch at a time
  bool fullyShardedUnits = true;    // FSDP wraps blocks; false: the whole model is gathered (mixed frozen units)
  bool zero2KeepsGathered = false;  // stage 2 is FSDP2 that does not reshard after forward
  // Context parallelism by exchanging heads (Ulysses): a rank holds at least one key head over the whole sequence.
  bool exchangesHeads = false;
  bool composesGelu = false;  // where transformers' classes write a GELU out of separate operators
  bool tilesMlp = false;  // with offloaded checkpoints the MLP runs over as many tokens at a time as the model is wide
  bool contextExchange = false;  // context parallelism keeps the attention output before and after its exchange
  bool contextMeasured = false;  // runs that split their sequences confirm what is counted for it
  bool expertMeasured = false;   // the same of runs that split their experts
  bool chunksUpcast = false;     // a chunked loss upcasts chunks and accumulates the head's gradient
  bool encoderHasVocabularyLoss = false;  // encoders train on masked tokens; false: on classes
  bool adaptsProjectionsOnly = false;     // "all-linear" leaves routers and recurrent mixers out
  bool adaptsByRole = false;              // targets are parts of a block, whatever a checkpoint calls them
  bool ownReplicas = false;        // a plain replica runs the code's own program, not the block of the distributed ones
  double dequantizedMatrices = 2;  // quantized matrices written out at once
  double embeddingBuffer = 0;      // copies of a vocabulary-sized bf16 matrix kept as a work buffer
  Amount workspaceBytes = 0;       // inside the allocator: cuBLAS and the like
};

// The profile for the settings' framework; `known` is false where it fell back to plain PyTorch.
struct ProfileChoice {
  const FrameworkProfile* profile;
  bool known;
};
ProfileChoice profileOf(const Settings& settings);

// What a printed version says about its age: "LitGPT 2024" is year 2024, "Unsloth 2025.9.1" is September 2025, "torch
// 2.9.0.dev20250811" is torch 2.9 of August 2025. 0 where it says nothing: a bare year has no month.
struct PrintedAge {
  int year = 0, month = 0;
  int torchMinor = 0;  // of torch 2.x; torch 1.x is 0
  // True for something known to be older; an unknown age counts as the newest, a year alone as its January.
  bool before(int y, int m = 1) const { return year > 0 && (year < y || (year == y && (month > 0 ? month : 1) < m)); }
};
PrintedAge ageOf(std::string_view printed);

// How a framework holds routed experts under a bitsandbytes format: separate before transformers 5, whose release
// counts, else the age.
FusedExperts fusedExpertsOf(const FrameworkProfile& profile, const Settings& settings, const PrintedAge& age);

}  // namespace headroom::training
