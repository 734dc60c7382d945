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

TEST(LogReader, TheLastOfSeveralStartsIsRead) {
  const std::string one =
      "INFO vLLM API server version 0.10.0\nModel loading took 14.0 GiB\nGPU KV cache size: 1,000 tokens\n";
  const std::string two =
      "INFO vLLM API server version 0.11.0\nModel loading took 15.0 GiB\nGPU KV cache size: 2,000 tokens\n";
  const Result<LogReading> r = readLog(one + two, "log");
  ASSERT_TRUE(r);
  EXPECT_EQ(r->version, "0.11.0");
  EXPECT_DOUBLE_EQ(figure(*r, "weights"), 15.0 * kGi);
  EXPECT_DOUBLE_EQ(figure(*r, "kv_tokens"), 2000);
  ASSERT_EQ(r->notes.size(), 1U);
  EXPECT_NE(r->notes.front().find("2 starts"), std::string::npos);
  // Ranks that print the same line, and a start that printed nothing, are none.
  EXPECT_TRUE(readLog(one + "INFO vLLM API server version 0.11.0\n", "log")->notes.empty());
}

TEST(LogReader, SeesThroughColoursBarsAndGluedRanks) {
  const Result<LogReading> r = readLog(
      "\x1b[1;36m(pid=47)\x1b[0m Model loading took \x1b[1m7.51\x1b[0m GiB(pid=48) Model loading took 7.52 "
      "GiB\r\nLoading: "
      "50%\rLoading: 100%\rAvailable KV cache memory: 4.11 GiB\n",
      "log");
  ASSERT_TRUE(r);
  EXPECT_EQ(r->figures.size(), 3U);
  EXPECT_DOUBLE_EQ(figure(*r, "weights"), 7.52 * kGi);
  EXPECT_DOUBLE_EQ(figure(*r, "kv_cache"), 4.11 * kGi);
}

TEST(LogReader, TablesOfEveryAge) {
  const Result<LogReading> old = readLog(
      "model weights take    14.96GiB\nnon_torch_memory     1.79GiB\nPyTorch activation peak memory       1.26GiB\n"
      "available_kv_cache_memory    53.29GiB\n# GPU blocks: 2048, # CPU blocks: 512\n"
      "Maximum concurrency for 8192 tokens per request: 8.00x\n",
      "log");
  ASSERT_TRUE(old);
  EXPECT_DOUBLE_EQ(figure(*old, "activations"), 1.26 * kGi);
  EXPECT_DOUBLE_EQ(figure(*old, "runtime"), 1.79 * kGi);
  EXPECT_DOUBLE_EQ(figure(*old, "kv_tokens"), 65536);  // blocks of 32, as the concurrency says
  const Result<LogReading> table = readLog(
      "I common_memory_breakdown_print: |   - CUDA0 (RTX 4090) | 24080 = 16500 + ( 7063 =  4455 +    2304 +     304) + "
      "517 |\n"
      "I common_memory_breakdown_print: |   - Host             |                  373 =   333 +       0 +      40      "
      " |\n",
      "log");
  ASSERT_TRUE(table);
  EXPECT_DOUBLE_EQ(figure(*table, "weights"), 4455 * kMi);
  EXPECT_DOUBLE_EQ(figure(*table, "host.weights"), 333 * kMi);
  const Result<LogReading> meta = readLog(
      "llama_memory_recurrent:     Meta() RS buffer size =   149.62 MiB\n"
      "llama_memory_recurrent: size =  448.88 MiB (     3 cells)\n",
      "log");
  ASSERT_TRUE(meta);
  EXPECT_DOUBLE_EQ(figure(*meta, "state_cache"), 448.88 * kMi);
  const Result<LogReading> ollama = readLog("msg=\"kv cache\" device=CUDA0 size=\"2.2 GiB\"\n", "log");
  ASSERT_TRUE(ollama);
  EXPECT_DOUBLE_EQ(figure(*ollama, "kv_cache"), 2.2 * kGi);
}

TEST(LogReader, TrainingRuns) {
  const Result<LogReading> r = readLog(
      "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.15 GiB "
      "of which "
      "1.20 GiB is free. Process 1 has 77.90 GiB memory in use. Of the allocated memory 75.10 GiB is allocated by "
      "PyTorch, and "
      "1.50 GiB is reserved by PyTorch but unallocated.\n",
      "log");
  ASSERT_TRUE(r);
  EXPECT_EQ(r->engine, Engine::pytorch);
  EXPECT_DOUBLE_EQ(figure(*r, "allocated"), 75.10 * kGi);
  EXPECT_NEAR(figure(*r, "reserved"), 76.60 * kGi, 1);
  EXPECT_DOUBLE_EQ(figure(*r, "device"), 77.90 * kGi);
}

}  // namespace
}  // namespace headroom
