#include "core/evidence/measured_run.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/embedded_resource.h"
#include "core/base/json_text.h"

namespace headroom {
namespace {

using nlohmann::json;
constexpr std::string_view kSchema = "headroom-measured/1";
constexpr std::string_view kFiles[] = {"measured/serving.json", "measured/training.json", "measured/llamacpp.json",
                                       "measured/local.json"};

const json* member(const json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

std::string textOf(const json& object, const char* key) {
  const json* value = member(object, key);
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

FigureScope scopeOf(const std::string& name) {
  if (name == "sum") return FigureScope::sum;
  if (name == "last") return FigureScope::last_stage;
  return name == "first" ? FigureScope::first_stage : FigureScope::heaviest;
}

std::optional<MeasuredFigure> figureOf(const json& entry, char quality) {
  MeasuredFigure f;
  f.name = textOf(entry, "figure");
  const json* value = member(entry, "bytes");
  if (value == nullptr) value = member(entry, "value");
  if (f.name.empty() || value == nullptr || !value->is_number()) return std::nullopt;
  f.value = value->get<double>();
  if (const json* step = member(entry, "step"); step != nullptr && step->is_number()) f.step = step->get<double>();
  const std::string own = textOf(entry, "quality");
  f.quality = own.size() == 1 ? own[0] : quality;
  f.scope = scopeOf(textOf(entry, "scope"));
  return f;
}

// The scenario as text, with the model by catalogue id or by its configuration.
std::optional<std::string> scenarioOf(const json& row, const json* configs) {
  const json* scenario = member(row, "scenario");
  const std::string model = textOf(row, "model");
  if (scenario == nullptr || !scenario->is_object() || model.empty()) return std::nullopt;
  json whole = *scenario;
  const json* config = configs != nullptr ? member(*configs, model.c_str()) : nullptr;
  if (config != nullptr)
    whole["model"] = {{"config", *config}, {"name", model}};
  else
    whole["model"] = model;
  whole["headroom"] = 1;
  return jsonText(whole);
}

}  // namespace

Result<std::vector<MeasuredRun>> readMeasuredRuns(std::string_view text, std::string_view where) {
  const json document = json::parse(text, nullptr, false);
  if (document.is_discarded()) return fail(ErrorCode::syntax, "This is not JSON.", std::string(where));
  if (textOf(document, "schema") != kSchema)
    return fail(ErrorCode::unsupported, fmt::format("This is not a file of measured runs (schema {}).", kSchema),
                std::string(where));
  const json *rows = member(document, "rows"), *sources = member(document, "sources"),
             *configs = member(document, "configs");
  if (rows == nullptr || !rows->is_array())
    return fail(ErrorCode::value, "There is no list \"rows\".", std::string(where));
  std::vector<MeasuredRun> runs;
  runs.reserve(rows->size());
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const json& row = (*rows)[i];
    MeasuredRun run;
    run.id = textOf(row, "id");
    std::optional<std::string> scenario = scenarioOf(row, configs);
    const json* figures = member(row, "figures");
    if (run.id.empty() || !scenario || figures == nullptr || !figures->is_array())
      return fail(ErrorCode::value, "A run needs id, model, scenario and figures.",
                  fmt::format("{}#/rows/{}", where, i));
    run.scenario = std::move(*scenario);
    const json* source = member(row, "source");
    if (source != nullptr && source->is_string()) run.source = source->get<std::string>();
    if (source != nullptr && source->is_number_unsigned() && sources != nullptr && sources->is_array() &&
        source->get<std::size_t>() < sources->size()) {
      const json& address = (*sources)[source->get<std::size_t>()];
      if (address.is_string()) run.source = address.get<std::string>();
    }
    if (const std::string record = textOf(row, "record"); !record.empty()) run.source += "#" + record;
    if (const json* assumed = member(row, "assumed"); assumed != nullptr && assumed->is_array())
      for (const json& key : *assumed)
        if (key.is_string()) run.assumed.push_back(key.get<std::string>());
    run.note = textOf(row, "note");
    const std::string quality = textOf(row, "quality");
    for (const json& entry : *figures)
      if (std::optional<MeasuredFigure> f = figureOf(entry, quality.size() == 1 ? quality[0] : 'C'))
        run.figures.push_back(std::move(*f));
    runs.push_back(std::move(run));
  }
  return runs;
}

Result<std::vector<MeasuredRun>> measuredRuns() {
  std::vector<MeasuredRun> all;
  for (std::string_view file : kFiles) {
    Result<std::vector<MeasuredRun>> runs = readMeasuredRuns(embeddedResource(file), file);
    if (!runs) return runs;
    all.insert(all.end(), std::make_move_iterator(runs->begin()), std::make_move_iterator(runs->end()));
  }
  return all;
}

}  // namespace headroom
