#include "core/estimate/estimate_context.h"

namespace headroom {

void estimateTraining(EstimateContext& context) { estimateTransformers(context); }

}  // namespace headroom
