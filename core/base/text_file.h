// Whole small text files in and out of the file system.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace headroom {

// A scenario with an inline model is a few hundred KiB; what is larger was not meant for us.
constexpr std::int64_t kMaxTextFile = std::int64_t{64} << 20;

// The file's bytes. Errors: not_found for a missing file; io for a folder, a refusal, or more than `most` bytes.
Result<std::string> readTextFile(const std::string& path, std::int64_t most = kMaxTextFile);

// Writes a temporary file beside `path`, flushes it to the disk and renames it: an existing file is replaced whole or
// not at all.
Result<void> writeFileAtomically(const std::string& path, std::string_view bytes);

}  // namespace headroom
