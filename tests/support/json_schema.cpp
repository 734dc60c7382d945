#include "tests/support/json_schema.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <regex>
#include <stdexcept>

namespace headroom {
namespace {

using nlohmann::json;

bool isInteger(const json& v) {
  return v.is_number_integer() || (v.is_number_float() && v.get<double>() == std::floor(v.get<double>()));
}

bool hasType(const json& v, const std::string& type) {
  if (type == "object") return v.is_object();
  if (type == "array") return v.is_array();
  if (type == "string") return v.is_string();
  if (type == "boolean") return v.is_boolean();
  if (type == "null") return v.is_null();
  if (type == "number") return v.is_number();
  if (type == "integer") return isInteger(v);
  throw std::runtime_error("unknown type " + type);
}

class Checker {
 public:
  explicit Checker(const json& root) : root_(root) {}
  std::vector<std::string> errors;

  void check(const json& v, const json& schema, const std::string& at) {
    if (schema.is_boolean()) {
      if (!schema.get<bool>()) wrong(at, "is not allowed");
      return;
    }
    for (const auto& [keyword, says] : schema.items()) apply(v, schema, keyword, says, at);
  }

 private:
  void wrong(const std::string& at, const std::string& what) { errors.push_back((at.empty() ? "/" : at) + " " + what); }

  void apply(const json& v, const json& schema, const std::string& keyword, const json& says, const std::string& at) {
    if (keyword == "$ref")
      check(v, root_.at(json::json_pointer(says.get<std::string>().substr(1))), at);
    else if (keyword == "type")
      type(v, says, at);
    else if (keyword == "const")
      expect(v == says, at, "is not " + says.dump());
    else if (keyword == "enum")
      expect(std::ranges::find(says, v) != says.end(), at, "is none of " + says.dump());
    else if (keyword == "pattern")
      expect(!v.is_string() || std::regex_search(v.get<std::string>(), std::regex(says.get<std::string>())), at,
             "does not match " + says.dump());
    else if (keyword == "minimum")
      expect(!v.is_number() || v >= says, at, "is below " + says.dump());
    else if (keyword == "exclusiveMinimum")
      expect(!v.is_number() || v > says, at, "is not above " + says.dump());
    else if (keyword == "maximum")
      expect(!v.is_number() || v <= says, at, "is above " + says.dump());
    else if (keyword == "exclusiveMaximum")
      expect(!v.is_number() || v < says, at, "is not below " + says.dump());
    else if (keyword == "required")
      required(v, says, at);
    else if (keyword == "properties")
      properties(v, says, at);
    else if (keyword == "additionalProperties")
      others(v, schema, says, at);
    else if (keyword == "items")
      items(v, says, at);
    else if (keyword != "$schema" && keyword != "$defs" && keyword != "title" && keyword != "description")
      wrong(at, "has a schema with the unknown keyword " + keyword);
  }

  void expect(bool right, const std::string& at, const std::string& otherwise) {
    if (!right) wrong(at, otherwise);
  }
  void type(const json& v, const json& says, const std::string& at) {
    const json list = says.is_array() ? says : json::array({says});
    expect(std::ranges::any_of(list, [&](const json& t) { return hasType(v, t.get<std::string>()); }), at,
           "is not of type " + says.dump());
  }
  void required(const json& v, const json& keys, const std::string& at) {
    if (!v.is_object()) return;
    for (const json& key : keys) expect(v.contains(key.get<std::string>()), at, "lacks " + key.dump());
  }
  void properties(const json& v, const json& schemas, const std::string& at) {
    if (!v.is_object()) return;
    for (const auto& [key, inner] : schemas.items())
      if (v.contains(key)) check(v.at(key), inner, at + "/" + key);
  }
  void others(const json& v, const json& schema, const json& says, const std::string& at) {
    if (!v.is_object()) return;
    const json known = schema.value("properties", json::object());
    for (const auto& [key, inner] : v.items())
      if (!known.contains(key)) check(inner, says, at + "/" + key);
  }
  void items(const json& v, const json& schema, const std::string& at) {
    if (!v.is_array()) return;
    for (std::size_t i = 0; i < v.size(); ++i) check(v[i], schema, at + "/" + std::to_string(i));
  }

  const json& root_;
};

}  // namespace

std::vector<std::string> schemaErrors(const json& value, const json& schema) {
  Checker checker(schema);
  checker.check(value, schema, "");
  return checker.errors;
}

json sourceJson(const std::string& path) {
  std::ifstream file(HEADROOM_SOURCE_DIR "/" + path);
  return json::parse(file);
}

}  // namespace headroom
