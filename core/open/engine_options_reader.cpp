#include "core/open/engine_options_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/json_text.h"
#include "core/open/option_values.h"
#include "core/scenario/engine_options.h"
#include "core/scenario/engines.h"

namespace headroom {
namespace {

using nlohmann::json;

constexpr std::size_t kMostOptions = 1000;

json::json_pointer pointerTo(std::string key) {
  std::ranges::replace(key, '.', '/');
  return json::json_pointer("/" + key);
}

// One option whose effect is a key's; false where the document says something else under that key.
bool moveToKey(json& document, const EngineOptionRow& row, const json& value) {
  if (value.is_null()) return true;
  const json::json_pointer pointer = pointerTo(row.key);
  for (json::json_pointer above = pointer.parent_pointer(); !above.empty(); above = above.parent_pointer())
    if (document.contains(above) && !document[above].is_object()) return true;  // the reader has its word on that
  if (document.contains(pointer) && !document[pointer].is_null()) {
    if (value.is_object() && document[pointer].is_object()) {
      for (const auto& [name, part] : value.items()) document[pointer].emplace(name, part);
      return true;
    }
    return document[pointer] == value;
  }
  document[pointer] = value;
  return true;
}

// Whole experts over all ranks of the replicas (vLLM --enable-expert-parallel).
void spreadExperts(json& document) {
  json& parallel = document["parallel"];
  if (parallel.is_null()) parallel = json::object();
  if (!parallel.is_object()) return;  // the reader has its word on that
  const auto ranks = [&](const char* name) {
    const auto at = parallel.find(name);
    return at != parallel.end() && at->is_number_integer() ? at->get<std::int64_t>() : std::int64_t{1};
  };
  constexpr std::int64_t kMost = 1'000'000;
  const std::int64_t tensor = ranks("tensor"), data = ranks("data");
  if (!parallel.contains("expert") && tensor >= 1 && data >= 1 && tensor <= kMost && data <= kMost)
    parallel["expert"] = tensor * data;
}

// The row of an option, or of the one that "no_…" switches off: then what is asked is the other way round.
const EngineOptionRow* rowNamed(Engine engine, const std::string& name, json& value) {
  const EngineOptionRow* row = optionRow(engine, name);
  if (row != nullptr || !value.is_boolean() || !(name.starts_with("no_") || name.starts_with("no-"))) return row;
  row = optionRow(engine, name.substr(3));
  if (row != nullptr) value = !value.get<bool>();
  return row;
}

// Objects of options that the table knows by dotted names: {"kv_cache_config": {"max_tokens": 4096}}.
json flattened(Engine engine, const json& asked) {
  json out = json::object();
  for (const auto& [name, value] : asked.items()) {
    if (!value.is_object() || optionRow(engine, name) != nullptr) {
      out[name] = value;
      continue;
    }
    for (const auto& [inner, part] : value.items()) out[name + "." + inner] = part;
  }
  return out;
}

}  // namespace

AskedOption askedOption(const std::string& name, const json& value) {
  AskedOption option{name, {}};
  if (value.is_boolean())
    option.value = value.get<bool>();
  else if (value.is_number_integer())
    option.value = value.get<std::int64_t>();
  else if (value.is_number())
    option.value = value.get<double>();
  else if (value.is_string())
    option.value = value.get<std::string>();
  else
    option.value = AskedOption::Json{jsonText(value)};
  std::ranges::replace(option.name, '-', '_');
  return option;
}

void takeEngineOptions(json& document, Problem& problem) {
  if (!document.is_object() || !document.contains("engine_options") || !document["engine_options"].is_object()) return;
  if (!document.contains("engine") || !document["engine"].is_string()) return;
  const std::optional<Engine> engine = valueOf<Engine>(document["engine"].get<std::string>());
  if (!engine || !rowOf(*engine).has(Feature::options)) return;       // set aside with a word
  const json asked = flattened(*engine, document["engine_options"]);  // a copy: keys join the document on the way
  json left = json::object();
  bool everyExpert = false;
  for (const auto& [name, asks] : asked.items()) {
    const std::string where = "/engine_options/" + name;
    json value = asks;
    if (value.is_null()) continue;
    const EngineOptionRow* row = rowNamed(*engine, name, value);
    if (row == nullptr)
      return problem.report(
          ErrorCode::unknown_name,
          fmt::format("{} has no option '{}'.{}", rowOf(*engine).label, name, didYouMeanOption(*engine, name)), where);
    if (!isOfType(row->type, askedOption(name, value)))
      return problem.report(ErrorCode::value, fmt::format("{} was expected.", nameOf(row->type)), where);
    if (row->effect != OptionEffect::key) {
      left[row->name] = value;
      continue;
    }
    const std::optional<json> key = keyValue(row->reads, value);
    if (!key) return problem.report(ErrorCode::value, fmt::format("{} does not take this value.", row->name), where);
    if (row->reads == "experts-everywhere") {
      everyExpert = *key == true;
      continue;
    }
    if (!moveToKey(document, *row, *key))
      return problem.report(
          ErrorCode::value,
          fmt::format("It is the key '{}', which says something else here; say one of them.", row->key), where);
  }
  if (everyExpert) spreadExperts(document);
  if (left.empty())
    document.erase("engine_options");
  else
    document["engine_options"] = std::move(left);
}

void readEngineOptions(ObjectReader& o, std::string_view key, std::vector<AskedOption>& out) {
  const json* value = o.find(key);
  if (value == nullptr) return;
  if (!value->is_object() || value->size() > kMostOptions)
    return o.problem().report(ErrorCode::value, "An object of options was expected: {\"block_size\": 32}.",
                              o.pointerTo(key));
  for (const auto& [name, asked] : value->items()) out.push_back(askedOption(name, asked));
}

nlohmann::ordered_json engineOptionsJson(const std::vector<AskedOption>& options) {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  for (const AskedOption& option : options) {
    nlohmann::ordered_json& value = out[option.name];
    if (const auto* list = std::get_if<AskedOption::Json>(&option.value))
      value = nlohmann::ordered_json::parse(list->text, nullptr, false);
    else if (const auto* flag = std::get_if<bool>(&option.value))
      value = *flag;
    else if (const auto* number = std::get_if<std::int64_t>(&option.value))
      value = *number;
    else if (const auto* real = std::get_if<double>(&option.value))
      value = *real;
    else
      value = std::get<std::string>(option.value);
  }
  return out;
}

}  // namespace headroom
