#include "core/evidence/measured_source.h"

#include <vector>

namespace headroom {

std::string sourceOf(std::string_view address) {
  if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos)
    address.remove_prefix(scheme + 3);
  address = address.substr(0, address.find_first_of("?#"));
  std::vector<std::string_view> parts;
  while (!address.empty()) {
    const std::size_t slash = address.find('/');
    if (slash != 0) parts.push_back(address.substr(0, slash));
    address.remove_prefix(slash == std::string_view::npos ? address.size() : slash + 1);
  }
  // host/owner/repository/blob/commit/folders/file
  if (parts.size() > 5 && (parts[3] == "blob" || parts[3] == "tree" || parts[3] == "raw")) {
    parts.erase(parts.begin() + 3, parts.begin() + 5);
    parts.pop_back();
  }
  std::string out;
  for (std::string_view part : parts) {
    if (!out.empty()) out += '/';
    out += part;
  }
  return out;
}

}  // namespace headroom
