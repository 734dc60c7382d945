#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/run_cli.h"

namespace headroom {
namespace {

struct Answer {
  int code;
  std::string out, err;
};

Answer ask(const std::vector<std::string>& args, const std::string& input = {}) {
  std::istringstream in(input);
  std::ostringstream out, err;
  const int code = runCli(args, in, out, err);
  return {code, out.str(), err.str()};
}

const std::string kLog = HEADROOM_TEST_DATA "/logs/vllm-0.11.log";

TEST(MeasureCommand, PrintsWhatTheLogHolds) {
  const Answer a = ask({"measure", "--log", kLog});
  EXPECT_EQ(a.code, 0);
  EXPECT_NE(a.out.find("33.88 GiB"), std::string::npos);
  EXPECT_NE(a.out.find("209,712"), std::string::npos);
  EXPECT_EQ(a.out.find("predicted"), std::string::npos);
}

TEST(MeasureCommand, PutsThePredictionBesideIt) {
  const Answer a = ask({"measure", "--log", kLog, "--format", "json", "--gpu", "h100-80gb:2", "--launched",
                        "vllm serve meta-llama/Llama-3.3-70B-Instruct -tp 2 --max-model-len 16000 -q fp8 "
                        "--kv-cache-dtype bfloat16 --max-num-batched-tokens 8192 --max-num-seqs 1024"});
  ASSERT_EQ(a.code, 0) << a.err;
  for (const auto& f : nlohmann::json::parse(a.out).at("figures")) {
    if (f.at("figure") == "weights") {
      EXPECT_NEAR(f.at("predicted").get<double>(), f.at("bytes").get<double>(), 1e7);
    }
    if (f.at("figure") == "kv_cache") {
      EXPECT_NEAR(f.at("predicted").get<double>(), f.at("bytes").get<double>(), 2e8);
    }
  }
}

TEST(MeasureCommand, SaysWhatATruncatedLogLacks) {
  const Answer a = ask({"measure", "--log", "-"}, "INFO Model loading took 14.9888 GiB and 3 seconds\n");
  EXPECT_EQ(a.code, 0);
  EXPECT_NE(a.err.find("kv_tokens"), std::string::npos);
}

TEST(MeasureCommand, RefusesWhatIsNoLog) {
  EXPECT_EQ(ask({"measure"}).code, 2);
  EXPECT_EQ(ask({"measure", "--log", "-"}, "nothing here\n").code, 2);
  EXPECT_EQ(ask({"measure", "--log", "/nonexistent.log"}).code, 3);
  EXPECT_EQ(ask({"measure", "--log", kLog, "--launched", "ls"}).code, 2);
}

// Every engine's log: the scenario calibrated from it predicts the log's own figures, and reads back as written.
TEST(MeasureCommand, CalibratesTheScenarioFromEachEnginesLog) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> runs{
      {"vllm-0.11.log", {"--engine", "vllm", "--tensor", "2", "--gpu", "h100-80gb:2", "--weights", "fp8"}},
      {"vllm-0.7.log", {"--engine", "vllm", "--gpu", "t4", "--weights", "nf4"}},
      {"sglang.log", {"--engine", "sglang", "--gpu", "a100-80gb"}},
      {"llama-server.log", {"--engine", "llama.cpp", "--gpu", "rtx-4090:2", "--weights", "Q4_K_M"}}};
  for (const auto& [log, flags] : runs) {
    std::vector<std::string> args{"measure",
                                  "--log",
                                  HEADROOM_TEST_DATA "/logs/" + log,
                                  "--model",
                                  "meta-llama/Llama-3.1-8B",
                                  "--context",
                                  "8192",
                                  "--calibrate",
                                  "-"};
    args.insert(args.end(), flags.begin(), flags.end());
    const Answer calibrated = ask(args);
    ASSERT_EQ(calibrated.code, 0) << log << ": " << calibrated.err;
    const nlohmann::json scenario = nlohmann::json::parse(calibrated.out);
    EXPECT_EQ(scenario.at("calibration").at("log"), log);
    const Answer again =
        ask({"measure", "-", "--log", HEADROOM_TEST_DATA "/logs/" + log, "--format", "json"}, calibrated.out);
    ASSERT_EQ(again.code, 0) << again.err;
    for (const auto& f : nlohmann::json::parse(again.out).at("figures")) {
      if (!f.contains("bytes") || f.at("bytes").get<double>() < 0) continue;
      const double printed = f.at("bytes").get<double>();
      EXPECT_NEAR(f.at("predicted").get<double>(), printed, 0.006 * (1 << 30)) << log << ": " << f.at("figure");
    }
    const Answer why = ask({"explain", "-"}, calibrated.out);
    EXPECT_NE(why.out.find("calibrated from " + log), std::string::npos) << why.err;
  }
}

TEST(MeasureCommand, CalibratesNothingWithoutAScenarioOrWithAnother) {
  EXPECT_EQ(ask({"measure", "--log", kLog, "--calibrate", "-"}).code, 2);
  const Answer other =
      ask({"measure", "--log", kLog, "--calibrate", "-", "--model", "Qwen/Qwen3-8B", "--engine", "sglang"});
  EXPECT_NE(other.code, 0);
  EXPECT_NE(other.err.find("The log is of vllm"), std::string::npos) << other.err;
  EXPECT_TRUE(other.out.empty());
}

}  // namespace
}  // namespace headroom
