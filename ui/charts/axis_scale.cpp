#include "ui/charts/axis_scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace headroom::ui {

AxisScale niceScale(double largest, int intervals) {
  if (!std::isfinite(largest) || largest <= 0) return {};
  const double rough = largest / intervals;
  const double decade = std::pow(10.0, std::floor(std::log10(rough)));
  constexpr std::array<double, 4> kSteps{1, 2, 5, 10};
  // A hair of tolerance, so that 0.3/0.1 does not open one more interval.
  const auto step = std::find_if(kSteps.begin(), kSteps.end(),
                                 [&](double s) { return std::ceil(largest / (s * decade) - 1e-9) <= intervals; });
  AxisScale scale;
  scale.step = (step == kSteps.end() ? kSteps.back() : *step) * decade;
  scale.maximum = std::ceil(largest / scale.step - 1e-9) * scale.step;
  scale.decimals = std::clamp(static_cast<int>(-std::floor(std::log10(scale.step) + 1e-9)), 0, 9);
  return scale;
}

std::vector<double> ticks(const AxisScale& scale) {
  std::vector<double> result;
  const auto count = std::lround(scale.maximum / scale.step);
  for (long i = 0; i <= count; ++i) result.push_back(static_cast<double>(i) * scale.step);
  return result;
}

std::string tickLabel(const AxisScale& scale, double value) {
  return fmt::format("{:.{}f}", value, scale.decimals);
}

std::vector<std::int64_t> contextTicks(double first, double last, int most) {
  const int low = static_cast<int>(std::ceil(std::log2(std::max(first, 1.0)) - 1e-9));
  const int high = static_cast<int>(std::floor(std::log2(std::max(last, 1.0)) + 1e-9));
  int every = 1;
  while ((high - low) / every + 1 > std::max(most, 1)) ++every;
  std::vector<std::int64_t> result;
  constexpr int kAnchor = 10;
  for (int power = low; power <= high; ++power) {
    if (((power - kAnchor) % every + every) % every == 0) result.push_back(std::int64_t{1} << power);
  }
  return result;
}

std::int64_t roundedContext(double tokens) {
  if (!(tokens > 1)) return 1;
  const double capped = std::min(tokens, 1e15);
  const auto whole = static_cast<std::uint64_t>(std::llround(capped));
  const auto grain = std::max<std::uint64_t>(std::bit_floor(whole) / 32, 1);
  return static_cast<std::int64_t>((whole + grain / 2) / grain * grain);
}

}  // namespace headroom::ui
