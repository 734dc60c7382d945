// The rules of thumb as a user of the command line meets them: every memory row of tests/data/seed_cases.json.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/run_cli.h"

namespace headroom {
namespace {

using nlohmann::json;

double unitOf(const std::string& name) {
  return name == "GiB" ? 1073741824.0 : name == "MiB" ? 1048576.0 : name == "GB" ? 1e9 : 1e6;
}

double bytesOf(const json& rank, const std::string& wanted) {
  if (wanted == "total") return rank["device_bytes"];
  double sum = 0;
  for (const json& component : rank["components"]) {
    const std::string id = component["id"];
    const bool state = id == "weights" || id == "gradients" || id == "optimizer_states" || id == "master_weights";
    if (id == wanted || (wanted == "states" && state)) sum += component["bytes"].get<double>();
  }
  return sum;
}

TEST(CliSeedCases, EveryMemoryRowIsAnswered) {
  std::ifstream file(HEADROOM_TEST_DATA "/seed_cases.json");
  const json rows = json::parse(file)["memory"];
  std::string lines;
  for (const json& row : rows) lines += row["scenario"].dump() + "\n";
  std::istringstream in(lines);
  std::ostringstream out, err;
  ASSERT_EQ(runCli({"estimate", "--jsonl", "-"}, in, out, err), 0) << err.str();

  std::istringstream answers(out.str());
  std::string line;
  for (const json& row : rows) {
    ASSERT_TRUE(std::getline(answers, line));
    const json answer = json::parse(line);
    ASSERT_FALSE(answer.contains("error")) << row["id"] << ": " << answer;
    for (const auto& [component, expected] : row["expect"].items())
      EXPECT_NEAR(bytesOf(answer["ranks"][0], component) / unitOf(row["unit"]), expected.get<double>(),
                  0.5001 * std::pow(10.0, -row["decimals"].get<int>()))
          << row["id"] << " " << component;
  }
  EXPECT_FALSE(std::getline(answers, line)) << "more answers than questions";
}

}  // namespace
}  // namespace headroom
