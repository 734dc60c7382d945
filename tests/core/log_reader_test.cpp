// Memory lines of servers' logs, in the wording of the engines' sources; figures as public logs have them.
#include "core/readers/logs/log_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace headroom {
namespace {

std::string log(const std::string& name) {
  std::ifstream in(HEADROOM_TEST_DATA "/logs/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

double figure(const LogReading& reading, std::string_view name) {
  for (const MeasuredFigure& f : reading.summary())
    if (f.name == name) return f.value;
  return -1;
}

constexpr double kGi = static_cast<double>(kGiB), kMi = static_cast<double>(kMiB);

TEST(LogReader, VllmOfTwoRanks) {
  const Result<LogReading> r = readLog(log("vllm-0.11.log"), "log");
  ASSERT_TRUE(r) << r.error().text();
  EXPECT_EQ(r->engine, Engine::vllm);
  EXPECT_EQ(r->version, "0.11.0");
  EXPECT_DOUBLE_EQ(figure(*r, "weights"), 33.88 * kGi);
  EXPECT_DOUBLE_EQ(figure(*r, "activations"), 4.84 * kGi);
  EXPECT_DOUBLE_EQ(figure(*r, "runtime"), 0.55 * kGi);
  EXPECT_DOUBLE_EQ(figure(*r, "kv_cache"), 32.0 * kGi);
  EXPECT_DOUBLE_EQ(figure(*r, "kv_tokens"), 209712);
  EXPECT_DOUBLE_EQ(figure(*r, "cuda_graphs"), -0.2 * kGi);
  EXPECT_TRUE(r->missing.empty());
}

TEST(LogReader, OldVllmPrintsGibAsGbAndTokensAsBlocks) {
  const Result<LogReading> r = readLog(log("vllm-0.7.log"), "log");
  ASSERT_TRUE(r);
  EXPECT_NEAR(figure(*r, "weights"), 5.60 * kGi, 0.005 * kGi);
  EXPECT_DOUBLE_EQ(figure(*r, "kv_tokens"), 1224 * 16);
  EXPECT_DOUBLE_EQ(figure(*r, "cuda_graphs"), 0.59 * kGi);
}

TEST(LogReader, SglangAddsKeysAndValues) {
  const Result<LogReading> r = readLog(log("sglang.log"), "log");
  ASSERT_TRUE(r);
  EXPECT_EQ(r->engine, Engine::sglang);
  EXPECT_DOUBLE_EQ(figure(*r, "weights"), 15.09 * kGi);
  EXPECT_DOUBLE_EQ(figure(*r, "kv_cache"), 54.26 * kGi);
  EXPECT_DOUBLE_EQ(figure(*r, "kv_tokens"), 444500);
  EXPECT_DOUBLE_EQ(figure(*r, "cuda_graphs"), 1.06 * kGi);
}

TEST(LogReader, LlamaServerTellsDevicesFromTheHost) {
  const Result<LogReading> r = readLog(log("llama-server.log"), "log");
  ASSERT_TRUE(r);
  EXPECT_EQ(r->engine, Engine::llama_cpp);
  EXPECT_EQ(r->version, "5590");
  EXPECT_NEAR(figure(*r, "weights"), 4685.30 * kMi, 1);
  EXPECT_NEAR(figure(*r, "kv_cache"), 1024.0 * kMi, 1);
  EXPECT_NEAR(figure(*r, "workspace"), 736.03 * kMi, 1);
  EXPECT_NEAR(figure(*r, "host.weights"), 281.81 * kMi, 1);
  EXPECT_NEAR(figure(*r, "host.output"), 0.49 * kMi, 1);
  EXPECT_EQ(r->figures.front().device, "CUDA0");
}

TEST(LogReader, ATruncatedLogSaysWhatIsMissing) {
  const std::string whole = log("vllm-0.11.log");
  const Result<LogReading> r = readLog(whole.substr(0, whole.find("Available KV")), "log");
  ASSERT_TRUE(r);
  EXPECT_EQ(r->missing, (std::vector<std::string>{"kv_cache", "kv_tokens"}));
}

TEST(LogReader, CutAnywhereItNeverInventsAFigure) {
  for (const char* name : {"vllm-0.11.log", "vllm-0.7.log", "sglang.log", "llama-server.log"}) {
    const std::string whole = log(name);
    const Result<LogReading> all = readLog(whole, "log");
    ASSERT_TRUE(all);
    for (std::size_t cut = 0; cut < whole.size(); cut += 7) {
      const Result<LogReading> part = readLog(std::string_view(whole).substr(0, cut), "log");
      if (!part) continue;
      EXPECT_LE(part->figures.size(), all->figures.size());
      for (const LogFigure& f : part->figures) EXPECT_LE(std::abs(f.value), 1e12) << name << " " << cut;
    }
  }
}

TEST(LogReader, GarbageIsAnErrorThatSaysWhatIsLookedFor) {
  for (const std::string& text : {std::string(), std::string("hello\nworld\n"), std::string(100000, '\xff'),
                                  std::string("Model loading took GiB\nmodel buffer size = x"),
                                  std::string("Model loading took 1e999999999 GiB")}) {
    const Result<LogReading> r = readLog(text, "some.log");
    ASSERT_FALSE(r) << text.substr(0, 40);
    EXPECT_EQ(r.error().where, "some.log");
    EXPECT_NE(r.error().message.find("Model loading took"), std::string::npos);
  }
}

}  // namespace
}  // namespace headroom
