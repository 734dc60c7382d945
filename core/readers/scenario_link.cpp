#include "core/readers/scenario_link.h"

#include <yaml-cpp/binary.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/gzip.h"
#include "core/base/json_text.h"

namespace headroom {
namespace {

constexpr std::string_view kScheme = "headroom:";
// How every one goes on: gzip's first three bytes (RFC 1952 section 2.3.1) in base64.
constexpr std::string_view kPacked = "H4sI";
constexpr std::int64_t kMost = std::int64_t{16} << 20;
constexpr std::size_t kLongest = std::size_t{1} << 20;  // a text that may hold a link among other words

std::size_t startOf(std::string_view text) {
  if (text.starts_with(kScheme)) return text.size() > kScheme.size() ? 0 : text.npos;
  if (text.size() > kLongest) return text.npos;
  return text.find(std::string(kScheme) + std::string(kPacked));
}

bool isBlank(char c) {
  return std::string_view(" \t\r\n\f\v").find(c) != std::string_view::npos;
}

bool isOfLink(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '+' || c == '/' || c == '=';
}

Result<std::string> unpacked(std::string text, std::string_view where) {
  std::erase_if(text, [](char c) { return isBlank(c) || c == '='; });
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  const std::vector<unsigned char> bytes = YAML::DecodeBase64(text);
  const std::string_view packed(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!isGzip(packed)) return fail(ErrorCode::syntax, "No gzip.", std::string(where));
  return unpackedGzip(packed, where, kMost).and_then([&](std::string json) -> Result<std::string> {
    if (!nlohmann::json::accept(json)) return fail(ErrorCode::syntax, "No JSON.", std::string(where));
    return json;
  });
}

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
  return startOf(text) != text.npos;
}

Result<std::string> linkedScenario(std::string_view link, std::string_view where) {
  const std::size_t start = startOf(link);
  link.remove_prefix(start == link.npos ? link.size() : start + kScheme.size());
  // A mail program breaks it into lines; in a sentence other words stand behind it.
  const auto broken = std::ranges::find_if(link, [](char c) { return !isOfLink(c) && !isBlank(c); });
  const auto word = std::ranges::find_if(link, [](char c) { return !isOfLink(c); });
  for (const auto end : {broken, word})
    if (Result<std::string> json = unpacked(std::string(link.begin(), end), where)) return json;
  return fail(ErrorCode::syntax, "The link was cut off or damaged; copy it once more, whole.", std::string(where));
}

}  // namespace headroom
