// One figure that a real run printed about its memory.
#pragma once

#include <cstdint>
#include <string>

namespace headroom {

// Which rank of a layout a printed figure speaks of.
enum class FigureScope : std::uint8_t { heaviest, first_stage, last_stage, sum };

struct MeasuredFigure {
  std::string name;    // "weights", "kv_tokens", "allocated", …: DESIGN 3.3
  double value = 0;    // bytes, or a count
  double step = 1;     // weight of the last printed digit
  char quality = 'B';  // A: configuration complete; B: one or two keys assumed; C: more
  FigureScope scope = FigureScope::heaviest;
};

}  // namespace headroom
