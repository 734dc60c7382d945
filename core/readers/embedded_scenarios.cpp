#include "core/readers/embedded_scenarios.h"

#include <nlohmann/json.hpp>

#include "core/base/json_text.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kOpen = "<script type=\"application/json\" id=\"headroom-scenarios\">";
constexpr std::string_view kClose = "</script>";

}  // namespace

std::string embedScenarios(std::span<const std::string> scenarios) {
  ordered_json list = ordered_json::array();
  for (const std::string& one : scenarios) list.push_back(ordered_json::parse(one, nullptr, false));
  std::string text = jsonText(list), out(kOpen);
  for (const char c : text) {
    if (c == '<' || c == '>')
      out += c == '<' ? "\\u003c" : "\\u003e";
    else
      out += c;
  }
  return out + std::string(kClose);
}

bool holdsScenarios(std::string_view page) {
  return page.find(kOpen) != std::string_view::npos;
}

std::string_view scenariosElement(std::string_view page) {
  const std::size_t open = page.find(kOpen);
  if (open == std::string_view::npos) return {};
  const std::size_t close = page.find(kClose, open);
  return close == std::string_view::npos ? std::string_view() : page.substr(open, close + kClose.size() - open);
}

Result<std::vector<std::string>> embeddedScenarios(std::string_view page, std::string_view where) {
  const std::size_t open = page.find(kOpen);
  if (open == std::string_view::npos)
    return fail(ErrorCode::value, "The page holds no scenario; it is no report of Headroom.", std::string(where));
  const std::string_view rest = page.substr(open + kOpen.size());
  const ordered_json list = ordered_json::parse(rest.substr(0, rest.find(kClose)), nullptr, false);
  if (!list.is_array() || list.empty())
    return fail(ErrorCode::syntax, "The scenarios inside the report were damaged and cannot be read.",
                std::string(where));
  std::vector<std::string> out;
  for (const ordered_json& one : list) out.push_back(jsonText(one));
  return out;
}

}  // namespace headroom
