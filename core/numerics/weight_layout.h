// How a loader holds one quantized matrix: the packed weights with everything that comes beside them (scales, zero
// points, indices, code tables), as a sum of terms over the matrix's rows and columns.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/numerics/number_format.h"

namespace headroom {

// Who holds a tensor. The same checkpoint takes different bytes: files keep a loader's notes, Transformers 5 holds
// experts as one parameter that most schemes pass by, engines drop zero points and indices their kernels do not read.
enum class Holder : std::uint8_t { file, transformers4, transformers5, engine };
constexpr std::size_t kHolderCount = 4;

// A set of holders.
using Holders = std::uint8_t;
constexpr Holders only(Holder h) {
  return static_cast<Holders>(1U << static_cast<unsigned>(h));
}
constexpr Holders kInFile = only(Holder::file), kInEngine = only(Holder::engine);
constexpr Holders kInTransformers = only(Holder::transformers4) | only(Holder::transformers5);
constexpr Holders kEverywhere = kInFile | kInEngine | kInTransformers;

// ceil(n × `times` / `by`); `times` of 0 stands for one unit whatever n is.
struct Units {
  std::int64_t times = 1, by = 1;
  double of(double n) const;
  bool operator==(const Units&) const = default;
};
constexpr Units kOne{0, 1}, kEach{1, 1};
constexpr Units per(std::int64_t n) {
  return {1, n > 0 ? n : 1};
}

struct LayoutTerm {
  std::string_view name;  // "packed weights", "scales"
  double bytes = 1;       // of one unit
  Units rows, columns;    // units along the output and the input features
  bool flat = false;      // the matrix lies in one row: `columns` counts over rows × columns
  Holders in = kEverywhere;

  double of(double matrixRows, double matrixColumns) const;
  bool operator==(const LayoutTerm&) const = default;
};

struct WeightLayout {
  std::string label;                         // "GPTQ, 3 bit, groups of 128"
  NumberFormat format = NumberFormat::bf16;  // the nearest number format: what kernels and shards go by, not the bytes
  std::string_view source;                   // library, file and version
  std::vector<LayoutTerm> terms;             // the packed weights first

  bool operator==(const WeightLayout&) const = default;
};

// Exact bytes of a rows × columns matrix as the holder has it.
Bytes bytesFor(const WeightLayout& layout, Holder holder, std::int64_t rows, std::int64_t columns);

}  // namespace headroom
