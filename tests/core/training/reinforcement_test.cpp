// Preference and reinforcement training: which models stand beside the policy, what a pair costs, and when the rollout
// engine is there.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

Scenario job(const std::string& framework, const std::string& rest) {
  const std::string engine = rest.find("\"engine\"") == std::string::npos ? R"("engine":"pytorch",)" : "";
  const auto read = readScenario("{" + engine + R"("headroom":1,"framework":")" + framework +
                                     R"(","batch":2,"context":2048,"model":"meta-llama/Llama-3.1-8B",)" + rest + "}",
                                 "test");
  EXPECT_TRUE(read) << (read ? "" : read.error().text());
  return *read;
}

Scenario llama(const std::string& rest) {
  return job("trl", rest);
}
// Of a loop whose step is the same with every method.
Scenario plain(const std::string& rest) {
  return job("pytorch", rest);
}

const Moment& moment(const Estimate& e, std::string_view name) {
  const auto& all = e.heaviest().moments;
  const Moment* found = std::find_if(all.begin(), all.end(), [&](const Moment& m) { return m.name == name; });
  EXPECT_NE(found, all.end()) << name;
  return *found;
}

std::int64_t at(const Estimate& e, std::string_view name, ComponentId id) {
  return moment(e, name).bytes[static_cast<std::size_t>(id)].value();
}

constexpr const char* kLora = R"("workload":"lora","precision":{"weights":"bf16"},"reinforcement":)";
constexpr const char* kFull = R"("workload":"full","precision":{"weights":"bf16"},"reinforcement":)";

TEST(Reinforcement, APairIsTwoSequences) {
  Scenario twice = llama(R"("workload":"lora","precision":{"weights":"bf16"})");
  twice.batch = 4;
  const Estimate sft = estimate(twice), dpo = estimate(llama(std::string(kLora) + R"({"method":"dpo"})"));
  EXPECT_EQ(at(dpo, "loss", ComponentId::activations), at(sft, "loss", ComponentId::activations));
  EXPECT_EQ(at(dpo, "loss", ComponentId::logits), at(sft, "loss", ComponentId::logits));
  EXPECT_EQ(dpo.heaviest().device, sft.heaviest().device);
}

TEST(Reinforcement, AdaptersHoldNoSecondBase) {
  const Estimate sft = estimate(llama(R"("workload":"lora","precision":{"weights":"bf16"})"));
  const Estimate shared = estimate(llama(std::string(kLora) + R"({"method":"dpo"})"));
  const Estimate held = estimate(llama(std::string(kLora) + R"({"method":"dpo","reference":"held"})"));
  // Not at a moment when autocast's copies are there.
  EXPECT_EQ(at(shared, "load", ComponentId::weights), at(sft, "load", ComponentId::weights));
  EXPECT_EQ(at(held, "load", ComponentId::weights) - at(sft, "load", ComponentId::weights), 16'060'522'496);
}

TEST(Reinforcement, AReferenceCostsItsWeightsUnlessItsAnswersArePrecomputed) {
  const auto device = [](const std::string& rl) { return estimate(llama(kFull + rl)).heaviest().allocated.value(); };
  const std::int64_t held = device(R"({"method":"dpo"})"),
                     precomputed = device(R"({"method":"dpo","reference":"precomputed"})");
  EXPECT_EQ(held - precomputed, 2 * 8'030'261'248);
  // ORPO and SimPO compare with nothing; ORPO learns the chosen answers' words as well.
  EXPECT_GT(device(R"({"method":"orpo"})"), device(R"({"method":"simpo"})"));
  const auto weights = [](const std::string& rl) {
    return estimate(llama(kFull + rl)).heaviest().ledger.bytes(ComponentId::weights);
  };
  EXPECT_EQ(weights(R"({"method":"orpo"})"), weights(R"({"method":"dpo","reference":"precomputed"})"));
}

TEST(Reinforcement, AnOffloadedReferenceWaitsOnTheHost) {
  const Estimate e = estimate(
      llama(std::string(kFull) + R"({"method":"ppo","reference":"offloaded","critic":"none","reward":"none"})"));
  EXPECT_EQ(e.host.bytes(ComponentId::weights).value(), 2 * 8'030'261'248);
  EXPECT_EQ(at(e, "rollout", ComponentId::weights), 2 * at(e, "loss", ComponentId::weights));
}

TEST(Reinforcement, PpoKeepsFourModelsAndTrainsTwo) {
  const Estimate sft = estimate(plain(R"("workload":"full","precision":{"weights":"bf16"})"));
  const Estimate ppo = estimate(plain(std::string(kFull) + R"({"method":"ppo","rollout":"server"})"));
  for (const auto& [id, times] :
       {std::pair{ComponentId::weights, 4}, {ComponentId::gradients, 2}, {ComponentId::optimizer_states, 2}})
    EXPECT_EQ(at(ppo, "optimizer step", id), times * at(sft, "optimizer step", id)) << nameOf(id);
  EXPECT_EQ(at(ppo, "forward", ComponentId::activations), 2 * at(sft, "forward", ComponentId::activations));
  // The critic has a value head instead of logits.
  EXPECT_EQ(at(ppo, "loss", ComponentId::logits), at(sft, "loss", ComponentId::logits));
  const Estimate small = estimate(llama(
      std::string(kFull) + R"({"method":"ppo","rollout":"server","critic":1e9,"reward":"none","reference":"none"})"));
  EXPECT_NEAR(static_cast<double>(at(small, "optimizer step", ComponentId::weights)), 2 * 9'030'261'248.0, 1e6);
  // Width and depth grow together: an eighth of the parameters keeps a quarter of the tensors.
  const auto kept = [](const std::string& critic) {
    const Estimate e = estimate(
        llama(std::string(kFull) + R"({"method":"ppo","rollout":"server","reward":"none","critic":)" + critic + "}"));
    return static_cast<double>(at(e, "forward", ComponentId::activations));
  };
  EXPECT_NEAR(kept("1003782656"), 1.25 * kept(R"("none")"), 2);
}

TEST(Reinforcement, AnOffloadedCriticLeavesItsStatesOnTheHostToo) {
  const auto host = [](const std::string& critic) {
    return estimate(
               llama(R"("engine":"deepspeed","parallel":{"data":4,"sharding":"zero2"},"offload":{"optimizer":"cpu"},)" +
                     std::string(kFull) + R"({"method":"ppo","reference":"none","reward":"none","critic":)" + critic +
                     "}"))
        .host;
  };
  const Ledger alone = host(R"("none")"), both = host("8030261248");
  for (const ComponentId id : {ComponentId::optimizer_states, ComponentId::gradients}) {
    EXPECT_GT(alone.bytes(id), Bytes(0)) << nameOf(id);
    EXPECT_EQ(both.bytes(id).value(), 2 * alone.bytes(id).value()) << nameOf(id);
  }
}

TEST(Reinforcement, GrpoHasNeitherCriticNorRewardModelAndLogitsForCompletionsOnly) {
  const Estimate sft = estimate(plain(R"("workload":"full","precision":{"weights":"bf16"})"));
  const Estimate grpo =
      estimate(plain(std::string(kFull) + R"({"method":"grpo","completion":512,"rollout":"server"})"));
  EXPECT_EQ(at(grpo, "forward", ComponentId::weights), at(sft, "forward", ComponentId::weights));
  EXPECT_EQ(4 * at(grpo, "loss", ComponentId::logits), at(sft, "loss", ComponentId::logits));
  EXPECT_EQ(at(grpo, "forward", ComponentId::activations), at(sft, "forward", ComponentId::activations));
}

TEST(Reinforcement, AColocatedEngineClaimsItsShareUntilItSleeps) {
  const std::string device = R"("devices":[{"memory_bytes":80000000000}],)";
  const auto with = [&](const std::string& rl) {
    return estimate(llama(device + kLora + R"({"method":"grpo","rollout":"colocated","rollout_share":0.4)" + rl + "}"));
  };
  const Estimate none = estimate(llama(device + kLora + R"({"method":"grpo","rollout":"server"})"));
  const Estimate awake = with(""), asleep = with(R"(,"rollout_sleeps":true)");
  EXPECT_EQ(moment(awake, "forward").total().value() - moment(none, "forward").total().value(), 32'000'000'000);
  EXPECT_EQ(moment(asleep, "forward").total(), moment(none, "forward").total());
  EXPECT_EQ(moment(asleep, "rollout").total(), moment(awake, "rollout").total());
  EXPECT_LT(asleep.heaviest().device, awake.heaviest().device);
}

TEST(Reinforcement, GeneratingKeepsACacheOfWholeGroups) {
  const auto cache = [](const std::string& rl) {
    return at(estimate(llama(kLora + rl)), "rollout", ComponentId::kv_cache);
  };
  // 32 layers × 8 heads × 128 × 2 × 2 B × 2048 tokens a completion; two asked, eight to a group.
  EXPECT_EQ(cache(R"({"method":"grpo"})"), std::int64_t{8} * 131'072 * 2048);
  EXPECT_EQ(cache(R"({"method":"grpo","generations":1})"), std::int64_t{2} * 131'072 * 2048);
}

TEST(Reinforcement, DistillationHoldsATeacherAndItsDistribution) {
  const Estimate sft = estimate(llama(R"("workload":"lora","precision":{"weights":"bf16"})"));
  const Estimate named =
      estimate(llama(std::string(kLora) + R"({"method":"distillation","teacher":"meta-llama/Llama-3.1-70B"})"));
  EXPECT_EQ(at(named, "forward", ComponentId::weights) - at(sft, "forward", ComponentId::weights), 2 * 70'553'706'496);
  EXPECT_GT(at(named, "loss", ComponentId::logits), 2 * at(sft, "loss", ComponentId::logits));
  Scenario fused = llama(std::string(kLora) + R"({"method":"distillation"})");
  fused.training.loss = Loss::fused;
  EXPECT_LT(estimate(fused).heaviest().device,
            estimate(llama(std::string(kLora) + R"({"method":"distillation"})")).heaviest().device);
}

TEST(Reinforcement, PartsAreTheWhole) {
  for (const char* method : {"dpo", "orpo", "simpo", "ppo", "grpo", "distillation"})
    for (const char* rollout : {"generate", "colocated", "server"})
      for (const char* workload : {"lora", "qlora", "full"}) {
        const Estimate e =
            estimate(llama(std::string(R"("workload":")") + workload + R"(","reinforcement":{"method":")" + method +
                           R"(","rollout":")" + rollout + R"("},"devices":[{"accelerator":"h100-sxm-80gb"}])"));
        const RankEstimate& rank = e.heaviest();
        Bytes sum, low;
        for (const Line& line : rank.ledger.lines()) sum += line.bytes;
        EXPECT_EQ(sum, rank.device) << method;
        for (std::size_t i = 0; i < kComponentCount; ++i) {
          EXPECT_GE(rank.ledger.low(static_cast<ComponentId>(i)), Bytes(0))
              << method << " " << idOf(static_cast<ComponentId>(i));
          low += rank.ledger.low(static_cast<ComponentId>(i));
        }
        EXPECT_EQ(low, rank.low);
        Bytes heaviest;
        for (const Moment& m : rank.moments) heaviest = std::max(heaviest, m.total());
        EXPECT_EQ(heaviest, rank.allocated) << method;
      }
}

TEST(Reinforcement, SaysWhatItCannotDo) {
  const auto says = [](const Estimate& e) {
    return std::ranges::any_of(e.diagnostics, [](const Diagnostic& d) { return d.code == "reference-model"; });
  };
  EXPECT_TRUE(says(estimate(llama(std::string(kFull) + R"({"method":"dpo","reference":"shared"})"))));
  EXPECT_FALSE(says(estimate(llama(std::string(kLora) + R"({"method":"dpo","reference":"shared"})"))));
}

TEST(Reinforcement, AnUnknownTeacherIsAnErrorThatNamesIt) {
  const auto read = readScenario(
      R"({"model":"meta-llama/Llama-3.1-8B","workload":"full","reinforcement":{"method":"distillation","teacher":"meta-llama/Llama-3.1-80B"}})",
      "test");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().where.find("/reinforcement/teacher"), std::string::npos) << read.error().text();
}

}  // namespace
}  // namespace headroom
