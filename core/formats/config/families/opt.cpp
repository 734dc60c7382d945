// OPT: learned positions with two spare rows; the 350m model has a narrower embedding and norms after each part
// (https://arxiv.org/abs/2205.01068).
#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/families.h"

namespace headroom {

void buildOpt(ModelBuilder& b, const Config& config) {
  constexpr Flag kBias{true, "enable_bias"};
  DecoderTraits traits{.types = "opt",
                       .names = {.embedding = "model.decoder.embed_tokens",
                                 .positions = "model.decoder.embed_positions",
                                 .finalNorm = "model.decoder.final_layer_norm",
                                 .layer = "model.decoder.layers.{}.",
                                 .norm1 = "self_attn_layer_norm",
                                 .norm2 = "final_layer_norm",
                                 .o = "self_attn.out_proj",
                                 .up = "fc1",
                                 .down = "fc2"},
                       .norm = NormKind::layer,
                       .normBias = true,
                       .qkvBias = kBias,
                       .outputBias = kBias,
                       .mlpBias = kBias,
                       .gated = false,
                       .tied = {true, "tie_word_embeddings"},
                       .positions = Positions::learned,
                       .positionOffset = 2,
                       .activation = "relu",
                       .hiddenDropout = 0.1,
                       .ownLoss = {"4.48.3", true}};
  traits.finalNorm = config.flag("do_layer_norm_before", true) && !config.flag("_remove_final_layer_norm", false);
  if (!config.flag("layer_norm_elementwise_affine", true)) traits.norm = NormKind::non_parametric;
  buildDecoder(b, config, traits);
  const std::int64_t hidden = b.model.hidden, width = config.count("word_embed_proj_dim", hidden, kMostWidth);
  if (config.failed() || width == hidden) return;
  for (Tensor& t : b.model.globals)
    if (t.role == TensorRole::token_embedding || (t.role == TensorRole::head && !t.bias)) t.columns = width;
  b.globals.linear("model.decoder.project_in", TensorRole::other, Group::other, hidden, width);
  b.globals.linear("model.decoder.project_out", TensorRole::other, Group::other, width, hidden);
}

}  // namespace headroom
