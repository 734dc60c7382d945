#include "core/open/hub/hub_listing.h"

#include <nlohmann/json.hpp>

namespace headroom {

std::vector<std::string> filesOfListing(std::string_view answer) {
  constexpr std::size_t kMost = 100'000;
  std::vector<std::string> names;
  const nlohmann::json parsed = nlohmann::json::parse(answer, nullptr, false);
  const auto siblings = parsed.is_object() ? parsed.find("siblings") : parsed.end();
  if (siblings == parsed.end() || !siblings->is_array()) return names;
  for (const auto& entry : *siblings) {
    const auto file = entry.is_object() ? entry.find("rfilename") : entry.end();
    if (file != entry.end() && file->is_string() && names.size() < kMost) names.push_back(file->get<std::string>());
  }
  return names;
}

}  // namespace headroom
