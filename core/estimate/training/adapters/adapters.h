// Low-rank adapters: which matrices get one, and how many parameters that is (LoRA, https://arxiv.org/abs/2106.09685;
// DoRA, https://arxiv.org/abs/2402.09353).
#pragma once

#include <cstdint>

#include "core/base/inline_vector.h"
#include "core/model/adapter_targets.h"
#include "core/model/model.h"
#include "core/scenario/settings.h"

namespace headroom::training {

struct KindAdapters {
  RoleMask roles = 0;           // of this kind's Linears that carry an adapter
  double parameters = 0;        // of one layer
  double targets = 0;           // adapted matrices of one layer, experts counted once each
  double inputWidth = 0;        // sum of the input widths over the adapted matrices that see every token
  double routedInputWidth = 0;  // the same over experts, for one token: experts per token × width
  double routedTargets = 0;
  double outputWidth = 0;  // sum of output widths, for DoRA
};

struct AdapterPlan {
  InlineVector<KindAdapters, 16> kinds;  // by Model::kinds
  double parameters = 0;                 // of the whole model
  bool matched = false;                  // false: no tensor answers to the asked names
};

// standardOnly: "all-linear" means the projections of attention and MLP, not routers (Unsloth); otherwise every Linear
// but the head (PEFT).
AdapterPlan adapterPlanOf(const Model& model, const TrainingSettings& training, bool standardOnly);

}  // namespace headroom::training
