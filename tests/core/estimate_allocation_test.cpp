// estimateInto() in a loop (sliders, searches, sweeps) allocates nothing once its Estimate is warm. llama.cpp's
// replayed graphs are exempt (DESIGN 5).
#include <gtest/gtest.h>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "tests/support/allocations.h"

namespace headroom {
namespace {

struct Asked {
  const char* name;
  const char* fields;
};
void PrintTo(const Asked& a, std::ostream* out) {
  *out << a.name;
}

class EstimateInto : public testing::TestWithParam<Asked> {};

TEST_P(EstimateInto, AllocatesNothingOnceWarm) {
  Result<Scenario> scenario = readScenario(
      std::string(R"({"model": "meta-llama/Llama-3.1-8B", "devices": [{"accelerator": "h100-sxm-80gb"}], )") +
          GetParam().fields + "}",
      "test");
  ASSERT_TRUE(scenario) << scenario.error().text();
  Estimate result;
  scenario->context = 4096;
  estimateInto(*scenario, result);
  estimateInto(*scenario, result);
  ASSERT_TRUE(result.diagnostics.empty())
      << result.diagnostics.front().message;  // their texts are the only thing that may
  const std::size_t before = allocations();
  for (int i = 0; i < 10; ++i) estimateInto(*scenario, result);
  EXPECT_EQ(allocations() - before, 0u);
}

INSTANTIATE_TEST_SUITE_P(
    Everything, EstimateInto,
    testing::Values(Asked{"transformers", R"("engine": "transformers")"},
                    Asked{"vllm", R"("engine": "vllm", "engine_version": "0.11.0")"},
                    Asked{"sglang", R"("engine": "sglang", "engine_version": "0.5.3")"},
                    Asked{"lora", R"("workload": "lora")"}, Asked{"qlora", R"("workload": "qlora")"},
                    Asked{"full", R"("workload": "full")"},
                    Asked{"chapter", R"("workload": "full", "method": "fourteen-tensors-per-block")"}),
    [](const testing::TestParamInfo<Asked>& p) { return std::string(p.param.name); });

}  // namespace
}  // namespace headroom
