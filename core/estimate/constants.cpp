#include "core/estimate/constants.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "core/base/embedded_resource.h"
#include "core/base/quantity.h"

namespace headroom {
namespace {

using nlohmann::json;
constexpr std::string_view kSchema = "headroom-constants/1";
constexpr std::array<std::string_view, 10> kFiles{
    "constants/training_allocator.json", "constants/training_loss.json",   "constants/training_process.json",
    "constants/training_bands.json",     "constants/vllm_activation.json", "constants/vllm_runtime.json",
    "constants/vllm_graphs.json",        "constants/sglang.json",          "constants/context.json",
    "constants/serving_bands.json"};

struct UnitRow {
  std::string_view name;
  double scale;  // to what the estimate computes with
};
constexpr double kGi = static_cast<double>(kGiB), kMi = static_cast<double>(kMiB);
constexpr UnitRow kUnits[] = {{"ratio", 1},      {"tensors", 1},      {"B/logit", 1},
                              {"MiB", kMi},      {"GiB", kGi},        {"GiB/layer", kGi},
                              {"GiB/rank", kGi}, {"GiB/hidden", kGi}, {"GiB/sequence", kGi}};

std::optional<ConstantId> idNamed(std::string_view name) {
  for (std::size_t i = 1; i < kConstantCount; ++i)
    if (nameOf(static_cast<ConstantId>(i)) == name) return static_cast<ConstantId>(i);
  return std::nullopt;
}

// Reads one object; the first thing that is wrong with it is kept.
class EntryReader {
 public:
  explicit EntryReader(const json& object) : object_(object) {}

  ConstantEntry read() {
    ConstantEntry out;
    known(object_, {"id", "value", "unit", "kind", "why", "source", "fit", "rows", "otherwise"});
    const std::string id = text(object_, "id");
    if (const auto found = idNamed(id))
      out.id = *found;
    else
      wrong(fmt::format("no constant is called \"{}\"", id));
    if (text(object_, "kind") != "measured") wrong("only measured numbers are constants: \"kind\" is \"measured\"");
    out.unit = text(object_, "unit");
    const auto* const unit = std::ranges::find(kUnits, out.unit, &UnitRow::name);
    if (unit == std::end(kUnits)) wrong(fmt::format("unknown unit \"{}\"", out.unit));
    if (unit != std::end(kUnits)) out.scale = unit->scale;
    out.value = number("value") * out.scale;
    out.why = text(object_, "why");
    out.source = text(object_, "source");
    out.explanation = out.why + " Source: " + out.source;
    const std::string fit = text(object_, "fit");
    if (fit != "error" && fit != "band") wrong(fmt::format("unknown fit \"{}\"", fit));
    out.fit = fit == "band" ? ConstantFit::band : ConstantFit::error;
    readRows(out);
    readOtherwise(out);
    return out;
  }
  const std::string& problem() const { return problem_; }

 private:
  void wrong(std::string what) {
    if (problem_.empty()) problem_ = std::move(what);
  }

  void known(const json& object, std::initializer_list<std::string_view> keys) {
    if (!object.is_object()) return wrong("it is no object");
    for (const auto& [key, value] : object.items())
      if (std::ranges::find(keys, key) == keys.end()) wrong(fmt::format("\"{}\" is no known key", key));
  }

  const json* member(const json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() ? &*found : nullptr;
  }

  std::string text(const json& object, const char* key) {
    const json* value = member(object, key);
    if (value != nullptr && value->is_string() && !value->get_ref<const std::string&>().empty())
      return value->get<std::string>();
    wrong(fmt::format("\"{}\" is missing or no text", key));
    return {};
  }

  double number(const char* key) {
    const json* value = member(object_, key);
    if (value != nullptr && value->is_number()) return value->get<double>();
    wrong(fmt::format("\"{}\" is missing or no number", key));
    return 0;
  }

  void readRows(ConstantEntry& out) {
    const json* rows = member(object_, "rows");
    if (rows == nullptr || !rows->is_array()) return wrong("\"rows\" is missing or no list");
    for (const json& row : *rows) {
      known(row, {"engine", "figure", "quality", "ids"});
      RowSelector selector;
      selector.engine = text(row, "engine");
      selector.figure = text(row, "figure");
      if (member(row, "quality") != nullptr) selector.qualities = text(row, "quality");
      if (const json* ids = member(row, "ids"); ids != nullptr && ids->is_array())
        for (const json& id : *ids)
          if (id.is_string()) selector.ids.push_back(id.get<std::string>());
      out.rows.push_back(std::move(selector));
    }
  }

  void readOtherwise(ConstantEntry& out) {
    const json* otherwise = member(object_, "otherwise");
    if (otherwise == nullptr) {
      if (!out.rows.empty() && out.fit == ConstantFit::error)
        wrong("\"otherwise\" is missing: what is taken where no other source has rows");
    } else if (otherwise->is_number()) {
      out.otherwiseValue = otherwise->get<double>() * out.scale;
    } else if (const auto id = idNamed(text(object_, "otherwise"))) {
      out.otherwise = *id;
    } else {
      wrong("\"otherwise\" is neither a number nor a constant");
    }
  }

  const json& object_;
  std::string problem_;
};

struct Loaded {
  ConstantSet set;
  std::vector<ConstantEntry> entries;
  std::vector<std::string> problems;
};

Loaded load() {
  Loaded out;
  out.entries.resize(kConstantCount);
  for (std::string_view file : kFiles) {
    Result<std::vector<ConstantEntry>> some = readConstants(embeddedResource(file), file);
    if (!some) {
      out.problems.push_back(some.error().text());
      continue;
    }
    for (ConstantEntry& entry : *some) {
      ConstantEntry& place = out.entries[static_cast<std::size_t>(entry.id)];
      if (place.id != ConstantId::none) out.problems.push_back(fmt::format("{} stands twice", nameOf(entry.id)));
      out.set.set(entry.id, entry.value);
      place = std::move(entry);
    }
  }
  for (std::size_t i = 1; i < kConstantCount; ++i)
    if (out.entries[i].id == ConstantId::none)
      out.problems.push_back(fmt::format("{} has no entry", nameOf(static_cast<ConstantId>(i))));
  return out;
}

const Loaded& loaded() {
  static const Loaded all = load();
  return all;
}

thread_local const ConstantSet* inForce = nullptr;

}  // namespace

Result<std::vector<ConstantEntry>> readConstants(std::string_view text, std::string_view where) {
  const json document = json::parse(text, nullptr, false);
  if (document.is_discarded()) return fail(ErrorCode::syntax, "This is not JSON.", std::string(where));
  if (!document.is_object() || document.value("schema", json()) != kSchema)
    return fail(ErrorCode::unsupported, fmt::format("This is not a file of constants (schema {}).", kSchema),
                std::string(where));
  const auto list = document.find("constants");
  if (list == document.end() || !list->is_array())
    return fail(ErrorCode::value, "There is no list \"constants\".", std::string(where));
  std::vector<ConstantEntry> out;
  out.reserve(list->size());
  for (std::size_t i = 0; i < list->size(); ++i) {
    EntryReader reader((*list)[i]);
    out.push_back(reader.read());
    if (!reader.problem().empty())
      return fail(ErrorCode::value, reader.problem() + ".", fmt::format("{}#/constants/{}", where, i));
  }
  return out;
}

std::span<const ConstantEntry> constantEntries() {
  return loaded().entries;
}

const ConstantSet& bundledConstants() {
  return loaded().set;
}

const std::vector<std::string>& constantProblems() {
  return loaded().problems;
}

std::span<const std::string_view> constantFiles() {
  return kFiles;
}

const ConstantSet& constantsInForce() {
  return inForce != nullptr ? *inForce : loaded().set;
}

ConstantsOverride::ConstantsOverride(const ConstantSet& set) : before_(inForce) {
  inForce = &set;
}

ConstantsOverride::~ConstantsOverride() {
  inForce = before_;
}

Factor fitted(std::string_view symbol, ConstantId id, Unit unit) {
  return measured(symbol, fittedValue(id), unit, loaded().entries[static_cast<std::size_t>(id)].explanation);
}

Factor amountOf(std::string_view symbol, const Amount& amount, Unit unit, std::string_view why) {
  if (amount.fitted() != ConstantId::none) return fitted(symbol, amount.fitted(), unit);
  return constant(symbol, amount, unit, why);
}

}  // namespace headroom
