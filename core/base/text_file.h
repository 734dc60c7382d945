// Whole small text files in and out of the file system.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/file_stamp.h"
#include "core/base/result.h"

namespace headroom {

// A scenario with an inline model is a few hundred KiB; what is larger was not meant for us.
constexpr std::int64_t kMaxTextFile = std::int64_t{64} << 20;

// The file's bytes, of one that gzip packed what is in it. Errors: not_found for a missing file; io for a folder, a
// refusal, a pipe nobody writes into, or more than `most` bytes. `stamp` becomes what the file was.
Result<std::string> readTextFile(const std::string& path, std::int64_t most = kMaxTextFile,
                                 std::optional<FileStamp>* stamp = nullptr);

// The rest of a stream, with the same bound; `where` names it in errors.
Result<std::string> readTextStream(std::istream& in, std::string_view where, std::int64_t most = kMaxTextFile);

// Puts the bytes into the file, whole or not at all: a temporary file beside it is filled, flushed to the disk and
// takes its name, so that what was there is there until the new bytes are, and mode and owner stay (the owner where the
// system lets us). A link is followed and stays. A file that may not be written is left alone though its folder would
// allow it. What is no file of a disk (/dev/null, a terminal, a pipe that somebody reads, /dev/stdout) is written to as
// it is; folders and sockets are refused. `size` beyond the bytes makes the rest a hole. Errors: io, with the system's
// reason.
Result<void> writeFileAtomically(const std::string& path, std::string_view bytes, std::uint64_t size = 0);

// Writes all of the bytes to an open descriptor; false with errno where it cannot.
bool writeAll(int descriptor, std::string_view bytes);

// The same as writeFileAtomically where the file still is what it was when it was read, so that of two who read and
// write it none undoes the other's work unseen: false where somebody changed it since, and it is left as they made it.
// `stamp` becomes what it is now. Without a stamp nothing is compared.
Result<bool> writeFileUnchanged(const std::string& path, std::string_view bytes, std::optional<FileStamp>& stamp);

}  // namespace headroom
