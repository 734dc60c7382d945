#include "core/estimate/estimate_context.h"

namespace headroom {

void estimateVllm(EstimateContext& context) { estimateTransformers(context); }

}  // namespace headroom
