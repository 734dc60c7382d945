// The traps that people who size training by hand fall into: said where a run is in one, and nowhere else.
#include "core/analysis/remarks.h"

#include <gtest/gtest.h>

#include <set>

#include "core/open/scenario_json.h"

namespace headroom {
namespace {

struct Case {
  const char* rest;  // of the scenario
  std::set<std::string> said;
};

TEST(Remarks, NameTheTrapsARunIsIn) {
  const Case cases[] = {
      {R"("workload": "full", "context": 8192, "devices": [{"accelerator": "h200"}])",
       {"states-in-16-bit", "activations-over-half", "over-70-percent"}},
      {R"("workload": "full", "context": 512, "devices": [{"accelerator": "h200"}])", {"states-in-16-bit"}},
      {R"("workload": "full", "context": 512, "precision": {"optimizer_states": "fp32", "master_weights": "fp32"})",
       {}},
      {R"("workload": "full", "context": 512, "training": {"optimizer": "adamw-8bit"})", {}},
      {R"("workload": "full", "context": 512, "training": {"optimizer": "sgd"})", {}},
      {R"("workload": "full", "context": 65536, "training": {"checkpointing": "full", "optimizer": "sgd"})", {}},
      {R"("workload": "lora", "context": 512, "devices": [{"memory_bytes": 30000000000}])", {"over-70-percent"}},
      {R"("workload": "lora", "context": 512, "devices": [{"memory_bytes": 3000000000}])", {}},  // does not fit at all
      {R"("context": 512, "devices": [{"memory_bytes": 21000000000}])", {}},
      {R"("workload": "full", "method": "fourteen-tensors-per-block")", {}}};
  for (const Case& c : cases) {
    const auto scenario = readScenario(R"({"model": "meta-llama/Llama-3.1-8B", )" + std::string(c.rest) + "}", "test");
    ASSERT_TRUE(scenario) << scenario.error().text();
    std::set<std::string> said;
    for (const Diagnostic& d : pitfalls(*scenario, estimate(*scenario))) said.emplace(d.code);
    EXPECT_EQ(said, c.said) << c.rest;
  }
}

}  // namespace
}  // namespace headroom
