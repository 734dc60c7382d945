#include "core/estimate/estimate_context.h"

namespace headroom {

void estimateLlamaCpp(EstimateContext& context) { estimateTransformers(context); }

}  // namespace headroom
