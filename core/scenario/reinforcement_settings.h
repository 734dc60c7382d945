// The defaults of preference and reinforcement training. Internal to core/scenario.
#pragma once

#include "core/scenario/settings.h"

namespace headroom {

// context: tokens of a sequence; batch: sequences of a micro-batch; data: data-parallel ranks.
ReinforcementSettings reinforcementOf(const Scenario& scenario, std::int64_t context, std::int64_t batch,
                                      std::int64_t data);

}  // namespace headroom
