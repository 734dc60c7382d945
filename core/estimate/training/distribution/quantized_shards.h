// Weights that bitsandbytes packs into 4 bits, on ranks that share them. Only parameters are sharded: the packed
// values. The scales of their blocks are attributes of the layer (bitsandbytes/functional.py, QuantState, 0.43 to 0.50)
// that every rank holds as a whole, on the device.
#pragma once

#include "core/estimate/training/distribution/layout.h"
#include "core/estimate/training/frameworks/profile.h"
#include "core/numerics/number_format.h"
#include "core/scenario/settings.h"

namespace headroom::training {

constexpr double kPackedBytes = 0.5;  // of a value

inline double scaleBytes(NumberFormat format) {  // per value
  return info(format).blockBytes / info(format).blockElements - kPackedBytes;
}

// The format, where that is so. torchao's NF4Tensor (torchtune) shards its scales as well.
inline std::optional<NumberFormat> formatWithWholeScales(const FrameworkProfile& profile, const Settings& settings,
                                                         const Layout& layout) {
  const auto* format = std::get_if<NumberFormat>(&settings.weights);
  const bool packs = format != nullptr &&
                     (*format == NumberFormat::nf4 || *format == NumberFormat::nf4_dq || *format == NumberFormat::fp4);
  return packs && layout.shardsWeights() && !profile.quantizesTargetsOnly ? std::optional(*format) : std::nullopt;
}

}  // namespace headroom::training
