// What autograd keeps of one block for its backward, operator by operator: every kept tensor with its name, its shape,
// its format and the reason why it is kept. Widths are elements per token.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/estimate/factor.h"
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

// The tensors behind BlockBytes, of an open ledger.
struct BlockTensors {
  std::array<std::vector<Factor>, kKeptCount> perToken;
  std::vector<Factor> perLayer;
  std::vector<Factor> gradients;  // the largest counts
};

// What the sums depend on beside the layer.
struct BlockContext {
  const Model& model;
  const FrameworkProfile& profile;
  const Layout& layout;
  const AdapterPlan* adapters;  // nullptr: every weight is trained
  const TrainingSettings& training;
  FactorTree& tree;
  Factor compute;          // bytes per element of the compute dtype
  Factor adapterCompute;   // of the adapters' dtype
  bool compiled = false;   // torch.compile
  bool autocast = false;   // fp32 weights cast on the way: norms and softmax stay in fp32
  bool liger = false;      // Liger's kernels in place of the model's operators
  bool float8 = false;     // Linears compute in scaled fp8
  bool quantized = false;  // the frozen Linears are 4- or 8-bit
  bool eagerAttention = false, scoresDropped = false;
  Factor mlpShare =
      constant("share of the tokens at a time", 1, Unit::ratio, "the MLP sees all of them");  // that the MLP sees
  PrintedAge age{};                                                                           // of the framework
  double keys = 0;  // tokens of one sequence: the width of a row of attention probabilities

  double element() const { return compute.value; }
};

// Sums one block; `kept` is what stays of it without any checkpointing. `tensors` is filled in where it is given.
BlockBytes blockBytes(const LayerKind& layer, std::size_t kind, const BlockContext& context, BlockTensors* tensors);

// What selective checkpointing keeps of it.
BlockBytes selectiveBytes(const LayerKind& layer, std::size_t kind, const BlockBytes& whole,
                          const BlockContext& context, const BlockTensors* wholeTensors, BlockTensors* tensors);

// Collects one block's tensors; the operators below write into it.
class BlockSaver {
 public:
  BlockSaver(const LayerKind& layer, std::size_t kind, const BlockContext& context, BlockTensors* tensors);

  const LayerKind& layer;
  const BlockContext& context;
  BlockBytes bytes;

  // Keeps a tensor whose bytes per token are the product of `parts`.
  template <typename... Parts>
  void keep(Kept what, std::string_view name, std::string_view why, Split split, const Parts&... parts) {
    const double kept = productOf(parts...) / divisor_[static_cast<std::size_t>(split)];
    bytes.perToken[static_cast<std::size_t>(what)] += kept;
    if (tensors_ != nullptr && kept != 0)
      tensors_->perToken[static_cast<std::size_t>(what)].push_back(opened(name, why, split, {parts...}));
  }
  // Keeps a tensor once per layer.
  template <typename... Parts>
  void keepOnce(std::string_view name, std::string_view why, Split split, const Parts&... parts) {
    const double kept = productOf(parts...) / divisor_[static_cast<std::size_t>(split)];
    bytes.perLayer += kept;
    if (tensors_ != nullptr && kept != 0) tensors_->perLayer.push_back(opened(name, why, split, {parts...}));
  }
  // Keeps a Linear's input if one of the tensors that read it needs it.
  template <typename... Parts>
  void keepInput(Kept what, std::string_view name, Split split, std::initializer_list<TensorRole> readers,
                 const Parts&... parts) {
    if (needsInput(readers)) keep(what, name, kInputWhy, split, parts..., context.compute);
  }
  bool needsInput(std::initializer_list<TensorRole> readers) const;
  // A 4-bit Linear that keeps its own copy of an input that something else keeps already.
  bool copiesInput() const { return keeps4bitInput() && !trainsWeights() && context.profile.linear4bitCopiesInput; }
  bool keeps4bitInput() const {
    return context.quantized &&
           context.age.before(context.profile.linear4bitFreesSinceYear, context.profile.linear4bitFreesSinceMonth);
  }
  // A norm over `width`, `count` of them per token (heads for query and key norms).
  void norm(Kept what, const Factor& width, const Factor& count, Split split);
  // Gradients alive at once in one operator's backward: so many elements per token in the compute dtype.
  void gradients(std::string_view name, std::initializer_list<Factor> widths);
  // A width on this rank.
  Factor share(std::string_view name, std::initializer_list<Factor> parts) const;
  bool trainsWeights() const { return context.adapters == nullptr; }
  bool fused() const { return context.compiled || context.liger || context.profile.kernels == Kernels::fused; }

  Factor hidden() const { return fromModel("hidden size", static_cast<double>(context.model.hidden), Unit::elements); }

  static constexpr std::string_view kInputWhy = "its weight's gradient is the input times the output's gradient";
  static constexpr std::string_view kCopyWhy =
      "bitsandbytes' 4-bit product keeps a copy of its own until 0.43.2 (#1270)";

 private:
  template <typename... Parts>
  static double productOf(const Parts&... parts) {
    double product = 1;
    ((product = parts.inverse ? product / parts.value : product * parts.value), ...);
    return product;
  }
  Factor opened(std::string_view name, std::string_view why, Split split, std::initializer_list<Factor> parts) const;

  std::array<double, 3> divisor_;
  RoleMask targets_ = 0;
  BlockTensors* tensors_;
};

// One of something: left out of what is shown.
inline constexpr Factor kSingle = leaf(Origin::constant, {}, 1, Unit::count, "one of them");
constexpr Factor bytesEach(double bytes, std::string_view format) {
  return constant("bytes per element", bytes, Unit::bytes_per_element, format);
}
inline constexpr Factor kFp32 = bytesEach(4, "fp32");
inline constexpr Factor kMask = bytesEach(1, "a mask of one byte");
// Tensors of a kind, counted in the model's code and in autograd's.
inline constexpr std::string_view kCounted =
    "transformers models/*/modeling_*.py forward, and what torch tools/autograd/derivatives.yaml has its backward read "
    "(transformers 4.57, torch 2.9)";
constexpr Factor several(double count, std::string_view what, std::string_view why = kCounted) {
  return constant(what, count, Unit::count, why);
}

void saveAttention(BlockSaver& saver, const AttentionSpec& attention);
void saveLatentAttention(BlockSaver& saver, const AttentionSpec& attention);
void saveMlp(BlockSaver& saver);
void saveState(BlockSaver& saver);
void saveAdapters(BlockSaver& saver, std::size_t kind);

}  // namespace headroom::training
