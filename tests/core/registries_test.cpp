// Every enumerator has a complete row: what an engine, a training code or an optimizer is called, does and weighs is
// said once, and nowhere left out.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include <tuple>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "core/scenario/engines.h"
#include "core/scenario/optimizers.h"
#include "core/scenario/settings.h"
#include "core/scenario/training_codes.h"

namespace headroom {
namespace {

TEST(Registries, EveryEngineHasACompleteRow) {
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < engineRows().size(); ++i) {
    const EngineRow& r = engineRows()[i];
    EXPECT_EQ(static_cast<std::size_t>(r.engine), i) << r.id;
    EXPECT_EQ(&rowOf(r.engine), &r);
    EXPECT_TRUE(ids.insert(r.id).second) << r.id;
    EXPECT_FALSE(r.label.empty()) << r.id;
    EXPECT_FALSE(r.source.empty()) << r.id;
    EXPECT_EQ(r.trains, !r.trainingCode.empty()) << r.id;
    EXPECT_TRUE(!r.trains || trainingCode(r.trainingCode) != nullptr) << r.id;
    EXPECT_EQ(valueOf<Engine>(r.id), r.engine);
  }
  EXPECT_EQ(engineRows().back().engine, Engine::unsloth) << "a new engine needs its row";
}

TEST(Registries, EveryOptimizerHasACompleteRow) {
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < optimizerRows().size(); ++i) {
    const OptimizerRow& r = optimizerRows()[i];
    EXPECT_EQ(static_cast<std::size_t>(r.optimizer), i) << r.id;
    EXPECT_TRUE(ids.insert(r.id).second) << r.id;
    EXPECT_FALSE(r.label.empty()) << r.id;
    EXPECT_EQ(r.states > 0, !r.why.empty()) << r.id;
    EXPECT_EQ(r.states > 0, !r.symbol.empty()) << r.id;
    EXPECT_EQ(r.stateBytes > 0, !r.formatWhy.empty()) << r.id;
    EXPECT_EQ(valueOf<Optimizer>(r.id), r.optimizer);
    const auto written = transformersName(r.optimizer);
    EXPECT_TRUE(written.empty() || optimizerOf(written) == r.optimizer) << r.id;
  }
  EXPECT_EQ(valueOf<Optimizer>("adamw-9bit"), std::nullopt);
  EXPECT_EQ(optimizerOf("ademamix_8bit_of_another_library"), std::nullopt);
}

// Bytes per parameter as running the library's optimizers on large tensors gave them: AdEMAMix keeps three values.
TEST(Registries, AdEMAMixIsNotTakenForAdamW) {
  const auto perParameter = [](const char* optimizer) {
    const auto s = readScenario(
        std::string(
            R"({"model": "meta-llama/Llama-3.1-8B", "workload": "full", "context": 512, "training": {"optimizer": ")") +
            optimizer + "\"}}",
        "");
    const Estimate e = estimate(*s);
    return static_cast<double>(e.heaviest().ledger.bytes(ComponentId::optimizer_states).value()) / 8'030'261'248.0;
  };
  EXPECT_NEAR(perParameter("ademamix"), 12, 1e-9);
  EXPECT_NEAR(perParameter("ademamix-8bit"), 3 * (1 + 4.0 / 256), 1e-3);  // norms stay in fp32
  EXPECT_EQ(optimizerOf("ademamix_8bit"), Optimizer::ademamix_8bit);
}

TEST(Registries, EveryTrainingCodeHasARowAndAStepOfItsOwnOrAnothers) {
  for (const TrainingCodeRow& r : trainingCodes()) {
    EXPECT_EQ(trainingCode(r.id), &r);
    EXPECT_FALSE(r.label.empty()) << r.id;
    ASSERT_NE(trainingCode(r.profile), nullptr) << r.id;
    EXPECT_EQ(trainingCode(r.profile)->profile, r.profile) << r.id;
    EXPECT_TRUE(rowOf(r.engine).trains) << r.id;
    const auto s =
        readScenario(std::string(R"({"model": "meta-llama/Llama-3.2-1B", "workload": "full", "framework": ")") +
                         std::string(r.id) + "\"}",
                     "");
    ASSERT_TRUE(s) << r.id;
    for (const Diagnostic& d : estimate(*s).diagnostics) EXPECT_NE(d.code, "unknown-framework") << r.id;
  }
  EXPECT_EQ(trainingCode("no-such-trainer"), nullptr);
}

// A code, an engine, a way to shard and a way to split that no run combines are counted with a word, and never beside a
// plain "Fits".
TEST(Registries, WhatNoTrainingCodeHasIsSaid) {
  const auto said = [](std::string_view rest) {
    const auto s = readScenario(
        fmt::format(R"({{"model": "meta-llama/Llama-3.2-1B", "workload": "lora", "devices": [{{"accelerator":
        "h100-sxm", "count": 4}}], {}}})",
                    rest),
        "");
    EXPECT_TRUE(s) << rest;
    const Estimate e = estimate(*s);
    std::string codes;
    for (const Diagnostic& d : e.diagnostics)
      if (d.code.ends_with("-of-another-code") && d.severity == Severity::warning) codes += std::string(d.code) + " ";
    EXPECT_EQ(codes.empty(), e.unmodelled.empty()) << rest;
    return codes;
  };
  EXPECT_EQ(said(R"("framework": "trl", "engine": "megatron")"), "engine-of-another-code ");
  EXPECT_EQ(said(R"("framework": "torchtune", "engine": "deepspeed")"), "engine-of-another-code ");
  EXPECT_EQ(said(R"("framework": "unsloth", "parallel": {"tensor": 2})"), "layout-of-another-code ");
  EXPECT_EQ(said(R"("framework": "litgpt", "parallel": {"sharding": "zero3"})"), "sharding-of-another-code ");
  EXPECT_EQ(said(R"("framework": "trl", "engine": "deepspeed")"), "");
  EXPECT_EQ(said(R"("framework": "trl", "engine": "unsloth")"), "");
  EXPECT_EQ(said(R"("framework": "torchtune", "parallel": {"tensor": 2})"), "");
  EXPECT_EQ(said(R"("framework": "megatron", "parallel": {"tensor": 2, "pipeline": 2})"), "");
  EXPECT_EQ(said(R"("engine": "fsdp")"), "");
  for (const TrainingCodeRow& r : trainingCodes()) {
    EXPECT_FALSE(r.layoutSource.empty()) << r.id;
    EXPECT_TRUE(r.sharding == Sharding::none || r.shardedBy(r.sharding)) << r.id;
    EXPECT_EQ(said(fmt::format(R"("framework": "{}")", r.id)), "") << r.id;
  }
}

// Packed weights have no gradient, whoever trains; adapters on them are trained, and what Transformer Engine keeps in
// 8-bit floats.
TEST(Registries, QuantizedWeightsAreNotTrainedInFull) {
  for (const TrainingCodeRow& r : trainingCodes()) {
    const bool eight = r.id == "pytorch" || r.id == "megatron";
    for (const auto& [format, workload, refused] :
         {std::tuple("nf4", "full", true), std::tuple("gptq-int4", "full", true), std::tuple("int8", "full", true),
          std::tuple("fp8", "full", !eight), std::tuple("fp8-block", "full", !eight), std::tuple("bf16", "full", false),
          std::tuple("nf4", "qlora", false)}) {
      const auto s =
          readScenario(fmt::format(R"({{"model": "meta-llama/Llama-3.2-1B", "workload": "{}", "framework": "{}",
                          "precision": {{"weights": "{}"}}}})",
                                   workload, r.id, format),
                       "");
      ASSERT_TRUE(s) << r.id;
      // A format that the code does not have is set aside before it is trained.
      const Estimate e = estimate(*s);
      const bool other = std::ranges::any_of(e.diagnostics, [](const Diagnostic& d) {
        return d.key == "precision.weights" && d.severity == Severity::ignored;
      });
      EXPECT_EQ(!e.refused.empty() || (refused && other), refused) << r.id << " " << format << " " << workload;
    }
  }
}

TEST(Registries, EveryWayOfShardingHasACompleteRow) {
  for (const std::string_view name : allNames<Sharding>()) {
    const Sharding sharding = *valueOf<Sharding>(name);
    const ShardingRow& r = rowOf(sharding);
    EXPECT_EQ(r.sharding, sharding) << name;
    EXPECT_FALSE(r.offloadSource.empty()) << name;
    EXPECT_EQ(r.besideStages == sharding, r.stagesSource.empty()) << name;
    EXPECT_EQ(rowOf(r.besideStages).besideStages, r.besideStages) << name;
  }
}

// What a scenario says in words that have no key stands in the verdict.
TEST(Registries, WhatIsNotKnownIsNotTakenForItsNeighbour) {
  const auto s =
      readScenario(R"({"model": "meta-llama/Llama-3.2-1B", "workload": "full", "framework": "no-such-trainer"})", "");
  ASSERT_TRUE(s);
  EXPECT_FALSE(estimate(*s).unmodelled.empty());
}

}  // namespace
}  // namespace headroom
