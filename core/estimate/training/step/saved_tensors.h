// What autograd keeps of one block for its backward, summed operator by operator. Widths are elements per token.
#pragma once

#include <array>
#include <cstdint>

#include "core/estimate/training/adapters/adapters.h"
#include "core/estimate/training/distribution/layout.h"
#include "core/estimate/training/frameworks/profile.h"
#include "core/model/model.h"

namespace headroom::training {

// The kinds of kept tensors; each becomes a line of the ledger.
enum class Kept : std::uint8_t {
  norm,           // inputs of the norms and what their weight gradient needs
  linear_input,   // inputs of the Linears that need them
  qkv,            // queries, keys and values
  attention_out,  // attention output and log-sum-exp
  probabilities,  // softmax over the context, eager attention only
  mlp,            // activations between the MLP's matrices
  experts,        // routed copies of tokens and what their experts keep
  state,          // recurrent mixers
  adapter,        // what low-rank adapters keep
  dropout,        // masks and dropped copies
};
constexpr std::size_t kKeptCount = 10;
std::string_view labelOf(Kept kept);

// How tensor parallelism divides a tensor: by heads or width, along the sequence (only with sequence parallelism), or
// not.
enum class Split : std::uint8_t { none, tensor, sequence };

struct BlockBytes {
  std::array<double, kKeptCount> perToken{};
  double perLayer = 0;         // once per layer, whatever the tokens
  double hidden = 0;           // one hidden state, per token
  double widestGradients = 0;  // gradients alive at once inside the block's backward, per token

  double tokenTotal() const {
    double sum = 0;
    for (double b : perToken) sum += b;
    return sum;
  }
};

// What the sums depend on beside the layer.
struct BlockContext {
  const Model& model;
  const FrameworkProfile& profile;
  const Layout& layout;
  const AdapterPlan* adapters;  // nullptr: every weight is trained
  bool compiled = false;        // torch.compile
  bool autocast = false;        // fp32 weights cast on the way: norms and softmax stay in fp32
  bool liger = false;           // Liger's kernels in place of the model's operators
  bool float8 = false;          // Linears compute in scaled fp8
  bool quantized = false;       // the frozen Linears are 4- or 8-bit
  bool eagerAttention = false;
  double mlpShare = 1;        // of the tokens that the MLP sees at a time
  PrintedAge age{};           // of the framework
  double element = 2;         // bytes of the compute dtype
  double keys = 0;            // tokens of one sequence: the width of a row of attention probabilities
  double adapterElement = 2;  // bytes of the adapters' dtype
  double rank = 0;
  bool dora = false;
};

// Sums one block. `kept` is what stays of it without any checkpointing.
BlockBytes blockBytes(const LayerKind& layer, std::size_t kind, const BlockContext& context);

// What selective checkpointing keeps of it.
BlockBytes selectiveBytes(const LayerKind& layer, const BlockBytes& whole, const BlockContext& context);

// Collects one block's tensors; the operators below write into it.
class BlockSaver {
 public:
  BlockSaver(const LayerKind& layer, std::size_t kind, const BlockContext& context);

  const LayerKind& layer;
  const BlockContext& context;
  BlockBytes bytes;

  void keep(Kept what, double width, double bytesEach, Split split);
  // Keeps a Linear's input of `width` if one of the tensors that read it needs it.
  void keepInput(Kept what, double width, Split split, std::initializer_list<TensorRole> readers);
  bool needsInput(std::initializer_list<TensorRole> readers) const;
  // A 4-bit Linear that keeps its own copy of an input that something else keeps already.
  bool copiesInput() const { return keeps4bitInput() && !trainsWeights() && context.profile.linear4bitCopiesInput; }
  bool keeps4bitInput() const {
    return context.quantized &&
           context.age.before(context.profile.linear4bitFreesSinceYear, context.profile.linear4bitFreesSinceMonth);
  }
  // A norm over `width`, `count` of them per token (heads for query and key norms).
  void norm(Kept what, double width, double count, Split split);
  bool trainsWeights() const { return context.adapters == nullptr; }
  // Trains with dropout: its masks and dropped copies are kept.
  bool dropout() const;
  bool fused() const { return context.compiled || context.liger || context.profile.kernels == Kernels::fused; }

 private:
  std::array<double, 3> divisor_;
  RoleMask targets_ = 0;
};

void saveAttention(BlockSaver& saver, const AttentionSpec& attention);
void saveLatentAttention(BlockSaver& saver, const AttentionSpec& attention);
void saveMlp(BlockSaver& saver);
void saveState(BlockSaver& saver);
void saveAdapters(BlockSaver& saver, std::size_t kind);

}  // namespace headroom::training
