// The end of a row of answers: yes up to a number, no beyond it.
#pragma once

#include <cstdint>

namespace headroom {

// The largest n of [low, high] for which is(n) holds; low - 1 where none does.
template <typename Is>
std::int64_t largestOf(std::int64_t low, std::int64_t high, Is is) {
  std::int64_t good = low - 1;
  while (low <= high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (is(middle))
      good = middle, low = middle + 1;
    else
      high = middle - 1;
  }
  return good;
}

}  // namespace headroom
