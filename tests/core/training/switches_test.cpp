// Properties every training estimate has: memory-saving switches never cost, more work is never cheaper, and the parts
// are the whole.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

constexpr std::string_view kModels[] = {
    R"({"model_type":"llama","hidden_size":4096,"intermediate_size":14336,"num_hidden_layers":32,"num_attention_heads":32,"num_key_value_heads":8,"vocab_size":128256,"torch_dtype":"bfloat16"})",
    R"({"model_type":"qwen3_moe","hidden_size":2048,"intermediate_size":6144,"num_hidden_layers":12,"num_attention_heads":32,"num_key_value_heads":4,"head_dim":128,"vocab_size":151936,"num_experts":64,"num_experts_per_tok":8,"moe_intermediate_size":768,"torch_dtype":"bfloat16"})",
    R"({"model_type":"gpt2","n_embd":768,"n_layer":12,"n_head":12,"vocab_size":50257,"n_positions":1024})",
};
constexpr std::string_view kFrameworks[] = {"pytorch",    "transformers", "peft",      "ms-swift",
                                            "axolotl",    "unsloth",      "torchtune", "torchtitan",
                                            "fsdp-qlora", "litgpt",       "megatron",  "arctic"};

Scenario scenarioOf(std::string_view config) {
  const auto read = readScenario(R"({"headroom":1,"workload":"full","engine":"pytorch","model":{"name":"m","config":)" +
                                     std::string(config) + "}}",
                                 "test");
  EXPECT_TRUE(read) << (read ? "" : read.error().text());
  return *read;
}

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  template <typename T>
  T of(std::initializer_list<T> values) {
    return *(values.begin() + std::uniform_int_distribution<std::size_t>(0, values.size() - 1)(engine_));
  }
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }

  Scenario scenario(std::span<const Scenario> models) {
    Scenario s = models[below(models.size())];
    s.framework = std::string(kFrameworks[below(std::size(kFrameworks))]);
    s.workload = of({Workload::full, Workload::lora, Workload::qlora});
    if (s.workload == Workload::qlora) s.precision.weights = NumberFormat::nf4_dq;
    s.batch = of<std::int64_t>({1, 2, 4, 8});
    s.context = of<std::int64_t>({64, 512, 2048, 8192});
    s.training.optimizer = of({Optimizer::adamw, Optimizer::lion, Optimizer::adafactor, Optimizer::muon});
    s.training.checkpointing = of({Checkpointing::none, Checkpointing::selective, Checkpointing::full});
    s.training.loss = of({Loss::eager, Loss::chunked, Loss::fused});
    s.training.accumulation = of<std::int64_t>({1, 4});
    s.training.compile = of({false, true});
    s.reinforcement.method =
        of({ReinforcementMethod::none, ReinforcementMethod::none, ReinforcementMethod::dpo, ReinforcementMethod::ppo,
            ReinforcementMethod::grpo, ReinforcementMethod::distillation});
    s.reinforcement.rollout = of({Rollout::generate, Rollout::colocated, Rollout::server});
    s.parallel.data = of<std::int64_t>({1, 2, 8});
    s.parallel.tensor = of<std::int64_t>({1, 1, 2});
    s.parallel.pipeline = of<std::int64_t>({1, 1, 4});
    s.parallel.sequence = of({false, true});
    s.parallel.sharding = of({Sharding::none, Sharding::zero2, Sharding::zero3, Sharding::fsdp2});
    return s;
  }

 private:
  std::mt19937 engine_;
};

Bytes need(const Scenario& s) {
  Bytes most;
  for (const RankEstimate& r : estimate(s).ranks) most = std::max(most, r.device);
  return most;
}

// Whether the step's own allocations come from its replay, its passes alone, or from closed forms, which err on the
// high side.
enum class Account { closed, passes, step };
Account accountOf(const Scenario& s) {
  const Estimate e = estimate(s);
  const auto says = [&](std::string_view source) {
    return std::ranges::any_of(e.heaviest().ledger.lines(),
                               [&](const Line& l) { return l.source.starts_with(source); });
  };
  if (says("the step replayed")) return Account::step;
  return says("forward and backward replayed") ? Account::passes : Account::closed;
}

class TrainingSwitches : public testing::Test {
 protected:
  static std::vector<Scenario> models() {
    std::vector<Scenario> out;
    for (std::string_view config : kModels) out.push_back(scenarioOf(config));
    return out;
  }

  // Asks 400 random scenarios with and without a change, which must not cost anything.
  template <typename Before, typename After>
  static void neverRaises(std::string_view what, Before before, After after) {
    const std::vector<Scenario> all = models();
    Random random(7);
    int compared = 0;
    for (int i = 0; i < 400; ++i) {
      Scenario a = random.scenario(all);
      before(a);
      Scenario b = a;
      after(b);
      // What is accounted for in two ways says nothing of the switch.
      if (accountOf(a) != accountOf(b)) continue;
      ++compared;
      // A byte of rounding per line; one percent where a peak outside the passes hides which account they have.
      const Bytes most(need(a).value() + 64 + (accountOf(a) == Account::closed ? need(a).value() / 100 : 0));
      ASSERT_LE(need(b), most) << what << "\n" << writeScenario(a);
    }
    EXPECT_GT(compared, 200) << what;
  }
};

TEST_F(TrainingSwitches, CheckpointingNeverCosts) {
  const auto to = [](Checkpointing c) { return [c](Scenario& s) { s.training.checkpointing = c; }; };
  neverRaises("selective", to(Checkpointing::none), to(Checkpointing::selective));
  neverRaises("full", to(Checkpointing::selective), to(Checkpointing::full));
  neverRaises("offloaded", to(Checkpointing::full), to(Checkpointing::offloaded));
}

TEST_F(TrainingSwitches, CheckpointingMoreLayersNeverCosts) {
  const auto every = [](Checkpointing c, std::int64_t n) {
    return [c, n](Scenario& s) { s.training.checkpointing = c, s.training.checkpointEvery = n; };
  };
  neverRaises("every third", every(Checkpointing::none, 1), every(Checkpointing::full, 3));
  neverRaises("every second", every(Checkpointing::full, 3), every(Checkpointing::full, 2));
  neverRaises("every one", every(Checkpointing::full, 2), every(Checkpointing::full, 1));
  neverRaises("offloaded", every(Checkpointing::full, 2), every(Checkpointing::offloaded, 2));
}

// Of 32 layers every fifth is six: 26 keep everything, six the hidden state they were given.
TEST(CheckpointEvery, LeavesTheOtherLayersAsTheyAre) {
  Scenario s = scenarioOf(kModels[0]);
  s.context = 4096;
  const auto keptPerLayer = [&](Checkpointing c, std::int64_t n) {
    s.training.checkpointing = c, s.training.checkpointEvery = n;
    return static_cast<double>(estimate(s).heaviest().savedActivations[0].bytesPerLayer.value());
  };
  const double whole = keptPerLayer(Checkpointing::none, 1), input = keptPerLayer(Checkpointing::full, 1);
  EXPECT_EQ(input, 4096.0 * 4096 * 2);
  EXPECT_NEAR(keptPerLayer(Checkpointing::full, 5) * 32, 26 * whole + 6 * input, 64);
  EXPECT_EQ(keptPerLayer(Checkpointing::full, 33), whole);
}

TEST_F(TrainingSwitches, ALeanerLossNeverCosts) {
  // Of few tokens it costs: the head's gradient lies beside the one that the chunks add to.
  const auto to = [](Loss l) { return [l](Scenario& s) { s.training.loss = l, s.context = 8192; }; };
  neverRaises("chunked", to(Loss::eager), to(Loss::chunked));
  neverRaises("fused", to(Loss::chunked), to(Loss::fused));
}

TEST_F(TrainingSwitches, ALeanerOptimizerNeverCosts) {
  const auto to = [](Optimizer o) { return [o](Scenario& s) { s.training.optimizer = o; }; };
  // Beside states in 16 bit it may cost: the Trainer keeps embeddings' 8-bit states in fp32.
  neverRaises(
      "8 bit",
      [](Scenario& s) { s.training.optimizer = Optimizer::adamw, s.precision.optimizerStates = NumberFormat::fp32; },
      to(Optimizer::adamw_8bit));
  neverRaises("4 bit", to(Optimizer::adamw_8bit), to(Optimizer::adamw_4bit));
  neverRaises("paged", to(Optimizer::adamw), to(Optimizer::paged_adamw));
  neverRaises("sgd", to(Optimizer::sgd_momentum), to(Optimizer::sgd));
  neverRaises(
      "in backward", [](Scenario& s) { s.training.accumulation = 1; },
      [](Scenario& s) { s.training.optimizerInBackward = true; });
}

TEST_F(TrainingSwitches, AHigherZeroStageNeverCosts) {
  const auto to = [](Sharding sharding) {
    return [sharding](Scenario& s) {
      s.framework = "arctic", s.training.optimizer = Optimizer::adamw, s.parallel.sharding = sharding;
    };
  };
  neverRaises("stage 2", to(Sharding::zero1), to(Sharding::zero2));
  neverRaises("stage 3", to(Sharding::zero2), to(Sharding::zero3));
}

TEST_F(TrainingSwitches, OffloadNeverCosts) {
  neverRaises(
      "optimizer", [](Scenario&) {}, [](Scenario& s) { s.offload.optimizer = OffloadTarget::cpu; });
  neverRaises(
      "parameters", [](Scenario&) {}, [](Scenario& s) { s.offload.parameters = OffloadTarget::cpu; });
  neverRaises(
      "activations", [](Scenario&) {}, [](Scenario& s) { s.offload.activations = OffloadTarget::cpu; });
}

TEST_F(TrainingSwitches, ALeanerReferenceOrRolloutNeverCosts) {
  const auto to = [](ReferenceModel r) { return [r](Scenario& s) { s.reinforcement.reference = r; }; };
  neverRaises("shared", to(ReferenceModel::held), to(ReferenceModel::shared));
  neverRaises("offloaded", to(ReferenceModel::held), to(ReferenceModel::offloaded));
  neverRaises("precomputed", to(ReferenceModel::held), to(ReferenceModel::precomputed));
  neverRaises("none", to(ReferenceModel::precomputed), to(ReferenceModel::none));
  neverRaises(
      "asleep", [](Scenario& s) { s.reinforcement.rolloutSleeps = false; },
      [](Scenario& s) { s.reinforcement.rolloutSleeps = true; });
  neverRaises(
      "elsewhere", [](Scenario&) {}, [](Scenario& s) { s.reinforcement.rollout = Rollout::server; });
  neverRaises(
      "shorter completions", [](Scenario& s) { s.reinforcement.completion = 2048; },
      [](Scenario& s) { s.reinforcement.completion = 128; });
}

TEST_F(TrainingSwitches, AQuantizedBaseNeverCosts) {
  // What is prepared for it is more than was there: norms, embedding and head in fp32.
  const auto lora = [](Scenario& s) {
    s.workload = Workload::lora, s.precision.weights = NumberFormat::bf16, s.training.kbitPreparation = false;
    s.training.autocast = false;  // under it bitsandbytes hands on fp32 where norms do
  };
  neverRaises("4-bit base", lora,
              [](Scenario& s) { s.workload = Workload::qlora, s.precision.weights = NumberFormat::nf4_dq; });
}

TEST_F(TrainingSwitches, MoreWorkIsNeverCheaper) {
  neverRaises(
      "batch", [](Scenario& s) { s.batch = s.batch.value_or(1) + 1; },
      [](Scenario& s) { s.batch = s.batch.value_or(1) - 1; });
  neverRaises(
      "context", [](Scenario& s) { s.context = *s.context + 100; }, [](Scenario& s) { s.context = *s.context - 100; });
  neverRaises(
      "rank", [](Scenario& s) { s.training.rank = 24; }, [](Scenario& s) { s.training.rank = 23; });
}

TEST_F(TrainingSwitches, ThePeakMomentIsTheHeaviestAndTheLedgerShowsIt) {
  const std::vector<Scenario> all = models();
  Random random(11);
  for (int i = 0; i < 200; ++i) {
    const Scenario s = random.scenario(all);
    for (const RankEstimate& rank : estimate(s).ranks) {
      ASSERT_FALSE(rank.moments.empty());
      Bytes heaviest;
      std::string_view name;
      for (const Moment& m : rank.moments)
        if (m.total() > heaviest) heaviest = m.total(), name = m.name;
      EXPECT_EQ(name, rank.peakMoment);
      EXPECT_EQ(heaviest, rank.allocated);
      EXPECT_LE(rank.low, rank.device);
      EXPECT_GE(rank.high, rank.device);
      // The band is the framework's, and no part of it is below nothing.
      EXPECT_GT(static_cast<double>(rank.low.value()), 0.5 * static_cast<double>(rank.device.value()));
      for (std::size_t c = 0; c < kComponentCount; ++c)
        EXPECT_GE(rank.ledger.low(static_cast<ComponentId>(c)), Bytes(0));
    }
  }
}

// What lies on a drive is on neither device nor host; swapping pins buffers of its own.
TEST(Switches, ADriveIsNotTheHost) {
  const auto host = [](const char* target) {
    const Result<Scenario> s =
        readScenario(std::string(R"({"model": "meta-llama/Llama-3.1-8B", "workload": "full", "engine": "deepspeed",
          "parallel": {"data": 4, "sharding": "zero3"}, "offload": {"optimizer": ")") +
                         target + R"(", "parameters": ")" + target + "\"}}",
                     "test");
    return estimate(*s).host.total().value();
  };
  EXPECT_GT(host("cpu"), 100'000'000'000);
  EXPECT_EQ(host("nvme"), 4 * 5 * 100'000'000LL * 2);
}

TEST(Switches, ATargetWithoutAnAdapterIsSaid) {
  const auto of = [](const char* targets) {
    const Result<Scenario> s = readScenario(
        std::string(R"({"model": "meta-llama/Llama-3.1-8B", "workload": "lora", "training": {"targets": )") + targets +
            "}}",
        "test");
    return estimate(*s);
  };
  EXPECT_EQ(of(R"(["q_proj", "embed_tokens"])").unmodelled.size(), 1u);
  const auto trained = [&](const char* targets) { return of(targets).trainableParameters.value(); };
  // 16 × (4096 + 128256)
  EXPECT_EQ(trained(R"(["q_proj", "lm_head"])") - trained(R"(["q_proj"])"), 16 * (4096 + 128256));
  const Estimate unknown = of(R"(["q_proj", "no_such_module"])");
  ASSERT_FALSE(unknown.diagnostics.empty());
  EXPECT_TRUE(std::ranges::any_of(unknown.diagnostics, [](const Diagnostic& d) {
    return d.key == "training.targets" && d.severity == Severity::ignored;
  }));
  EXPECT_TRUE(of(R"(["q_proj", "v_proj"])").unmodelled.empty());
}

// Masks of dropout are kept whoever says so: the configuration, the key, or the code by itself. Rates of a
// configuration are one for hidden states and one for scores; closed forms and replays ask the same.
TEST(Switches, DropoutKeepsItsMasksInClosedFormsToo) {
  constexpr double kTokens = 3 * 200;
  const auto kept = [](const std::string& rates, const std::string& rest) {
    const Result<Scenario> s = readScenario(
        R"({"workload": "full", "framework": "axolotl", "batch": 3, "context": 200, "model": {"name": "m", "config":
           {"model_type": "gpt2", "n_embd": 96, "n_layer": 2, "n_head": 6, "vocab_size": 999, "n_positions": 1024)" +
            rates + "}}" + rest + "}",
        "test");
    EXPECT_TRUE(s) << s.error().text();
    EXPECT_EQ(accountOf(*s), Account::closed);
    return static_cast<double>(estimate(*s).heaviest().savedActivations[0].bytesPerLayer.value());
  };
  const std::string none = R"(, "resid_pdrop": 0, "attn_pdrop": 0, "embd_pdrop": 0)";
  const std::string hidden = R"(, "resid_pdrop": 0.2, "attn_pdrop": 0, "embd_pdrop": 0)";
  const std::string scores = R"(, "resid_pdrop": 0, "attn_pdrop": 0.2, "embd_pdrop": 0)";
  const double without = kept(none, "");
  EXPECT_EQ(kept("", "") - without, 2 * 96 * kTokens) << "GPT-2 drops a tenth by itself";
  EXPECT_EQ(kept(hidden, "") - without, 2 * 96 * kTokens);
  EXPECT_EQ(kept(none, R"(, "training": {"dropout": 0.3})") - without, 2 * 96 * kTokens);
  EXPECT_EQ(kept("", R"(, "training": {"dropout": 0})"), without);
  EXPECT_EQ(kept(scores, ""), without) << "a flash kernel keeps no masks";
  const std::string eager = R"(, "attention": "eager")";
  EXPECT_EQ(kept(scores, eager) - kept(none, eager), 6 * 200 * (1 + 2) * kTokens) << "a mask and the dropped scores";
}

// An adapter behind dropout keeps its dropped input and a mask, for every matrix it adapts.
TEST(Switches, AdaptersDropoutIsKeptInClosedFormsToo) {
  const auto kept = [](const char* framework, double rate) {
    const Result<Scenario> s = readScenario(
        R"({"workload": "lora", "batch": 2, "context": 100, "precision": {"gradients": "bf16"}, "framework": ")" +
            std::string(framework) + R"(", "model": {"name": "m", "config": )" + std::string(kModels[0]) +
            R"(}, "training": {"compile": true, "targets": ["q_proj", "v_proj"], "adapter_dropout": )" +
            std::to_string(rate) + "}}",
        "test");
    EXPECT_TRUE(s) << s.error().text();
    EXPECT_EQ(accountOf(*s), Account::closed);
    return static_cast<double>(estimate(*s).heaviest().savedActivations[0].bytesPerLayer.value());
  };
  for (const char* framework : {"pytorch", "torchtune"})
    EXPECT_EQ(kept(framework, 0.1) - kept(framework, 0), 200.0 * 4096 * (2 * (2 + 1) - 2)) << framework;
}

TEST(Switches, FlashAttentionInFp32IsRefused) {
  const auto refused = [](const std::string& rest) {
    const Result<Scenario> s =
        readScenario(R"({"model": "meta-llama/Llama-3.2-1B", "context": 512, )" + rest + "}", "");
    EXPECT_TRUE(s) << s.error().text();
    return estimate(*s).refused.size() == 1;
  };
  const std::string flash = R"("training": {"attention_implementation": "flash-attention-2")";
  EXPECT_TRUE(refused(R"("workload": "full", "precision": {"weights": "fp32"}, )" + flash + "}"));
  EXPECT_TRUE(refused(R"("workload": "lora", "precision": {"weights": "fp32"}, "framework": "trl", )" + flash +
                      R"(, "autocast": false})"));
  EXPECT_FALSE(refused(R"("workload": "lora", "precision": {"weights": "fp32"}, "framework": "trl", )" + flash + "}"));
  EXPECT_FALSE(refused(R"("workload": "full", )" + flash + "}"));
  EXPECT_FALSE(refused(R"("workload": "qlora", "framework": "peft", )" + flash + "}")) << "operands are narrowed";
  EXPECT_FALSE(refused(R"("workload": "full", "precision": {"weights": "fp32"}, "attention": "flash")"));
}

// In fp32 torch's own attention holds the scores of heads in groups; who says flash asks for a kernel that holds none.
// Either way it is said.
TEST(Switches, FlashInFp32IsAnotherKernelAndSaidToBe) {
  const auto of = [](const std::string& rest) {
    const Result<Scenario> s =
        readScenario(R"({"model": "meta-llama/Llama-3.2-1B", "workload": "full", "framework": "transformers",
                        "context": 512, "precision": {"weights": "fp32"})" +
                         rest + "}",
                     "");
    const Estimate e = estimate(*s);
    const bool said = std::ranges::any_of(e.diagnostics, [](const Diagnostic& d) { return d.key == "attention"; });
    return std::pair{need(*s), said};
  };
  const auto silent = of(""), flash = of(R"(, "attention": "flash")");
  EXPECT_TRUE(silent.second && flash.second);
  EXPECT_GT(silent.first, flash.first);
  EXPECT_EQ(of(R"(, "training": {"attention_implementation": "sdpa"})").first, silent.first);
}

// What the account of a step does not read is said to be not counted, and never to change nothing.
TEST(Switches, WhatAnAccountDoesNotReadIsNotCounted) {
  const auto notCounted = [](const std::string& framework, const std::string& training) {
    const Result<Scenario> s =
        readScenario(R"({"model": "meta-llama/Llama-3.2-1B", "workload": "full", "context": 512, "framework": ")" +
                         framework + R"(", "training": {)" + training + "}}",
                     "");
    const Estimate e = estimate(*s);
    return !e.unmodelled.empty() && std::ranges::any_of(e.diagnostics, [](const Diagnostic& d) {
      return d.code == "step-not-counted" && d.severity == Severity::warning;
    });
  };
  EXPECT_TRUE(notCounted("transformers", R"("norm_implementation": "fused")"));
  EXPECT_TRUE(notCounted("transformers", R"("loss_rows": 512)"));
  EXPECT_TRUE(notCounted("torchtune", R"("dropout": 0.1)"));
  EXPECT_TRUE(notCounted("torchtune", R"("use_cache": true)"));
  EXPECT_TRUE(notCounted("axolotl", R"("use_cache": true)"));
  EXPECT_TRUE(notCounted("litgpt", R"("norm_implementation": "fused")"));
  EXPECT_FALSE(notCounted("transformers", R"("dropout": 0.1)"));
  EXPECT_FALSE(notCounted("transformers", R"("use_cache": true, "checkpointing": "none")"));
  EXPECT_FALSE(notCounted("axolotl", R"("dropout": 0.1)"));
  EXPECT_FALSE(notCounted("litgpt", R"("loss_rows": 512)"));
  EXPECT_FALSE(notCounted("torchtune", R"("loss_chunks": 4)"));
}

// None said is none: the loss takes everything at once, and not the code's usual part of it.
TEST(Switches, ALossThatIsNotCutIsNotCut) {
  const auto of = [](const char* framework, const char* training) {
    const Result<Scenario> s =
        readScenario(R"({"model": "meta-llama/Llama-3.2-1B", "workload": "full", "context": 2048, "framework": ")" +
                         std::string(framework) + R"(", "training": {)" + training + "}}",
                     "");
    EXPECT_EQ(accountOf(*s), Account::step);
    return need(*s);
  };
  EXPECT_GT(of("litgpt", R"("loss_rows": 0)"), of("litgpt", ""));
  EXPECT_EQ(of("litgpt", R"("loss_rows": 128)"), of("litgpt", ""));
  EXPECT_GT(of("torchtune", R"("loss_chunks": 0)"), of("torchtune", ""));
  EXPECT_EQ(of("torchtune", R"("loss_chunks": 8)"), of("torchtune", ""));
}

}  // namespace
}  // namespace headroom
