// Text that gzip packed, as logs that rotate are kept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace headroom {

bool isGzip(std::string_view bytes);

// The bytes packed, without a time stamp: the same bytes give the same text.
std::string packedGzip(std::string_view bytes);

// What is packed in it; of a file that is cut off, what it still holds. Errors (io): it unpacks to more than `most`
// bytes, or to nothing.
Result<std::string> unpackedGzip(std::string_view bytes, std::string_view where, std::int64_t most);

}  // namespace headroom
