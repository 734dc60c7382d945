// DeepSeek-V4: one shared key-value head, compressed keys and values beside a short window, a grouped low-rank output
// projection and hyper-connections (transformers modeling_deepseek_v4.py; counts in tests/data/parameters.jsonl).
#include "core/formats/config/families/class_table.h"
#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/families.h"
#include "core/formats/config/families/next_token.h"

namespace headroom {
namespace {

constexpr ExpertTraits kExperts{
    .sharedCount = "n_shared_experts", .sharedBias = "mlp_bias", .routerBias = RouterBias::buffer};
constexpr std::int64_t kSparseRatio = 4, kHeavyRatio = 128;  // tokens that one compressed entry stands for

struct V4 {
  Dimensions d;
  std::int64_t qRank = 0, oGroups = 0, oRank = 0, indexHeads = 0, indexDim = 0, ropeDim = 0, window = 0, topK = 0;
};

// 0: the window alone.
std::vector<std::int64_t> ratiosOf(const Config& config, std::int64_t layers) {
  std::vector<std::int64_t> ratios = config.integers("compress_ratios");
  std::vector<std::string> types = config.texts("layer_types");
  if (ratios.empty() && types.empty()) types = listByRule(config, "layer_types", layers);
  if (ratios.empty())
    for (const std::string& t : types)
      ratios.push_back(t == "compressed_sparse_attention"    ? kSparseRatio
                       : t == "heavily_compressed_attention" ? kHeavyRatio
                                                             : 0);
  ratios.resize(static_cast<std::size_t>(layers));
  return ratios;
}

// Pools `ratio` tokens into one entry; overlapping windows double the width of the sparse kind.
void addCompressor(TensorList& t, const std::string& module, std::int64_t hidden, std::int64_t ratio,
                   std::int64_t width, std::int64_t overlap) {
  t.tensor(module + ".ape", TensorRole::attention_extra, Group::attention, ratio, overlap * width);
  // No quantized checkpoint converts these (vllm/models/deepseek_v4/compressor.py: quant_config=None, 0.20).
  t.tensor(module + ".wkv.weight", TensorRole::attention_extra, Group::attention, overlap * width, hidden);
  t.tensor(module + ".wgate.weight", TensorRole::attention_extra, Group::attention, overlap * width, hidden);
  t.norm(module + ".norm", width);
}

void addAttention(LayerBuilder& layer, const V4& v, std::int64_t ratio) {
  constexpr Group kGroup = Group::attention;
  const Dimensions& d = v.d;
  TensorList& t = layer.tensors;
  t.tensor("attn.attn_sink", TensorRole::attention_extra, kGroup, d.heads);
  t.linear("attn.wq_a", TensorRole::q_a_proj, kGroup, v.qRank, d.hidden);
  t.norm("attn.q_norm", v.qRank);
  t.linear("attn.wq_b", TensorRole::q_b_proj, kGroup, d.heads * d.headDim, v.qRank);
  t.linear("attn.wkv", TensorRole::kv_a_proj, kGroup, d.headDim, d.hidden);
  t.norm("attn.kv_norm", d.headDim);
  t.linear("attn.wo_a", TensorRole::attention_extra, kGroup, v.oGroups * v.oRank, d.heads * d.headDim / v.oGroups);
  t.linear("attn.wo_b", TensorRole::o_proj, kGroup, d.hidden, v.oGroups * v.oRank);
  AttentionSpec a;
  a.heads = d.heads;
  a.kvHeads = 1;
  a.headDim = a.valueDim = d.headDim;
  a.rotaryDim = a.ropeDim = v.ropeDim;
  a.qLoraRank = v.qRank;
  a.kvLoraRank = d.headDim - v.ropeDim;
  a.nopeDim = d.headDim - v.ropeDim;
  a.window = v.window;
  a.sinks = true;
  a.kind = ratio > 0 ? AttentionKind::latent : AttentionKind::sliding;
  a.compressRatio = ratio;
  if (ratio > 0) {
    addCompressor(t, "attn.compressor", d.hidden, ratio, d.headDim, ratio == kSparseRatio ? 2 : 1);
  }
  if (ratio == kSparseRatio) {
    addCompressor(t, "attn.indexer.compressor", d.hidden, ratio, v.indexDim, 2);
    t.linear("attn.indexer.wq_b", TensorRole::indexer, kGroup, v.indexHeads * v.indexDim, v.qRank);
    t.linear("attn.indexer.weights_proj", TensorRole::indexer, kGroup, v.indexHeads, d.hidden);
    a.indexerHeads = v.indexHeads;
    a.indexerDim = v.indexDim;
    a.indexerTopK = v.topK;
  }
  layer.kind.attention = a;
}

// Mixing matrices of `streams` residual streams around attention and around the MLP.
void addHyperConnections(TensorList& t, std::int64_t hidden, std::int64_t streams) {
  const std::int64_t mixes = (2 + streams) * streams;
  for (const char* where : {"hc_attn", "hc_ffn"}) {
    t.tensor(std::string(where) + "_fn", TensorRole::other, Group::other, mixes, streams * hidden);
    t.tensor(std::string(where) + "_base", TensorRole::other, Group::other, mixes);
    t.tensor(std::string(where) + "_scale", TensorRole::other, Group::other, 3);
  }
}

}  // namespace

void buildDeepSeekV4(ModelBuilder& b, const Config& config) {
  V4 v;
  v.d = dimensionsOf(config);
  v.qRank = config.count("q_lora_rank", 1024, kMostWidth);
  v.oGroups = config.count("o_groups", 8, kMostHeads);
  v.oRank = config.count("o_lora_rank", 1024, kMostWidth);
  v.indexHeads = config.count("index_n_heads", 64, kMostHeads);
  v.indexDim = config.count("index_head_dim", 128, kMostWidth);
  v.ropeDim = std::min(v.d.headDim, config.size("qk_rope_head_dim", 64, kMostWidth));
  v.window = config.size("sliding_window", 128);
  v.topK = config.size("index_topk", 512);
  const std::int64_t streams = config.count("hc_mult", 4, 64);
  const ExpertsPlan experts = expertsOf(config, kExperts);
  b.take(v.d);
  if (config.failed()) return;
  const std::vector<std::int64_t> ratios = ratiosOf(config, v.d.layers);
  const Names names{.layer = "model.layers.{}."};
  b.embedding(names, v.d.vocabulary, v.d.hidden);
  const auto ratioAt = [&](std::int64_t i) { return ratios[static_cast<std::size_t>(i)]; };
  b.layers(v.d.layers, names.layer, ratioAt, [&](LayerBuilder& layer, std::int64_t i) {
    layer.tensors.norm("attn_norm", v.d.hidden);
    addAttention(layer, v, ratioAt(i));
    layer.tensors.norm("ffn_norm", v.d.hidden);
    addExperts(layer, v.d.hidden, experts, kExperts, false);
    addHyperConnections(layer.tensors, v.d.hidden, streams);
  });
  b.globals.norm(names.finalNorm, v.d.hidden);
  b.globals.tensor("model.hc_head_fn", TensorRole::other, Group::other, streams, streams * v.d.hidden);
  b.globals.tensor("model.hc_head_base", TensorRole::other, Group::other, streams);
  b.globals.tensor("model.hc_head_scale", TensorRole::other, Group::other, 1);
  b.head(names, v.d.vocabulary, v.d.hidden, config.flag("tie_word_embeddings", false));
  addNextToken(b, config, false);
}

}  // namespace headroom
