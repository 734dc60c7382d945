// RWKV 4 (https://arxiv.org/abs/2305.13048) and 5 (https://arxiv.org/abs/2404.05892): no attention, a fixed state.
#include "core/formats/config/families/families.h"

namespace headroom {

void buildRwkv5(ModelBuilder& b, const Config& config) {
  const bool five = b.model.family == "rwkv5";
  Dimensions d;
  d.hidden = config.count(keys::kHidden, {}, kMostWidth);
  d.layers = config.count(keys::kLayers, {}, kMostLayers);
  d.vocabulary = config.count(keys::kVocabulary);
  const std::int64_t attention = config.count("attention_hidden_size", d.hidden, kMostWidth);
  // RWKV 5: three and a half times the hidden size, a multiple of 32.
  const std::int64_t width =
      config.count("intermediate_size", five ? d.hidden * 7 / 2 / 32 * 32 : 4 * d.hidden, kMostWidth);
  const std::int64_t head = config.count("head_size", 64, kMostHeadDim);
  b.take(d);
  if (config.failed()) return;
  const Names names{
      .embedding = "rwkv.embeddings", .finalNorm = "rwkv.ln_out", .head = "head", .layer = "rwkv.blocks.{}."};
  b.embedding(names, d.vocabulary, d.hidden);
  b.layers(
      d.layers, names.layer, [](std::int64_t i) { return i == 0 ? 1 : 0; },
      [&](LayerBuilder& layer, std::int64_t i) {
        TensorList& t = layer.tensors;
        constexpr Group kGroup = Group::state;
        layer.kind.norm = NormKind::layer;
        if (i == 0) t.norm("pre_ln", d.hidden, true);
        t.norm("ln1", d.hidden, true);
        t.norm("ln2", d.hidden, true);
        t.tensor("attention.time_decay", TensorRole::state_extra, kGroup, attention);
        t.tensor(five ? "attention.time_faaaa" : "attention.time_first", TensorRole::state_extra, kGroup, attention);
        for (const char* mix : {"key", "value", "receptance"})
          t.tensor("attention.time_mix_" + std::string(mix), TensorRole::state_extra, kGroup, d.hidden);
        if (five) t.tensor("attention.time_mix_gate", TensorRole::state_extra, kGroup, d.hidden);
        for (const char* name : {"key", "value", "receptance"})
          t.linear("attention." + std::string(name), TensorRole::state_in, kGroup, attention, d.hidden);
        if (five) t.linear("attention.gate", TensorRole::state_in, kGroup, attention, d.hidden);
        t.linear("attention.output", TensorRole::state_out, kGroup, d.hidden, attention);
        if (five) t.norm("attention.ln_x", attention, true);
        t.tensor("feed_forward.time_mix_key", TensorRole::other, Group::mlp, d.hidden);
        t.tensor("feed_forward.time_mix_receptance", TensorRole::other, Group::mlp, d.hidden);
        t.linear("feed_forward.key", TensorRole::up_proj, Group::mlp, width, d.hidden);
        t.linear("feed_forward.receptance", TensorRole::gate_proj, Group::mlp, d.hidden, d.hidden);
        t.linear("feed_forward.value", TensorRole::down_proj, Group::mlp, d.hidden, width);
        StateSpec& s = layer.kind.state;
        s.kind = StateKind::rwkv;
        s.inner = attention;
        s.heads = five ? attention / head : 1;
        s.headDim = s.stateSize = five ? head : attention;
        // Version 5 keeps a matrix per head and the last inputs of both parts; version 4 five vectors.
        s.stateElements = five ? attention * head + 2 * d.hidden : 5 * d.hidden;
        s.statedBytes = 4;
        layer.kind.mlp.kind = MlpKind::plain;
        layer.kind.mlp.intermediate = width;
      });
  b.globals.norm(names.finalNorm, d.hidden, true);
  b.head(names, d.vocabulary, d.hidden, config.flag("tie_word_embeddings", false));
}

}  // namespace headroom
