// What SGLang's kernels need of an NVIDIA device, by release.
#pragma once

#include "core/estimate/serving/common/kernel_needs.h"

namespace headroom {

extern const EngineKernels kSglangKernels;

}  // namespace headroom
