#include "core/estimate/factor.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headroom {

std::string_view nameOf(Unit unit) {
  constexpr std::array<std::string_view, 16> kNames{
      "",      "B",      "B/element", "B/token", "B/parameter", "elements", "parameters", "layers",
      "heads", "tokens", "sequences", "experts", "devices",     "rows",     "copies",     ""};
  return kNames[static_cast<std::size_t>(unit)];
}

std::string_view nameOf(Origin origin) {
  constexpr std::array<std::string_view, 6> kNames{"user", "model", "catalogue", "constant", "measured", "computed"};
  return kNames[static_cast<std::size_t>(origin)];
}

std::string_view nameOf(Combine combine) {
  constexpr std::array<std::string_view, 6> kNames{"multiply", "add", "max", "min", "root", "power"};
  return kNames[static_cast<std::size_t>(combine)];
}

std::string_view nameOf(Round round) {
  constexpr std::array<std::string_view, 4> kNames{"", "up", "down", "nearest"};
  return kNames[static_cast<std::size_t>(round)];
}

namespace {

double combined(Combine combine, double value, const Factor& part, bool first) {
  const double v = part.value;
  switch (combine) {
    case Combine::multiply:
      return part.inverse ? (first ? 1.0 : value) / v : (first ? v : value * v);
    case Combine::add:
      return (first ? 0.0 : value) + (part.inverse ? -v : v);
    case Combine::largest:
      return first ? v : std::max(value, v);
    case Combine::smallest:
      return first ? v : std::min(value, v);
    case Combine::root:
      return std::sqrt(v);
    case Combine::power:
      return first ? v : std::pow(value, v);
  }
  return value;
}

// Sums and products are nearly all there is.
double combined(Combine combine, const Factor* parts, std::size_t count) {
  if (count == 0) return 0;
  if (combine == Combine::multiply) {
    double product = 1;
    for (std::size_t i = 0; i < count; ++i)
      product = parts[i].inverse ? product / parts[i].value : product * parts[i].value;
    return product;
  }
  if (combine == Combine::add) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += parts[i].inverse ? -parts[i].value : parts[i].value;
    return sum;
  }
  double value = 0;
  for (std::size_t i = 0; i < count; ++i) value = combined(combine, value, parts[i], i == 0);
  return value;
}

double rounded(double value, Round round) {
  switch (round) {
    case Round::up:
      return std::ceil(value);
    case Round::down:
      return std::floor(value);
    case Round::nearest:
      return std::round(value);
    case Round::none:
      break;
  }
  return value;
}

}  // namespace

Factor FactorTree::computed(std::string_view symbol, Unit unit, Combine combine, Round round, const Factor* parts,
                            std::size_t count) {
  Factor f;
  f.symbol = symbol, f.unit = unit, f.origin = Origin::computed, f.combine = combine, f.round = round;
  f.value = rounded(combined(combine, parts, count), round);
  if (!open_) return f;
  f.firstPart = static_cast<std::uint32_t>(parts_.size());
  f.partCount = static_cast<std::uint16_t>(count);
  parts_.insert(parts_.end(), parts, parts + count);
  return f;
}

Factor FactorTree::adopt(const FactorTree& from, const Factor& factor) {
  Factor f = factor;
  f.firstPart = f.partCount = 0;
  if (!open_ || factor.partCount == 0) return f;
  std::vector<Factor> parts;
  for (const Factor& part : from.parts(factor)) parts.push_back(adopt(from, part));
  f.firstPart = static_cast<std::uint32_t>(parts_.size());
  f.partCount = factor.partCount;
  parts_.insert(parts_.end(), parts.begin(), parts.end());
  return f;
}

void FactorParts::add(const Factor& part) {
  value_ = combined(combine_, value_, part, empty_);
  empty_ = false;
  if (tree_.open()) parts_.push_back(part);
}

Factor FactorParts::close(Round round) {
  if (tree_.open()) return tree_.computed(symbol_, unit_, combine_, round, parts_.data(), parts_.size());
  Factor f = summed(symbol_, rounded(value_, round), unit_);
  f.combine = combine_, f.round = round;
  return f;
}

Factor bytesOf(NumberFormat format, std::string_view symbol) {
  return constant(symbol, bytesPerElement(format), Unit::bytes_per_element, info(format).id);
}

}  // namespace headroom
