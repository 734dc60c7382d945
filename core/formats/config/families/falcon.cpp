// Falcon: the 7B shares one pair of keys and values and one norm, the larger ones group them and have a norm for
// attention and one for the MLP (https://arxiv.org/abs/2311.16867).
#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/families.h"

namespace headroom {
namespace {

// The first files of the 40B state their key-value heads without the flag that came later.
bool isGrouped(const Config& config) {
  return config.flag("new_decoder_architecture", config.given("n_head_kv") && config.size("n_head_kv") > 1);
}

void falconHeads(const Config& config, Dimensions& d) {
  if (isGrouped(config)) return;
  d.kvHeads = config.flag("multi_query", true) ? 1 : d.heads;
}

}  // namespace

void buildFalcon(ModelBuilder& b, const Config& config) {
  constexpr Flag kBias{false, "bias"};
  const bool grouped = isGrouped(config);
  const bool parallel = config.flag("parallel_attn", true) || grouped;
  const bool two = config.count("num_ln_in_parallel_attn", grouped ? 2 : 1, 2) == 2;
  DecoderTraits traits{.types = "falcon",
                       .names = {.embedding = "transformer.word_embeddings",
                                 .finalNorm = "transformer.ln_f",
                                 .layer = "transformer.h.{}.",
                                 .o = "self_attention.dense",
                                 .qkv = "self_attention.query_key_value",
                                 .up = "mlp.dense_h_to_4h",
                                 .down = "mlp.dense_4h_to_h"},
                       .norm = NormKind::layer,
                       .normBias = true,
                       .plan = !parallel ? NormPlan::pre
                               : two     ? NormPlan::parallel_two
                                         : NormPlan::parallel_one,
                       .qkvBias = kBias,
                       .outputBias = kBias,
                       .mlpBias = kBias,
                       .fusedQkv = true,
                       .gated = false,
                       .tied = {true, "tie_word_embeddings"},
                       .activation = "gelu",
                       .ownLoss = {"4.48.3", true},
                       .adjust = falconHeads};
  if (parallel && two) {
    traits.names.norm1 = "ln_attn";
    traits.names.norm2 = "ln_mlp";
  }
  if (config.flag("alibi", false)) traits.positions = Positions::alibi;
  buildDecoder(b, config, traits);
}

}  // namespace headroom
