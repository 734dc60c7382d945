// Formats whose numbers share a scale: what one value becomes beside the largest magnitude of its block. What the
// floats explorer shows of int8, NF4, MXFP4 and NVFP4.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace headroom {

struct BlockCodeRow {
  std::string_view id;       // "int8", "nf4", "mxfp4", "nvfp4"
  std::string_view label;    // "NF4"
  int bits = 0;              // of one value, without its share of the scale
  int block = 0;             // values that share a scale; 0: a row of the matrix
  std::string_view scale;    // what the scale is: "fp32 absmax"
  std::string_view element;  // a FloatLayout's id; empty: levels or whole numbers
  std::string_view source;
};

std::span<const BlockCodeRow> blockCodes();
const BlockCodeRow* findBlockCode(std::string_view id);  // nullptr for an unknown one

struct BlockCode {
  double scale = 0;      // what the stored code is multiplied by
  double element = 0;    // what the code alone stands for
  double value = 0;      // element × scale
  std::string binary;    // the stored code, fields apart: "0 10 1"
  bool clipped = false;  // the value is beyond the largest code
};

// `largest`: the largest magnitude in the block; below the value's own that counts. 0 and not a number give zero.
BlockCode encode(double value, double largest, const BlockCodeRow& row);

}  // namespace headroom
