#include "core/scenario/engine_options.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/base/embedded_resource.h"
#include "core/base/nearest.h"
#include "core/base/word_list.h"
#include "core/scenario/engines.h"
#include "core/scenario/option_rows.h"

namespace headroom {
namespace {

using nlohmann::json;

struct Table {
  Engine engine{};
  std::vector<EngineOptionRow> rows;
};

// "--block-size" and "OLLAMA_NUM_PARALLEL" as a scenario names them: "block_size", "ollama_num_parallel".
std::string plainName(std::string_view flag) {
  while (flag.starts_with('-')) flag.remove_prefix(1);
  std::string name(flag);
  for (char& c : name) c = c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

OptionType typeOf(std::string_view takes) {
  if (takes == "integer" || takes == "size") return OptionType::integer;
  if (takes == "number") return OptionType::number;
  return takes == "flag" ? OptionType::flag : OptionType::text;
}

EngineOptionRow readRow(const json& option) {
  EngineOptionRow row;
  eachWord(option["names"].get_ref<const std::string&>(), [&](std::string_view flag) {
    if (row.name.empty())
      row.name = plainName(flag);
    else
      row.aliases.push_back(plainName(flag));
  });
  row.host = option.value("scope", "") == "host";
  if (const auto usual = option.find("default"); usual != option.end()) row.on = *usual == true;
  row.since = option.value("since", ""), row.until = option.value("until", "");
  const std::string key = option.value("key", ""), reads = option.value("reads", "");
  // Where the value is the key's, or option_values.h knows what it means there; the others mean something that only a
  // command's reader knows.
  constexpr std::string_view kRead[] = {"",
                                        "inverse",
                                        "compute",
                                        "cache",
                                        "layers",
                                        "model",
                                        "shares",
                                        "expert-layers",
                                        "experts-away",
                                        "experts-everywhere",
                                        "lora",
                                        "embed",
                                        "slots",
                                        "fitted",
                                        "draft",
                                        "draft-method",
                                        "draft-tokens",
                                        "speculative"};
  const bool plain = std::ranges::find(kRead, std::string_view(reads)) != std::end(kRead);
  if (option.value("counted", false)) {
    row.effect = OptionEffect::counted;
    row.type = typeOf(option.value("takes", ""));
  } else if (!key.empty() && plain) {
    row.effect = OptionEffect::key;
    row.key = key.substr(1);
    std::ranges::replace(row.key, '/', '.');
    row.reads = reads;
  } else if (option.value("memory", false)) {
    row.effect = OptionEffect::memory;
  }
  return row;
}

std::vector<Table> load() {
  std::vector<Table> tables;
  for (const EngineRow& engine : engineRows()) {
    if (!engine.has(Feature::options)) continue;
    std::string file(engine.id);
    std::ranges::replace(file, '.', '_');
    const json options = json::parse(embeddedResource("launch_options/" + file + ".json"), nullptr, false);
    if (!options.is_object()) continue;
    Table& table = tables.emplace_back();
    table.engine = engine.engine;
    for (const json& option : options["options"]) table.rows.push_back(readRow(option));
    const json without = options.value("nothing_to_memory", json::object());
    for (const char* kind : {"flags", "values", "lists"})
      eachWord(without.value(kind, ""), [&](std::string_view flag) {
        if (flag.starts_with("--") || !flag.starts_with("-")) table.rows.emplace_back().name = plainName(flag);
      });
  }
  return tables;
}

const std::vector<EngineOptionRow>& rowsOf(Engine engine) {
  static const std::vector<Table> kTables = load();
  static const std::vector<EngineOptionRow> kNone;
  const auto at = std::ranges::find(kTables, engine, &Table::engine);
  return at == kTables.end() ? kNone : at->rows;
}

bool sameOption(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return (x == '-' ? '_' : x) == (y == '-' ? '_' : y); });
}

const AskedOption* askedOption(const Scenario& s, std::string_view name) {
  const auto at = std::ranges::find_if(s.engineOptions, [&](const AskedOption& o) { return sameOption(o.name, name); });
  return at == s.engineOptions.end() ? nullptr : &*at;
}

template <typename N>
std::optional<N> numberIn(const std::string& text) {
  N value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> integerOf(const AskedOption& o) {
  if (const auto* n = std::get_if<std::int64_t>(&o.value)) return *n;
  if (const auto* t = std::get_if<std::string>(&o.value)) return numberIn<std::int64_t>(*t);
  return std::nullopt;
}
std::optional<double> numberOf(const AskedOption& o) {
  if (const auto* x = std::get_if<double>(&o.value)) return *x;
  if (const auto* t = std::get_if<std::string>(&o.value)) return numberIn<double>(*t);
  if (const auto n = integerOf(o)) return static_cast<double>(*n);
  return std::nullopt;
}
std::optional<bool> flagOf(const AskedOption& o) {
  if (const auto* b = std::get_if<bool>(&o.value)) return *b;
  if (const auto* t = std::get_if<std::string>(&o.value);
      t != nullptr && (sameName(*t, "true") || sameName(*t, "false")))
    return sameName(*t, "true");
  return std::nullopt;
}

}  // namespace

std::span<const EngineOptionRow> optionRows(Engine engine) {
  return rowsOf(engine);
}

const EngineOptionRow* optionRow(Engine engine, std::string_view name) {
  for (const EngineOptionRow& row : rowsOf(engine))
    if (sameOption(row.name, name) ||
        std::ranges::any_of(row.aliases, [&](const std::string& a) { return sameOption(a, name); }))
      return &row;
  return nullptr;
}

std::string didYouMeanOption(Engine engine, std::string_view name) {
  std::vector<std::string_view> names;
  for (const EngineOptionRow& row : rowsOf(engine)) names.push_back(row.name);
  return didYouMean(name, names);
}

bool isOfType(OptionType type, const AskedOption& o) {
  switch (type) {
    case OptionType::integer:
      return integerOf(o).value_or(0) >= 1;
    case OptionType::number:
      return numberOf(o).value_or(-1) >= 0;
    case OptionType::flag:
      return flagOf(o).has_value();
    case OptionType::text:
      return std::holds_alternative<std::string>(o.value) || std::holds_alternative<std::int64_t>(o.value);
    case OptionType::any:
      break;
  }
  return true;
}

std::string_view nameOf(OptionType type) {
  constexpr std::array<std::string_view, 5> kNames{"a value", "a whole number above 0", "a number", "true or false",
                                                   "a word"};
  return kNames[static_cast<std::size_t>(type)];
}

std::optional<std::int64_t> integerOption(const Scenario& s, std::string_view name) {
  const AskedOption* o = askedOption(s, name);
  const auto n = o == nullptr ? std::nullopt : integerOf(*o);
  return n && *n >= 1 ? n : std::nullopt;
}

std::optional<double> numberOption(const Scenario& s, std::string_view name) {
  const AskedOption* o = askedOption(s, name);
  const auto x = o == nullptr ? std::nullopt : numberOf(*o);
  return x && *x >= 0 ? x : std::nullopt;
}

std::optional<bool> flagOption(const Scenario& s, std::string_view name) {
  const AskedOption* o = askedOption(s, name);
  return o == nullptr ? std::nullopt : flagOf(*o);
}

std::string_view textOption(const Scenario& s, std::string_view name) {
  const AskedOption* o = askedOption(s, name);
  const auto* t = o == nullptr ? nullptr : std::get_if<std::string>(&o->value);
  return t == nullptr ? std::string_view() : std::string_view(*t);
}

}  // namespace headroom
