// MLX's own terms of an estimate: what mlx-lm holds of a model, beside it and while it runs.
#pragma once

#include "core/estimate/estimate_context.h"
#include "core/estimate/weights.h"

namespace headroom {

// Weights as a file's section says, or as mlx_lm.convert makes them of the format that is asked for.
void addMlxWeights(Ledger& ledger, const Model& model, const WeightFormat& format, const RankPart& part);

// Low-rank adapters in fp32, of the last `num_layers` blocks.
void addMlxAdapters(Ledger& ledger, const EstimateContext& context, const RankPart& part);

// Keys, values and states as the classes of mlx_lm/models/cache.py allocate them; what windows hold more while a
// prompt is read goes to the activations.
struct MlxCaches {
  double perToken = 0;        // bytes of layers that grow
  bool refused = false;       // a quantized cache was asked for where a class has none
  bool shortOfStart = false;  // … and the context ends before it sets in
};
MlxCaches addMlxCaches(Ledger& ledger, const EstimateContext& context, const RankPart& part);

// What is alive while a prompt is read: tensors of the widest layer and what the scheduler has sent ahead.
void addMlxActivations(Ledger& ledger, const EstimateContext& context, const RankPart& part);

}  // namespace headroom
