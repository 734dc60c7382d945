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

BlockSaver::BlockSaver(const LayerKind& l, std::size_t kind, const BlockContext& c, BlockTensors* tensors)
    : layer(l), context(c), tensors_(tensors) {
  const double tensor = static_cast<double>(c.layout.tensor);
  divisor_ = {1.0, tensor, c.layout.sequence ? tensor : 1.0};
  if (c.adapters != nullptr && kind < c.adapters->kinds.size()) targets_ = c.adapters->kinds[kind].roles;
}

Factor BlockSaver::opened(std::string_view name, std::string_view why, Split split,
                          std::initializer_list<Factor> parts) const {
  FactorParts product(context.tree, name, Unit::bytes_per_token, Combine::multiply);
  for (const Factor& part : parts)
    if (!part.symbol.empty()) product.add(part);
  const double ranks = divisor_[static_cast<std::size_t>(split)];
  if (ranks != 1)
    product.add(over(
        asked(split == Split::sequence ? "sequence-parallel ranks" : "tensor-parallel ranks", ranks, Unit::devices)));
  Factor f = product.close();
  f.why = why;
  return f;
}

Factor BlockSaver::share(std::string_view name, std::initializer_list<Factor> parts) const {
  FactorParts product(context.tree, name, Unit::elements, Combine::multiply);
  for (const Factor& part : parts)
    if (!part.symbol.empty() && part.value != 1) product.add(part);
  const double ranks = divisor_[static_cast<std::size_t>(Split::tensor)];
  if (ranks != 1) product.add(over(asked("tensor-parallel ranks", ranks, Unit::devices)));
  return product.close();
}

void BlockSaver::gradients(std::string_view name, std::initializer_list<Factor> widths) {
  double width = 0;
  for (const Factor& f : widths) width += f.value;
  bytes.widestGradients = std::max(bytes.widestGradients, width * context.element());
  if (tensors_ == nullptr || width <= 0) return;
  FactorTree& tree = context.tree;
  const Factor sum = tree.sum("elements per token", Unit::elements, widths);
  tensors_->gradients.push_back(tree.product(name, Unit::bytes_per_token, {sum, context.compute}));
}

bool BlockSaver::needsInput(std::initializer_list<TensorRole> readers) const {
  if (trainsWeights()) return true;
  // An adapter in the compute dtype reads the Linear's own input; behind a cast or a dropout it keeps a copy instead
  // (saveAdapters). A frozen Linear keeps nothing (torch derivatives.yaml, mm: self is kept for mat2's gradient only),
  // but bitsandbytes' 4-bit product kept its input whatever is trained until 0.43.2.
  if (keeps4bitInput() && context.profile.linear4bitKeepsInput) return true;
  if (context.profile.adaptersInFp32 || context.training.adapterDropout > 0) return false;
  return std::ranges::any_of(readers, [this](TensorRole role) { return (targets_ & bit(role)) != 0; });
}

void BlockSaver::norm(Kept what, const Factor& width, const Factor& count, Split split) {
  constexpr std::string_view kInput = "norm's input", kRoot = "reciprocal root of the mean square";
  constexpr std::string_view kStatistics = "mean and reciprocal deviation";
  constexpr std::string_view kNormInputWhy = "the norm's backward normalises it again";
  constexpr std::string_view kRowWhy = "one per row, so that backward need not sum again";
  const Factor& compute = context.compute;
  switch (layer.norm) {
    case NormKind::layer:
      keep(what, kInput, "native_layer_norm normalises it again in backward", split, width, count,
           context.autocast ? kFp32 : compute);
      keep(what, kStatistics, kRowWhy, split, several(2, "statistics"), count, compute);
      break;
    case NormKind::non_parametric:
      keep(what, kInput, kNormInputWhy, split, width, count, fused() ? compute : kFp32);
      keep(what, kStatistics, kRowWhy, split, several(2, "statistics"), count, kFp32);
      break;
    case NormKind::rms:
    case NormKind::rms_gemma:
      if (fused()) {
        keep(what, kInput, kNormInputWhy, split, width, count, compute);
        keep(what, kRoot, kRowWhy, split, several(1, "statistic"), count, kFp32);
        break;
      }
      // transformers LlamaRMSNorm / Gemma2RMSNorm (4.57): the fp32 input and rsqrt; the normalised value for the
      // weight's gradient, in the compute dtype or (Gemma: × (1 + w) in fp32) in fp32.
      keep(what, kInput, "cast to fp32 before it is squared and scaled", split, width, count, kFp32);
      keep(what, kRoot, kRowWhy, split, several(1, "statistic"), count, kFp32);
      if (trainsWeights())
        keep(what, "normalised value", "the norm's weight gets its gradient from it", split, width, count,
             layer.norm == NormKind::rms_gemma ? kFp32 : compute);
      if (layer.norm == NormKind::rms_gemma)
        keepOnce("norm's weight plus one", "the input's gradient is multiplied with it", Split::none, kFp32, width);
      break;
  }
}

namespace {

// Dropout keeps a mask of one byte and, where the dropped value is read again, its copy (Korthikanti et al.,
// https://arxiv.org/abs/2205.05198 section 4.1; Megatron and BERT train with 0.1 by default).
void saveDropout(BlockSaver& s) {
  if (s.context.training.dropout <= 0) return;
  const LayerKind& l = s.layer;
  const bool mixes = l.attention.kind != AttentionKind::none || l.state.kind != StateKind::none;
  const double parts = static_cast<double>(mixes) + (l.crossAttention.kind != AttentionKind::none ? 1 : 0) +
                       (l.mlp.kind != MlpKind::none ? 1 : 0);
  s.keep(Kept::dropout, "masks", "dropout's backward zeroes the same elements", Split::sequence,
         several(parts, "after attention and after the MLP"), s.hidden(), kMask);
}

void saveNorms(BlockSaver& s) {
  // Parallel blocks normalise the same residual once or twice; the input they keep is one tensor in LayerNorm's case.
  const bool sharedInput = s.layer.parallelBlock && s.layer.norm == NormKind::layer;
  const int norms = s.layer.normsPerLayer;
  for (int i = 0; i < (sharedInput ? std::min(norms, 1) : norms); ++i)
    s.norm(Kept::norm, s.hidden(), kSingle, Split::sequence);
}

}  // namespace

BlockBytes blockBytes(const LayerKind& layer, std::size_t kind, const BlockContext& context, BlockTensors* tensors) {
  BlockSaver s(layer, kind, context, tensors);
  const double h = static_cast<double>(context.model.hidden);
  s.bytes.hidden = h * context.element() / (context.layout.sequence ? static_cast<double>(context.layout.tensor) : 1.0);
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

}  // namespace headroom::training
