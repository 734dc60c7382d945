#include "core/readers/recipes/recipe_tree.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/json_reader.h"

namespace headroom::recipes {
namespace {

std::string at(std::string_view where, int line) {
  return fmt::format("{}:{}", where.empty() ? "recipe" : where, std::max(1, line));
}

// A plain scalar by YAML 1.1's rules as PyYAML reads them; 1e-5 is a number as the training codes' dataclasses have it.
Json plainScalar(const std::string& text) {
  for (const char* word : {"null", "Null", "NULL", "~", ""})
    if (text == word) return nullptr;
  for (const char* word : {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})
    if (text == word) return true;
  for (const char* word : {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})
    if (text == word) return false;
  std::string digits = text;
  std::erase(digits, '_');
  const char* const first = digits.data() + (digits.front() == '+' ? 1 : 0);
  const char* const last = digits.data() + digits.size();
  std::int64_t whole = 0;
  if (const auto [end, error] = std::from_chars(first, last, whole); error == std::errc() && end == last) return whole;
  double real = 0;
  if (const auto [end, error] = std::from_chars(first, last, real);
      error == std::errc() && end == last && std::isfinite(real))
    return real;
  return text;
}

class Converter {
 public:
  Converter(RecipeTree& tree, std::string_view where) : tree_(tree), where_(where) {}

  Result<Json> convert(const YAML::Node& node, const std::string& pointer, int depth) {
    const int line = node.Mark().is_null() ? 1 : node.Mark().line + 1;
    tree_.lines.try_emplace(pointer, line);
    if (depth > kDeepestRecipe)
      return fail(
          ErrorCode::value,
          "The recipe nests too deeply; no training code's configuration does. Flatten it, or check its aliases.",
          at(where_, line));
    if (++values_ > kMostValues)
      return fail(ErrorCode::value, "The recipe expands to too many values. Write out its aliases, or leave them out.",
                  at(where_, line));
    switch (node.Type()) {
      case YAML::NodeType::Undefined:
      case YAML::NodeType::Null:
        return Json(nullptr);
      case YAML::NodeType::Scalar:
        // Quoted text has the tag "!" and stays text.
        return node.Tag() == "!" ? Json(node.Scalar()) : plainScalar(node.Scalar());
      case YAML::NodeType::Sequence: {
        Json list = Json::array();
        for (std::size_t i = 0; i < node.size(); ++i) {
          Result<Json> item = convert(node[i], fmt::format("{}/{}", pointer, i), depth + 1);
          if (!item) return item;
          list.push_back(std::move(*item));
        }
        return list;
      }
      case YAML::NodeType::Map: {
        Json object = Json::object(), merged = Json::object();
        for (const auto& entry : node) {
          if (!entry.first.IsScalar())
            return fail(ErrorCode::value, "A key that is not text: a recipe's keys are names.",
                        at(where_, entry.first.Mark().line + 1));
          const std::string& key = entry.first.Scalar();
          Result<Json> value = convert(entry.second, pointer + "/" + key, depth + 1);
          if (!value) return value;
          if (key == "<<") {  // YAML 1.1's merge key: what the map says itself wins, of several the first
            const Json maps = value->is_array() ? *value : Json::array({*value});
            for (const Json& map : maps)
              if (map.is_object())
                for (const auto& [name, inner] : map.items())
                  if (!merged.contains(name)) merged[name] = inner;
            continue;
          }
          tree_.lines[pointer + "/" + key] = entry.first.Mark().line + 1;
          object[key] = std::move(*value);
        }
        for (const auto& [name, inner] : merged.items())
          if (!object.contains(name)) object[name] = inner;
        return object;
      }
    }
    return Json(nullptr);
  }

 private:
  RecipeTree& tree_;
  std::string_view where_;
  std::size_t values_ = 0;
};

std::size_t valuesIn(const nlohmann::json& value) {
  std::size_t count = 1;
  if (value.is_structured())
    for (const auto& inner : value) count += valuesIn(inner);
  return count;
}

bool startsAsJson(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != text.npos && text[first] == '{';
}

// Lines of the keys of JSON text: a key's first occurrence at its place in the order of the document.
void lineKeys(std::string_view text, const Json& value, const std::string& pointer, std::size_t& at,
              std::map<std::string, int>& lines) {
  if (!value.is_object()) return;
  for (const auto& [key, inner] : value.items()) {
    const std::size_t found = text.find("\"" + key + "\"", at);
    if (found != text.npos) at = found + key.size() + 2;
    lines[pointer + "/" + key] =
        1 + static_cast<int>(
                std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())), '\n'));
    lineKeys(text, inner, pointer + "/" + key, at, lines);
  }
}

}  // namespace

Result<RecipeTree> parseRecipe(std::string_view text, std::string_view where) {
  if (text.size() > kLongestRecipe)
    return fail(
        ErrorCode::value,
        fmt::format("A recipe is at most {} KiB; this is something else, a dataset perhaps.", kLongestRecipe / 1024),
        at(where, 1));
  RecipeTree tree;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (startsAsJson(text)) {
    tree.json = true;
    const Result<nlohmann::json> checked = parseJson(text, where);
    if (checked) {
      if (valuesIn(*checked) > kMostValues)
        return fail(ErrorCode::value,
                    "The file has too many values for a recipe; this is something else, a dataset perhaps.",
                    at(where, 1));
      tree.root = Json::parse(text, nullptr, false);
      std::size_t from = 0;
      lineKeys(text, tree.root, "", from, tree.lines);
      return tree;
    }
    return tl::unexpected(checked.error());
  }
  try {
    const YAML::Node node = YAML::Load(std::string(text));
    if (!node.IsMap())
      return fail(ErrorCode::value, "A recipe is a list of keys with values, \"lora_r: 16\"; this is none.",
                  at(where, 1));
    Result<Json> root = Converter(tree, where).convert(node, "", 0);
    if (!root) return tl::unexpected(root.error());
    tree.root = std::move(*root);
    return tree;
  } catch (const YAML::Exception& e) {
    return fail(
        ErrorCode::syntax,
        fmt::format("This is not YAML: {}. Mend the line, or save the file anew from the training code.", e.msg),
        at(where, e.mark.is_null() ? 1 : e.mark.line + 1));
  } catch (const std::exception& e) {
    return fail(ErrorCode::syntax, fmt::format("This is not YAML: {}.", e.what()), at(where, 1));
  }
}

}  // namespace headroom::recipes
