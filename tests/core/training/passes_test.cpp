// Forward and backward of a rank are what they are on one device, whoever stands beside it, wherever its optimizer
// works and whatever its loss is made of.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

struct Job {
  std::string model, workload, framework, rest;
};

Estimate estimateOf(const Job& job, std::string_view more) {
  const auto s =
      readScenario(fmt::format(R"({{"model": "{}", "workload": "{}", "framework": "{}", {}{}{}}})", job.model,
                               job.workload, job.framework, job.rest, more.empty() ? "" : ", ", more),
                   "job");
  EXPECT_TRUE(s) << job.model << " " << more << (s ? "" : s.error().text());
  return s ? estimate(*s) : Estimate();
}

double passesOf(const Estimate& e) {
  double most = 0;
  for (const Moment& m : e.heaviest().moments) {
    const auto at = [&](ComponentId id) { return static_cast<double>(m.bytes[static_cast<std::size_t>(id)].value()); };
    if (m.name != "optimizer step") most = std::max(most, at(ComponentId::activations) + at(ComponentId::logits));
  }
  return most;
}

const Job kJobs[] = {
    {"meta-llama/Llama-3.1-8B", "qlora", "peft", R"("context": 4096)"},
    {"meta-llama/Llama-3.1-8B", "lora", "transformers", R"("context": 4096, "batch": 2)"},
    {"Qwen/Qwen2.5-7B", "full", "transformers", R"("context": 2048)"},
    {"google/gemma-2-9b", "qlora", "trl", R"("context": 2048, "batch": 2, "training": {"checkpointing": "none"})"},
    {"google/gemma-2-9b", "lora", "peft", R"("context": 2048)"},
    {"meta-llama/Llama-3.1-8B", "full", "transformers", R"("context": 4096, "attention": "eager")"},
    {"meta-llama/Llama-3.1-8B", "lora", "litgpt", R"("context": 2048, "batch": 2)"},
    {"meta-llama/Llama-3.1-8B", "lora", "torchtune", R"("context": 2048, "batch": 2)"},
};

TEST(Passes, AreTheSameWhateverStandsBesideThem) {
  for (const Job& job : kJobs) {
    const double alone = passesOf(estimateOf(job, ""));
    ASSERT_GT(alone, 0);
    for (const char* more :
         {R"("offload": {"optimizer": "cpu"})", R"("parallel": {"data": 2, "sharding": "none"})",
          R"("engine": "pytorch", "parallel": {"data": 2, "sharding": "zero2"})",
          R"("engine": "pytorch", "parallel": {"data": 2, "sharding": "zero3"})"}) {  // DeepSpeed casts the model
      const double beside = passesOf(estimateOf(job, more));
      EXPECT_NEAR(beside / alone, 1, 0.03) << job.model << " " << job.workload << " " << job.framework << " " << more;
    }
  }
}

TEST(Passes, AnotherLossLeavesTheLayersAlone) {
  for (const Job& job : kJobs) {
    if (job.rest.find("training") != std::string::npos || job.framework == "litgpt" || job.framework == "torchtune")
      continue;
    const auto activations = [](const Estimate& e) {
      double most = 0;
      for (const Moment& m : e.heaviest().moments)
        most = std::max(most, static_cast<double>(m.bytes[static_cast<std::size_t>(ComponentId::activations)].value()));
      return most;
    };
    const double eager = activations(estimateOf(job, R"("training": {"loss": "eager"})"));
    // Liger's loss brings its kernels into the layers unless the norms are to stay.
    for (const char* loss : {R"("chunked")", R"("fused", "norm_implementation": "eager")"})
      EXPECT_NEAR(activations(estimateOf(job, fmt::format(R"("training": {{"loss": {}}})", loss))) / eager, 1, 0.06)
          << job.model << " " << job.workload << " " << job.framework << " " << loss;
  }
}

TEST(Passes, ACopyOfTheModelBesideItNeverSavesAnything) {
  for (const Job& job : kJobs) {
    const Bytes one = estimateOf(job, R"("devices": [{"memory_bytes": 200000000000}])").heaviest().device;
    const Bytes two =
        estimateOf(job, R"("devices": [{"memory_bytes": 200000000000, "count": 2}], "parallel": {"data": 2, "sharding":
        "none"})")
            .heaviest()
            .device;
    EXPECT_GE(static_cast<double>(two.value()), 0.98 * static_cast<double>(one.value()))
        << job.model << " " << job.workload << " " << job.framework;
  }
}

// Activations that are sent to the host are not on the device, whatever is recomputed.
TEST(Passes, WhatTheHostHoldsTheDeviceDoesNot) {
  const Job job{"meta-llama/Llama-3.1-8B", "lora", "trl", R"("context": 16384)"};
  for (const char* checkpointing : {"none", "selective", "full"}) {
    const auto with = [&](const char* place) {
      return estimateOf(job, fmt::format(R"("training": {{"checkpointing": "{}"}}, "offload": {{"activations": "{}"}})",
                                         checkpointing, place));
    };
    const Estimate there = with("cpu"), here = with("none");
    EXPECT_LE(there.heaviest().device, here.heaviest().device) << checkpointing;
    EXPECT_GT(there.host.bytes(ComponentId::activations), Bytes(0)) << checkpointing;
  }
}

}  // namespace
}  // namespace headroom
