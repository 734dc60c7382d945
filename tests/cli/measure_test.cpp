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

}  // namespace
}  // namespace headroom
