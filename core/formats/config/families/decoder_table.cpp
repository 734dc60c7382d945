#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/decoder_tables.h"
#include "core/formats/config/families/family.h"

namespace headroom {
namespace {

constexpr ExpertTraits kAnyExperts{
    .width = "moe_intermediate_size expert_intermediate_size intermediate_size",
    .sharedWidth = "shared_expert_intermediate_size moe_shared_expert_intermediate_size shared_intermediate_size",
    .sharedCount = "n_shared_experts num_shared_experts"};
// A family nobody described: what its keys say, in Llama's layout.
constexpr DecoderTraits kUnknown{.types = "",
                                 .qkvBias = {false, "attention_bias qkv_bias use_qkv_bias"},
                                 .outputBias = {false, "attention_bias"},
                                 .mlpBias = {false, "mlp_bias"},
                                 .qkNorm = QkNorm::per_head_dim,
                                 .qkNormIf = {false, "use_qk_norm qk_norm use_qk_layernorm"},
                                 .experts = &kAnyExperts,
                                 .latent = true};

template <typename Visit>
void eachRow(Visit visit) {
  for (const auto& table :
       {llamaLikeDecoders(), gptLikeDecoders(), expertDecoders(), hybridDecoders(), recentDecoders()})
    for (const DecoderTraits& row : table) visit(row);
}

}  // namespace

std::string decoderTypes() {
  std::string all;
  eachRow([&](const DecoderTraits& row) { (all += row.types) += ' '; });
  return all;
}

const DecoderTraits& unknownTraits() {
  return kUnknown;
}

const DecoderTraits* decoderTraits(std::string_view modelType) {
  const DecoderTraits* found = nullptr;
  eachRow([&](const DecoderTraits& row) {
    if (listed(row.types, modelType)) found = &row;
  });
  return found;
}

}  // namespace headroom
