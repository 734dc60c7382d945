// Zamba2: Mamba-2 layers with a few shared transformer blocks called again and again
// (https://arxiv.org/abs/2411.15242). A block's weights are counted once, its KV cache at every call.
#include <algorithm>

#include "core/formats/config/families/families.h"
#include "core/formats/config/families/layer_pattern.h"
#include "core/formats/config/families/state_mixers.h"

namespace headroom {
namespace {

void addMixer(LayerBuilder& layer, const Config& config, const Dimensions& d, std::string_view module) {
  Mamba2 m;
  m.inner = d.hidden * config.count("mamba_expand", 2, 64);
  m.heads =
      config.count("n_mamba_heads",
                   std::max<std::int64_t>(1, m.inner / config.count("mamba_headdim", 64, kMostHeadDim)), kMostHeads);
  m.headDim = config.count("mamba_headdim", m.inner / m.heads, kMostWidth);
  m.groups = config.count("mamba_ngroups", 1, kMostHeads);
  m.state = config.count("mamba_d_state state_size", 64, kMostHeadDim);
  m.kernel = config.count("mamba_d_conv", 4, 1024);
  addMamba2(layer, module, d.hidden, m);
  layer.kind.state.chunk = config.count("chunk_size", 256, kMostWidth);
}

// The shared block's own tensors; the layer that calls it first holds them.
void addSharedBlock(LayerBuilder& layer, const Dimensions& d, const AttentionSpec& a) {
  const std::int64_t wide = 2 * d.hidden;  // the block reads the hidden state beside the embedding
  TensorList& t = layer.tensors;
  constexpr Group kGroup = Group::attention;
  for (const auto& [name, role] :
       {std::pair{"q", TensorRole::q_proj}, std::pair{"k", TensorRole::k_proj}, std::pair{"v", TensorRole::v_proj}})
    t.linear("shared_transformer.self_attn." + std::string(name) + "_proj", role, kGroup,
             (role == TensorRole::q_proj ? a.heads : a.kvHeads) * a.headDim, wide);
  t.linear("shared_transformer.self_attn.o_proj", TensorRole::o_proj, kGroup, d.hidden, a.heads * a.headDim);
  t.linear("shared_transformer.feed_forward.gate_up_proj", TensorRole::gate_up_proj, Group::mlp, 2 * d.intermediate,
           d.hidden);
  t.linear("shared_transformer.feed_forward.down_proj", TensorRole::down_proj, Group::mlp, d.hidden, d.intermediate);
  t.norm("shared_transformer.input_layernorm", wide);
  t.norm("shared_transformer.pre_ff_layernorm", d.hidden);
}

}  // namespace

void buildZamba2(ModelBuilder& b, const Config& config) {
  const Dimensions stated = dimensionsOf(config, HeadRule::stated);
  Dimensions d = stated;
  d.headDim = config.count("attention_head_dim",
                           std::max<std::int64_t>(1, 2 * d.hidden / std::max<std::int64_t>(1, d.heads)), kMostWidth);
  b.take(d);
  if (config.failed()) return;
  const std::vector<std::string> types = config.texts("layers_block_type layer_types");
  const std::vector<std::int64_t> hybrid = config.integers("hybrid_layer_ids");
  const std::int64_t blocks = config.count("num_mem_blocks", 1, 64),
                     rank = config.size("adapter_rank", 128, kMostWidth);
  // Transformers 5 shares the blocks as tied weights: without the tie each call has its own (5.24 modeling_zamba2.py).
  const bool shares = config.flag("tie_word_embeddings", true) || !filledByClass(config);
  const bool attentionAdapter = config.flag("use_shared_attention_adapter", false);

  std::vector<std::int64_t> calls(static_cast<std::size_t>(d.layers),
                                  -1);  // which call of a shared block a layer makes
  std::int64_t call = 0;
  for (std::size_t i = 0; i < calls.size(); ++i)
    if (i < types.size() ? types[i] == "hybrid"
        : hybrid.empty() ? i % 6 == 5
                         : std::find(hybrid.begin(), hybrid.end(), static_cast<std::int64_t>(i)) != hybrid.end())
      calls[i] = call++;

  AttentionSpec a;
  a.kind = AttentionKind::full;
  a.heads = d.heads;
  a.kvHeads = d.kvHeads;
  a.headDim = a.valueDim = d.headDim;
  a.rotaryDim = config.flag("use_mem_rope", true) ? d.headDim : 0;
  const Names names{.finalNorm = "model.final_layernorm"};
  b.embedding(names, d.vocabulary, d.hidden);
  const auto variant = [&](std::int64_t i) {
    const std::int64_t c = calls[static_cast<std::size_t>(i)];
    return c < 0 ? std::int64_t{-1} : std::min(c, blocks);
  };
  b.layers(d.layers, names.layer, variant, [&](LayerBuilder& layer, std::int64_t i) {
    layer.kind.normsPerLayer = 1;
    if (variant(i) < 0) {
      layer.tensors.norm("input_layernorm", d.hidden);
      addMixer(layer, config, d, "mamba");
      return;
    }
    if (variant(i) < blocks || !shares) addSharedBlock(layer, d, a);
    layer.kind.attention = a;
    layer.kind.mlp.kind = MlpKind::gated;
    layer.kind.mlp.intermediate = d.intermediate;
    layer.kind.mlp.fusedGateUp = layer.kind.mlp.gelu = true;
    layer.kind.normsPerLayer = 3;
    TensorList& t = layer.tensors;
    t.linear("shared_transformer.feed_forward.gate_up_proj_adapter.0", TensorRole::other, Group::mlp, rank, d.hidden);
    t.linear("shared_transformer.feed_forward.gate_up_proj_adapter.1", TensorRole::other, Group::mlp,
             2 * d.intermediate, rank);
    if (attentionAdapter)
      for (const char* name : {"q", "k", "v"}) {
        t.linear("shared_transformer.self_attn.linear_" + std::string(name) + "_adapter.0", TensorRole::attention_extra,
                 Group::attention, rank, 2 * d.hidden);
        t.linear("shared_transformer.self_attn.linear_" + std::string(name) + "_adapter.1", TensorRole::attention_extra,
                 Group::attention, 2 * d.hidden, rank);
      }
    t.linear("linear", TensorRole::other, Group::other, d.hidden, d.hidden);
    t.norm("mamba_decoder.input_layernorm", d.hidden);
    addMixer(layer, config, d, "mamba_decoder.mamba");
  });
  b.globals.norm(names.finalNorm, d.hidden);
  b.head(names, d.vocabulary, d.hidden, config.flag("tie_word_embeddings", true));
}

}  // namespace headroom
