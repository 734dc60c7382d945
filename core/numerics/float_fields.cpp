#include "core/numerics/float_fields.h"

#include <array>
#include <cmath>
#include <limits>

namespace headroom {
namespace {

constexpr std::string_view kIeee = "IEEE 754-2019 table 3.5";
constexpr std::string_view kBf16 = "https://cloud.google.com/tpu/docs/bfloat16";
constexpr std::string_view kTf32 =
    "NVIDIA A100 Tensor Core GPU Architecture, table 2 "
    "(https://images.nvidia.com/aem-dam/en-zz/Solutions/data-center/nvidia-ampere-architecture-whitepaper.pdf)";
constexpr std::string_view kFp8 = "https://arxiv.org/abs/2209.05433 table 1";
constexpr std::string_view kOcp = "OCP Microscaling Formats 1.0, section 5.3";

constexpr std::array<FloatLayout, 10> kLayouts{{
    {"fp64", "float64", 11, 52, SpecialValues::infinity_and_nan, kIeee},
    {"fp32", "float32", 8, 23, SpecialValues::infinity_and_nan, kIeee},
    {"tf32", "TensorFloat-32", 8, 10, SpecialValues::infinity_and_nan, kTf32},
    {"bf16", "bfloat16", 8, 7, SpecialValues::infinity_and_nan, kBf16},
    {"fp16", "float16", 5, 10, SpecialValues::infinity_and_nan, kIeee},
    {"fp8-e4m3", "float8 e4m3", 4, 3, SpecialValues::nan_only, kFp8},
    {"fp8-e5m2", "float8 e5m2", 5, 2, SpecialValues::infinity_and_nan, kFp8},
    {"fp6-e3m2", "float6 e3m2", 3, 2, SpecialValues::none, kOcp},
    {"fp6-e2m3", "float6 e2m3", 2, 3, SpecialValues::none, kOcp},
    {"fp4-e2m1", "float4 e2m1", 2, 1, SpecialValues::none, kOcp},
}};

std::uint64_t mask(int bits) {
  return (std::uint64_t{1} << bits) - 1;
}

// The fields of the largest finite number.
FloatFields largestFields(const FloatLayout& l) {
  switch (l.special) {
    case SpecialValues::infinity_and_nan:
      return {false, l.largestExponent() - 1, mask(l.mantissaBits)};
    case SpecialValues::nan_only:
      return {false, l.largestExponent(), mask(l.mantissaBits) - 1};
    case SpecialValues::none:
      return {false, l.largestExponent(), mask(l.mantissaBits)};
  }
  return {};
}

FloatFields nanFields(const FloatLayout& l, bool sign) {
  switch (l.special) {
    case SpecialValues::infinity_and_nan:
      return {sign, l.largestExponent(), std::uint64_t{1} << (l.mantissaBits - 1)};
    case SpecialValues::nan_only:
      return {sign, l.largestExponent(), mask(l.mantissaBits)};
    case SpecialValues::none:
      return {sign, 0, 0};
  }
  return {};
}

FloatFields tooLarge(const FloatLayout& l, bool sign, bool toInfinity) {
  FloatFields f = largestFields(l);
  if (toInfinity && l.special == SpecialValues::infinity_and_nan) f = {false, l.largestExponent(), 0};
  f.sign = sign;
  return f;
}

}  // namespace

std::span<const FloatLayout> allFloatLayouts() {
  return kLayouts;
}

const FloatLayout* findFloatLayout(std::string_view id) {
  for (const FloatLayout& l : kLayouts)
    if (l.id == id) return &l;
  return nullptr;
}

std::string_view nameOf(FloatClass kind) {
  constexpr std::array<std::string_view, 5> kNames{"zero", "subnormal", "normal", "infinite", "not a number"};
  return kNames[static_cast<std::size_t>(kind)];
}

FloatFields fieldsOf(std::uint64_t bits, const FloatLayout& l) {
  return {((bits >> (l.bits() - 1)) & 1) != 0, (bits >> l.mantissaBits) & mask(l.exponentBits),
          bits & mask(l.mantissaBits)};
}

std::uint64_t bitsOf(const FloatFields& f, const FloatLayout& l) {
  return (static_cast<std::uint64_t>(f.sign) << (l.bits() - 1)) |
         ((f.exponent & mask(l.exponentBits)) << l.mantissaBits) | (f.mantissa & mask(l.mantissaBits));
}

FloatClass classOf(const FloatFields& f, const FloatLayout& l) {
  if (f.exponent == 0) return f.mantissa == 0 ? FloatClass::zero : FloatClass::subnormal;
  if (f.exponent != l.largestExponent()) return FloatClass::normal;
  if (l.special == SpecialValues::infinity_and_nan) return f.mantissa == 0 ? FloatClass::infinite : FloatClass::nan;
  if (l.special == SpecialValues::nan_only && f.mantissa == mask(l.mantissaBits)) return FloatClass::nan;
  return FloatClass::normal;
}

double valueOf(const FloatFields& f, const FloatLayout& l) {
  const double sign = f.sign ? -1.0 : 1.0;
  const FloatClass kind = classOf(f, l);
  if (kind == FloatClass::nan) return std::numeric_limits<double>::quiet_NaN();
  if (kind == FloatClass::infinite) return sign * std::numeric_limits<double>::infinity();
  const bool normal = kind == FloatClass::normal;
  const double whole = static_cast<double>(f.mantissa) + (normal ? std::ldexp(1.0, l.mantissaBits) : 0.0);
  const int exponent = (normal ? static_cast<int>(f.exponent) : 1) - l.bias();
  return sign * std::ldexp(whole, exponent - l.mantissaBits);
}

FloatFields toFields(double value, const FloatLayout& l, FloatRounding rounding) {
  const bool sign = std::signbit(value);
  if (std::isnan(value)) return nanFields(l, sign);
  if (std::isinf(value)) return tooLarge(l, sign, true);
  const double magnitude = std::fabs(value);
  if (magnitude == 0.0) return {sign, 0, 0};
  // The spacing of the format's numbers around the value; below the smallest normal it stays that of the subnormals.
  const int exponent = std::max(std::ilogb(magnitude), 1 - l.bias());
  const double steps = std::ldexp(magnitude, l.mantissaBits - exponent);
  const double whole = rounding == FloatRounding::nearest ? std::nearbyint(steps) : std::trunc(steps);
  const double rounded = std::ldexp(whole, exponent - l.mantissaBits);
  if (rounded > largestValue(l)) return tooLarge(l, sign, rounding == FloatRounding::nearest);
  if (rounded < smallestNormal(l)) return {sign, 0, static_cast<std::uint64_t>(whole)};
  const int e = std::ilogb(rounded);
  const double mantissa = std::ldexp(rounded, l.mantissaBits - e) - std::ldexp(1.0, l.mantissaBits);
  return {sign, static_cast<std::uint64_t>(e + l.bias()), static_cast<std::uint64_t>(mantissa)};
}

int significantDigits(const FloatLayout& l) {
  return static_cast<int>(l.mantissaBits * std::log10(2.0));
}

double largestValue(const FloatLayout& l) {
  return valueOf(largestFields(l), l);
}
double smallestNormal(const FloatLayout& l) {
  return std::ldexp(1.0, 1 - l.bias());
}
double smallestSubnormal(const FloatLayout& l) {
  return std::ldexp(1.0, 1 - l.bias() - l.mantissaBits);
}
double epsilon(const FloatLayout& l) {
  return std::ldexp(1.0, -l.mantissaBits);
}

std::string binaryText(const FloatFields& f, const FloatLayout& l) {
  std::string text(f.sign ? "1" : "0");
  const auto append = [&text](std::uint64_t value, int bits) {
    text += ' ';
    for (int i = bits - 1; i >= 0; --i) text += (value >> i) & 1 ? '1' : '0';
  };
  append(f.exponent, l.exponentBits);
  append(f.mantissa, l.mantissaBits);
  return text;
}

std::span<const double, 16> nf4Levels() {
  static constexpr std::array<double, 16> kLevels{-1.0,
                                                  -0.6961928009986877,
                                                  -0.5250730514526367,
                                                  -0.39491748809814453,
                                                  -0.28444138169288635,
                                                  -0.18477343022823334,
                                                  -0.09105003625154495,
                                                  0.0,
                                                  0.07958029955625534,
                                                  0.16093020141124725,
                                                  0.24611230194568634,
                                                  0.33791524171829224,
                                                  0.44070982933044434,
                                                  0.5626170039176941,
                                                  0.7229568362236023,
                                                  1.0};
  return kLevels;
}

}  // namespace headroom
