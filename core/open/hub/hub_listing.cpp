#include "core/open/hub/hub_listing.h"

#include <nlohmann/json.hpp>

namespace headroom {

std::optional<std::string> ggufOfListing(std::string_view answer) {
  const nlohmann::json parsed = nlohmann::json::parse(answer, nullptr, false);
  const auto siblings = parsed.is_object() ? parsed.find("siblings") : parsed.end();
  if (siblings == parsed.end() || !siblings->is_array()) return std::nullopt;
  std::optional<std::string> first;
  for (const auto& entry : *siblings) {
    const auto file = entry.is_object() ? entry.find("rfilename") : entry.end();
    if (file == entry.end() || !file->is_string()) continue;
    const auto& name = file->get_ref<const std::string&>();
    if (!name.ends_with(".gguf") || name.find("mmproj") != std::string::npos) continue;
    if (name.find("Q4_K_M") != std::string::npos) return name;
    if (!first) first = name;
  }
  return first;
}

}  // namespace headroom
