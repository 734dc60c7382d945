// What a layer is, in the few words a table's cell has room for.
#pragma once

#include <QString>
#include <vector>

#include "core/model/layer.h"

namespace headroom::ui {

// What stands where there is nothing to say.
inline const QString kNothing = QStringLiteral("–");

// "GQA, window", "MLA", "Gated DeltaNet", "GQA + Mamba 2".
QString mixerOf(const LayerKind& kind);

// "32 / 8 × 128": query heads, key-value heads, size of a head; latent attention: "128, 512 + 64", heads and what the
// cache keeps.
QString headsOf(const AttentionSpec& attention);

// "gated, 14 336", "8/256 × 2 048 + shared 2 048"; without `words` "+ 2 048".
QString mlpOf(const MlpSpec& mlp, bool words);

// "0–3, 7": numbers in runs.
QString layerRanges(const std::vector<int>& layers);

}  // namespace headroom::ui
