#include <charconv>

#include "core/scenario/settings.h"

namespace headroom {

EngineVersion engineVersion(std::string_view printed) {
  EngineVersion v;
  const std::size_t start = printed.find_first_of("0123456789");
  if (start == std::string_view::npos) return v;
  const char* at = printed.data() + start;
  const char* const end = printed.data() + printed.size();
  int* const parts[] = {&v.major, &v.minor, &v.patch};
  int read = 0;
  for (int* part : parts) {
    const auto [next, error] = std::from_chars(at, end, *part);
    if (error != std::errc()) break;
    ++read;
    at = next;
    if (at == end || (*at != '.' && *at != '-')) break;
    ++at;
  }
  v.known = read >= 2;
  return v;
}

EngineVersion versionOf(std::string_view printed, std::string_view name) {
  const auto letter = [&](std::size_t i) {
    return i < printed.size() && ((printed[i] | 0x20) >= 'a' && (printed[i] | 0x20) <= 'z');
  };
  for (std::size_t at = printed.find(name); at != std::string_view::npos; at = printed.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at > 0 && letter(at - 1)) || letter(end)) continue;
    // Only blanks, "==" and a "v" stand between a name and its version.
    const std::size_t digit = printed.find_first_not_of(" =v", end);
    if (digit != std::string_view::npos && printed[digit] >= '0' && printed[digit] <= '9')
      return engineVersion(printed.substr(digit));
  }
  return {};
}

}  // namespace headroom
