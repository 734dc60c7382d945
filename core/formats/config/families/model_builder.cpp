#include "core/formats/config/families/model_builder.h"

#include <fmt/format.h>

#include <limits>

namespace headroom {

void ModelBuilder::take(const Dimensions& d) {
  model.hidden = d.hidden;
  model.vocabulary = d.vocabulary;
  model.maxContext = d.maxContext;
}

void ModelBuilder::embedding(const Names& names, std::int64_t rows, std::int64_t width) {
  globals.tensor(std::string(names.embedding) + ".weight", TensorRole::token_embedding, Group::embedding, rows, width);
}

void ModelBuilder::learnedPositions(std::string_view name, std::int64_t rows, std::int64_t width) {
  globals.tensor(std::string(name) + ".weight", TensorRole::position_embedding, Group::embedding, rows, width);
}

void ModelBuilder::head(const Names& names, std::int64_t rows, std::int64_t width, bool tied, bool bias) {
  model.tiedHead = tied;
  const std::string name(names.head);
  if (!tied) globals.tensor(name + ".weight", TensorRole::head, Group::head, rows, width).linear = true;
  if (bias) globals.tensor(name + ".bias", TensorRole::head, Group::head, rows).bias = true;
}

void ModelBuilder::layers(std::int64_t count, std::string_view prefix, const VariantOf& variantOf, const Build& build) {
  std::map<std::int64_t, std::uint8_t> built;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t variant = variantOf(i);
    auto it = built.find(variant);
    if (it == built.end()) {
      if (model.kinds.size() == std::numeric_limits<std::uint8_t>::max()) {
        config.fail(ErrorCode::unsupported, "The layers differ in more than 254 ways.");
        return;
      }
      LayerBuilder layer(prefix);
      build(layer, i);
      layer.kind.label = labelOf(layer.kind);
      it = built.emplace(variant, static_cast<std::uint8_t>(model.kinds.size())).first;
      model.kinds.push_back(std::move(layer.kind));
    }
    ++model.kinds[it->second].count;
    model.order.push_back(it->second);
  }
}

}  // namespace headroom
