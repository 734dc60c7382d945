#include "core/readers/python_values.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/json_text.h"

namespace headroom {

using Json = nlohmann::ordered_json;

std::optional<Json> plainValue(const PythonCall& call) {
  const std::vector<Json>& given = call.positional;
  if (call.name == "os.getenv" || call.name == "os.environ.get" || call.name == "environ.get") {
    const bool plain = given.size() == 2 && given[1].is_primitive() && !given[1].is_null();
    return plain ? std::optional<Json>(given[1]) : std::nullopt;
  }
  if (given.size() != 1 || !given.front().is_primitive() || given.front().is_null()) return std::nullopt;
  const Json& one = given.front();
  if (call.name == "str") {
    if (one.is_string()) return one;
    return Json(one.is_boolean() ? std::string(one == true ? "True" : "False") : jsonText(one));
  }
  if (call.name == "os.path.expanduser" || call.name == "Path") return one;
  if (call.name != "int" && call.name != "float") return std::nullopt;
  if (one.is_number()) return call.name == "int" && one.is_number_float() ? std::nullopt : std::optional<Json>(one);
  Json number = one.is_string() ? Json::parse(one.get_ref<const std::string&>(), nullptr, false) : Json();
  return number.is_number() ? std::optional<Json>(std::move(number)) : std::nullopt;
}

bool filledIn(std::string& text, const std::function<const Json*(std::string_view)>& lookup) {
  constexpr std::size_t kLongest = 20'000;
  bool whole = true;
  for (std::size_t at = text.find('{'); at != text.npos; at = text.find('{', at)) {
    const std::size_t end = text.find('}', at);
    if (end == text.npos || text.size() > kLongest) return false;
    const Json* const known = lookup(std::string_view(text).substr(at + 1, end - at - 1));
    const bool said = known != nullptr && known->is_primitive() && !known->is_null();
    whole = whole && said;
    const std::string value = !said                ? text.substr(at, end + 1 - at)
                              : known->is_string() ? known->get<std::string>()
                                                   : jsonText(*known);
    text.replace(at, end + 1 - at, value);
    at += value.size();
  }
  return whole;
}

void appendWords(Json& list, const Json& more, bool maybe) {
  const Json words = more.is_array() ? more : Json::array({more});
  const auto isOption = [](const Json& word) {
    return word.is_string() && word.get_ref<const std::string&>().starts_with("--");
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!maybe) {
      list.push_back(words[i]);
    } else if (isOption(words[i]) && i + 1 < words.size() && !isOption(words[i + 1])) {
      list.push_back(words[i]), list.push_back("(computed)");
      ++i;
    } else if (isOption(words[i])) {
      list.push_back("$[if] " + words[i].get<std::string>());
    }
  }
}

std::pair<std::string, Json> argumentDefault(const PythonCall& call) {
  if (!call.name.ends_with(".add_argument")) return {};
  std::string name = call.named.contains("dest") && call.named["dest"].is_string()
                         ? call.named["dest"].get<std::string>()
                         : std::string();
  for (const Json& flag : call.positional)
    if (name.empty() && flag.is_string() && flag.get_ref<const std::string&>().starts_with("--"))
      name = flag.get<std::string>().substr(2);
  std::ranges::replace(name, '-', '_');
  const bool off = call.named.contains("action") && call.named["action"] == "store_true";
  const Json value = call.named.contains("default") ? call.named["default"] : off ? Json(false) : Json();
  if (value.is_null()) return {};
  return {name, value};
}

const Json* defaultOf(std::string_view word, const std::map<std::string, Json, std::less<>>& defaults) {
  const std::size_t dot = word.rfind('.');
  if (dot == word.npos) return nullptr;
  const std::string_view owner = word.substr(0, dot);
  const auto known = defaults.find(word.substr(dot + 1));
  const bool arguments = owner.ends_with("args") || owner.ends_with("arguments") || owner == "opt";
  return !arguments || known == defaults.end() ? nullptr : &known->second;
}

std::optional<Json> partsOf(const Json* text, const PythonCall& call, std::size_t most) {
  if (text == nullptr || !text->is_string() || call.positional.size() != 1 || call.positional.front() != ",")
    return std::nullopt;
  Json out = Json::array();
  std::string_view rest = text->get_ref<const std::string&>();
  for (bool more = true; more && out.size() < most;) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    out.push_back(std::string(rest.substr(0, end)));
    more = end < rest.size();
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

std::optional<Json> numberOf(const std::string& digits) {
  std::int64_t whole = 0;
  const char* const end = digits.data() + digits.size();
  if (const auto [last, error] = std::from_chars(digits.data(), end, whole); error == std::errc() && last == end)
    return Json(whole);
  double real = 0;
  if (const auto [last, error] = std::from_chars(digits.data(), end, real);
      error == std::errc() && last == end && std::isfinite(real))
    return Json(real);
  return std::nullopt;
}

std::size_t valuesIn(const Json& value) {
  std::size_t count = 1;
  if (value.is_structured())
    for (const Json& inner : value) count += valuesIn(inner);
  return count;
}

std::size_t columnOf(std::string_view text, std::size_t at) {
  const std::size_t line = at == 0 ? text.npos : text.rfind('\n', at - 1);
  return at - (line == text.npos ? 0 : line + 1);
}

}  // namespace headroom
