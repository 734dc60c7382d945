// A model under construction: what surrounds the layers, and layers merged into kinds.
#pragma once

#include <functional>
#include <map>

#include "core/formats/config/families/parts.h"
#include "core/model/model.h"

namespace headroom {

class ModelBuilder {
 public:
  explicit ModelBuilder(const Config& source)
      : config(source), globals(model.globals, ""), vision(model.vision, ""), nextToken(model.nextToken, "") {}
  ModelBuilder(const ModelBuilder&) = delete;
  ModelBuilder& operator=(const ModelBuilder&) = delete;

  // Takes hidden, vocabulary and maxContext.
  void take(const Dimensions& dimensions);

  void embedding(const Names& names, std::int64_t rows, std::int64_t width);
  void learnedPositions(std::string_view name, std::int64_t rows, std::int64_t width);
  // The head, or nothing but the mark where it is tied to the embedding. A tied head's bias is a parameter of its own.
  void head(const Names& names, std::int64_t rows, std::int64_t width, bool tied, bool bias = false);

  // Adds `count` layers. `variantOf(i)` says which variant layer i is; each variant is built once by `build(layer, i)`.
  using VariantOf = std::function<std::int64_t(std::int64_t)>;
  using Build = std::function<void(LayerBuilder&, std::int64_t)>;
  void layers(std::int64_t count, std::string_view prefix, const VariantOf& variantOf, const Build& build);

  const Config& config;
  Model model;
  TensorList globals, vision, nextToken;
};

}  // namespace headroom
