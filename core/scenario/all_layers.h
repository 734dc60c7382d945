// "All layers", said: more than any model has. Absent is another thing, what the engine itself would place.
#pragma once

#include <cstdint>

namespace headroom {

constexpr std::int64_t kAllLayers = 100'000;

}  // namespace headroom
