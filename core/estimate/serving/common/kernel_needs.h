// What a serving engine's kernels need of a device: the least compute capability for a format of weights or caches, by
// release. A start without such kernels stops; where sources leave it open, the verdict says so.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "core/estimate/estimate_context.h"
#include "core/numerics/number_format.h"

namespace headroom {

class FormatSet {
 public:
  constexpr FormatSet(std::initializer_list<NumberFormat> formats) {  // NOLINT(google-explicit-constructor)
    for (const NumberFormat f : formats) bits_ |= std::uint64_t{1} << static_cast<unsigned>(f);
  }
  constexpr bool has(NumberFormat f) const { return (bits_ >> static_cast<unsigned>(f) & 1U) != 0; }

 private:
  std::uint64_t bits_ = 0;
};
static_assert(kNumberFormatCount <= 64);

// Which models a row is about.
enum class KernelsOf : std::uint8_t { any, plain, latent, sparse };

struct KernelNeed {
  FormatSet formats;
  KernelsOf layers = KernelsOf::any;
  double least = 0;                          // compute capability; 0: no device is enough
  double beyond = 0;                         // capabilities from here on have none either; 0: all newer ones do
  std::string_view since = {}, before = {};  // releases; empty: no bound
  bool certain = true;                       // the start stops; else it is not known
  std::string_view source;
};

struct EngineKernels {
  double device = 0;  // the least capability of any device the engine runs on
  std::string_view source;
  std::span<const KernelNeed> weights, caches;
  std::span<const KernelNeed> attention = {};  // whatever the formats are
};

// As it was asked, or the catalogue has it of an NVIDIA device; 0: not known.
double cudaCapability(const DeviceRequest& device);

void diagnoseKernels(EstimateContext& context, const EngineKernels& kernels);

}  // namespace headroom
