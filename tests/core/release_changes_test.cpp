// At which releases an answer changes, and at which it does not: every rule that a release switched, of all engines and
// packages, seen from outside (tests/data/release_changes.json, with the source of each change).
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "core/base/json_text.h"
#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "core/report/settings_json.h"
#include "tests/support/json_schema.h"

namespace headroom {
namespace {

using nlohmann::json;
using Figures = std::map<std::string, std::string>;

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

// What a user reads of an answer: the heaviest rank's components (of a step those that last, and the sum), the pool's
// tokens and every setting.
Figures figuresOf(const Scenario& scenario) {
  const Estimate e = estimate(scenario);
  Figures out;
  const bool trains = scenario.workload != Workload::inference;
  const Ledger& ledger = e.heaviest().ledger;
  Bytes sum;
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    sum += ledger.bytes(id);
    const bool lasts = id == ComponentId::weights || id == ComponentId::optimizer_states ||
                       id == ComponentId::adapters || id == ComponentId::runtime;
    if (!trains || lasts) out[std::string(idOf(id))] = std::to_string(ledger.bytes(id).value());
  }
  if (trains) out["total"] = std::to_string(sum.value());
  if (e.pool.kvTokens) out["tokens"] = std::to_string(*e.pool.kvTokens);
  const json settings = json::parse(settingsJson(scenario).dump());
  for (const auto& [key, setting] : settings.items())
    if (key != "engine_version") out[key] = setting["value"].dump();
  return out;
}

std::string changedBetween(const Figures& before, const Figures& after) {
  std::set<std::string> names;
  for (const Figures* all : {&before, &after})
    for (const auto& [name, value] : *all) {
      const auto a = before.find(name), b = after.find(name);
      if (a == before.end() || b == after.end() || a->second != b->second) names.insert(name);
    }
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : " ") + name;
  return out;
}

const json& file() {
  static const json all = sourceJson("tests/data/release_changes.json");
  return all;
}

std::vector<std::string> lines() {
  std::vector<std::string> out;
  for (const auto& [name, line] : file()["lines"].items()) out.push_back(name);
  return out;
}

std::string nameOf(const testing::TestParamInfo<std::string>& line) {
  std::string name = line.param;
  for (char& c : name)
    if (c == '.' || c == '-' || c == ' ') c = '_';
  return name;
}

class ReleaseChanges : public testing::TestWithParam<std::string> {};

TEST_P(ReleaseChanges, AreAtTheReleasesTheirSourcesName) {
  const json& line = file()["lines"][GetParam()];
  const std::vector<std::string> releases = words(line["releases"]);
  ModelCache cache;
  std::set<std::string> seen;
  for (const json& row : file()["rows"]) {
    if (row["line"] != GetParam()) continue;
    Figures before;
    for (const std::string& release : releases) {
      json asked = row["scenario"];
      std::string version = row["version"];
      version.replace(version.find("{}"), 2, release);
      asked["headroom"] = 1, asked["engine_version"] = version;
      const Result<Scenario> scenario = readScenario(asked.dump(), "release", {}, &cache);
      ASSERT_TRUE(scenario) << asked << ": " << scenario.error().text();
      Figures now = figuresOf(*scenario);
      if (&release != &releases.front()) {
        const std::string changed = changedBetween(before, now);
        EXPECT_EQ(changed, row["changes"].value(release, "")) << asked;
        if (!changed.empty()) seen.insert(release);
      }
      before = std::move(now);
    }
  }
  for (const auto& [release, why] : line["why"].items()) EXPECT_TRUE(seen.count(release)) << release << ": " << why;
  for (const std::string& release : seen) EXPECT_TRUE(line["why"].contains(release)) << release << " has no source";
}

INSTANTIATE_TEST_SUITE_P(OfEvery, ReleaseChanges, testing::ValuesIn(lines()), nameOf);

}  // namespace
}  // namespace headroom
