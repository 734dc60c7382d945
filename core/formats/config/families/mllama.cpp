// The text part of Llama 3.2 Vision: some layers attend to the image instead of the context, behind learned gates.
#include <algorithm>

#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/families.h"

namespace headroom {

void buildMllamaText(ModelBuilder& b, const Config& config) {
  const DecoderTraits traits{.types = "mllama_text_model"};
  const Names& names = traits.names;
  const Names crossNames{.q = "cross_attn.q_proj",
                         .k = "cross_attn.k_proj",
                         .v = "cross_attn.v_proj",
                         .o = "cross_attn.o_proj",
                         .qNorm = "cross_attn.q_norm",
                         .kNorm = "cross_attn.k_norm"};
  constexpr std::int64_t kImageRows =
      8;  // rows for image marks at the end of the embedding, which the head does not have
  const Dimensions d = dimensionsOf(config);
  b.take(d);
  if (config.failed()) return;
  std::vector<std::int64_t> cross = config.integers("cross_attention_layers");
  const auto isCross = [&](std::int64_t i) { return std::find(cross.begin(), cross.end(), i) != cross.end(); };
  b.embedding(names, d.vocabulary + kImageRows, d.hidden);
  b.layers(
      d.layers, names.layer, [&](std::int64_t i) { return static_cast<std::int64_t>(isCross(i)); },
      [&](LayerBuilder& layer, std::int64_t i) {
        addNorms(layer, traits, d.hidden);
        AttentionSpec a;
        a.kind = isCross(i) ? AttentionKind::cross : AttentionKind::full;
        a.heads = d.heads;
        a.kvHeads = d.kvHeads;
        a.headDim = a.valueDim = d.headDim;
        a.rotaryDim = isCross(i) ? 0 : d.headDim;
        addAttention(layer, isCross(i) ? crossNames : names, d.hidden, a,
                     {false, false, isCross(i) ? QkNorm::per_head_dim : QkNorm::none, false});
        addGatedMlp(layer, names, d.hidden, d.intermediate, false, false, isGelu(config));
        if (!isCross(i)) return;
        layer.tensors.tensor("cross_attn_attn_gate", TensorRole::attention_extra, Group::attention, 1);
        layer.tensors.tensor("cross_attn_mlp_gate", TensorRole::attention_extra, Group::attention, 1);
      });
  b.globals.norm(names.finalNorm, d.hidden);
  b.head(names, d.vocabulary, d.hidden, false);
}

}  // namespace headroom
