// Which loss a release of Transformers computes for a model: the library's own, or the one its class writes out.
#pragma once

#include "core/model/model.h"
#include "core/scenario/engine_version.h"

namespace headroom::training {

// Of an unknown release: the newest, whose classes call the library's.
inline bool computesOwnLoss(const Model& model, const PackageVersions& packages) {
  return versionOf(packages, Package::transformers).within("1.0", model.ownLoss.before);
}

inline bool narrowLoss(const Model& model, const PackageVersions& packages) {
  return model.narrowLogits || (model.ownLoss.narrow && computesOwnLoss(model, packages));
}

// Whether the class holds its 16-bit logits while the library's loss upcasts and shifts a copy of them.
inline bool holdsLogits(const Model& model, const PackageVersions& packages) {
  return versionOf(packages, Package::transformers).within("4.46", "4.49") && !computesOwnLoss(model, packages) &&
         !model.narrowLogits;
}

}  // namespace headroom::training
