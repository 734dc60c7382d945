#include "core/readers/commands/option_table.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/embedded_resource.h"
#include "core/base/json_text.h"
#include "core/base/word_list.h"

namespace headroom {
namespace {

Takes takesOf(std::string_view word) {
  constexpr std::pair<std::string_view, Takes> kWords[] = {
      {"flag", Takes::flag}, {"optional", Takes::optional}, {"integer", Takes::integer}, {"number", Takes::number},
      {"json", Takes::json}, {"list", Takes::list},         {"size", Takes::size}};
  for (const auto& [name, takes] : kWords)
    if (name == word) return takes;
  return Takes::text;
}

// Dashes for underscores, as far as the first dot: keys inside a JSON option keep theirs.
std::string dashed(std::string_view name) {
  std::string out(name);
  const std::size_t dot = std::min(out.find('.'), out.size());
  for (std::size_t i = 0; i < dot; ++i)
    if (out[i] == '_') out[i] = '-';
  return out;
}

}  // namespace

OptionTable::OptionTable(std::string_view json) {
  const nlohmann::json table = nlohmann::json::parse(json, nullptr, false);
  if (!table.is_object()) return;
  underscores_ = table.value("underscores", false);
  prefixes_ = table.value("prefixes", false);
  negations_ = table.value("negations", false);
  for (const auto& row : table["options"]) {
    EngineOption option;
    option.key = row.value("key", "");
    option.reads = row.value("reads", "");
    option.takes = takesOf(row.value("takes", "text"));
    option.memory = row.value("memory", false);
    option.counted = row.value("counted", false);
    if (const auto usual = row.find("default"); usual != row.end()) option.usual = jsonText(*usual);
    eachWord(row.value("environment", ""), [&](std::string_view name) { option.environment.emplace_back(name); });
    const std::string names = row.value("names", ""), off = row.value("off", "");
    add(std::move(option), names, off);
  }
  for (const auto& row : table.value("environment", nlohmann::json::array())) {
    EngineOption option;
    option.memory = row.value("memory", false);
    option.environment.push_back(row.value("name", ""));
    add(std::move(option), row.value("name", ""), "");
  }
  const auto quiet = table.value("nothing_to_memory", nlohmann::json::object());
  constexpr std::pair<const char*, Takes> kQuiet[] = {
      {"flags", Takes::flag}, {"values", Takes::text}, {"lists", Takes::list}, {"environment", Takes::text}};
  for (const auto& [key, takes] : kQuiet)
    eachWord(quiet.value(key, ""), [&, takes = takes](std::string_view name) {
      EngineOption option;
      option.takes = takes;
      if (name.front() != '-') option.environment.emplace_back(name);
      add(std::move(option), name, "");
    });
}

void OptionTable::add(EngineOption option, std::string_view names, std::string_view off) {
  const std::size_t index = options_.size();
  const auto put = [&](std::string_view name, bool isOff) {
    if (option.name.empty()) option.name = name;
    names_.try_emplace(underscores_ ? dashed(name) : std::string(name), index, isOff);
  };
  eachWord(names, [&](std::string_view name) { put(name, false); });
  eachWord(off, [&](std::string_view name) { put(name, true); });
  for (const std::string& variable : option.environment) environment_.try_emplace(variable, index);
  options_.push_back(std::move(option));
}

FoundOption OptionTable::find(std::string_view given) const {
  const bool isLong = given.starts_with("--");
  const std::string name = underscores_ ? dashed(given) : std::string(given);
  if (const auto at = names_.find(name); at != names_.end()) return {&options_[at->second.first], at->second.second};
  // Sections of an options file and names of a class's arguments stand in the table without dashes.
  if (const auto at = isLong ? names_.find(name.substr(2)) : names_.end(); at != names_.end())
    return {&options_[at->second.first], at->second.second};
  if (negations_ && name.starts_with("--no-"))
    if (const FoundOption on = find("--" + name.substr(5)); on.option != nullptr) return {on.option, !on.off};
  if (!prefixes_ || !isLong || name.size() < 4) return {};
  // argparse: a beginning that only one option has
  FoundOption only;
  for (auto at = names_.lower_bound(name); at != names_.end() && at->first.starts_with(name); ++at) {
    const EngineOption* const option = &options_[at->second.first];
    if (only.option != nullptr && only.option != option) return {};
    only = {option, at->second.second};
  }
  return only;
}

std::vector<std::string> OptionTable::names() const {
  std::vector<std::string> out;
  for (const auto& [name, row] : names_) out.push_back(name);
  return out;
}

const EngineOption* OptionTable::byEnvironment(std::string_view variable) const {
  const auto at = environment_.find(variable);
  return at == environment_.end() ? nullptr : &options_[at->second];
}

const OptionTable* optionTable(std::string_view engine) {
  static std::mutex mutex;
  static std::map<std::string, std::optional<OptionTable>, std::less<>> tables;
  const std::lock_guard lock(mutex);
  const auto known = tables.find(engine);
  if (known != tables.end()) return known->second ? &*known->second : nullptr;
  std::string file(engine);
  std::ranges::replace(file, '.', '_');
  const std::string_view text = embeddedResource("launch_options/" + file + ".json");
  auto& table = tables[std::string(engine)];
  if (!text.empty()) table.emplace(text);
  return table ? &*table : nullptr;
}

}  // namespace headroom
