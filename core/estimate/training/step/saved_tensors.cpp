#include "core/estimate/training/step/saved_tensors.h"

#include <algorithm>

namespace headroom::training {

std::string_view labelOf(Kept kept) {
  constexpr std::array<std::string_view, kKeptCount> kLabels{"norms",
                                                             "inputs of Linear layers",
                                                             "queries, keys and values",
                                                             "attention output and log-sum-exp",
                                                             "attention probabilities",
                                                             "MLP activations",
                                                             "expert activations",
                                                             "recurrent mixers",
                                                             "adapter activations",
                                                             "dropout"};
  return kLabels[static_cast<std::size_t>(kept)];
}

BlockSaver::BlockSaver(const LayerKind& l, std::size_t kind, const BlockContext& c) : layer(l), context(c) {
  const double tensor = static_cast<double>(c.layout.tensor);
  divisor_ = {1.0, tensor, c.layout.sequence ? tensor : 1.0};
  if (c.adapters != nullptr && kind < c.adapters->kinds.size()) targets_ = c.adapters->kinds[kind].roles;
}

void BlockSaver::keep(Kept what, double width, double bytesEach, Split split) {
  bytes.perToken[static_cast<std::size_t>(what)] += width * bytesEach / divisor_[static_cast<std::size_t>(split)];
}

bool BlockSaver::needsInput(std::initializer_list<TensorRole> readers) const {
  if (trainsWeights()) return true;
  // An adapter in the compute dtype reads the Linear's own input; behind a cast or a dropout it keeps a copy instead
  // (saveAdapters). A frozen Linear keeps nothing (torch derivatives.yaml, mm: self is kept for mat2's gradient only),
  // but bitsandbytes' 4-bit product kept its input whatever is trained until 0.43.2.
  if (keeps4bitInput() && context.profile.linear4bitKeepsInput) return true;
  if (context.profile.adaptersInFp32 || context.profile.adapterDropout) return false;
  return std::ranges::any_of(readers, [this](TensorRole role) { return (targets_ & bit(role)) != 0; });
}

void BlockSaver::keepInput(Kept what, double width, Split split, std::initializer_list<TensorRole> readers) {
  if (needsInput(readers)) keep(what, width, context.element, split);
}

bool BlockSaver::dropout() const {
  if (layer.norm != NormKind::layer) return false;
  return context.profile.dropout == DropoutHabit::layer_norm_models ||
         (context.profile.dropout == DropoutHabit::encoders && context.model.encoderOnly);
}

void BlockSaver::norm(Kept what, double width, double count, Split split) {
  const double e = context.element;
  const double all = width * count;
  switch (layer.norm) {
    case NormKind::layer:  // native_layer_norm: input, mean and reciprocal deviation
      keep(what, all, context.autocast ? 4 : e, split);
      keep(what, 2 * count, e, split);
      break;
    case NormKind::non_parametric:
      keep(what, all, fused() ? e : 4, split);
      keep(what, 2 * count, 4, split);
      break;
    case NormKind::rms:
    case NormKind::rms_gemma:
      if (fused()) {
        keep(what, all, e, split);
        keep(what, count, 4, split);
        break;
      }
      // transformers LlamaRMSNorm / Gemma2RMSNorm (4.57): the fp32 input and rsqrt; the normalised value for the
      // weight's gradient, in the compute dtype or (Gemma: × (1 + w) in fp32) in fp32.
      keep(what, all, 4, split);
      keep(what, count, 4, split);
      if (trainsWeights()) keep(what, all, layer.norm == NormKind::rms_gemma ? 4 : e, split);
      if (layer.norm == NormKind::rms_gemma) bytes.perLayer += 4 * width;
      break;
  }
}

namespace {

// Dropout keeps a mask of one byte and, where the dropped value is read again, its copy (Korthikanti et al.,
// https://arxiv.org/abs/2205.05198 section 4.1; Megatron and BERT train with 0.1 by default).
void saveDropout(BlockSaver& s) {
  if (!s.dropout()) return;
  s.keep(Kept::dropout, 2 * static_cast<double>(s.context.model.hidden), 1, Split::sequence);
}

void saveNorms(BlockSaver& s) {
  const double h = static_cast<double>(s.context.model.hidden);
  // Parallel blocks normalise the same residual once or twice; the input they keep is one tensor in LayerNorm's case.
  const bool sharedInput = s.layer.parallelBlock && s.layer.norm == NormKind::layer;
  const int norms = s.layer.normsPerLayer;
  for (int i = 0; i < (sharedInput ? std::min(norms, 1) : norms); ++i) s.norm(Kept::norm, h, 1, Split::sequence);
}

}  // namespace

BlockBytes blockBytes(const LayerKind& layer, std::size_t kind, const BlockContext& context) {
  BlockSaver s(layer, kind, context);
  const double h = static_cast<double>(context.model.hidden);
  s.bytes.hidden = h * context.element / (context.layout.sequence ? static_cast<double>(context.layout.tensor) : 1.0);
  saveNorms(s);
  if (layer.attention.kind == AttentionKind::latent)
    saveLatentAttention(s, layer.attention);
  else if (layer.attention.kind != AttentionKind::none)
    saveAttention(s, layer.attention);
  if (layer.crossAttention.kind != AttentionKind::none) saveAttention(s, layer.crossAttention);
  if (layer.state.kind != StateKind::none) saveState(s);
  if (layer.mlp.kind != MlpKind::none) saveMlp(s);
  if (!s.trainsWeights()) saveAdapters(s, kind);
  saveDropout(s);
  return s.bytes;
}

BlockBytes selectiveBytes(const LayerKind& layer, const BlockBytes& whole, const BlockContext& c) {
  BlockBytes out = whole;
  if (c.profile.selective == Selective::core_attention) {
    // Megatron-LM --recompute-activations: softmax, its dropout and the weighted sum are computed again.
    out.perToken[static_cast<std::size_t>(Kept::probabilities)] = 0;
    return out;
  }
  // torchtitan/distributed/activation_checkpoint.py (2025): the block's input, attention's output and the output of
  // every second matrix product, in the order in which they run; compiled code drops the last one, which nothing reads.
  BlockBytes kept;
  kept.hidden = whole.hidden, kept.widestGradients = whole.widestGradients;
  kept.perToken[static_cast<std::size_t>(Kept::linear_input)] = whole.hidden;
  kept.perToken[static_cast<std::size_t>(Kept::attention_out)] =
      whole.perToken[static_cast<std::size_t>(Kept::attention_out)];
  const double tensor = static_cast<double>(c.layout.tensor);
  const double sequence = c.layout.sequence ? tensor : 1.0;
  int index = 0;
  const Tensor* last = nullptr;
  double products = 0, lastBytes = 0, inputs = 0, elements = 0;
  for (const Tensor& t : layer.tensors) {
    if (!t.linear || t.bias || t.copies > 1 || t.role == TensorRole::router) continue;
    const bool narrow =
        t.role == TensorRole::o_proj || t.role == TensorRole::down_proj || t.role == TensorRole::shared_down;
    const double bytes = static_cast<double>(t.rows) * c.element / (narrow ? sequence : tensor);
    inputs += static_cast<double>(t.columns) / (narrow ? tensor : sequence);
    elements += static_cast<double>(t.elements()) / tensor;
    if (index++ % 2 == 0)
      products += bytes, last = &t, lastBytes = bytes;
    else
      last = nullptr;
  }
  if (c.compiled && last != nullptr) products -= lastBytes;
  kept.perToken[static_cast<std::size_t>(Kept::qkv)] = products;
  if (c.float8 && !c.compiled) {
    // The scaling's abs() of inputs and weights is on the policy's list and not fused away (torchtitan 2025).
    kept.perToken[static_cast<std::size_t>(Kept::linear_input)] += inputs * c.element;
    kept.perLayer += elements * c.element;
    return kept;
  }
  // Never more than without it: a small block can be cheaper kept whole.
  if (kept.tokenTotal() > whole.tokenTotal()) return whole;
  return kept;
}

}  // namespace headroom::training
