#include "core/estimate/placement.h"

#include <algorithm>

#include "core/estimate/arithmetic.h"

namespace headroom {
namespace {

constexpr std::int64_t kVocabularyPad = 64;
constexpr std::string_view kPadSource = "vllm vocab_parallel_embedding.py DEFAULT_VOCAB_PADDING_SIZE (0.11)";

template <typename Numbers>
struct ShardWith {
  using Value = typename Numbers::Value;
  Value rows, columns, copies;
};

// How a rule of placement reads: dimensions of the tensor and the layer, and what splits them.
template <typename Numbers>
class Placing {
 public:
  using Value = typename Numbers::Value;

  Placing(Numbers numbers, const WeightSplit& split) : n_(numbers), split_(split) {}

  ShardWith<Numbers> operator()(const Tensor& t, const LayerKind* layer) const {
    ShardWith<Numbers> s{n_.leaf(Origin::model, "rows", t.rows, Unit::rows),
                         n_.leaf(Origin::model, "columns", t.columns, Unit::elements),
                         n_.leaf(Origin::model, "copies", t.copies, Unit::copies)};
    if (split_.tensor <= 1 && split_.expert <= 1) return s;
    switch (t.role) {
      case TensorRole::q_proj:
      case TensorRole::q_b_proj:
      case TensorRole::kv_b_proj:
        s.rows = splitsHeads(layer, t.rows) ? headRows(s.rows, *layer) : rowsOfRank(s.rows, split_.ofAttention());
        break;
      case TensorRole::gate_proj:
      case TensorRole::up_proj:
      case TensorRole::gate_up_proj:
      case TensorRole::shared_gate:
      case TensorRole::shared_up:
      case TensorRole::shared_gate_up:
        s.rows = rowsOfRank(s.rows, split_.tensor);
        break;
      case TensorRole::state_in:
      case TensorRole::state_conv:
        s.rows = rowsOfRank(s.rows, split_.ofAttention());
        break;
      case TensorRole::k_proj:
      case TensorRole::v_proj:
        s.rows = kvRows(s.rows, layer);
        break;
      case TensorRole::qkv_proj:
        s.rows = layer == nullptr || layer->attention.heads == 0 ? rowsOfRank(s.rows, split_.ofAttention())
                                                                 : fusedRows(s.rows, *layer);
        break;
      case TensorRole::o_proj:
        if (t.bias) break;
        s.columns = splitsHeads(layer, t.columns) ? headColumns(s.columns, *layer)
                                                  : columnsOfRank(s.columns, split_.ofAttention());
        break;
      case TensorRole::down_proj:
      case TensorRole::shared_down:
        if (!t.bias) s.columns = columnsOfRank(s.columns, split_.tensor);
        break;
      case TensorRole::state_out:
        if (!t.bias) s.columns = columnsOfRank(s.columns, split_.ofAttention());
        break;
      case TensorRole::expert_gate:
      case TensorRole::expert_up:
      case TensorRole::expert_gate_up:
        if (split_.expert > 1) s.copies = copiesOfRank(s.copies);
        if (split_.ofExpert() > 1) s.rows = rowsOfRank(s.rows, split_.ofExpert());
        break;
      case TensorRole::expert_down:
        if (split_.expert > 1) s.copies = copiesOfRank(s.copies);
        if (split_.ofExpert() > 1 && !t.bias) s.columns = columnsOfRank(s.columns, split_.ofExpert());
        break;
      case TensorRole::token_embedding:
      case TensorRole::per_layer_embedding:
        if (split_.tensor > 1) s.rows = vocabulary(s.rows, split_.ofEmbedding());
        break;
      case TensorRole::head:
        if (split_.tensor > 1) s.rows = vocabulary(s.rows, split_.tensor);
        break;
      case TensorRole::attention_extra:
        // The first half of a grouped low-rank output projection: whole groups (vllm/models/deepseek_v4, 0.20).
        if (t.name.ends_with("wo_a.weight")) s.rows = rowsOfRank(s.rows, split_.ofAttention());
        break;
      default:
        break;
    }
    return s;
  }

  // Whole multiples of 64 rows, split among the ranks.
  Value vocabulary(const Value& rows, std::int64_t ranks) const {
    const Value pad = n_.leaf(Origin::constant, "rows of a multiple", kVocabularyPad, Unit::rows, kPadSource);
    const Value padded = n_.times("rows, filled up", Unit::rows, n_.wholes("multiples", Unit::count, rows, pad), pad);
    return ranks <= 1 ? padded : rowsOfRank(padded, ranks);
  }

 private:
  Value ranks(std::int64_t count) const {
    return n_.leaf(Origin::user, "tensor-parallel ranks", std::max<std::int64_t>(1, count), Unit::devices);
  }
  Value rowsOfRank(const Value& rows, std::int64_t count) const {
    return n_.wholes("rows of a rank", Unit::rows, rows, ranks(count));
  }
  Value columnsOfRank(const Value& columns, std::int64_t count) const {
    return n_.wholes("columns of a rank", Unit::elements, columns, ranks(count));
  }
  Value copiesOfRank(const Value& copies) const {
    return n_.wholes("experts of a rank", Unit::copies, copies,
                     n_.leaf(Origin::user, "expert-parallel ranks", split_.expert, Unit::devices));
  }
  Value headsOfRank(std::string_view symbol, const Value& heads) const {
    return n_.wholes(symbol, Unit::heads, heads, ranks(split_.ofAttention()));
  }

  // A matrix over all query heads is split by whole heads, as keys and values are.
  static bool splitsHeads(const LayerKind* layer, std::int64_t width) {
    return layer != nullptr && layer->attention.heads > 0 && width % layer->attention.heads == 0;
  }
  Value queryHeads(const LayerKind& layer) const {
    return n_.leaf(Origin::model, "heads", layer.attention.heads, Unit::heads);
  }
  Value headRows(const Value& rows, const LayerKind& layer) const {
    const Value heads = queryHeads(layer);
    return n_.times("rows of a rank", Unit::rows, n_.share("rows of a head", Unit::rows, rows, heads),
                    headsOfRank("query heads of a rank", heads));
  }
  Value headColumns(const Value& columns, const LayerKind& layer) const {
    const Value heads = queryHeads(layer);
    return n_.times("columns of a rank", Unit::elements, n_.share("columns of a head", Unit::elements, columns, heads),
                    headsOfRank("query heads of a rank", heads));
  }

  // Rows of a key or value projection: whole heads, at least one per rank.
  Value kvRows(const Value& rows, const LayerKind* layer) const {
    const std::int64_t count =
        layer != nullptr ? std::max<std::int64_t>(1, layer->attention.kvHeads) : split_.ofAttention();
    const Value heads = n_.leaf(Origin::model, "KV heads", count, Unit::heads);
    return n_.times("rows of a rank", Unit::rows, n_.share("rows of a head", Unit::rows, rows, heads),
                    headsOfRank("KV heads of a rank", heads));
  }

  // Queries, keys and values in one matrix: heads of each kind are split by themselves.
  Value fusedRows(const Value& rows, const LayerKind& layer) const {
    const AttentionSpec& a = layer.attention;
    const Value heads = queryHeads(layer);
    const Value kvHeads = n_.leaf(Origin::model, "KV heads", std::max<std::int64_t>(1, a.kvHeads), Unit::heads);
    const Value both = n_.leaf(Origin::constant, "keys and values", 2, Unit::count, "one key and one value per head");
    const Value stored = n_.plus("heads of queries, keys and values", Unit::heads, heads,
                                 n_.times("heads of keys and values", Unit::heads, both,
                                          n_.leaf(Origin::model, "KV heads", a.kvHeads, Unit::heads)));
    const Value kept = n_.plus(
        "heads of a rank", Unit::heads, headsOfRank("query heads of a rank", heads),
        n_.times("heads of keys and values of a rank", Unit::heads, both, headsOfRank("KV heads of a rank", kvHeads)));
    return n_.times("rows of a rank", Unit::rows, n_.share("rows of a head", Unit::rows, rows, stored), kept);
  }

  Numbers n_;
  WeightSplit split_;
};

}  // namespace

Shard shardOf(const Tensor& t, const LayerKind* layer, const WeightSplit& split) {
  const auto s = Placing(PlainNumbers{}, split)(t, layer);
  return {s.rows, s.columns, s.copies};
}

ShardFactors shardFactors(FactorTree& tree, const Tensor& t, const LayerKind* layer, const WeightSplit& split) {
  const auto s = Placing(OpenedNumbers{tree}, split)(t, layer);
  return {s.rows, s.columns, s.copies};
}

std::int64_t paddedVocabulary(std::int64_t rows, std::int64_t tp) {
  return Placing(PlainNumbers{}, WeightSplit{tp}).vocabulary(rows, tp);
}
Factor paddedVocabulary(FactorTree& tree, const Factor& rows, std::int64_t tp) {
  return Placing(OpenedNumbers{tree}, WeightSplit{tp}).vocabulary(rows, tp);
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
