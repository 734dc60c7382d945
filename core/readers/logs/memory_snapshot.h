// Snapshots of PyTorch's caching allocator: what torch.cuda.memory._dump_snapshot() writes.
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/readers/logs/log_reader.h"

namespace headroom {

// Per device the most that was allocated and the most that was reserved while events were recorded, and at its end
// (torch/cuda/memory.py; the events as torch/cuda/_memory_viz.py takes them, backwards from the end). `notes` says what
// was alive at the peak, the largest first, and where the record begins too late to know what came before. Errors: as
// Pickle::read, and value where it is a pickle of something else.
Result<LogReading> readSnapshot(std::string_view bytes, std::string_view where);

}  // namespace headroom
