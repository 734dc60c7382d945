#include "core/estimate/placement.h"

#include <algorithm>

namespace headroom {
namespace {

constexpr std::int64_t ceilDiv(std::int64_t a, std::int64_t b) {
  return a / b + (a % b != 0);
}
constexpr std::int64_t kVocabularyPad = 64;  // vocab_parallel_embedding.py DEFAULT_VOCAB_PADDING_SIZE

// Rows of a key or value projection: whole heads, at least one per rank.
std::int64_t kvRows(const Tensor& t, const LayerKind* layer, std::int64_t tp) {
  const std::int64_t heads = layer != nullptr ? std::max<std::int64_t>(1, layer->attention.kvHeads) : tp;
  return t.rows / heads * std::max<std::int64_t>(1, ceilDiv(heads, tp));
}

}  // namespace

Shard shardOf(const Tensor& t, const LayerKind* layer, std::int64_t tp, std::int64_t ep) {
  Shard s{t.rows, t.columns, t.copies};
  const auto splitRows = [&](std::int64_t n) { s.rows = ceilDiv(t.rows, n); };
  const auto splitColumns = [&](std::int64_t n) { s.columns = ceilDiv(t.columns, n); };
  if (tp <= 1 && ep <= 1) return s;
  switch (t.role) {
    case TensorRole::q_proj:
    case TensorRole::q_b_proj:
    case TensorRole::kv_b_proj:
    case TensorRole::gate_proj:
    case TensorRole::up_proj:
    case TensorRole::gate_up_proj:
    case TensorRole::shared_gate:
    case TensorRole::shared_up:
    case TensorRole::shared_gate_up:
    case TensorRole::state_in:
    case TensorRole::state_conv:
      splitRows(tp);
      break;
    case TensorRole::k_proj:
    case TensorRole::v_proj:
      s.rows = kvRows(t, layer, tp);
      break;
    case TensorRole::qkv_proj: {
      if (layer == nullptr || layer->attention.heads == 0) return splitRows(tp), s;
      const AttentionSpec& a = layer->attention;
      const std::int64_t perHead = t.rows / std::max<std::int64_t>(1, a.heads + 2 * a.kvHeads);
      s.rows = perHead * (ceilDiv(a.heads, tp) + 2 * std::max<std::int64_t>(1, ceilDiv(a.kvHeads, tp)));
      break;
    }
    case TensorRole::o_proj:
    case TensorRole::down_proj:
    case TensorRole::shared_down:
    case TensorRole::state_out:
      if (!t.bias) splitColumns(tp);
      break;
    case TensorRole::expert_gate:
    case TensorRole::expert_up:
    case TensorRole::expert_gate_up:
      if (ep > 1)
        s.copies = ceilDiv(t.copies, ep);
      else
        splitRows(tp);
      break;
    case TensorRole::expert_down:
      if (ep > 1)
        s.copies = ceilDiv(t.copies, ep);
      else if (!t.bias)
        splitColumns(tp);
      break;
    case TensorRole::token_embedding:
    case TensorRole::per_layer_embedding:
    case TensorRole::head:
      s.rows = ceilDiv(ceilDiv(t.rows, kVocabularyPad) * kVocabularyPad, tp);
      break;
    case TensorRole::attention_extra:
      // The first half of a grouped low-rank output projection: whole groups (vllm/models/deepseek_v4, 0.20).
      if (t.name.ends_with("wo_a.weight")) splitRows(tp);
      break;
    default:
      break;
  }
  return s;
}

StageLayers stageLayers(std::int64_t layers, std::int64_t stages, std::int64_t stage) {
  const std::int64_t base = layers / stages;
  std::int64_t rest = layers % stages;
  // Extra layers go to the stages before the last, from the back; the last one carries the head.
  const auto extra = [&](std::int64_t s) -> std::int64_t {
    if (rest == 0 || stages == 1) return 0;
    return s < stages - 1 && s >= stages - 1 - rest ? 1 : 0;
  };
  StageLayers out;
  for (std::int64_t s = 0; s < stage; ++s) out.first += base + extra(s);
  out.last = stage == stages - 1 ? layers : out.first + base + extra(stage);
  return out;
}

}  // namespace headroom
