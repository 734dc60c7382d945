// A step as the allocator sees it: what comes and goes, in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/estimate/training/allocator/caching_allocator.h"

namespace headroom::training {

struct StepStream {
  StorageEvents loading;  // before all else, where it is not the weights that come one by one; what is left stays
  // Bytes of the model's tensors in the order of its modules.
  std::vector<std::int64_t> weights;
  // Bytes of the trained ones' states in the optimizer, in the order of its first step.
  std::vector<std::int64_t> states;
  StorageEvents events;  // of a step that makes all its gradients and drops them in the end
  // The events before which the first backward pass and the optimizer start.
  std::size_t backward = 0, optimizer = 0;
};

// Bytes that a process holds when its steps have come to be alike.
struct HeldBytes {
  double alive = 0;     // at the peak, without what the allocator adds
  double reserved = 0;  // by the allocator's segments
};

// `workspace`: what a product takes for good, once in the thread that runs forward and once in the one that runs
// backward (aten/src/ATen/cuda/CublasHandlePool.cpp: a handle per thread, a workspace per handle).
HeldBytes heldBytes(const StepStream& stream, std::int64_t workspace, bool expandable);

}  // namespace headroom::training
