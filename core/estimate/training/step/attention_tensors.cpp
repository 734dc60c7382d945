#include "core/estimate/training/step/saved_tensors.h"

#include <algorithm>

namespace headroom::training {
namespace {

constexpr std::string_view kQueryWhy = "the scores' backward multiplies with the queries";
constexpr std::string_view kKeyWhy = "the scores' backward multiplies with the keys";
constexpr std::string_view kValueWhy = "the weighted sum's backward multiplies with the values";

Factor heads(const AttentionSpec& a) {
  return fromModel("heads", static_cast<double>(a.heads), Unit::heads);
}
Factor headSize(const AttentionSpec& a) {
  return fromModel("head size", static_cast<double>(a.headDim), Unit::elements);
}
Factor valueSize(const AttentionSpec& a) {
  return fromModel("value size", static_cast<double>(a.valueDim > 0 ? a.valueDim : a.headDim), Unit::elements);
}

// Whose eager attention keeps its softmax in the compute dtype; the others compute it in fp32 and keep a copy in the
// compute dtype beside it (transformers modeling files, 4.57).
bool softmaxInComputeType(const BlockSaver& s, const AttentionSpec& a) {
  return s.layer.norm == NormKind::layer && (s.context.model.encoderOnly || a.narrowSoftmax);
}

// Softmax rows over the context and what reads them, per token and head; the sequence is never split here.
void saveProbabilities(BlockSaver& s, const AttentionSpec& a, Split split) {
  const Factor& e = s.context.compute;
  const Factor h = heads(a), keys = asked("keys of a row", s.context.keys, Unit::tokens);
  constexpr std::string_view kSoftmax = "softmax's backward starts from its output";
  constexpr std::string_view kCopy = "the weighted sum reads a copy in the compute dtype";
  const auto keep = [&](std::string_view name, std::string_view why, const Factor& bytes) {
    s.keep(Kept::probabilities, name, why, split, h, keys, bytes);
  };
  if (softmaxInComputeType(s, a) || s.fused()) {
    keep("probabilities", kSoftmax, s.context.autocast ? kFp32 : e);
  } else {
    keep("probabilities in fp32", kSoftmax, kFp32);
    if (e.value < 4) keep("probabilities", kCopy, e);
  }
  if (s.context.scoresDropped) {
    keep("dropped probabilities", "the weighted sum's backward multiplies with them", e);
    keep("dropout's mask", "dropout's backward zeroes the same elements", kMask);
  }
  if (a.logitSoftCap > 0) keep("capped scores", "tanh's backward reads its output", e);
}

// The kernel's output is the output projection's input; eager attention keeps it only for that.
void saveOutput(BlockSaver& s, const Factor& h, const Factor& size, Split split) {
  const Factor& e = s.context.compute;
  if (!s.context.eagerAttention) {
    constexpr std::string_view kFlash = "FlashAttention's backward (https://arxiv.org/abs/2307.08691 section 3.1)";
    s.keep(Kept::attention_out, "attention output", kFlash, split, h, size, e);
    if (s.copiesInput()) s.keep(Kept::linear_input, "copied attention output", BlockSaver::kCopyWhy, split, h, size, e);
    s.keep(Kept::attention_out, "log-sum-exp", kFlash, split, h, kFp32);
    if (s.context.layout.context > 1 && s.context.profile.contextExchange)
      s.keep(Kept::attention_out, "exchanged attention output",
             "context parallelism keeps it before and after the exchange", split, h, size, e);
  } else if (s.needsInput({TensorRole::o_proj})) {
    s.keep(Kept::attention_out, "attention output", BlockSaver::kInputWhy, split, h, size, e);
  }
}

void saveQueryKeyNorms(BlockSaver& s, const AttentionSpec& a) {
  if (!a.qkNorm) return;
  s.norm(Kept::norm, headSize(a), heads(a), Split::tensor);
  s.norm(Kept::norm, headSize(a), fromModel("KV heads", static_cast<double>(a.kvHeads), Unit::heads), Split::tensor);
}

}  // namespace

void saveAttention(BlockSaver& s, const AttentionSpec& a) {
  const Factor& e = s.context.compute;
  const Factor h = heads(a), d = headSize(a), v = valueSize(a);
  const bool exchanges = s.context.profile.exchangesHeads && s.context.layout.context > 1;
  Factor kv = fromModel("KV heads", static_cast<double>(a.kvHeads), Unit::heads);
  if (exchanges)
    kv = s.context.tree.largest(
        "KV heads, one per rank at least", Unit::heads,
        {kv, asked("context-parallel ranks", static_cast<double>(s.context.layout.context), Unit::devices)});
  const bool eager = s.context.eagerAttention;
  s.keepInput(Kept::linear_input, "input of attention", Split::sequence,
              {TensorRole::q_proj, TensorRole::k_proj, TensorRole::v_proj, TensorRole::qkv_proj}, s.hidden());
  saveQueryKeyNorms(s, a);
  // Eager attention multiplies with keys and values repeated to all heads; one key head is broadcast without a copy.
  const bool expands = (eager || s.context.profile.expandsKeyValues) && a.kvHeads > 1;
  const Factor& stored = expands ? h : kv;
  if (s.context.profile.keepsFusedQkv) {
    // The fused projection's output stays alive through the values; rotated queries and keys are copies.
    constexpr std::string_view kFused = "the values are a view of the fused projection's output";
    s.keep(Kept::qkv, "queries of the fused projection", kFused, Split::tensor, h, d, e);
    s.keep(Kept::qkv, "keys of the fused projection", kFused, Split::tensor, kv, d, e);
    s.keep(Kept::qkv, "values of the fused projection", kValueWhy, Split::tensor, kv, v, e);
    s.keep(Kept::qkv, "rotated queries", kQueryWhy, Split::tensor, h, d, e);
    s.keep(Kept::qkv, "rotated keys", kKeyWhy, Split::tensor, stored, d, e);
  } else {
    s.keep(Kept::qkv, "queries", kQueryWhy, Split::tensor, h, d, e);
    s.keep(Kept::qkv, "keys", kKeyWhy, Split::tensor, stored, d, e);
    s.keep(Kept::qkv, "values", kValueWhy, Split::tensor, stored, v, e);
  }
  if (eager) saveProbabilities(s, a, Split::tensor);
  if (a.outputGate) {
    s.keep(Kept::attention_out, "sigmoid of the gate", "the gated output's backward multiplies with it", Split::tensor,
           h, v, e);
    s.keep(Kept::attention_out, "gated output", BlockSaver::kInputWhy, Split::tensor, h, v, e);
  }
  saveOutput(s, h, v, Split::tensor);
  if (!exchanges) return;
  // Gradients of queries, keys, values and output beside the hidden state's and the residual's.
  FactorTree& tree = s.context.tree;
  const Factor both = tree.sum("head and value size", Unit::elements, {d, v});
  s.gradients("backward of attention",
              {tree.product("gradients of queries and output", Unit::elements, {h, both}),
               tree.product("gradients of keys and values", Unit::elements, {kv, both}),
               tree.product("hidden state and residual", Unit::elements, {several(2, "gradients"), s.hidden()})});
}

// Multi-head latent attention as transformers' DeepseekV3Attention and Megatron's MLASelfAttention run it: queries and
// keys are built by concatenation (copies); the values are a part of the up-projection's output.
void saveLatentAttention(BlockSaver& s, const AttentionSpec& a) {
  const Factor& e = s.context.compute;
  const Factor h = heads(a), v = valueSize(a);
  const Factor nope = fromModel("head size without position", static_cast<double>(a.nopeDim), Unit::elements);
  const Factor rope = fromModel("rotary width", static_cast<double>(a.ropeDim), Unit::elements);
  const Factor q = fromModel("query rank", static_cast<double>(a.qLoraRank), Unit::elements);
  const Factor kv = fromModel("KV rank", static_cast<double>(a.kvLoraRank), Unit::elements);
  FactorTree& tree = s.context.tree;
  s.keepInput(Kept::linear_input, "input of attention", Split::sequence,
              {TensorRole::q_proj, TensorRole::q_a_proj, TensorRole::kv_a_proj}, s.hidden());
  if (q.value > 0) {
    s.norm(Kept::norm, q, kSingle, Split::sequence);
    s.keepInput(Kept::linear_input, "latent queries", Split::sequence, {TensorRole::q_b_proj}, q);
  }
  s.norm(Kept::norm, kv, kSingle, Split::sequence);
  s.keepInput(Kept::linear_input, "latent keys and values", Split::sequence, {TensorRole::kv_b_proj}, kv);
  const Factor size = tree.sum("head size", Unit::elements, {nope, rope});
  s.keep(Kept::qkv, "queries", kQueryWhy, Split::tensor, h, size, e);
  s.keep(Kept::qkv, "keys", kKeyWhy, Split::tensor, h, size, e);
  // Values: transformers keeps the view's whole storage (nope + v); a fused kernel gets them contiguous.
  if (s.fused())
    s.keep(Kept::qkv, "values", kValueWhy, Split::tensor, h, v, e);
  else
    s.keep(Kept::qkv, "values in the up-projection's output", "a view keeps the whole storage alive", Split::tensor, h,
           tree.sum("key and value size", Unit::elements, {nope, v}), e);
  if (s.context.eagerAttention) saveProbabilities(s, a, Split::tensor);
  saveOutput(s, h, v, Split::tensor);
}

}  // namespace headroom::training
