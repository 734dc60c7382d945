#include "core/base/text_file.h"

#include <fmt/format.h>

#include "core/base/gzip.h"
#include "core/base/input_file.h"

namespace headroom {

Result<std::string> readTextStream(std::istream& in, std::string_view where, std::int64_t most) {
  std::string bytes;
  char block[1 << 14];
  while (in.read(block, sizeof block), in.gcount() > 0) {
    bytes.append(block, static_cast<std::size_t>(in.gcount()));
    if (static_cast<std::int64_t>(bytes.size()) > most)
      return fail(ErrorCode::io, fmt::format("It is larger than {} MiB.", most >> 20), std::string(where));
  }
  if (in.bad()) return fail(ErrorCode::io, "It could not be read to its end.", std::string(where));
  return bytes;
}

Result<std::string> readTextFile(const std::string& path, std::int64_t most, std::optional<FileStamp>* stamp) {
  const auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  if (stamp != nullptr) *stamp = (*file)->stamp();
  std::istream in(file->get());
  Result<std::string> bytes = readTextStream(in, path, most);
  if (bytes && (*file)->error()) return tl::unexpected(*(*file)->error());
  if (bytes && isGzip(*bytes)) return unpackedGzip(*bytes, path, most);
  return bytes;
}

}  // namespace headroom
