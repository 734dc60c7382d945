// Strong integer quantities: bytes, parameters and tokens cannot be mixed up or silently added to one another.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace headroom {

// A count with a unit in its type. Sums and products saturate instead of overflowing: an absurd question
// (10^12 sequences of 10^9 tokens) then gives an absurdly large answer, never undefined behaviour.
template <typename Tag>
class Quantity {
 public:
  constexpr Quantity() = default;
  constexpr explicit Quantity(std::int64_t value) : value_(value) {}

  constexpr std::int64_t value() const { return value_; }
  constexpr auto operator<=>(const Quantity&) const = default;

  constexpr Quantity& operator+=(Quantity other) {
    if (__builtin_add_overflow(value_, other.value_, &value_)) value_ = other.value_ > 0 ? max().value_ : min().value_;
    return *this;
  }
  constexpr Quantity& operator-=(Quantity other) {
    if (__builtin_sub_overflow(value_, other.value_, &value_)) value_ = other.value_ < 0 ? max().value_ : min().value_;
    return *this;
  }
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return a += b; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return a -= b; }
  friend constexpr Quantity operator*(Quantity a, std::int64_t n) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(a.value_, n, &product)) return (a.value_ < 0) == (n < 0) ? max() : min();
    return Quantity(product);
  }
  friend constexpr Quantity operator*(std::int64_t n, Quantity a) { return a * n; }

  static constexpr Quantity max() { return Quantity(std::numeric_limits<std::int64_t>::max()); }
  static constexpr Quantity min() { return Quantity(std::numeric_limits<std::int64_t>::min()); }

 private:
  std::int64_t value_ = 0;
};

struct BytesTag;
struct ParametersTag;
using Bytes = Quantity<BytesTag>;
using Parameters = Quantity<ParametersTag>;

// A double turned into bytes, to the nearest byte; saturates, and takes NaN as 0.
constexpr Bytes toBytes(double value) {
  constexpr double kLimit = 9.2e18;
  if (!(value == value)) return Bytes(0);
  if (value >= kLimit) return Bytes::max();
  if (value <= -kLimit) return Bytes::min();
  return Bytes(static_cast<std::int64_t>(value + (value < 0 ? -0.5 : 0.5)));
}

constexpr std::int64_t kKiB = std::int64_t{1} << 10;
constexpr std::int64_t kMiB = std::int64_t{1} << 20;
constexpr std::int64_t kGiB = std::int64_t{1} << 30;
constexpr std::int64_t kMB = 1'000'000;
constexpr std::int64_t kGB = 1'000'000'000;

}  // namespace headroom
