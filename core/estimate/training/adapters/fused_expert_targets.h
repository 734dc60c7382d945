// Adapters that PEFT puts on experts which Transformers 5 holds as one parameter.
#pragma once

#include "core/estimate/training/adapters/adapters.h"
#include "core/model/model.h"
#include "core/scenario/settings.h"

namespace headroom::training {

// Whether the asked targets mean them: a copy of all experts of a layer, adapter added, is then made for every pass and
// kept for backward.
bool adaptsFusedExperts(const Model& model, const Settings& settings);

// How they are adapted by the release that is asked; none where they are not, or by a release whose way is not known.
FusedAdapters fusedAdaptersOf(const Model& model, const Settings& settings);

}  // namespace headroom::training
