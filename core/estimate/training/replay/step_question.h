// What a replay is asked: the step of one rank, every habit of the code decided.
#pragma once

#include <cstdint>

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
};

}  // namespace headroom::training
