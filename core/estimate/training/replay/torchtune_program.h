// torchtune's modules, attention and loss as programs on a tape: the parts of one training step.
#pragma once

#include <cstdint>
#include <vector>

#include "core/estimate/training/replay/step_program.h"

namespace headroom::training {

// How queries and keys are turned.
enum class TorchtuneRotary : std::uint8_t {
  interleaved,  // modules/position_embeddings.py: pairs, in fp32
  halves,       // models/qwen2/_positional_embeddings.py: tables cast to the input's format
  fp32_halves,  // models/phi3/_position_embeddings.py: tables in fp32
};

// What differs between releases and builders (torchtune_builders.cpp).
struct TorchtuneHabits {
  bool torchNorm = true;            // F.rms_norm on the fp32 copy (modules/rms_norm.py, 0.5; before: by hand)
  bool expandsAfterTurning = true;  // keys and values are repeated behind the transposition (modules/attention.py, 0.5)
  bool packsUnadapted = true;  // Linears without adapter are 4-bit as well (FrozenNF4Linear; models/qwen2 has none)
  bool dropsHead = true;       // the head's adapter has the dropout (models/mistral gives it none)
  bool tablePerLayer = false;  // every layer has a rotary table of its own, over all positions
  std::int64_t positions = 0;  // that a table is made for
  TorchtuneRotary rotary = TorchtuneRotary::interleaved;
};

TorchtuneHabits torchtuneHabits(int release, const Model& model, bool adapters);

class TorchtuneStep : StepProgram {
 public:
  TorchtuneStep(Tape& tape, Shapes& shapes, const StepQuestion& q) : StepProgram(tape, shapes, q) {
    h_ = torchtuneHabits(q.release, m, q.rank > 0);
  }
  StepAnswer run();

 private:
  void build();
  Var packed(const Var& x, LinearModule& module, const What& what);
  Var unpacked(const Extent& weight);
  Var linear(const Var& x, LinearModule& module, const What& what);
  Var dora(const Var& x, LinearModule& module, const What& what);
  Var normed(const Var& x, NormModule& norm);
  Var turned(const Var& x);
  Var attention(const Var& x, LayerModules& layer);
  Var cappedScores(const Var& q, const Var& k, const Var& v, const AttentionSpec& a);
  Var mlp(const Var& x, LayerModules& layer);
  Var block(const Var& x, LayerModules& layer);
  std::vector<Var> forward();
  Var lossOf(const std::vector<Var>& logits);

  TorchtuneHabits h_;
  Var table_, labels_;
};

}  // namespace headroom::training
