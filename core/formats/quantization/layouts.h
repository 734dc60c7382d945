// The layouts of quantized matrices, one function per library: how bits are packed and what lies beside them. Rows are
// output features, columns input features. Bits and sizes are clamped, so hostile numbers give some finite layout.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/numerics/weight_layout.h"

namespace headroom {

// A matrix that stays as it is, in another plain format than the model's.
WeightLayout plainLayout(NumberFormat format);

struct GptqLayout {
  std::int64_t bits = 4, group = 128;  // group of 0: the whole row
  bool symmetric = true;
  bool index = true;      // g_idx, which AutoRound's files leave out
  bool actOrder = false;  // desc_act: engines keep the index as well
};
WeightLayout gptqLayout(const GptqLayout& g);
WeightLayout awqLayout(std::int64_t bits, std::int64_t group);

WeightLayout bitsAndBytes4Layout(bool nf4, bool doubleQuantized, std::int64_t block);
WeightLayout bitsAndBytes8Layout();

// One byte a weight with scales; `scale`: bytes of one (fp32 4, the model's 16 bit 2, e8m0 1).
enum class ScalesOf : std::uint8_t { tensor, row, tile, group };
struct ByteLayout {
  std::string_view label, source;
  NumberFormat format = NumberFormat::fp8;
  ScalesOf scales = ScalesOf::row;
  double scale = 4;
  std::int64_t tileRows = 128, tileColumns = 128;  // of a tile; a group is tileColumns wide
  double fixed = 0;                                // bytes per module, such as a static input scale
  double perRow = 0;                               // further bytes per row, such as zero points
  double loadedOnly = 0;                           // bytes per module that no file holds
};
WeightLayout byteLayout(const ByteLayout& b);

// Four-bit floats with a scale byte per block (16: NVFP4, 32: MXFP4) and `fixed` bytes per module.
WeightLayout floatBlocksLayout(std::int64_t bits, std::int64_t block, double fixed, std::string_view source);

// compressed-tensors' pack-quantized: rows of int32 words, scales in the model's 16 bit, the shape as two int64.
struct PackedLayout {
  std::int64_t bits = 4, group = 0;  // group of 0: one scale per row
  bool perTensor = false, zeroPoints = false, index = false;
};
WeightLayout packedLayout(const PackedLayout& p);

// Integers packed without a gap, with `perGroup` bytes of scales and zero points per group of a row.
struct GroupedLayout {
  std::string label;
  std::string_view source;
  std::int64_t bits = 4, group = 64;  // group of 0: one per row
  double perGroup = 4;
  double fixed = 0;           // bytes per module
  double loadedPerGroup = 0;  // what Transformers 4 holds per group instead, where it differs
};
WeightLayout groupedLayout(const GroupedLayout& g);

WeightLayout bitNetLayout(bool unpacks, bool norm);
WeightLayout hqqLayout(std::int64_t bits, std::int64_t group);
WeightLayout higgsLayout(std::int64_t bits, std::int64_t group);

struct AqlmLayout {
  std::int64_t codebooks = 1, bits = 16, inGroup = 8, outGroup = 1;
};
WeightLayout aqlmLayout(const AqlmLayout& a);

struct VptqLayout {
  std::int64_t vector = 8, centroids = 65536, residual = 0;  // residual of 0: none
  std::int64_t groups = 1, groupSize = 0;                    // groupSize of 0: the whole row
  std::int64_t outlierVector = 0, outlierCentroids = 0, outlierSize = 0;
  bool norm = false, permutation = false;
};
WeightLayout vptqLayout(const VptqLayout& v);

// EXL3: tiles of 16 × 16, features filled up to 128, a sign-and-scale vector on both sides. EXL2 states an average
// only.
WeightLayout exl3Layout(double bits);
WeightLayout averageLayout(std::string_view method, double bits, std::string_view source);
// The same layout with the plain 16-bit matrix it was made from beside it: EXL3's head of a tied embedding.
WeightLayout besideTied(WeightLayout head);

// Tensors whose bytes the configuration states one by one (SpQR's sparse parts).
WeightLayout statedLayout(std::string_view method, double bytes, std::string_view source);

}  // namespace headroom
