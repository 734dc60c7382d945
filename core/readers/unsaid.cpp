#include "core/readers/unsaid.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/printable.h"
#include "core/readers/placeholder.h"

namespace headroom {
namespace {

using nlohmann::json;

bool trains(const json& scenario) {
  const auto workload = scenario.find("workload");
  return workload != scenario.end() && workload->is_string() && *workload != "inference";
}

// A model that a variable or a placeholder stands for: "$MODEL", "[MODEL-PATH]", "<your model>".
void noteModel(Reading& reading, const json& scenario) {
  const auto model = scenario.find("model");
  const auto says = [&](const char* code) {
    return std::ranges::any_of(reading.remarks, [code](const Remark& r) { return r.code == code; });
  };
  if (model == scenario.end() && trains(scenario) && !says("no-model") && !says("unknown-model"))
    reading.remarks.push_back({"no-model", Severity::warning, "The text names no model."});
  if (model == scenario.end() || !model->is_object()) return;
  for (const char* key : {"hub", "path"}) {
    const std::string name = model->contains(key) && (*model)[key].is_string() ? (*model)[key].get<std::string>() : "";
    if (!name.empty() && isPlaceholder(name) && !says("unknown-model"))
      reading.remarks.push_back({"unknown-model", Severity::warning,
                                 printable(name, 100) + " stands for a model that the text does not name."});
  }
}

// A server's command, file or log without a model.
void noteNoModel(Reading& reading, const json& scenario) {
  const std::string& kind = reading.recognised;
  const bool serves =
      kind.find("command") != kind.npos || kind.find("Modelfile") != kind.npos || kind.ends_with(" log");
  const bool told = std::ranges::any_of(reading.remarks, [](const Remark& r) {
    return r.code == "unknown-model" || r.code == "no-model" || r.message.find("which model") != std::string::npos;
  });
  const std::string engine = scenario.value("engine", "");
  if (scenario.contains("model") || !serves || told || engine.empty() || engine == "pytorch") return;
  if (scenario.value("workload", "inference") != "inference") return;
  reading.remarks.push_back({"no-model", Severity::note, "The text names no model."});
}

// A script, command or recipe of training that leaves the length to its code, or to a variable.
void noteLength(Reading& reading, const json& scenario) {
  if (!trains(scenario) || scenario.contains("context") || reading.recognised == "scenario") return;
  reading.remarks.push_back({"length-not-said", Severity::assumed,
                             "How many tokens a sequence has is not said: the default of its code is taken, and what "
                             "a step keeps follows the length."});
}

// States or weights that are shared over as many devices as nobody names.
void noteRanks(Reading& reading, const json& scenario) {
  const json::json_pointer sharding("/parallel/sharding"), data("/parallel/data");
  if (reading.recognised == "scenario" || !scenario.contains(sharding) || scenario[sharding] == "none") return;
  if (scenario.contains(data)) return;
  reading.remarks.push_back(
      {"ranks-not-said", Severity::assumed,
       "Over how many devices the run is shared is not said; one is counted, which holds it all."});
}

}  // namespace

void noteUnsaid(Reading& reading) {
  if (reading.scenario.size() > std::size_t{64} * 1024) return;
  const json scenario = json::parse(reading.scenario, nullptr, false);
  if (!scenario.is_object()) return;
  noteModel(reading, scenario);
  noteNoModel(reading, scenario);
  noteLength(reading, scenario);
  noteRanks(reading, scenario);
}

}  // namespace headroom
