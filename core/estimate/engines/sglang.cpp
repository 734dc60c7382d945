#include "core/estimate/estimate_context.h"

namespace headroom {

void estimateSglang(EstimateContext& context) { estimateTransformers(context); }

}  // namespace headroom
