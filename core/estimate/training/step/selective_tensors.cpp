// Selective checkpointing: which of a block's tensors stay, and which are computed again.
#include "core/estimate/training/step/saved_tensors.h"

namespace headroom::training {
namespace {

constexpr auto kProbabilities = static_cast<std::size_t>(Kept::probabilities);
constexpr auto kAttention = static_cast<std::size_t>(Kept::attention_out);
constexpr std::string_view kPolicy =
    "on the policy's list: torchtitan/distributed/activation_checkpoint.py (2025) keeps every second matrix product";

// A matrix product of the block as the policy counts them.
bool isProduct(const Tensor& t) {
  return t.linear && !t.bias && t.copies == 1 && t.role != TensorRole::router;
}
// Its output is a hidden state, which tensor parallelism splits along the sequence.
bool isNarrow(const Tensor& t) {
  return t.role == TensorRole::o_proj || t.role == TensorRole::down_proj || t.role == TensorRole::shared_down;
}

// The scaling's abs() of inputs and weights is on the policy's list and not fused away (torchtitan 2025).
void keepScaled(BlockSaver& s) {
  constexpr std::string_view kWhy = "the scaling's abs() is on the policy's list and not fused away (torchtitan 2025)";
  for (const Tensor& t : s.layer.tensors) {
    if (!isProduct(t)) continue;
    const Factor columns = fromModel("columns", static_cast<double>(t.columns), Unit::elements);
    s.keep(Kept::linear_input, t.name, kWhy, isNarrow(t) ? Split::tensor : Split::sequence, columns, s.context.compute);
    s.keepOnce(t.name, kWhy, Split::tensor, fromModel("rows", static_cast<double>(t.rows), Unit::rows), columns,
               s.context.compute);
  }
}

}  // namespace

BlockBytes selectiveBytes(const LayerKind& layer, std::size_t kind, const BlockBytes& whole, const BlockContext& c,
                          const BlockTensors* wholeTensors, BlockTensors* tensors) {
  if (c.profile.selective == Selective::core_attention) {
    // Megatron-LM --recompute-activations: softmax, its dropout and the weighted sum are computed again.
    BlockBytes out = whole;
    out.perToken[kProbabilities] = 0;
    if (tensors != nullptr) *tensors = *wholeTensors, tensors->perToken[kProbabilities].clear();
    return out;
  }
  // torchtitan/distributed/activation_checkpoint.py (2025): the block's input, attention's output and the output of
  // every second matrix product, in the order in which they run; compiled code drops the last one, which nothing reads.
  BlockSaver s(layer, kind, c, tensors);
  s.bytes.hidden = whole.hidden, s.bytes.widestGradients = whole.widestGradients;
  s.keep(Kept::linear_input, "block's input", "a checkpointed block runs again from its input", Split::sequence,
         s.hidden(), c.compute);
  s.bytes.perToken[kAttention] = whole.perToken[kAttention];
  if (tensors != nullptr) tensors->perToken[kAttention] = wholeTensors->perToken[kAttention];
  std::size_t products = 0;
  for (const Tensor& t : layer.tensors) products += isProduct(t);
  std::size_t index = 0;
  for (const Tensor& t : layer.tensors) {
    if (!isProduct(t)) continue;
    const bool unread = c.compiled && index + 1 == products;
    if (index++ % 2 == 0 && !unread)
      s.keep(Kept::qkv, t.name, kPolicy, isNarrow(t) ? Split::sequence : Split::tensor,
             fromModel("rows", static_cast<double>(t.rows), Unit::rows), c.compute);
  }
  if (c.float8 && !c.compiled) {
    keepScaled(s);
    return s.bytes;
  }
  // Never more than without it: a small block can be cheaper kept whole.
  if (s.bytes.tokenTotal() <= whole.tokenTotal()) return s.bytes;
  if (tensors != nullptr) *tensors = *wholeTensors;
  return whole;
}

}  // namespace headroom::training
