#include "ui/document/opening.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/open/hub/hub.h"
#include "core/open/scenario_json.h"
#include "core/readers/recipes/recipe.h"
#include "core/readers/recognise.h"
#include "core/scenario/choices.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"
#include "ui/languages/core_text.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

using nlohmann::ordered_json;

constexpr qsizetype kMostWords = 12;  // of what was left out; a recipe may have a hundred keys

ordered_json saidBy(const Opening& opening) {
  ordered_json said = ordered_json::parse(opening.reading.scenario, nullptr, false);
  return said.is_object() ? said : ordered_json::object();
}

// As many devices as the layout has ranks, where the text says nothing of devices and the engine claims whole ones.
void fitDevices(Scenario& s) {
  const Settings settings = settingsOf(s);
  if (s.devices.size() == 1 && rowOf(settings.engine).has(Feature::claim))
    s.devices.front().count = settings.parallel.ranks();
}

Result<Scenario> withModelOf(const Scenario& read, const ordered_json& said, const Scenario& current) {
  Scenario out = current;
  chooseModel(out, read.reference, read.model);
  if (read.engine && !isTraining(out.workload)) chooseEngine(out, read.engine);
  if (said.contains("precision")) out.precision.weights = read.precision.weights;
  return out;
}

Result<Scenario> read(const Opening& opening, const ordered_json& said, const HubOptions& hub) {
  Result<Scenario> scenario = readScenario(jsonText(said), opening.where, opening.folder, nullptr, &hub);
  if (scenario || opening.text.empty()) return scenario;
  // The recipe's own line says more than a key of the scenario it became.
  const Result<ReadRecipe> recipe = readRecipe(opening.text, opening.where, opening.folder);
  if (recipe) return tl::unexpected(inRecipe(scenario.error(), *recipe));
  return scenario;
}

Result<Scenario> merged(const Opening& opening, ordered_json said, const Scenario& current, const HubOptions& hub,
                        bool takesModel) {
  const bool names = takesModel && said.contains("model");
  const bool trains = said.contains("workload") && said["workload"] != "inference";
  if (!names) {
    said.erase("resolved_model");
    said["model"] = {{"dimensions", {{"layers", 1}, {"hidden", 64}, {"heads", 1}}}};  // stands for any
  }
  Result<Scenario> scenario = read(opening, said, hub);
  if (!scenario) return scenario;
  if (!names) {
    scenario->reference = current.reference;
    scenario->model = current.model;
    if (!scenario->precision.weights && settingsOf(*scenario).engine == settingsOf(current).engine)
      scenario->precision.weights = current.precision.weights;
  }
  scenario->name = current.name;
  if (!said.contains("reserve")) scenario->reserve = current.reserve;
  if (!trains) scenario->training = current.training;
  if (!trains) scenario->calibration = current.calibration;
  const bool sameEngine = settingsOf(*scenario).engine == settingsOf(current).engine;
  if (scenario->engineVersion.empty() && sameEngine) scenario->engineVersion = current.engineVersion;
  if (!said.contains("devices")) {
    scenario->devices = current.devices;
    if (!trains) fitDevices(*scenario);
  }
  return scenario;
}

QString listed(const QStringList& words) {
  if (words.size() <= kMostWords) return words.join(QStringLiteral(" · "));
  return tr("%1 and %2 more").arg(words.first(kMostWords).join(QStringLiteral(" · "))).arg(words.size() - kMostWords);
}

}  // namespace

Result<Opening> openingOfFile(const QString& path) {
  const QFileInfo info(path);
  Opening out;
  out.path = QDir::cleanPath(info.absoluteFilePath());
  out.name = info.fileName();
  out.where = path.toStdString();
  out.folder = info.absolutePath().toStdString();
  if (!info.exists()) return fail(ErrorCode::not_found, "There is no such file.", out.where);
  std::string text;
  Result<Reading> reading = recogniseInput(path.toStdString(), &text);
  if (!reading) return tl::unexpected(reading.error());
  out.reading = std::move(*reading);
  if (kindOf(out.reading) == OpeningKind::settings) out.text = std::move(text);
  return out;
}

Result<Opening> openingOfText(const QString& text, const QString& name) {
  Opening out;
  out.name = name;
  out.where = name.toStdString();
  out.text = text.toStdString();
  Result<Reading> reading = recognise(out.text, out.where);
  if (!reading) return tl::unexpected(reading.error());
  out.reading = std::move(*reading);
  return out;
}

OpeningKind kindOf(const Reading& reading) {
  const std::string& name = reading.recognised;
  if (name == "scenario") return OpeningKind::scenario;
  if (name == "report" || name == "scenario link") return OpeningKind::copy;
  if (name.ends_with(" log")) return OpeningKind::log;
  if (name.starts_with("model ") || name.ends_with(" model")) return OpeningKind::model;
  return OpeningKind::settings;
}

bool saysModel(const Opening& opening) {
  return saidBy(opening).contains("model");
}

bool asksHub(const Opening& opening) {
  return headroom::asksHub(opening.reading.scenario);
}

Result<Scenario> scenarioAfter(const Opening& opening, const Scenario& current, const HubOptions& hub) {
  const ordered_json said = saidBy(opening);
  if (kindOf(opening.reading) != OpeningKind::model) return merged(opening, said, current, hub, true);
  const Result<Scenario> model = read(opening, said, hub);
  if (!model) return tl::unexpected(model.error());
  return withModelOf(*model, said, current);
}

Result<Scenario> scenarioWithoutModel(const Opening& opening, const Scenario& current, const HubOptions& hub) {
  return merged(opening, saidBy(opening), current, hub, false);
}

QStringList answerOf(const Opening& opening) {
  const Reading& reading = opening.reading;
  QStringList lines{tr("%1: read as %2.").arg(opening.name, coreText(reading.recognised))};
  QStringList matters, others;
  for (const LeftOut& left : reading.leftOut) (left.matters ? matters : others) << coreText(left.text);
  if (!matters.isEmpty()) lines << tr("Not counted, though memory depends on it: %1").arg(listed(matters));
  for (const Remark& remark : reading.remarks) lines << grouped(coreText(remark.message));
  if (!others.isEmpty()) lines << tr("Left out, without a say in memory: %1").arg(listed(others));
  return lines;
}

}  // namespace headroom::ui
