// What a model has in any of its layers. A model has few kinds of layers, however many layers it has.
#pragma once

#include <algorithm>

#include "core/model/model.h"

namespace headroom {

template <typename Is>
bool anyLayer(const Model& model, Is is) {
  return std::any_of(model.kinds.begin(), model.kinds.end(), is);
}

inline bool hasExperts(const Model& model) {
  return anyLayer(model, [](const LayerKind& k) { return k.mlp.kind == MlpKind::experts; });
}
inline bool hasAttention(const Model& model) {
  return anyLayer(model, [](const LayerKind& k) { return k.attention.kind != AttentionKind::none; });
}
inline bool hasWindows(const Model& model) {
  return anyLayer(model, [](const LayerKind& k) { return k.attention.window > 0; });
}
// Recurrent ones: of state spaces, linear attention and short convolutions.
inline bool hasStates(const Model& model) {
  return anyLayer(model, [](const LayerKind& k) { return k.state.kind != StateKind::none; });
}

}  // namespace headroom
