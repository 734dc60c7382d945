#include "core/formats/config/families/next_token.h"

#include <fmt/format.h>

namespace headroom {

std::int64_t nextTokenLayers(const Config& config, std::int64_t fallback) {
  constexpr std::int64_t kMost = 16;
  return config.size("num_nextn_predict_layers mtp_num_hidden_layers num_mtp_modules", fallback, kMost);
}

void addNextToken(ModelBuilder& b, const Config& config, bool ownEmbedding) {
  const std::int64_t count = nextTokenLayers(config);
  if (b.model.order.empty()) return;
  const LayerKind last = b.model.kinds[b.model.order.back()];
  const std::int64_t hidden = b.model.hidden, vocabulary = b.model.vocabulary;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(b.model.layers() + i);
    const std::string prefix = fmt::format("model.layers.{}.", number);
    for (Tensor t : last.tensors) {
      if (const std::size_t at = t.name.find("{}"); at != std::string::npos) t.name.replace(at, 2, number);
      b.model.nextToken.push_back(std::move(t));
    }
    TensorList tensors(b.model.nextToken, prefix);
    // No quantized checkpoint converts this projection, so it is no Linear in that sense.
    tensors.tensor("eh_proj.weight", TensorRole::other, Group::other, hidden, 2 * hidden);
    tensors.norm("enorm", hidden);
    tensors.norm("hnorm", hidden);
    tensors.norm("shared_head.norm", hidden);
    if (!ownEmbedding) continue;
    tensors.tensor("embed_tokens.weight", TensorRole::token_embedding, Group::embedding, vocabulary, hidden);
    tensors.tensor("shared_head.head.weight", TensorRole::head, Group::head, vocabulary, hidden).linear = true;
  }
}

}  // namespace headroom
