#include "core/readers/scenario_link.h"

#include <yaml-cpp/binary.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/gzip.h"
#include "core/base/json_text.h"

namespace headroom {
namespace {

constexpr std::string_view kScheme = "headroom:";
constexpr std::int64_t kMost = std::int64_t{16} << 20;

}  // namespace

std::string scenarioLink(std::string_view scenario) {
  // On one line: blanks are no meaning.
  const std::string packed = packedGzip(jsonText(nlohmann::ordered_json::parse(scenario, nullptr, false)));
  std::string text = YAML::EncodeBase64(reinterpret_cast<const unsigned char*>(packed.data()), packed.size());
  std::erase(text, '=');
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return std::string(kScheme) + text;
}

bool isScenarioLink(std::string_view text) {
  return text.starts_with(kScheme) && text.size() > kScheme.size();
}

Result<std::string> linkedScenario(std::string_view link, std::string_view where) {
  std::string text(link.substr(std::min(kScheme.size(), link.size())));
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  const auto damaged = [&] {
    return fail(ErrorCode::syntax, "The link was cut off or damaged; copy it once more, whole.", std::string(where));
  };
  // yaml-cpp 0.7 looks every character up, and beyond ASCII before the beginning of its table (src/binary.cpp).
  if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return damaged();
  const std::vector<unsigned char> bytes = YAML::DecodeBase64(text);
  const std::string_view packed(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!isGzip(packed)) return damaged();
  Result<std::string> json = unpackedGzip(packed, where, kMost);
  if (!json || !nlohmann::json::accept(*json)) return damaged();
  return json;
}

}  // namespace headroom
