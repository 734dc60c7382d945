#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "core/base/embedded_resource.h"
#include "core/formats/config/config.h"

namespace headroom {
namespace {

using nlohmann::json;

// Each family stands on a line of its own (`"llama": {…},`), so only the lines asked for are parsed.
json lineOf(std::string_view modelType) {
  const std::string_view text = embeddedResource("catalogue/config_defaults.json");
  const std::string start = "\n\"" + std::string(modelType) + "\": ";
  const std::size_t at = text.find(start);
  if (at == std::string_view::npos) return json::object();
  const std::size_t from = at + start.size();
  std::string_view line = text.substr(from, text.find('\n', from) - from);
  if (line.ends_with(',')) line.remove_suffix(1);
  json value = json::parse(line, nullptr, false);
  return value.is_object() ? value : json::object();
}

}  // namespace

const json& classDefaults(std::string_view modelType) {
  static std::mutex mutex;
  static std::map<std::string, json, std::less<>> known;
  const bool plain = modelType.size() < 64 && modelType.find_first_of("\"\n\\") == std::string_view::npos;
  const std::string_view key = plain ? modelType : std::string_view();
  const std::lock_guard lock(mutex);
  auto it = known.find(key);
  if (it == known.end()) it = known.emplace(std::string(key), key.empty() ? json::object() : lineOf(key)).first;
  return it->second;
}

}  // namespace headroom
