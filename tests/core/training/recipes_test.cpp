// What each recipe costs per parameter, and how many parameters adapters have.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

Scenario llama(const std::string& rest) {
  const std::string engine = rest.find("\"engine\"") == std::string::npos ? R"("engine":"pytorch",)" : "";
  const auto read = readScenario(
      "{" + engine +
          R"("headroom":1,"batch":1,"context":1024,"model":{"name":"Llama-3.1-8B","config":{"model_type":"llama","hidden_size":4096,"intermediate_size":14336,"num_hidden_layers":32,"num_attention_heads":32,"num_key_value_heads":8,"vocab_size":128256,"torch_dtype":"bfloat16"}},)" +
          rest + "}",
      "test");
  EXPECT_TRUE(read) << (read ? "" : read.error().text());
  return *read;
}

double statesPerParameter(const Scenario& s) {
  const Estimate e = estimate(s);
  Bytes most;
  for (const Moment& m : e.heaviest().moments) {
    Bytes sum;
    for (ComponentId id :
         {ComponentId::weights, ComponentId::gradients, ComponentId::optimizer_states, ComponentId::master_weights})
      sum += m.bytes[static_cast<std::size_t>(id)];
    most = std::max(most, sum);
  }
  return static_cast<double>(most.value()) / static_cast<double>(e.parameters.value());
}

TEST(TrainingRecipes, BytesPerParameter) {
  EXPECT_NEAR(statesPerParameter(llama(R"("workload":"full","precision":{"weights":"bf16"})")), 8, 0.01);
  EXPECT_NEAR(statesPerParameter(llama(R"("workload":"full","precision":{"weights":"fp32"})")), 16, 0.01);
  EXPECT_NEAR(
      statesPerParameter(llama(
          R"("workload":"full","engine":"megatron","precision":{"weights":"bf16","gradients":"fp32","master_weights":"fp32"})")),
      18, 0.01);
  EXPECT_NEAR(statesPerParameter(
                  llama(R"("workload":"full","training":{"optimizer":"adamw-8bit"},"precision":{"weights":"bf16"})")),
              6.03, 0.01);
  EXPECT_NEAR(
      statesPerParameter(llama(R"("workload":"full","training":{"optimizer":"sgd"},"precision":{"weights":"bf16"})")),
      4, 0.01);
  EXPECT_LT(statesPerParameter(
                llama(R"("workload":"full","training":{"optimizer":"adafactor"},"precision":{"weights":"bf16"})")),
            4.02);
}

TEST(TrainingRecipes, DistributedOptimizerSharesTheStates) {
  const Scenario s = llama(
      R"("workload":"full","engine":"megatron","parallel":{"data":4,"sharding":"distributed-optimizer"},"precision":{"weights":"bf16","gradients":"fp32","master_weights":"fp32"})");
  EXPECT_NEAR(statesPerParameter(s), 6 + 12.0 / 4, 0.01);
}

TEST(TrainingRecipes, AdapterParametersAreExact) {
  const auto count = [](const std::string& training) {
    return estimate(llama(R"("workload":"lora","training":)" + training)).trainableParameters.value();
  };
  EXPECT_EQ(count(R"({"rank":16,"targets":"all-linear"})"), 41'943'040);  // as Unsloth's notebooks print
  EXPECT_EQ(count(R"({"rank":8,"targets":["q_proj","v_proj"]})"), 3'407'872);
  // A fused name over separate projections is one adapter.
  EXPECT_EQ(count(R"({"rank":8,"targets":["c_attn"]})"), 32 * 8 * (4096 + 6144));
  EXPECT_EQ(count(R"({"rank":8,"targets":["q_proj","v_proj"],"dora":true})"), 3'407'872 + 32 * (4096 + 1024));
}

TEST(TrainingRecipes, OffloadMovesStatesToTheHost) {
  const Estimate e =
      estimate(llama(R"("workload":"full","precision":{"weights":"bf16"},"offload":{"optimizer":"cpu"})"));
  EXPECT_EQ(e.heaviest().ledger.bytes(ComponentId::optimizer_states), Bytes(0));
  EXPECT_EQ(e.host.bytes(ComponentId::optimizer_states).value(), 4 * e.parameters.value());
}

TEST(TrainingRecipes, EarlyPipelineStagesHoldMoreMicroBatches) {
  const Estimate e = estimate(
      llama(R"("workload":"full","engine":"megatron","parallel":{"pipeline":4},"training":{"accumulation":8})"));
  ASSERT_EQ(e.ranks.size(), 4u);
  std::int64_t devices = 0;
  for (const RankEstimate& r : e.ranks) devices += r.devices;
  EXPECT_EQ(devices, 4);
  const auto activations = [&](int stage) {
    for (const RankEstimate& r : e.ranks)
      if (r.stage == stage) return r.moments[1].bytes[static_cast<std::size_t>(ComponentId::activations)].value();
    return std::int64_t{0};
  };
  EXPECT_NEAR(static_cast<double>(activations(0)), 4.0 * static_cast<double>(activations(3)), 1e6);
}

// Half the width of a run's band, of its bytes on the device.
double halfWidth(const char* rest) {
  const Estimate e = estimate(llama(rest));
  const RankEstimate& rank = e.heaviest();
  return static_cast<double>((rank.high - rank.low).value()) / 2 / static_cast<double>(rank.device.value());
}

TEST(TrainingRecipes, TheBandFollowsWhatWasChecked) {
  const double replayed = halfWidth(R"("workload":"full","framework":"trl")");
  const double zero = halfWidth(R"("workload":"full","framework":"trl","parallel":{"data":8,"sharding":"zero3"})");
  const double closed = halfWidth(R"("workload":"full","framework":"trl","parallel":{"data":2,"tensor":2})");
  EXPECT_LE(replayed, 0.1001);
  EXPECT_LT(replayed, zero);
  EXPECT_LT(zero, closed);
}

TEST(TrainingRecipes, AnUnknownFrameworkSaysSoAndWidensTheBand) {
  const Estimate known = estimate(llama(R"("workload":"full")"));
  const Estimate unknown = estimate(llama(R"("workload":"full","framework":"no-such-trainer")"));
  EXPECT_EQ(known.heaviest().device, unknown.heaviest().device);
  EXPECT_GT(unknown.heaviest().high, known.heaviest().high);
  const auto says = [](const Estimate& e) {
    return std::ranges::any_of(e.diagnostics, [](const Diagnostic& d) { return d.code == "unknown-framework"; });
  };
  EXPECT_TRUE(says(unknown));
  EXPECT_FALSE(says(known));
}

}  // namespace
}  // namespace headroom
