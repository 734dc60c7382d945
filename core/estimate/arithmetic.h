// One formula for two readers: on plain numbers, for loops over all tensors of a closed ledger, and on factors, which
// keep their parts, for an open one. A rule written as a template over these cannot differ between them. Internal to
// core/estimate.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/estimate/factor.h"

namespace headroom {

constexpr std::int64_t ceilDiv(std::int64_t a, std::int64_t b) {
  return a / b + (a % b != 0);
}

// A count as a factor's value.
constexpr double d(std::int64_t v) {
  return static_cast<double>(v);
}

struct PlainNumbers {
  using Value = std::int64_t;

  static Value leaf(Origin, std::string_view, std::int64_t value, Unit, std::string_view = {}) { return value; }
  static std::int64_t of(Value v) { return v; }
  static Value times(std::string_view, Unit, Value a, Value b) { return a * b; }
  static Value plus(std::string_view, Unit, Value a, Value b) { return a + b; }
  static Value wholes(std::string_view, Unit, Value a, Value b) { return ceilDiv(a, b); }  // rounded up
  static Value share(std::string_view, Unit, Value a, Value b) { return a / b; }           // rounded down
};

struct OpenedNumbers {
  using Value = Factor;
  FactorTree& tree;

  static Value leaf(Origin origin, std::string_view symbol, std::int64_t value, Unit unit, std::string_view why = {}) {
    return headroom::leaf(origin, symbol, static_cast<double>(value), unit, why);
  }
  static std::int64_t of(const Value& v) { return static_cast<std::int64_t>(v.value); }
  Value times(std::string_view symbol, Unit unit, const Value& a, const Value& b) const {
    return tree.product(symbol, unit, {a, b});
  }
  Value plus(std::string_view symbol, Unit unit, const Value& a, const Value& b) const {
    return tree.sum(symbol, unit, {a, b});
  }
  Value wholes(std::string_view symbol, Unit unit, const Value& a, const Value& b) const {
    return tree.product(symbol, unit, {a, over(b)}, Round::up);
  }
  Value share(std::string_view symbol, Unit unit, const Value& a, const Value& b) const {
    return tree.product(symbol, unit, {a, over(b)}, Round::down);
  }
};

}  // namespace headroom
