// Nemotron found by architecture search (DeciLM): every layer has its own attention and MLP, or none
// (https://arxiv.org/abs/2411.19146).
#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/families.h"

namespace headroom {
namespace {

struct Block {
  std::int64_t groupSize = 0;     // query heads per key-value head; 0: no attention
  std::int64_t intermediate = 0;  // 0: no MLP
  bool linearAttention = false, linearMlp = false;
};

std::vector<Block> blocksOf(const Config& config, const Dimensions& d) {
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < config.listSize("block_configs") && i < static_cast<std::size_t>(d.layers); ++i) {
    const Config block = config.at("block_configs", i);
    const Config attention = block.child("attention"), ffn = block.child("ffn");
    Block out;
    out.linearAttention = attention.flag("replace_with_linear", false);
    out.linearMlp = ffn.flag("replace_with_linear", false);
    if (!attention.flag("no_op", false) && !out.linearAttention)
      out.groupSize = attention.count("n_heads_in_group", 1, d.heads);
    // DeciLM: two thirds of the multiple of the hidden size, rounded up to 256.
    const double width = 2.0 * ffn.real("ffn_mult", 0) * static_cast<double>(d.hidden) / 3.0;
    if (!ffn.flag("no_op", false) && !out.linearMlp && width > 0 && width < static_cast<double>(kMostWidth))
      out.intermediate = (static_cast<std::int64_t>(width) + 255) / 256 * 256;
    blocks.push_back(out);
  }
  return blocks;
}

}  // namespace

void buildNemotronNas(ModelBuilder& b, const Config& config) {
  const Dimensions d = dimensionsOf(config);
  b.take(d);
  if (config.failed()) return;
  const std::vector<Block> blocks = blocksOf(config, d);
  if (blocks.size() < static_cast<std::size_t>(d.layers)) {
    config.fail(ErrorCode::value, "block_configs describes fewer layers than num_hidden_layers.", "block_configs");
    return;
  }
  const Names names;
  const bool bias = config.flag("attention_bias", false);
  const auto at = [&](std::int64_t i) -> const Block& { return blocks[static_cast<std::size_t>(i)]; };
  const auto variant = [&](std::int64_t i) {
    const Block& block = at(i);
    return ((block.intermediate * 65536 + block.groupSize) * 2 + block.linearAttention) * 2 + block.linearMlp;
  };
  b.embedding(names, d.vocabulary, d.hidden);
  b.layers(d.layers, names.layer, variant, [&](LayerBuilder& layer, std::int64_t i) {
    const Block& block = at(i);
    layer.kind.normsPerLayer = 0;
    if (block.groupSize > 0 || block.linearAttention)
      layer.tensors.norm(names.norm1, d.hidden), ++layer.kind.normsPerLayer;
    if (block.groupSize > 0) {
      AttentionSpec a;
      a.kind = AttentionKind::full;
      a.heads = d.heads;
      a.kvHeads = d.heads / block.groupSize;
      a.headDim = a.rotaryDim = d.headDim;
      addAttention(layer, names, d.hidden, a, {bias, bias, QkNorm::none, false});
    }
    if (block.linearAttention)
      layer.tensors.linear("self_attn.linear_attn", TensorRole::o_proj, Group::attention, d.hidden, d.hidden);
    if (block.intermediate > 0 || block.linearMlp)
      layer.tensors.norm(names.norm2, d.hidden), ++layer.kind.normsPerLayer;
    if (block.intermediate > 0) addGatedMlp(layer, names, d.hidden, block.intermediate, false, false, isGelu(config));
    if (block.linearMlp) layer.tensors.linear("mlp.linear_mlp", TensorRole::down_proj, Group::mlp, d.hidden, d.hidden);
  });
  b.globals.norm(names.finalNorm, d.hidden);
  b.head(names, d.vocabulary, d.hidden, config.flag("tie_word_embeddings", false));
}

}  // namespace headroom
