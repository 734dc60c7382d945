// Work buffers of the libraries that multiply, which torch takes from its own allocator.
#pragma once

#include "core/hardware/accelerator.h"

namespace headroom::training {

// A handle belongs to a thread: backward runs in one of its own.
inline constexpr double kProductThreads = 2;

// Bytes that one handle takes on a device of this kind at its first product; 0 where the device is not known.
double productWorkspace(const Accelerator* device);

}  // namespace headroom::training
