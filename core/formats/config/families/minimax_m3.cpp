// The text part of MiniMax-M3: grouped-query attention that an indexer narrows to blocks, dense layers first.
#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/families.h"

namespace headroom {

void buildMiniMaxM3(ModelBuilder& b, const Config& config) {
  const DecoderTraits traits{.types = "minimax_m3_text", .norm = NormKind::rms_gemma};
  constexpr ExpertNames kExpertNames{.router = "block_sparse_moe.gate",
                                     .correction = "block_sparse_moe.e_score_correction_bias",
                                     .expert = "block_sparse_moe.experts.{e}.",
                                     .gate = "w1",
                                     .up = "w3",
                                     .down = "w2",
                                     .shared = "block_sparse_moe.shared_experts."};
  const ExpertTraits experts{.names = kExpertNames,
                             .width = "intermediate_size",
                             .sharedCount = "n_shared_experts",
                             .routerBias = RouterBias::buffer};
  const Dimensions d = dimensionsOf(config);
  ExpertsPlan plan = expertsOf(config, experts);
  if (config.has("shared_intermediate_size"))
    plan.sharedWidth =
        config.size("n_shared_experts", 1, 1024) * config.size("shared_intermediate_size", 0, kMostWidth);
  b.take(d);
  if (config.failed()) return;
  const std::vector<bool> sparse = sparseLayers(config, d.layers);
  const Config index = config.child("sparse_attention_config");
  const std::vector<std::int64_t> indexed = index.integers("sparse_attention_freq");
  const auto hasIndex = [&](std::int64_t i) {
    return static_cast<std::size_t>(i) < indexed.size() && indexed[static_cast<std::size_t>(i)] != 0;
  };
  const Names& names = traits.names;
  b.embedding(names, d.vocabulary, d.hidden);
  b.layers(
      d.layers, names.layer,
      [&](std::int64_t i) { return (sparse[static_cast<std::size_t>(i)] ? 2 : 0) + (hasIndex(i) ? 1 : 0); },
      [&](LayerBuilder& layer, std::int64_t i) {
        addNorms(layer, traits, d.hidden);
        AttentionSpec a;
        a.kind = AttentionKind::full;
        a.heads = d.heads;
        a.kvHeads = d.kvHeads;
        a.headDim = a.valueDim = d.headDim;
        a.rotaryDim = rotaryDimOf(config, d.headDim, 0.5);
        if (hasIndex(i)) {
          a.indexerHeads = index.count("sparse_num_index_heads", 4, kMostHeads);
          a.indexerDim = index.count("sparse_index_dim", 128, kMostWidth);
          a.indexerTopK = index.size("sparse_topk_blocks", 16) * index.size("sparse_block_size", 128);
        }
        addAttention(layer, names, d.hidden, a,
                     {false, false, config.flag("use_qk_norm", true) ? QkNorm::per_head_dim : QkNorm::none, false});
        if (hasIndex(i)) {
          layer.tensors.linear("self_attn.index_q_proj", TensorRole::indexer, Group::attention,
                               a.indexerHeads * a.indexerDim, d.hidden);
          layer.tensors.linear("self_attn.index_k_proj", TensorRole::indexer, Group::attention, a.indexerDim, d.hidden);
          layer.tensors.norm("self_attn.index_q_norm", a.indexerDim);
          layer.tensors.norm("self_attn.index_k_norm", a.indexerDim);
        }
        if (sparse[static_cast<std::size_t>(i)])
          addExperts(layer, d.hidden, plan, experts, false);
        else
          addGatedMlp(layer, names, d.hidden, config.count("dense_intermediate_size", d.intermediate, kMostWidth),
                      false, false, false);
      });
  b.globals.norm(names.finalNorm, d.hidden);
  b.head(names, d.vocabulary, d.hidden, config.flag("tie_word_embeddings", false));
}

}  // namespace headroom
