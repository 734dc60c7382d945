#include "core/formats/config/families/latent_attention.h"

#include <algorithm>

namespace headroom {

AttentionSpec latentSpec(const Config& config, const Dimensions& d, KeyChoice choice) {
  AttentionSpec a;
  a.kind = AttentionKind::latent;
  a.heads = d.heads;
  a.kvHeads = d.heads;
  a.qLoraRank = config.size("q_lora_rank", 0, kMostWidth);
  a.kvLoraRank = config.count("kv_lora_rank", {}, kMostWidth);
  a.ropeDim = config.size("qk_rope_head_dim", 64, kMostWidth);
  a.nopeDim = config.count("qk_nope_head_dim", 128, kMostWidth);
  a.headDim = a.nopeDim + a.ropeDim;
  a.valueDim = config.count("v_head_dim", a.nopeDim, kMostWidth);
  a.rotaryDim = a.ropeDim;
  if (choice != KeyChoice::all) a.indexerTopK = config.size("index_topk", 2048);
  if (choice == KeyChoice::own) {
    a.indexerHeads = config.count("index_n_heads", 64, kMostHeads);
    a.indexerDim = config.count("index_head_dim", 128, kMostWidth);
  }
  return a;
}

std::vector<bool> ownIndexers(const Config& config, std::int64_t layers) {
  std::vector<bool> own;
  if (const std::vector<std::string> types = config.texts("indexer_types"); !types.empty()) {
    for (const std::string& type : types) own.push_back(type == "full");
  } else if (const std::string pattern = config.text("index_topk_pattern"); !pattern.empty()) {
    for (const char c : pattern) own.push_back(c != 'S');
  } else if (const std::int64_t every = config.size("index_topk_freq", 1); every > 1) {
    const std::int64_t offset = config.size("index_skip_topk_offset", 2);
    for (std::int64_t i = 0; i < layers; ++i) own.push_back(std::max<std::int64_t>(i - offset + 1, 0) % every == 0);
  }
  return own;
}

void addLatentAttention(LayerBuilder& layer, std::int64_t hidden, const AttentionSpec& a, bool bias) {
  constexpr Group kGroup = Group::attention;
  TensorList& t = layer.tensors;
  const std::int64_t query = a.heads * a.headDim;
  if (a.qLoraRank > 0) {
    t.linear("self_attn.q_a_proj", TensorRole::q_a_proj, kGroup, a.qLoraRank, hidden, bias);
    t.norm("self_attn.q_a_layernorm", a.qLoraRank);
    t.linear("self_attn.q_b_proj", TensorRole::q_b_proj, kGroup, query, a.qLoraRank);
  } else {
    t.linear("self_attn.q_proj", TensorRole::q_proj, kGroup, query, hidden);
  }
  t.linear("self_attn.kv_a_proj_with_mqa", TensorRole::kv_a_proj, kGroup, a.kvLoraRank + a.ropeDim, hidden, bias);
  t.norm("self_attn.kv_a_layernorm", a.kvLoraRank);
  t.linear("self_attn.kv_b_proj", TensorRole::kv_b_proj, kGroup, a.heads * (a.nopeDim + a.valueDim), a.kvLoraRank);
  t.linear("self_attn.o_proj", TensorRole::o_proj, kGroup, hidden, a.heads * a.valueDim, bias);
  if (a.indexerHeads > 0) {
    t.linear("self_attn.indexer.wq_b", TensorRole::indexer, kGroup, a.indexerHeads * a.indexerDim, a.qLoraRank);
    t.linear("self_attn.indexer.wk", TensorRole::indexer, kGroup, a.indexerDim, hidden);
    t.norm("self_attn.indexer.k_norm", a.indexerDim, true);
    t.linear("self_attn.indexer.weights_proj", TensorRole::indexer, kGroup, a.indexerHeads, hidden);
  }
  layer.kind.attention = a;
}

}  // namespace headroom
