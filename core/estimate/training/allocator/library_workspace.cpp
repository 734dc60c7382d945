#include "core/estimate/training/allocator/library_workspace.h"

namespace headroom::training {

// aten/src/ATen/cuda/CublasHandlePool.cpp, parseChosenWorkspaceSize (torch 2.11): compute capability 9.0 alone is
// Hopper; of AMD's devices gfx94 and gfx95, CDNA 3 and 4, are apart.
double productWorkspace(const Accelerator* device) {
  constexpr double kKiB = 1024, kMiB = 1024 * kKiB;
  if (device == nullptr) return 0;
  if (device->vendor == "NVIDIA") return device->computeCapability == 9.0 ? 32 * kMiB : 2 * 4096 * kKiB + 8 * 16 * kKiB;
  if (device->vendor != "AMD") return 0;
  return device->architecture == "CDNA3" || device->architecture == "CDNA4" ? 128 * kMiB : 32 * kMiB;
}

}  // namespace headroom::training
