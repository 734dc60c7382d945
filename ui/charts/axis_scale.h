// Axis arithmetic without Qt: round numbers for a linear axis, powers of two for a context axis.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headroom::ui {

// A linear axis from 0 to `maximum` with a tick every `step` (both in the unit shown); maximum is a multiple of step.
struct AxisScale {
  double maximum = 1;
  double step = 0.2;
  int decimals = 1;  // digits after the point that tell the ticks apart

  bool operator==(const AxisScale&) const = default;
};

// The shortest axis of 1, 2 or 5 × 10^n steps with at most `intervals` of them that reaches `largest`. Values ≤ 0 or
// not finite give the axis 0…1.
AxisScale niceScale(double largest, int intervals = 6);

std::vector<double> ticks(const AxisScale& scale);
std::string tickLabel(const AxisScale& scale, double value);

// The powers of two within [first, last], thinned evenly to at most `most`, the thinning anchored at 1K.
std::vector<std::int64_t> contextTicks(double first, double last, int most);

// A position on a logarithmic axis as a number of tokens a person would ask for: 1/32 of its octave, at least 1.
std::int64_t roundedContext(double tokens);

}  // namespace headroom::ui
