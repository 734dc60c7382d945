#include "app/cli/standard_input.h"

#include "core/base/text_file.h"

namespace headroom {

Result<std::string> readAll(std::istream& in, std::string_view where) {
  std::string bytes;
  char block[1 << 14];
  while (in.read(block, sizeof block), in.gcount() > 0) {
    bytes.append(block, static_cast<std::size_t>(in.gcount()));
    if (static_cast<std::int64_t>(bytes.size()) > kMaxTextFile)
      return fail(ErrorCode::io, "There is more than 64 MiB of it.", std::string(where));
  }
  return bytes;
}

}  // namespace headroom
