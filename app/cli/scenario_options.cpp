#include "app/cli/scenario_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/cli/scenario_flags.h"
#include "core/base/json_reader.h"
#include "core/base/json_text.h"
#include "core/base/text_file.h"
#include "core/hardware/accelerator.h"
#include "core/open/catalogue.h"
#include "core/open/model_input.h"
#include "core/readers/embedded_scenarios.h"
#include "core/readers/recipes/recipe.h"
#include "core/readers/recognise.h"
#include "core/readers/scenario_link.h"
#include "core/scenario/choices.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// What the flags change, and which flag to blame for a field.
struct Overlay {
  json& document;
  std::map<std::string, std::string> flagOf;  // by JSON pointer
};

Result<void> put(Overlay& overlay, std::string_view flag, const std::string& pointer, json value) {
  json* at = &overlay.document;
  for (std::size_t start = 1; start <= pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', start), pointer.size());
    if (at->is_null()) *at = json::object();
    if (!at->is_object()) return fail(ErrorCode::value, "An object was expected there.", pointer.substr(0, start - 1));
    at = &(*at)[pointer.substr(start, end - start)];
    start = end + 1;
  }
  const auto before = overlay.flagOf.find(pointer);
  if (before != overlay.flagOf.end() && *at != value)
    return fail(ErrorCode::usage, fmt::format("It says something else than {}; say one of them.", before->second),
                "--" + std::string(flag));
  *at = std::move(value);
  overlay.flagOf[pointer] = "--" + std::string(flag);
  return {};
}

json modelJson(const std::string& argument) {
  const ModelReference reference = modelArgument(argument);
  if (const auto* file = std::get_if<FileModel>(&reference)) return {{"path", file->path}};
  if (const auto* hub = std::get_if<HubModel>(&reference)) return {{"hub", hub->id}};
  return std::get<CatalogueModel>(reference).id;
}

// "24GiB", "80gb"; nothing for anything else.
std::optional<std::int64_t> memorySize(std::string_view text) {
  double size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc() || !(size > 0) || size > 1e6) return std::nullopt;
  std::string unit(end, text.data() + text.size());
  for (char& c : unit) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const double scale = unit == "gib" ? static_cast<double>(kGiB) : unit == "gb" ? static_cast<double>(kGB) : 0;
  if (scale == 0) return std::nullopt;
  return static_cast<std::int64_t>(std::llround(size * scale));
}

// A device as --gpu names it; an id nobody knows is a slip, unlike in a file, which may be of another program.
Result<json> deviceJson(const std::string& argument) {
  std::string id = argument, count = "1";
  const auto digits = [](std::string_view s) {
    return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos;
  };
  const std::size_t colon = argument.rfind(':'), times = argument.find('x');
  if (findAccelerator(argument) != nullptr) {
    // A name of one's own may look like a count and a name.
  } else if (colon != std::string::npos && digits(std::string_view(argument).substr(colon + 1))) {
    id = argument.substr(0, colon), count = argument.substr(colon + 1);
  } else if (times != std::string::npos && digits(std::string_view(argument).substr(0, times))) {
    id = argument.substr(times + 1), count = argument.substr(0, times);
  }
  json device = json::object();
  if (const auto bytes = memorySize(id))
    device["memory_bytes"] = *bytes;
  else if (const Accelerator* known = findAccelerator(id))
    device["accelerator"] = otherSizes(id).empty() ? known->id : id;
  else
    return fail(ErrorCode::unknown_name, unknownAccelerator(id), "--gpu");
  if (count != "1") device["count"] = count;
  return device;
}

json listJson(std::string_view text) {
  if (text.find(',') == std::string_view::npos) return std::string(text);
  json list = json::array();
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    if (comma > at) list.push_back(std::string(text.substr(at, comma - at)));
    at = comma + 1;
  }
  return list;
}

Result<void> apply(Overlay& overlay, const ScenarioFlag& flag, const std::vector<std::string>& values) {
  const std::string pointer(flag.pointer);
  const std::string& last = values.back();
  const bool adds = flag.kind == FlagKind::devices || flag.kind == FlagKind::set;
  if (!adds && std::ranges::any_of(values, [&](const std::string& v) { return v != last; }))
    return fail(ErrorCode::usage,
                fmt::format("It is given {} times with different values; say one of them.", values.size()),
                "--" + std::string(flag.flag));
  switch (flag.kind) {
    case FlagKind::text:
      return put(overlay, flag.flag, pointer, last);
    case FlagKind::boolean:
      return put(overlay, flag.flag, pointer, last == "true");
    case FlagKind::json: {
      json parsed = json::parse(last, nullptr, false);
      if (parsed.is_discarded())
        return fail(ErrorCode::usage, "'" + last + "' is no JSON.", "--" + std::string(flag.flag));
      return put(overlay, flag.flag, pointer, std::move(parsed));
    }
    case FlagKind::list:
      return put(overlay, flag.flag, pointer, listJson(last));
    case FlagKind::tokens: {
      const auto tokens = tokenCount(last);
      if (!tokens)
        return fail(ErrorCode::usage, "'" + last + "' is not a number of tokens; 8192, 8k, 128k and 1M are.",
                    "--" + std::string(flag.flag));
      return put(overlay, flag.flag, pointer, *tokens);
    }
    case FlagKind::kv: {
      const json formats = listJson(last);
      if (formats.is_array() && formats.size() == 2)
        return put(overlay, flag.flag, pointer, {{"k", formats[0]}, {"v", formats[1]}});
      return put(overlay, flag.flag, pointer, formats);
    }
    case FlagKind::model:
      overlay.document.erase(flag.flag == "model" ? "resolved_model" : "resolved_draft_model");
      return put(overlay, flag.flag, pointer, modelJson(last));
    case FlagKind::devices: {
      json devices = json::array();
      for (const std::string& v : values) {
        Result<json> device = deviceJson(v);
        if (!device) return tl::unexpected(device.error());
        devices.push_back(std::move(*device));
      }
      return put(overlay, flag.flag, pointer, std::move(devices));
    }
    case FlagKind::set:
      for (const std::string& v : values) {
        const std::size_t equals = v.find('=');
        if (equals == std::string::npos || equals == 0)
          return fail(ErrorCode::usage, "KEY=VALUE was expected, not '" + v + "'.", "--set");
        std::string path = "/" + v.substr(0, equals);
        std::replace(path.begin(), path.end(), '.', '/');
        const std::string value = v.substr(equals + 1);
        // Numbers, lists and objects are JSON; anything else is text.
        json parsed = json::parse(value, nullptr, false);
        if (parsed.is_discarded()) parsed = value;
        if (auto done = put(overlay, flag.flag, path, std::move(parsed)); !done) return done;
      }
      return {};
  }
  return {};
}

bool namedAsYaml(std::string_view path) {
  return path.ends_with(".yaml") || path.ends_with(".yml");
}

// The error with the flag in place of the field it set.
Error blamed(Error error, const Overlay& overlay) {
  for (const auto& [pointer, flag] : overlay.flagOf)
    if (error.where == pointer || error.where.ends_with(", " + pointer) || error.where.starts_with(pointer + "/"))
      error.where = flag;
  return error;
}

}  // namespace

std::optional<std::int64_t> tokenCount(std::string_view text) {
  double n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  const std::string_view suffix(end, static_cast<std::size_t>(text.data() + text.size() - end));
  double scale = 1;
  if (suffix == "k" || suffix == "K")
    scale = 1024;
  else if (suffix == "m" || suffix == "M")
    scale = 1024 * 1024;
  else if (!suffix.empty())
    return std::nullopt;
  const double tokens = n * scale;
  if (error != std::errc() || tokens != std::floor(tokens) || std::abs(tokens) > 9e15) return std::nullopt;
  return static_cast<std::int64_t>(tokens);
}

ModelReference modelArgument(const std::string& argument) {
  if (argument.starts_with("hub:")) return HubModel{argument.substr(4), "main"};
  const bool named = argument.ends_with(".json") || argument.ends_with(".safetensors") || argument.ends_with(".gguf") ||
                     argument.starts_with("/") || argument.starts_with("./") || argument.starts_with("../");
  std::error_code error;
  // A catalogue id wins over a folder that happens to be called the same.
  if (named || (findCatalogueModel(argument) == nullptr && fs::exists(argument, error)))
    return FileModel{fs::absolute(argument, error).string()};
  return CatalogueModel{argument};
}

void ScenarioOptions::add(Options& options) {
  options.argument("FILE", file_,
                   "scenario (*.headroom.json), \"-\" for standard input, a training recipe (YAML, DeepSpeed JSON), or "
                   "a model as for --model");
  addFlags(options);
}

void ScenarioOptions::addFlags(Options& options) {
  for (const ScenarioFlag& f : scenarioFlags()) {
    std::vector<std::string>& values = given_[std::string(f.flag)];
    options.heading(f.group);
    if (f.kind == FlagKind::boolean)
      options.onOff(f.flag, values, f.help);
    else
      options.texts(f.flag, values, " ", f.help);
  }
}

ScenarioOptions ScenarioOptions::at(std::string file) const {
  ScenarioOptions other = *this;
  other.file_ = std::move(file);
  return other;
}

ScenarioOptions ScenarioOptions::with(std::string_view flag, std::vector<std::string> values) const {
  ScenarioOptions other = *this;
  other.given_.find(flag)->second = std::move(values);
  return other;
}

Result<Scenario> ScenarioOptions::read(std::istream& in) const {
  if (file_.empty()) {
    if (given_.find("model")->second.empty())
      return fail(ErrorCode::usage,
                  "A scenario file, \"-\" or --model is needed; `headroom-cli models` lists the models.");
    return read("{}", "", "", nullptr);
  }
  if (file_ == "-") {
    const Result<std::string> text = readTextStream(in, "standard input");
    return text ? read(*text, "standard input", "", nullptr) : tl::unexpected(text.error());
  }
  const auto ofModel = [&] { return read(jsonText(json{{"model", modelJson(file_)}}), "", "", nullptr); };
  std::error_code error;
  if (file_.ends_with(".gguf") || file_.ends_with(".safetensors")) return ofModel();
  if (!fs::exists(file_, error) && findCatalogueModel(file_) != nullptr) return ofModel();
  if (isScenarioLink(file_)) return ofAnything();
  if (fs::is_directory(file_, error)) {
    // A folder with an adapter alone is the recipe it was trained by.
    const fs::path adapter = fs::path(file_) / "adapter_config.json";
    if (!fs::exists(fs::path(file_) / "config.json", error) && fs::exists(adapter, error))
      return at(adapter.string()).read(in);
    return ofModel();
  }
  const Result<std::string> text = readTextFile(file_);
  if (!text) return tl::unexpected(text.error());
  if ((namedAsYaml(file_) || file_.ends_with(".json")) && looksLikeRecipe(*text)) return ofRecipe(*text);
  const std::size_t first = text->find_first_not_of(" \t\r\n");
  if (first != std::string::npos && (*text)[first] != '{' && !file_.ends_with(".json")) {
    Result<Scenario> anything = ofAnything();
    if (anything || anything.error().code == ErrorCode::unsupported || holdsScenarios(*text)) return anything;
    if (namedAsYaml(file_)) return ofRecipe(*text);  // whose error says the line
  }
  const Result<json> document = parseJson(*text, file_);
  if (document && looksLikeConfiguration(*document)) return ofModel();
  return read(*text, file_, fs::path(file_).parent_path().string(), nullptr);
}

Result<Scenario> ScenarioOptions::ofRecipe(std::string_view text) const {
  const std::string folder = fs::path(file_).parent_path().string();
  const Result<ReadRecipe> recipe = readRecipe(text, file_, folder);
  if (!recipe) return tl::unexpected(recipe.error());
  Result<Scenario> scenario = read(recipe->scenario, "", folder, nullptr);
  if (!scenario) {
    if (recipe->model.empty() && given_.find("model")->second.empty())
      return fail(ErrorCode::value, "The recipe names no model; say which one it trains with --model.", file_);
    return tl::unexpected(inRecipe(scenario.error(), *recipe));
  }
  for (const std::string& note : recipe->notes) scenario->notes.push_back(note);
  if (!recipe->unknown.empty())
    scenario->notes.push_back(
        fmt::format("Keys of the recipe that were left alone: {}.", fmt::join(recipe->unknown, ", ")));
  return scenario;
}

// Whatever `headroom-cli read` recognises; what it leaves out becomes notes.
Result<Scenario> ScenarioOptions::ofAnything() const {
  const Result<Reading> reading = recogniseInput(file_);
  if (!reading) return tl::unexpected(reading.error());
  Result<Scenario> scenario = read(reading->scenario, file_, fs::path(file_).parent_path().string(), nullptr);
  if (!scenario) return scenario;
  for (const Remark& remark : reading->remarks) scenario->notes.push_back(remark.message);
  std::vector<std::string> rest;
  for (const LeftOut& left : reading->leftOut)
    if (!left.matters) rest.push_back(left.text);
  if (!rest.empty()) scenario->notes.push_back(fmt::format("Left alone: {}.", fmt::join(rest, ", ")));
  return scenario;
}

// Another workload or engine on top of a file takes along what makes no sense any more, as it does in the window.
Result<void> ScenarioOptions::choose(json& document, std::string_view where, const std::string& folder,
                                     ModelCache* cache) const {
  const auto flag = [this](const char* name) {
    const std::vector<std::string>& values = given_.find(name)->second;
    return values.empty() ? std::string() : values.back();
  };
  const auto workload = valueOf<Workload>(flag("workload"));
  const auto engine = valueOf<Engine>(flag("engine"));
  if ((!workload && !engine) || !document.is_object() || !document.contains("model")) return {};
  Result<Scenario> base = readScenario(jsonText(document), where, folder, cache);
  if (!base) return tl::unexpected(base.error());
  if (workload) chooseWorkload(*base, *workload);
  if (engine) chooseEngine(*base, *engine);
  const json stated = std::move(document);
  document = json::parse(writeScenario(*base), nullptr, false);
  // The file's own words for its model: they are resolved once more, at the end.
  document["model"] = stated["model"];
  if (!stated.contains("resolved_model")) document.erase("resolved_model");
  return {};
}

Result<Scenario> ScenarioOptions::read(std::string_view text, std::string_view where, const std::string& folder,
                                       ModelCache* cache) const {
  const bool plain = std::ranges::all_of(given_, [](const auto& flag) { return flag.second.empty(); });
  if (plain) return readScenario(text, where, folder, cache);
  Result<json> document = parseJsonOnce(text, where, "config");
  if (!document) return tl::unexpected(document.error());
  if (auto done = choose(*document, where, folder, cache); !done) return tl::unexpected(done.error());
  Overlay overlay{*document, {}};
  for (const ScenarioFlag& f : scenarioFlags()) {
    const std::vector<std::string>& values = given_.find(f.flag)->second;
    if (values.empty()) continue;
    if (auto done = apply(overlay, f, values); !done) return tl::unexpected(done.error());
  }
  Result<Scenario> scenario = readScenario(jsonText(*document), where, folder, cache);
  if (!scenario) return tl::unexpected(blamed(scenario.error(), overlay));
  return scenario;
}

}  // namespace headroom
