// The replay against steps that the codes' own packages ran on tensors without data: the peak, its moment, and what a
// layer of the middle leaves alive after its forward pass.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

using nlohmann::json;

// Where the trace says "optimizer", the program says "optimizer step".
std::string momentOf(std::string_view peak) {
  return peak == "optimizer step" ? "optimizer" : std::string(peak);
}

void stepsAreAsTraced(const std::string& name, std::size_t least) {
  std::ifstream file(HEADROOM_TEST_DATA "/training/" + name);
  const json data = json::parse(file);
  ASSERT_GE(data["steps"].size(), least);
  for (const json& step : data["steps"]) {
    json job = step["job"];
    job["headroom"] = 1;
    job["model"] = {{"config", data["models"][step["model"].get<std::string>()]}, {"name", step["model"]}};
    const auto scenario = readScenario(job.dump(), "step");
    ASSERT_TRUE(scenario) << scenario.error().text();
    const Estimate result = estimate(*scenario);
    const RankEstimate& rank = result.heaviest();
    const double peak = step["peak"];
    // A gap that is known stands in the row; nothing else may be further off than a part in a thousand.
    const double within = step.value("within", 0.001);
    EXPECT_LE(std::abs(static_cast<double>(rank.allocated.value()) / peak - 1), within)
        << step["model"] << job["engine_version"] << job["training"].dump() << rank.allocated.value();
    if (step.contains("within")) continue;
    EXPECT_EQ(momentOf(rank.peakMoment), step["moment"]) << step["model"] << job["training"].dump();
    if (step["kept"].is_null() || step["kept"] == 0) continue;
    const double kept = step["kept"];
    const bool found = std::ranges::any_of(rank.savedActivations, [&](const SavedActivations& s) {
      return std::abs(static_cast<double>(s.bytesPerLayer.value()) / kept - 1) < 0.005;
    });
    EXPECT_TRUE(found) << step["model"] << job["engine_version"] << job["training"].dump();
  }
}

TEST(TracedSteps, PeaksMomentsAndKeptBytesAreThoseOfTheCodesThemselves) {
  stepsAreAsTraced("traced_steps.json", 150);
}

// What a release did differently: the loss shifted and copied its logits (before 4.49), keys and values were repeated
// for every head (before 4.54), Starcoder 2 recomputed nothing (4.48 to 4.51).
TEST(TracedSteps, ReleasesOfTransformersDifferAsTheirOwnCodeDoes) {
  stepsAreAsTraced("traced_steps_of_releases.json", 40);
}

// Blocks that are no Llama's: state-space and delta-net mixers on torch's own operators, latent attention, sinks, norms
// written out in fp32, learned activations; trained copies of a head keep the model's format beside fp32 adapters.
TEST(TracedSteps, EveryFamilysBlocksAreReplayedAsItsOwnCodeRunsThem) {
  stepsAreAsTraced("traced_steps_of_families.json", 35);
}

// Attention that a class writes out whatever is asked for, heads that torch pads for its kernel, DoRA beside a bias,
// routers that are no Linear.
TEST(TracedSteps, ClassesThatWriteTheirAttentionOutKeepWhatTheyWrite) {
  stepsAreAsTraced("traced_steps_of_attention.json", 5);
}

// Adapters folded into experts that are one parameter or put on each where these are Linears, TRL's log-probabilities
// of completions and its reference's pass, text through models that see.
TEST(TracedSteps, MethodsKeepWhatTheirOwnCodeKeeps) {
  stepsAreAsTraced("traced_steps_of_methods.json", 24);
}

// Megatron-Core's own modules: scores in fp32 beside their copy, a softmax that becomes the gradient of the logits, a
// buffer that is never let go.
TEST(TracedSteps, MegatronsOwnModulesAreReplayed) {
  stepsAreAsTraced("traced_steps_of_megatron.json", 10);
}

// Liger-Kernel's norms, rotary embedding, gated MLP and loss: what each keeps and writes over, release by release.
TEST(TracedSteps, LigersKernelsStandInPlaceOfTheClassesOwn) {
  stepsAreAsTraced("traced_steps_of_kernels.json", 10);
}

// Optimizers of Transformers' list, heads that classify, TRL's pairs: what stays from step to step, what a step makes,
// and logits that are a few labels.
TEST(TracedSteps, OptimizersHeadsAndPairsAreCountedAsTheirOwnCodeRunsThem) {
  stepsAreAsTraced("traced_steps_of_regimes.json", 30);
}

// torch.compile keeps what its partitioner cuts at: streams, norms' results, projections, attention and the MLP's
// products; pointwise operators run again.
TEST(TracedSteps, CompiledBlocksKeepWhatThePartitionerCutsAt) {
  std::ifstream file(HEADROOM_TEST_DATA "/training/traced_steps_of_kernels.json");
  const json data = json::parse(file);
  for (const json& row : data["compiled"]) {
    const json job = {
        {"headroom", 1},
        {"model", {{"config", row["config"]}, {"name", "compiled"}}},
        {"workload", "full"},
        {"engine", "pytorch"},
        {"framework", "transformers"},
        {"batch", 2},
        {"context", 256},
        {"precision", {{"weights", "bf16"}, {"compute", "bf16"}}},
        {"training", {{"checkpointing", "none"}, {"compile", true}, {"autocast", false}, {"loss", "eager"}}}};
    const auto scenario = readScenario(job.dump(), "compiled");
    ASSERT_TRUE(scenario) << scenario.error().text();
    const Estimate result = estimate(*scenario);
    const auto& kept = result.heaviest().savedActivations;
    ASSERT_NE(kept.begin(), kept.end());
    EXPECT_EQ(static_cast<double>(kept.begin()->bytesPerLayer.value()), row["kept_per_token"].get<double>() * 2 * 256);
  }
}

}  // namespace
}  // namespace headroom
