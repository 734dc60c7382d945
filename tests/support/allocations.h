// Counts what operator new hands out, so that a test can say "allocates nothing".
#pragma once

#include <cstddef>

namespace headroom {

// Calls of operator new by this thread so far.
std::size_t allocations();

}  // namespace headroom
