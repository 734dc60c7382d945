#include "core/scenario/build_number.h"

#include <cctype>
#include <charconv>

namespace headroom {

std::optional<int> buildNumber(std::string_view printed) {
  if (printed.size() < 2 || printed[0] != 'b' || std::isdigit(static_cast<unsigned char>(printed[1])) == 0)
    return std::nullopt;
  int build = 0;
  std::from_chars(printed.data() + 1, printed.data() + printed.size(), build);
  return build;
}

}  // namespace headroom
