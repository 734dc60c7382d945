#include "core/estimate/estimate_context.h"

namespace headroom {

void estimateByRule(EstimateContext& context) { estimateTransformers(context); }

}  // namespace headroom
