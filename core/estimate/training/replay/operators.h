// The operators that programs are made of: what each allocates, what autograd keeps of it and what its backward makes
// (torch 2.13, tools/autograd/derivatives.yaml; autocast's lists: aten/src/ATen/autocast_mode.h). One row per operator.
#pragma once

#include <cstdint>

#include "core/estimate/training/replay/tape.h"

namespace headroom::training {

// A Linear as a code holds it, with its adapter.
struct LinearModule {
  bool exists = false;
  int unit = -1;                 // the shard unit it is by itself
  std::uint8_t in = 0, out = 0;  // dims
  Parameter weight, bias;
  Parameter* tied = nullptr;  // the embedding's, in place of its own
  bool hasBias = false;
  Parameter& matrix() { return tied != nullptr ? *tied : weight; }
  bool fourBit = false;  // packed weights that every use unpacks
  double storedBytes = 0;
  // Low-rank adapters: out += B · A · dropout(x) × scale.
  bool adapted = false;
  std::uint8_t rank = 0;
  Parameter a, b, magnitude;  // magnitude: DoRA
  bool dropout = false, dora = false;
};

struct NormModule {
  bool exists = false;
  int unit = -1;
  std::uint8_t width = 0;
  Parameter weight, bias;
  bool hasBias = false;
};

class Operators {
 public:
  Tape& tape;
  double compute = 2;     // bytes per element of the compute format
  bool autocast = false;  // operators cast their operands
  bool caches = true;     // and keep the casts of weights that train
  std::uint8_t tokens = 0;
  std::uint8_t work4Bit = 0;
  bool keepsPackedInputs = false;  // products with packed weights keep what they read

  // One in, one out. `keep`: what its backward reads.
  enum class Keep : std::uint8_t { nothing, input, result };
  Var unary(const Var& x, Keep keep, const What& what) const;
  Var scaled(const Var& x) const { return unary(x, Keep::nothing, {"scaled"}); }
  // x.pow(2): its backward holds x.pow(1) and twice that.
  Var squared(const Var& x) const;
  Var multiply(const Var& a, const Var& b, const What& what) const;
  Var add(const Var& a, const Var& b, const What& what = {"residual stream"}) const;
  Var cast(const Var& x, double width, const What& what) const;
  // By a one-dimensional weight.
  Var weighted(const Var& x, Parameter& weight, const What& what) const;
  // Sums or means over the last dimension.
  Var mean(const Var& x, const Extent& extent) const;
  Var dropout(const Var& x, const What& what) const;
  // Liger-Kernel's operators (liger_kernel/ops, 0.3–0.8).
  // RMSNorm: keeps its input and a number per row; backward writes over the incoming gradient, or does not. The rows'
  // sums for the weight: one per multiprocessor; before 0.4 one per row.
  Var ligerNorm(const Var& x, NormModule& norm, bool inPlace, int release, const What& what) const;
  // activation(gate) · up: keeps both, backward writes their gradients over them.
  Var ligerGated(const Var& gate, const Var& up, const What& what) const;
  // Turns queries or keys where they lie, and their gradient likewise; keeps the tables.
  Var ligerTurned(const Var& x, const Var& cosines, const Var& sines) const;
  // A copy in another order.
  Var copied(const Var& x, const What& what) const;
  Var slice(const Var& x, const Extent& extent) const;

  // x · Wᵀ: the product with a weight of its own format, autocast or packed in 4 bits; without the adapter.
  Var product(const Var& x, LinearModule& m, const What& what) const;
  // The same with a bare parameter. `cachesThis`: autocast keeps the cast of it (a leaf, not a view of one). `into`:
  // the result that selective checkpointing kept of the forward pass.
  Var times(const Var& x, Parameter& weight, std::uint8_t in, std::uint8_t out, const What& what,
            Parameter* bias = nullptr, bool cachesThis = true, const Var* into = nullptr) const;
  Extent through(const Var& x, std::uint8_t in, std::uint8_t out) const;

  Var layerNorm(const Var& x, NormModule& norm, std::uint8_t width, const What& what) const;
  // Of up to three tensors one.
  Var joined(std::initializer_list<const Var*> parts, const Extent& extent, double width, const What& what) const;
  // Views of its parts wait for one another in backward.
  Var split(const Var& x) const;
  // A view in another order: its gradient is copied into the input's.
  Var reordered(const Var& x) const;
  // Every key head for so many query heads.
  Var repeated(const Var& x, double times, const What& what) const;
  // The flash or memory-efficient kernel. `rows`: what its log-sum has.
  Var fusedAttention(const Var& queries, const Var& keys, const Var& values, const Extent& rows, const Var& mask = {},
                     const Var* into = nullptr) const;
};

}  // namespace headroom::training
