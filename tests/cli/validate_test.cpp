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

Answer ask(const std::vector<std::string>& args) {
  std::istringstream in;
  std::ostringstream out, err;
  const int code = runCli(args, in, out, err);
  return {code, out.str(), err.str()};
}

TEST(ValidateCommand, PrintsOneLinePerFigureOfTheEngine) {
  const Answer a = ask({"validate", "--engine", "vllm", "--figure", "kv_tokens"});
  EXPECT_EQ(a.code, 0);
  EXPECT_NE(a.out.find("kv_tokens"), std::string::npos);
  EXPECT_EQ(a.out.find("sglang"), std::string::npos);
}

TEST(ValidateCommand, JsonListsTheWorstRunsAsked) {
  const Answer a = ask({"validate", "--engine", "vllm", "--rows", "3", "--format", "json"});
  ASSERT_EQ(a.code, 0);
  const nlohmann::json out = nlohmann::json::parse(a.out);
  EXPECT_EQ(out.at("schema"), "headroom-validation/1");
  EXPECT_EQ(out.at("runs").size(), 3u);
  for (const auto& f : out.at("figures")) EXPECT_GE(f.at("p90").get<double>(), f.at("median").get<double>());
}

TEST(ValidateCommand, ErrorsInSampleAndOfSourcesLeftOutStandSideBySide) {
  const Answer table = ask({"validate", "--engine", "fsdp-qlora", "--constants"});
  EXPECT_NE(table.out.find("left out: median"), std::string::npos);
  EXPECT_NE(table.out.find("allocator_per_logit_fsdp_qlora"), std::string::npos);
  const Answer a = ask({"validate", "--engine", "fsdp-qlora", "--figure", "reserved", "--format", "json"});
  ASSERT_EQ(a.code, 0);
  const nlohmann::json out = nlohmann::json::parse(a.out), figure = out.at("figures").at(0);
  // One source's runs: without it they are predicted as those of any other code, and worse. (Not by much: their steps
  // are replayed.)
  EXPECT_GT(figure.at("left_out").at("median").get<double>(), figure.at("median").get<double>());
  EXPECT_LT(figure.at("refitted").at("median").get<double>(), figure.at("left_out").at("median").get<double>());
  const nlohmann::json& constant = out.at("constants").at(0);
  EXPECT_TRUE(constant.contains("id") && constant.contains("value") && constant.contains("best"));
}

TEST(ValidateCommand, AMissingFileIsAFileError) {
  const Answer a = ask({"validate", "/nonexistent/runs.json"});
  EXPECT_EQ(a.code, 3);
  EXPECT_NE(a.err.find("/nonexistent/runs.json"), std::string::npos);
}

}  // namespace
}  // namespace headroom
