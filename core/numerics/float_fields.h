// The bit fields of floating-point formats: what the floats explorer shows. A float is (-1)^sign × 2^(exponent − bias)
// × (1 + mantissa / 2^mantissaBits); exponent field 0 holds zero and subnormals.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace headroom {

// What the largest exponent field means: IEEE 754 keeps it for infinity and NaN; the OCP 8-bit e4m3 keeps only the
// all-ones pattern for NaN; 4-bit floats have numbers only (OCP MX 1.0, section 5.3).
enum class SpecialValues : std::uint8_t { infinity_and_nan, nan_only, none };

struct FloatLayout {
  std::string_view id;     // "fp32", "bf16", "fp16", "fp8-e4m3", "fp8-e5m2", "fp6-e3m2", "fp4-e2m1", "fp64"
  std::string_view label;  // "float32"
  int exponentBits = 0;
  int mantissaBits = 0;
  SpecialValues special = SpecialValues::infinity_and_nan;
  std::string_view source;

  constexpr int bits() const { return 1 + exponentBits + mantissaBits; }
  constexpr int bias() const { return (1 << (exponentBits - 1)) - 1; }
  constexpr std::uint64_t largestExponent() const { return (std::uint64_t{1} << exponentBits) - 1; }
};

std::span<const FloatLayout> allFloatLayouts();
const FloatLayout* findFloatLayout(std::string_view id);  // nullptr for an unknown one

enum class FloatClass : std::uint8_t { zero, subnormal, normal, infinite, nan };
std::string_view nameOf(FloatClass kind);

// The three integers a float is stored as.
struct FloatFields {
  bool sign = false;
  std::uint64_t exponent = 0;
  std::uint64_t mantissa = 0;
  bool operator==(const FloatFields&) const = default;
};

// Splits and joins; bits beyond the format's width are ignored.
FloatFields fieldsOf(std::uint64_t bits, const FloatLayout& layout);
std::uint64_t bitsOf(const FloatFields& fields, const FloatLayout& layout);

FloatClass classOf(const FloatFields& fields, const FloatLayout& layout);

// The number the fields stand for; infinity and NaN as such.
double valueOf(const FloatFields& fields, const FloatLayout& layout);

// `nearest`: to the nearest number of the format, ties to even (IEEE 754); `truncate`: the bits that do not fit are
// dropped.
enum class FloatRounding : std::uint8_t { nearest, truncate };

// The format's number for a value. Too large: infinity when rounding to nearest where the format has it, else the
// largest number; too small: zero with the value's sign. NaN stays NaN; a format without NaN gives zero.
FloatFields toFields(double value, const FloatLayout& layout, FloatRounding rounding = FloatRounding::nearest);

// Decimal digits worth printing: ⌊mantissaBits × log10 2⌋ — fp32 6, bf16 2, fp16 3.
int significantDigits(const FloatLayout& layout);

double largestValue(const FloatLayout& layout);
double smallestNormal(const FloatLayout& layout);
double smallestSubnormal(const FloatLayout& layout);
double epsilon(const FloatLayout& layout);  // distance from 1 to the next number

// "1 01010001 01100001000110100000110": sign, exponent and mantissa in binary.
std::string binaryText(const FloatFields& fields, const FloatLayout& layout);

// The 16 levels of the NF4 code, ascending, relative to the block's largest magnitude (QLoRA,
// https://arxiv.org/abs/2305.14314 appendix E).
std::span<const double, 16> nf4Levels();

}  // namespace headroom
