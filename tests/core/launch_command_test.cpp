// Commands that start servers, from scenarios and back.
#include "core/report/launch_command.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/scenario/scenario_json.h"

namespace headroom {
namespace {

Scenario scenarioOf(const std::string& json) {
  const Result<Scenario> s = readScenario(json, "test");
  if (!s) throw std::runtime_error(s.error().text());
  return *s;
}

Scenario readBack(const std::string& command) {
  const Result<ReadCommand> read = readLaunchCommand(command);
  if (!read) throw std::runtime_error(read.error().text() + ": " + command);
  return scenarioOf(read->scenario);
}

TEST(LaunchCommand, VllmServe) {
  const Scenario s = scenarioOf(
      R"({"headroom": 1, "model": "meta-llama/Llama-3.3-70B-Instruct", "engine": "vllm", "context": 16000, "memory_utilization": 0.92,
    "parallel": {"tensor": 4}, "precision": {"weights": "fp8", "kv_cache": "fp8"}, "cuda_graphs": false, "max_sequences": 64})");
  const Result<LaunchCommand> c = launchCommand(s);
  ASSERT_TRUE(c);
  EXPECT_EQ(c->text,
            "vllm serve meta-llama/Llama-3.3-70B-Instruct --tensor-parallel-size 4 --max-model-len 16000 "
            "--gpu-memory-utilization 0.92 "
            "--max-num-seqs 64 --enforce-eager --quantization fp8 --kv-cache-dtype fp8_e4m3");
}

TEST(LaunchCommand, SurvivesTheRoundTrip) {
  for (
      const std::string& json :
      {std::string(
           R"({"headroom": 1, "model": "meta-llama/Llama-3.3-70B-Instruct", "engine": "vllm", "context": 16000, "memory_utilization": 0.92, "prefill_tokens": 4096,
              "parallel": {"tensor": 4, "pipeline": 2, "data": 2, "expert": 8}, "precision": {"weights": "fp8", "kv_cache": "fp8"}, "cuda_graphs": false, "max_sequences": 64})"),
       std::string(
           R"({"headroom": 1, "model": "Qwen/Qwen2.5-32B", "engine": "sglang", "context": 32768, "memory_utilization": 0.85, "prefill_tokens": 8192,
              "parallel": {"tensor": 4}, "precision": {"compute": "bf16", "kv_cache": "fp8"}})"),
       std::string(
           R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "llama.cpp", "context": 8192, "batch": 4, "prefill_tokens": 256, "attention": "flash",
              "precision": {"weights": "Q4_K_M", "kv_cache": {"k": "q8_0", "v": "f16"}}, "offload": {"gpu_layers": 20, "kv_cache": true}, "tensor_split": [3, 1]})"),
       std::string(
           R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "llama.cpp", "context": 8192, "batch": 4, "unified_kv": true,
              "precision": {"weights": "Q4_K_M"}})")}) {
    const Scenario asked = scenarioOf(json);
    const Result<LaunchCommand> c = launchCommand(asked);
    ASSERT_TRUE(c) << json;
    EXPECT_EQ(readBack(c->text), asked) << c->text;
  }
}

TEST(LaunchCommand, ReadsWhatPeoplePaste) {
  const Scenario s = readBack(
      "CUDA_VISIBLE_DEVICES=0,1 vllm serve \"meta-llama/Llama-3.1-8B\" \\\n  -tp 2 --max-model-len=32k \\\n  --api-key "
      "'a b' --port 8000 --enable-prefix-caching\n");
  EXPECT_EQ(s.parallel.tensor, 2);
  EXPECT_EQ(s.context, 32000);
  EXPECT_EQ(s.engine, Engine::vllm);
  const Result<ReadCommand> read =
      readLaunchCommand("vllm serve x/y --port 8000 --enable-prefix-caching --max-num-seqs 8");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->ignored, (std::vector<std::string>{"--port 8000", "--enable-prefix-caching"}));
  EXPECT_EQ(readBack("/opt/llama.cpp/build/bin/llama-server -hf meta-llama/Llama-3.1-8B:Q8_0 -fa -c 4096 -ngl 99")
                .offload.gpuLayers,
            99);
  EXPECT_EQ(readBack("python3 -m sglang.launch_server --model-path Qwen/Qwen2.5-32B --tp 4").parallel.tensor, 4);
}

TEST(LaunchCommand, SaysWhatItDoesNotUnderstand) {
  EXPECT_EQ(readLaunchCommand("ls -l").error().code, ErrorCode::unknown_name);
  EXPECT_EQ(readLaunchCommand("").error().code, ErrorCode::unknown_name);
  EXPECT_EQ(readLaunchCommand("llama-server -c 4096").error().code, ErrorCode::usage);
  EXPECT_EQ(readLaunchCommand("vllm serve 'x").error().code, ErrorCode::syntax);
  EXPECT_EQ(readLaunchCommand("vllm serve x -tp two").error().code, ErrorCode::value);
  EXPECT_EQ(readLaunchCommand("vllm serve x --max-model-len").error().code, ErrorCode::usage);
  EXPECT_EQ(readLaunchCommand("llama-server -m x.gguf -ts 1,b").error().code, ErrorCode::value);
}

TEST(LaunchCommand, ModelsWithoutANameAndTrainingHaveNoCommand) {
  const Scenario bare = scenarioOf(
      R"({"headroom": 1, "engine": "vllm", "model": {"dimensions": {"layers": 32, "hidden": 4096, "heads": 32, "vocab": 32000}}})");
  EXPECT_EQ(launchCommand(bare).error().code, ErrorCode::unsupported);
  EXPECT_EQ(launchCommand(scenarioOf(R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "workload": "lora"})"))
                .error()
                .code,
            ErrorCode::unsupported);
}

TEST(LaunchCommand, NamesAreQuotedForTheShell) {
  Scenario s =
      scenarioOf(R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "llama.cpp", "context": 4096})");
  s.reference = FileModel{"/models/it's here/model.gguf"};
  const Result<LaunchCommand> c = launchCommand(s);
  ASSERT_TRUE(c);
  EXPECT_EQ(c->text, "llama-server -m '/models/it'\\''s here/model.gguf' -c 4096");
  const Result<ReadCommand> read = readLaunchCommand(c->text);
  ASSERT_TRUE(read);
  EXPECT_NE(read->scenario.find("/models/it's here/model.gguf"), std::string::npos);
}

}  // namespace
}  // namespace headroom
