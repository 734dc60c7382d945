#include "core/formats/config/config_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/python_json.h"
#include "core/formats/config/native_params.h"

namespace headroom {
namespace {

using nlohmann::json;

// How deep the text nests.
int nesting(std::string_view text) {
  bool quoted = false;
  int depth = 0, most = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') ++i;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '{' || c == '[') most = std::max(most, ++depth);
    if (c == '}' || c == ']') --depth;
  }
  return most;
}

std::string lineAndColumn(std::string_view where, std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t start = before.rfind('\n');
  return fmt::format("{}:{}:{}", where, line, before.size() - (start == std::string_view::npos ? 0 : start + 1));
}

}  // namespace

Result<ConfigDocument> ConfigDocument::parse(std::string_view text, std::string_view where) {
  if (text.size() > kMostBytes)
    return headroom::fail(
        ErrorCode::syntax,
        fmt::format("A configuration of {} bytes is too long; the most is {}.", text.size(), kMostBytes),
        std::string(where));
  const int nested = nesting(text);
  if (nested > kMostNested)
    return headroom::fail(ErrorCode::syntax,
                          fmt::format("The configuration nests {} levels deep; the most is {}.", nested, kMostNested),
                          std::string(where));
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return headroom::fail(ErrorCode::syntax, "This is empty; a JSON configuration was expected.", std::string(where));
  ConfigDocument document;
  try {
    document.json_ = std::make_shared<const json>(json::parse(withoutPythonNumbers(text)));
  } catch (const json::parse_error& e) {
    return headroom::fail(
        ErrorCode::syntax,
        "This is not a JSON configuration: the text breaks off or holds a character that JSON does not allow here.",
        lineAndColumn(where, text, e.byte));
  } catch (const json::exception&) {  // a number beyond every double
    return headroom::fail(ErrorCode::syntax, "This is not a JSON configuration: a number in it is out of range.",
                          std::string(where));
  }
  if (!document.json_->is_object())
    return headroom::fail(ErrorCode::syntax,
                          fmt::format("A configuration must be a JSON object, not {}.", document.json_->type_name()),
                          std::string(where));
  document.findings_ = std::make_shared<ConfigFindings>();
  document.where_ = where;
  if (isNativeParams(*document.json_)) {
    document.json_ = std::make_shared<const json>(configurationOf(*document.json_));
    const json& read = *document.json_;
    if (read.contains(kLeftOutKey))
      for (const json& key : read[kLeftOutKey])
        document.findings_->note(fmt::format("{} of params.json is not counted.", key.get<std::string>()));
    if (const auto words = read.find("vocab_size"); words == read.end())
      document.findings_->note("params.json leaves vocab_size to the tokenizer; Llama's 32000 are taken.");
  }
  return document;
}

Config ConfigDocument::root() const {
  const auto type = json_->find("model_type");
  const json& defaults =
      classDefaults(type != json_->end() && type->is_string() ? type->get<std::string>() : std::string());
  return Config(json_.get(), &defaults, where_ + "#", findings_.get());
}

}  // namespace headroom
