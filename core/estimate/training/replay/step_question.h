// What a replay is asked: the step of one rank, every habit of the code decided.
#pragma once

#include <cstdint>

#include "core/model/adapter_targets.h"
#include "core/model/model.h"

namespace headroom::training {

enum class AttentionPath : std::uint8_t { flash_attention_2, sdpa, eager };
enum class StepOptimizer : std::uint8_t { adamw, adam8bit, sgd, sgd_momentum, adafactor, other };
enum class StepLoop : std::uint8_t { foreach, fused, each };

struct StepQuestion {
  const Model* model = nullptr;
  int transformers = 52400;  // release: 4.57 is 45700
  int peft = 2102, trl = 0;
  double batch = 1, context = 1;
  double weightWidth = 2, computeWidth = 2;  // bytes per element
  double normWidth = 2, embeddingWidth = 2;  // after k-bit preparation 4
  bool autocast = false;
  bool trainsWeights = true;
  bool fourBit = false;
  AttentionPath attention = AttentionPath::sdpa;
  bool checkpointing = false, reentrant = false;
  bool useCache = false;
  bool gradientsThere = false;   // an earlier micro-batch left them
  bool convertsOutputs = false;  // accelerate turns outputs into fp32
  bool holdsLogits = false;
  StepOptimizer optimizer = StepOptimizer::adamw;
  StepLoop loop = StepLoop::fused;
  double stateWidth = 2;

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
};

}  // namespace headroom::training
