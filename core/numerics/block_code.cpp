#include "core/numerics/block_code.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/numerics/float_fields.h"

namespace headroom {
namespace {

constexpr std::array<BlockCodeRow, 4> kRows{{
    {"int8", "int8", 8, 0, "fp32 absmax / 127", "", "LLM.int8(), https://arxiv.org/abs/2208.07339 section 2.1"},
    {"nf4", "NF4", 4, 64, "fp32 absmax", "", "QLoRA, https://arxiv.org/abs/2305.14314 section 3 and appendix E"},
    {"mxfp4", "MXFP4", 4, 32, "a power of two (e8m0)", "fp4-e2m1", "OCP Microscaling Formats 1.0, section 6.3"},
    {"nvfp4", "NVFP4", 4, 16, "fp8 e4m3 of absmax / 6", "fp4-e2m1",
     "https://developer.nvidia.com/blog/introducing-nvfp4-for-efficient-and-accurate-low-precision-inference/"},
}};

std::string binary(unsigned code, int bits) {
  std::string text;
  for (int bit = bits - 1; bit >= 0; --bit) text += (code >> bit & 1U) != 0 ? '1' : '0';
  return text;
}

BlockCode wholeNumber(double value, double largest) {
  BlockCode out;
  out.scale = largest / 127;
  out.element = std::clamp(std::nearbyint(value / out.scale), -127.0, 127.0);
  out.binary = binary(static_cast<unsigned>(static_cast<int>(out.element)) & 0xFFU, 8);
  return out;
}

BlockCode level(double value, double largest) {
  const auto levels = nf4Levels();
  std::size_t nearest = 0;
  for (std::size_t i = 1; i < levels.size(); ++i)
    if (std::fabs(levels[i] - value / largest) < std::fabs(levels[nearest] - value / largest)) nearest = i;
  return {largest, levels[nearest], 0, binary(static_cast<unsigned>(nearest), 4), false};
}

// An element of e2m1 under a scale; what is beyond its largest number stays at that.
BlockCode smallFloat(double value, double scale, const BlockCodeRow& row) {
  const FloatLayout& layout = *findFloatLayout(row.element);
  const FloatFields fields = toFields(value / scale, layout);
  BlockCode out{scale, valueOf(fields, layout), 0, binaryText(fields, layout), false};
  out.clipped = std::fabs(value / scale) > largestValue(layout);
  return out;
}

double scaleOf(double largest, const BlockCodeRow& row) {
  const FloatLayout& element = *findFloatLayout(row.element);
  // MX: 2^(⌊log2 largest⌋ − the exponent of the element's largest number), within e8m0's 2^±127.
  if (row.id == "mxfp4")
    return std::ldexp(1.0, std::clamp(std::ilogb(largest) - std::ilogb(largestValue(element)), -127, 127));
  const FloatLayout& scale = *findFloatLayout("fp8-e4m3");
  return valueOf(toFields(largest / largestValue(element), scale), scale);
}

}  // namespace

std::span<const BlockCodeRow> blockCodes() {
  return kRows;
}

const BlockCodeRow* findBlockCode(std::string_view id) {
  const auto* at = std::ranges::find(kRows, id, &BlockCodeRow::id);
  return at == kRows.end() ? nullptr : at;
}

BlockCode encode(double value, double largest, const BlockCodeRow& row) {
  if (std::isnan(value)) value = 0;
  largest = std::max(std::fabs(largest), std::fabs(value));
  if (!std::isfinite(largest) || value == 0) {
    // NF4's code of zero is the eighth; the others' is all zeros.
    return {0, 0, 0, binary(row.id == "nf4" ? 7 : 0, row.bits), false};
  }
  BlockCode out;
  if (row.id == "int8") {
    out = wholeNumber(value, largest);
  } else if (row.element.empty()) {
    out = level(value, largest);
  } else if (const double scale = scaleOf(largest, row); scale > 0) {
    out = smallFloat(value, scale, row);
  } else {
    out.binary = binary(0, row.bits);  // the block's scale itself is rounded to zero
  }
  out.value = out.element * out.scale;
  return out;
}

}  // namespace headroom
