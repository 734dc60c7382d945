#include <simdjson.h>

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "core/base/embedded_resource.h"
#include "core/base/simdjson_text.h"
#include "core/formats/config/config.h"

namespace headroom {
namespace {

using nlohmann::json;

// A text of the catalogue as simdjson's tape: a family becomes JSON values only when it is asked for.
class Families {
 public:
  explicit Families(std::string_view text) : byType_(readOwnText<simdjson::dom::object>(parser_, text)) {}
  json of(std::string_view modelType) const {
    simdjson::dom::element family;
    if (byType_[modelType].get(family) != simdjson::SUCCESS) return json::object();
    json value = json::parse(std::string(simdjson::minify(family)), nullptr, false);
    if (!value.is_object()) return json::object();
    if (!modelType.empty()) value["model_type"] = modelType;  // a nested part that does not say its own
    return value;
  }

 private:
  simdjson::dom::parser parser_;
  simdjson::dom::object byType_;
};

}  // namespace

const json& classDefaults(std::string_view modelType) {
  static const Families families(embeddedResource("catalogue/config_defaults.json"));
  static std::mutex mutex;
  static std::map<std::string, json, std::less<>> known;
  const std::string_view key = modelType.size() < 64 ? modelType : std::string_view();  // no family's is longer
  const std::lock_guard lock(mutex);
  auto it = known.find(key);
  if (it == known.end()) it = known.emplace(std::string(key), key.empty() ? json::object() : families.of(key)).first;
  return it->second;
}

json readClassDefaults(std::string_view text, std::string_view modelType) {
  return Families(text).of(modelType);
}

}  // namespace headroom
