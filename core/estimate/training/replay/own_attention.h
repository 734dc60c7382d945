// Attention that a class of Transformers writes out itself, whatever implementation is asked for.
#pragma once

#include "core/estimate/training/replay/step_question.h"
#include "core/scenario/engine_version.h"

namespace headroom::training {

// What the class of a model does in a release where an implementation is asked for; of an unknown release: in the
// newest.
OwnAttention ownAttentionOf(const Model& model, const PackageVersions& packages, AttentionPath asked);

// Whether it gives every head keys and values of its own as it splits the fused projection, groups or not.
bool expandsHeads(const Model& model);

}  // namespace headroom::training
