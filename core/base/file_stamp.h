// Which file a path named, and in what state: what tells whether somebody changed it since.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

struct stat;

namespace headroom {

// Programs that save put another file in its place, or write into it. The second within one tick of the file system's
// clock (4 ms on Linux) with as many bytes goes unseen.
struct FileStamp {
  std::uint64_t device = 0, file = 0;
  std::int64_t size = 0, modifiedNs = 0;
  bool operator==(const FileStamp&) const = default;
};

FileStamp stampOf(const struct stat& status);
// Nothing where there is no file.
std::optional<FileStamp> stampOf(const std::string& path);

}  // namespace headroom
