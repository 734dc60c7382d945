// LitGPT's modules, attention, experts and loss as programs on a tape: the parts of one training step.
#pragma once

#include <array>
#include <deque>
#include <vector>

#include "core/estimate/training/replay/step_program.h"

namespace headroom::training {

// What differs between releases.
struct LitGptHabits {
  bool splitsPlainly = true;   // query, key and value columns lie apart (model.py, 0.5.4; before: by group of heads)
  bool indexPerCall = true;    // LoRAQKVLinear.lora_ind gives a copy (lora.py, 0.5.13)
  bool strayEmbedding = true;  // 4-bit training swaps the embedding for a trained one (finetune/lora.py, 0.5.0)
  bool productsHoldInputs = false;  // asks for bitsandbytes 0.42, whose MatMul4Bit keeps its input as an attribute
  bool addsResidualLast = false;    // parallel blocks: mlp + attention + x (model.py, until 0.5.3)
  bool capsChunks = true;           // the head's chunks are soft-capped (lora.py's own forward until 0.5.3 does not)
  bool clonesExpertsInput = true;   // LLaMAMoE.forward keeps a copy for shared experts (model.py, 0.5.9)
  bool onesForWindow = false;       // a window's mask is made of two (until 0.5.3)
};

LitGptHabits litGptHabits(int release);

class LitGptStep : StepProgram {
 public:
  LitGptStep(Tape& tape, Shapes& shapes, const StepQuestion& q) : StepProgram(tape, shapes, q) {
    h_ = litGptHabits(q.release);
    headFirst_ = true;
  }
  StepAnswer run();

 private:
  // LoRAQKVLinear's matrices: one A for all, a B for each chosen part.
  struct QkvAdapter {
    Parameter* a = nullptr;
    std::array<Parameter*, 3> b{};  // one for all where the convolution is grouped
    double columns = 0, parts = 0;
  };

  void build();
  Parameter* addMatrix(LayerModules& layer, std::uint8_t rows, std::uint8_t columns) {
    Parameter& made = layer.others.emplace_back(parameter({rows, columns}, q_.adapterWidth, layer.times));
    made.trains = true;
    return &made;
  }
  Var linear(const Var& x, LinearModule& module, const What& what);
  Var frozenOrPacked(const Var& x, LinearModule& module, const What& what);
  Var fusedQkv(const Var& x, LayerModules& layer);
  Var normed(const Var& x, NormModule& norm, NormKind kind);
  Var rotated(const Var& x);
  Var attention(const Var& x, LayerModules& layer);
  Var scores(const Var& q, const Var& k, const Var& v, const AttentionSpec& a, Var mask);
  Var capped(const Var& x, const What& what);
  Var mlp(const Var& x, LayerModules& layer);
  Var experts(const Var& x, LayerModules& layer);
  Var block(const Var& x, LayerModules& layer);
  std::vector<Var> forward();
  bool inChunks() const { return q_.rank > 0 && q_.headChunkTokens > 0; }  // of the head, with adapters
  Var lossOf(std::vector<Var>& logits);
  Var chunkedLoss(const Var& logits);

  LitGptHabits h_;
  std::deque<QkvAdapter> adapters_;  // of each layer
  Var cos_, sin_, labels_, index_, probabilities_;
  std::vector<Var> attributes_, indices_;
};

}  // namespace headroom::training
