#include "app/cli/input_lines.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {

Result<bool> nextLine(std::istream& in, std::string& line, std::string_view where) {
  line.clear();
  char block[1 << 14];
  for (;;) {
    in.getline(block, sizeof block);
    const auto got = static_cast<std::size_t>(in.gcount());
    if (in.bad()) return fail(ErrorCode::io, "It could not be read to its end.", std::string(where));
    if (in.eof()) {  // the last line need not end in a line feed
      line.append(block, got);
      return !line.empty();
    }
    if (!in.fail()) return line.append(block, got - 1), true;
    line.append(block, got);  // the line is longer than the block
    in.clear();
    if (static_cast<std::int64_t>(line.size()) > kMaxTextFile)
      return fail(ErrorCode::io, fmt::format("A line of it is longer than {} MiB.", kMaxTextFile >> 20),
                  std::string(where));
  }
}

Result<std::string> standardInputOf(std::span<const std::string> files, std::istream& in) {
  if (std::ranges::find(files, "-") == files.end()) return std::string();
  return readTextStream(in, "standard input");
}

}  // namespace headroom
