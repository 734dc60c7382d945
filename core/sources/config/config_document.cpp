#include "core/sources/config/config_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace headroom {
namespace {

using nlohmann::json;

// The text with bare NaN and Infinity as null, and how deep it nests.
struct Cleaned {
  std::string text;
  int nested = 0;
};

Cleaned cleaned(std::string_view text) {
  Cleaned out;
  out.text.reserve(text.size());
  bool quoted = false;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      out.text += c;
      if (c == '\\' && i + 1 < text.size()) out.text += text[++i];
      if (c == '"') quoted = false;
      continue;
    }
    if (c == '"') quoted = true;
    if (c == '{' || c == '[') out.nested = std::max(out.nested, ++depth);
    if (c == '}' || c == ']') --depth;
    if (const std::string_view rest = text.substr(i); rest.starts_with("Infinity") || rest.starts_with("NaN")) {
      if (!out.text.empty() && out.text.back() == '-') out.text.pop_back();
      out.text += "null";
      i += rest.starts_with("NaN") ? 2 : 7;
      continue;
    }
    out.text += c;
  }
  return out;
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
    return headroom::fail(ErrorCode::syntax, fmt::format("A configuration of {} bytes is too long; the most is {}.", text.size(), kMostBytes), std::string(where));
  const Cleaned clean = cleaned(text);
  if (clean.nested > kMostNested)
    return headroom::fail(ErrorCode::syntax, fmt::format("The configuration nests {} levels deep; the most is {}.", clean.nested, kMostNested), std::string(where));
  ConfigDocument document;
  try {
    document.json_ = std::make_shared<const json>(json::parse(clean.text));
  } catch (const json::parse_error& e) {
    return headroom::fail(ErrorCode::syntax, "This is not a JSON configuration: the text breaks off or holds a character that JSON does not allow here.",
                lineAndColumn(where, clean.text, e.byte));
  }
  if (!document.json_->is_object())
    return headroom::fail(ErrorCode::syntax, fmt::format("A configuration must be a JSON object, not {}.", document.json_->type_name()), std::string(where));
  document.findings_ = std::make_shared<ConfigFindings>();
  document.where_ = where;
  return document;
}

Config ConfigDocument::root() const {
  const auto type = json_->find("model_type");
  const json& defaults = classDefaults(type != json_->end() && type->is_string() ? type->get<std::string>() : std::string());
  return Config(json_.get(), &defaults, where_ + "#", findings_.get());
}

}  // namespace headroom
