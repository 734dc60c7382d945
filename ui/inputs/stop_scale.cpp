#include "ui/inputs/stop_scale.h"

#include <algorithm>
#include <cmath>

#include "ui/style/text.h"
#include "ui/style/tokens_label.h"

namespace headroom::ui {
namespace {

constexpr std::int64_t kMi = 1024 * 1024;

// Powers of two; every `labelEach`-th carries its label.
StopScale powersOfTwo(std::int64_t first, std::int64_t last, int labelEach) {
  std::vector<Stop> stops;
  int i = 0;
  for (std::int64_t v = first; v <= last; v *= 2, ++i)
    stops.push_back({static_cast<double>(v), i % labelEach == 0 ? grouped(v) : QString()});
  return StopScale(std::move(stops));
}

}  // namespace

double StopScale::positionOf(double value) const {
  if (stops_.empty() || value <= stops_.front().value) return 0;
  if (value >= stops_.back().value) return size() - 1;
  const auto above = std::ranges::upper_bound(stops_, value, {}, &Stop::value);
  const Stop& low = *(above - 1);
  const double i = static_cast<double>(above - stops_.begin() - 1);
  return i + (std::log(value) - std::log(low.value)) / (std::log(above->value) - std::log(low.value));
}

int StopScale::next(double position, int direction) const {
  constexpr double kOnStop = 1e-6;
  const int to = direction > 0 ? static_cast<int>(std::floor(position + kOnStop)) + direction
                               : static_cast<int>(std::ceil(position - kOnStop)) + direction;
  return std::clamp(to, 0, size() - 1);
}

StopScale contextScale(std::int64_t maxContext) {
  std::int64_t last = kMi;
  while (last < maxContext && last < 64 * kMi) last *= 2;
  std::vector<Stop> stops;
  int i = 0;
  for (std::int64_t v = 512; v <= last; v *= 2, ++i) {
    const bool said = i % 2 == 0 ? v != 512 : false;
    stops.push_back({static_cast<double>(v), said || v == 512 ? tokensLabel(v) : QString()});
  }
  const auto native = static_cast<double>(maxContext);
  const auto at = std::ranges::lower_bound(stops, native, {}, &Stop::value);
  if (maxContext > 512 && (at == stops.end() || at->value != native)) stops.insert(at, {native, {}});
  return StopScale(std::move(stops));
}

StopScale batchScale() {
  return powersOfTwo(1, 1024, 2);
}
StopScale rankScale() {
  return powersOfTwo(1, 512, 2);
}

}  // namespace headroom::ui
