#include "core/numerics/float_fields.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/numerics/block_code.h"

namespace headroom {
namespace {

const nlohmann::json& expected() {
  static const nlohmann::json data = [] {
    std::ifstream file(HEADROOM_TEST_DATA "/seed_cases.json");
    return nlohmann::json::parse(file);
  }();
  return data;
}

const FloatLayout& layout(const std::string& id) {
  const FloatLayout* found = findFloatLayout(id);
  EXPECT_NE(found, nullptr) << id;
  return *found;
}

std::uint64_t hex(const std::string& text) {
  return std::stoull(text, nullptr, 16);
}

TEST(FloatFields, MatchTheWorkedCases) {
  for (const auto& row : expected()["floats"]) {
    const FloatLayout& format = layout(row["format"]);
    FloatFields fields;
    if (row.contains("bits")) {
      fields = fieldsOf(hex(row["bits"]), format);
      EXPECT_EQ(bitsOf(fields, format), hex(row["bits"])) << row;
    } else {
      const double value = row.contains("number") ? row["number"].get<double>()
                                                  : valueOf(fieldsOf(hex(row["from"]), layout("fp32")), layout("fp32"));
      fields =
          toFields(value, format, row["rounding"] == "truncate" ? FloatRounding::truncate : FloatRounding::nearest);
    }
    EXPECT_EQ(fields.sign, row["sign"].get<int>() == 1) << row;
    EXPECT_EQ(fields.exponent, row["exponent"].get<std::uint64_t>()) << row;
    EXPECT_EQ(fields.mantissa, row["mantissa"].get<std::uint64_t>()) << row;
    const double value = row["value"];
    EXPECT_NEAR(valueOf(fields, format), value, std::fabs(value) * 1e-7) << row;
  }
}

TEST(FloatFields, RangesAndDigitsMatchThePublishedOnes) {
  for (const auto& [id, digits] : expected()["significant_digits"].items())
    EXPECT_EQ(significantDigits(layout(id)), digits.get<int>()) << id;
  for (const auto& [id, value] : expected()["smallest_normal"].items())
    EXPECT_DOUBLE_EQ(smallestNormal(layout(id)), value.get<double>()) << id;
  for (const auto& [id, value] : expected()["largest"].items())
    EXPECT_DOUBLE_EQ(largestValue(layout(id)), value.get<double>()) << id;
  for (const auto& [id, value] : expected()["largest_exponent_field"].items())
    EXPECT_EQ(layout(id).largestExponent(), value.get<std::uint64_t>()) << id;
}

// The machine's own float is the reference: every kind of fp32 number splits into the value the hardware has for it.
TEST(FloatFields, AgreeWithTheMachinesFloat) {
  const FloatLayout& fp32 = layout("fp32");
  for (const std::uint32_t bits : {0x00000000u, 0x80000000u, 0x00000001u, 0x007fffffu, 0x00800000u, 0x3f800000u,
                                   0x7f7fffffu, 0x7f800000u, 0xff800000u, 0xc2f6e979u}) {
    const FloatFields fields = fieldsOf(bits, fp32);
    const double value = std::bit_cast<float>(bits);
    EXPECT_EQ(valueOf(fields, fp32), value) << std::hex << bits;
    EXPECT_EQ(bitsOf(toFields(value, fp32), fp32), bits) << std::hex << bits;
  }
  EXPECT_TRUE(std::isnan(valueOf(fieldsOf(0x7fc00000u, fp32), fp32)));
  EXPECT_EQ(classOf(toFields(std::nan(""), fp32), fp32), FloatClass::nan);
}

TEST(FloatFields, EveryNumberOfASmallFormatSurvivesTheWayThereAndBack) {
  for (const FloatLayout& format : allFloatLayouts()) {
    if (format.bits() > 16) continue;
    for (std::uint64_t bits = 0; bits < std::uint64_t{1} << format.bits(); ++bits) {
      const FloatFields fields = fieldsOf(bits, format);
      if (classOf(fields, format) == FloatClass::nan) continue;
      ASSERT_EQ(bitsOf(toFields(valueOf(fields, format), format), format), bits) << format.id;
    }
  }
}

TEST(FloatFields, OutOfRangeBecomesInfinityOrTheLargestNumber) {
  const FloatLayout &fp16 = layout("fp16"), &e4m3 = layout("fp8-e4m3");
  EXPECT_EQ(classOf(toFields(1e6, fp16), fp16), FloatClass::infinite);
  EXPECT_EQ(valueOf(toFields(1e6, fp16, FloatRounding::truncate), fp16), 65504);
  EXPECT_EQ(valueOf(toFields(-1e6, e4m3), e4m3), -448);
  EXPECT_EQ(valueOf(toFields(std::numeric_limits<double>::infinity(), e4m3), e4m3), 448);
  EXPECT_EQ(binaryText(toFields(-1.5, fp16), fp16), "1 01111 1000000000");
}

TEST(FloatFields, Nf4LevelsAscendFromMinusOneToOneThroughZero) {
  const auto levels = nf4Levels();
  EXPECT_TRUE(std::ranges::is_sorted(levels));
  EXPECT_EQ(levels.front(), -1.0);
  EXPECT_EQ(levels[7], 0.0);
  EXPECT_EQ(levels.back(), 1.0);
}

// By hand from the definitions: the scale of the block first, then the nearest code.
TEST(BlockCode, ValuesShareAScale) {
  const auto of = [](double value, double largest, const char* id) {
    return encode(value, largest, *findBlockCode(id));
  };
  // int8: 0.5 of 1 is 63.5 of 127, to even.
  EXPECT_EQ(of(0.5, 1, "int8").element, 64);
  EXPECT_EQ(of(0.5, 1, "int8").binary, "01000000");
  EXPECT_EQ(of(-1, 1, "int8").binary, "10000001");
  EXPECT_DOUBLE_EQ(of(0.5, 1, "int8").value, 64.0 / 127);
  // NF4: a level relative to the block's largest; the largest itself is exact.
  EXPECT_DOUBLE_EQ(of(3, 1, "nf4").value, 3);
  EXPECT_EQ(of(3, 1, "nf4").binary, "1111");
  EXPECT_EQ(of(0, 1, "nf4").binary, "0111");
  EXPECT_NEAR(of(0.44, 1, "nf4").value, 0.44070982933044434, 1e-12);
  // MXFP4: floor(log2 π) is 1 and e2m1's largest is 1.5 × 2^2, so the scale is a half; π is 6.28 of it, beyond 6.
  EXPECT_DOUBLE_EQ(of(3.14159265, 3.14159265, "mxfp4").scale, 0.5);
  EXPECT_DOUBLE_EQ(of(3.14159265, 3.14159265, "mxfp4").value, 3);
  EXPECT_TRUE(of(3.14159265, 3.14159265, "mxfp4").clipped);
  EXPECT_FALSE(of(2.9, 2.9, "mxfp4").clipped);
  EXPECT_EQ(of(-1.5, 4, "mxfp4").binary, "1 01 1");
  // NVFP4: π/6 is 0.5236, of which e4m3 keeps 0.5; the scale rounds, so that the largest need not be exact.
  EXPECT_DOUBLE_EQ(of(3.14159265, 3.14159265, "nvfp4").scale, 0.5);
  EXPECT_DOUBLE_EQ(of(6, 6, "nvfp4").value, 6);
  EXPECT_DOUBLE_EQ(of(1, 6, "nvfp4").value, 1);
  EXPECT_EQ(of(1e-9, 1e-9, "nvfp4").value, 0);
  for (const BlockCodeRow& row : blockCodes()) {
    EXPECT_EQ(encode(0, 0, row).value, 0) << row.id;
    EXPECT_EQ(encode(std::nan(""), 1, row).value, 0) << row.id;
    EXPECT_FALSE(row.source.empty());
  }
}

}  // namespace
}  // namespace headroom
