#include "core/estimate/training/step/saved_tensors.h"

#include <algorithm>

namespace headroom::training {
namespace {

double heads(const AttentionSpec& a) {
  return static_cast<double>(a.heads);
}
double valueWidth(const AttentionSpec& a) {
  return static_cast<double>(a.valueDim > 0 ? a.valueDim : a.headDim);
}

// Families whose eager attention keeps its softmax in the compute dtype; the others compute it in fp32 and keep a copy
// in the compute dtype beside it (transformers modeling files, 4.57).
bool softmaxInComputeType(const BlockSaver& s) {
  return s.layer.norm == NormKind::layer && (s.context.model.encoderOnly || s.context.model.family == "gpt2");
}

// Softmax rows over the context and what reads them, per token and head; the sequence is never split here.
void saveProbabilities(BlockSaver& s, const AttentionSpec& a, Split split) {
  const double e = s.context.element;
  const double width = heads(a) * s.context.keys;
  if (softmaxInComputeType(s) || s.fused()) {
    s.keep(Kept::probabilities, width, s.context.autocast ? 4 : e, split);
  } else {
    s.keep(Kept::probabilities, width, 4, split);
    if (e < 4) s.keep(Kept::probabilities, width, e, split);
  }
  if (s.dropout()) s.keep(Kept::probabilities, width, e + 1, split);     // the dropped copy and its mask
  if (a.logitSoftCap > 0) s.keep(Kept::probabilities, width, e, split);  // tanh's output
}

// The kernel's output is the output projection's input; eager attention keeps it only for that.
void saveOutput(BlockSaver& s, double width, double headCount, Split split) {
  const double e = s.context.element;
  const bool eager = s.context.eagerAttention;
  if (!eager) {
    s.keep(Kept::attention_out, width, e, split);
    if (s.copiesInput()) s.keep(Kept::linear_input, width, e, split);
    s.keep(Kept::attention_out, headCount, 4, split);  // log-sum-exp (https://arxiv.org/abs/2307.08691 section 3.1)
    if (s.context.layout.context > 1 && s.context.profile.contextExchange) s.keep(Kept::attention_out, width, e, split);
  } else if (s.needsInput({TensorRole::o_proj})) {
    s.keep(Kept::attention_out, width, e, split);
  }
}

void saveQueryKeyNorms(BlockSaver& s, const AttentionSpec& a) {
  if (!a.qkNorm) return;
  s.norm(Kept::norm, static_cast<double>(a.headDim), heads(a), Split::tensor);
  s.norm(Kept::norm, static_cast<double>(a.headDim), static_cast<double>(a.kvHeads), Split::tensor);
}

}  // namespace

void saveAttention(BlockSaver& s, const AttentionSpec& a) {
  const double e = s.context.element;
  const double h = static_cast<double>(s.context.model.hidden);
  const double d = static_cast<double>(a.headDim), v = valueWidth(a);
  const bool exchanges = s.context.profile.exchangesHeads && s.context.layout.context > 1;
  const double kv = static_cast<double>(exchanges ? std::max(a.kvHeads, s.context.layout.context) : a.kvHeads);
  const bool eager = s.context.eagerAttention;
  s.keepInput(Kept::linear_input, h, Split::sequence,
              {TensorRole::q_proj, TensorRole::k_proj, TensorRole::v_proj, TensorRole::qkv_proj});
  saveQueryKeyNorms(s, a);
  // Eager attention multiplies with keys and values repeated to all heads; one key head is broadcast without a copy.
  const bool expands = (eager || s.context.profile.expandsKeyValues) && a.kvHeads > 1;
  const double stored = expands ? heads(a) : kv;
  if (s.context.profile.keepsFusedQkv) {
    // The fused projection's output stays alive through the values; rotated queries and keys are copies.
    s.keep(Kept::qkv, heads(a) * d + kv * d + kv * v, e, Split::tensor);
    s.keep(Kept::qkv, heads(a) * d + stored * d, e, Split::tensor);
  } else {
    s.keep(Kept::qkv, heads(a) * d + stored * d + stored * v, e, Split::tensor);
  }
  if (eager) saveProbabilities(s, a, Split::tensor);
  if (a.outputGate) s.keep(Kept::attention_out, 2 * heads(a) * v, e, Split::tensor);  // sigmoid(gate) and the product
  saveOutput(s, heads(a) * v, heads(a), Split::tensor);
  // Gradients of queries, keys, values and output beside the hidden state's and the residual's.
  if (exchanges)
    s.bytes.widestGradients = std::max(s.bytes.widestGradients, (heads(a) * (d + v) + kv * (d + v) + 2 * h) * e);
}

// Multi-head latent attention as transformers' DeepseekV3Attention and Megatron's MLASelfAttention run it: queries and
// keys are built by concatenation (copies); the values are a part of the up-projection's output.
void saveLatentAttention(BlockSaver& s, const AttentionSpec& a) {
  const double e = s.context.element;
  const double h = static_cast<double>(s.context.model.hidden);
  const double nope = static_cast<double>(a.nopeDim), rope = static_cast<double>(a.ropeDim), v = valueWidth(a);
  const double q = static_cast<double>(a.qLoraRank), kv = static_cast<double>(a.kvLoraRank);
  s.keepInput(Kept::linear_input, h, Split::sequence,
              {TensorRole::q_proj, TensorRole::q_a_proj, TensorRole::kv_a_proj});
  if (q > 0) {
    s.norm(Kept::norm, q, 1, Split::sequence);
    s.keepInput(Kept::linear_input, q, Split::sequence, {TensorRole::q_b_proj});
  }
  s.norm(Kept::norm, kv, 1, Split::sequence);
  s.keepInput(Kept::linear_input, kv, Split::sequence, {TensorRole::kv_b_proj});
  s.keep(Kept::qkv, 2 * heads(a) * (nope + rope), e, Split::tensor);
  // Values: transformers keeps the view's whole storage (nope + v); a fused kernel gets them contiguous.
  s.keep(Kept::qkv, heads(a) * (s.fused() ? v : nope + v), e, Split::tensor);
  if (s.context.eagerAttention) saveProbabilities(s, a, Split::tensor);
  saveOutput(s, heads(a) * v, heads(a), Split::tensor);
}

}  // namespace headroom::training
