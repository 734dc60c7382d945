// A classifier in a language model's place: a few outputs where a vocabulary's head would stand.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/model/model.h"

namespace headroom {

// Its outputs, by the names that Transformers gives the layer (modeling_layers.py, GenericForSequenceClassification,
// 4.52 to 5.24); 0 for a model without one.
inline std::int64_t labelsOf(const Model& model) {
  std::int64_t labels = 0;
  for (const Tensor& t : model.globals) {
    if (t.role == TensorRole::head) return 0;
    if (t.name == "score.weight" || t.name == "classifier.weight") labels = t.rows;
  }
  return labels;
}

}  // namespace headroom
