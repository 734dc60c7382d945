#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/open/scenario_json.h"
#include "core/readers/commands/launch_command.h"
#include "core/readers/recognise.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

// A model that stands for any, so that a command's other words can be read without the model they name.
constexpr const char* kAnyModel = R"({"dimensions": {"layers": 1, "hidden": 64, "heads": 1}})";

// The scenario of the command with the model it names; nothing where there is none or it is not known here.
Result<Scenario> readNamed(const ordered_json& command) {
  // What a hub would have to be asked for is not known here.
  if (!command.contains("model") || asksHub(jsonText(command))) return fail(ErrorCode::unknown_name, "");
  return readScenario(jsonText(command), "command");
}

std::string modelWord(const ordered_json& model) {
  if (model.is_string()) return model.get<std::string>();
  return model.contains("hub") ? model.value("hub", std::string()) : model.value("path", std::string());
}

// As many devices as the layout has ranks, where the scenario has one kind of them.
void fitDevices(Scenario& s) {
  const Settings settings = settingsOf(s);
  const bool claims = rowOf(settings.engine).has(Feature::claim);
  if (s.devices.size() == 1 && claims) s.devices.front().count = settings.parallel.ranks();
}

}  // namespace

Result<PastedCommand> pasteCommand(const Scenario& current, std::string_view text) {
  Result<Reading> read = readLaunchCommand(text);
  if (!read && read.error().code == ErrorCode::unknown_name) {
    Result<Reading> modelfile = readModelfile(text);
    // Where nothing was recognised, the longer list of what would be is the better answer.
    if (modelfile || modelfile.error().code != ErrorCode::unknown_name) read = std::move(modelfile);
  }
  // A recipe, a training code's command line or script says what is trained.
  bool trains = false;
  if (!read && read.error().code == ErrorCode::unknown_name) {
    Result<Reading> any = recognise(text, "");
    const ordered_json said = any ? ordered_json::parse(any->scenario, nullptr, false) : ordered_json();
    trains = said.is_object() && said.contains("workload") && said["workload"] != "inference";
    if (trains) read = std::move(any);
  }
  if (!read) return tl::unexpected(read.error());
  PastedCommand out;
  for (const LeftOut& left : read->leftOut)
    out.ignored.push_back(left.matters ? left.text + " (memory depends on it, and it is not counted)" : left.text);
  for (const Remark& remark : read->remarks) out.ignored.push_back(remark.message);
  ordered_json command = ordered_json::parse(read->scenario, nullptr, false);
  const ordered_json::json_pointer draft("/speculative/model");
  if (command.contains(draft) && command[draft].is_object() && command[draft].contains("hub")) {
    out.ignored.push_back(fmt::format("{}: a draft model that is not known here; it is counted like the target's head",
                                      command[draft].value("hub", std::string())));
    command["speculative"].erase("model");
  }
  Result<Scenario> scenario = readNamed(command);
  if (!scenario) {
    const bool named = command.contains("model");
    const std::string name = named ? modelWord(command["model"]) : std::string();
    command["model"] = ordered_json::parse(kAnyModel);
    Result<Scenario> rest = readScenario(jsonText(command), "command");
    if (!rest) return tl::unexpected(rest.error());
    if (named)
      out.ignored.insert(out.ignored.begin(),
                         fmt::format("{}: no model of the catalogue and no file here; {} stays", name,
                                     current.model->label.empty() ? current.model->id : current.model->label));
    rest->reference = current.reference;
    rest->model = current.model;
    if (!rest->precision.weights && settingsOf(*rest).engine == settingsOf(current).engine)
      rest->precision.weights = current.precision.weights;
    scenario = std::move(rest);
  }
  out.scenario = std::move(*scenario);
  out.scenario.name = current.name;
  out.scenario.devices = current.devices;
  out.scenario.reserve = current.reserve;
  if (!trains) out.scenario.training = current.training;
  out.scenario.calibration = current.calibration;
  const Engine engine = settingsOf(out.scenario).engine;
  if (!isTraining(current.workload) && engine == settingsOf(current).engine)
    out.scenario.engineVersion = current.engineVersion;
  fitDevices(out.scenario);
  return out;
}

}  // namespace headroom
