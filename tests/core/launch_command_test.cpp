// Commands that start servers, from scenarios and back.
#include "core/readers/commands/launch_command.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/open/scenario_json.h"

namespace headroom {
namespace {

Scenario scenarioOf(const std::string& json) {
  const Result<Scenario> s = readScenario(json, "test");
  if (!s) throw std::runtime_error(s.error().text());
  return *s;
}

Scenario readBack(const std::string& command) {
  const Result<Reading> read = readLaunchCommand(command);
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
           R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "lora": {"slots": 4, "rank": 32}, "images": {"per_request": 2},
              "speculative": {"tokens": 5, "model": "meta-llama/Llama-3.2-1B"}})"),
       std::string(
           R"({"headroom": 1, "model": "deepseek-ai/DeepSeek-V3", "engine": "sglang", "lora": {"slots": 2}, "speculative": {"method": "mtp", "tokens": 2}})"),
       std::string(R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "sglang", "task": "embed"})"),
       std::string(
           R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "llama.cpp", "context": 8192, "task": "embed", "precision": {"weights": "Q8_0"},
              "speculative": {"tokens": 5, "model": "meta-llama/Llama-3.2-1B"}})"),
       std::string(
           R"({"headroom": 1, "model": "Qwen/Qwen2.5-32B", "engine": "sglang", "context": 32768, "memory_utilization": 0.85, "prefill_tokens": 8192,
              "parallel": {"tensor": 4}, "precision": {"compute": "bf16", "kv_cache": "fp8"}})"),
       std::string(
           R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "llama.cpp", "context": 8192, "batch": 4, "prefill_tokens": 256, "attention": "flash",
              "precision": {"weights": "Q4_K_M", "kv_cache": {"k": "q8_0", "v": "f16"}}, "offload": {"gpu_layers": 20, "kv_cache": true}, "tensor_split": [3, 1]})"),
       std::string(
           R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "llama.cpp", "context": 8192, "batch": 4, "unified_kv": true,
              "precision": {"weights": "Q4_K_M"}})"),
       std::string(
           R"({"headroom": 1, "model": "Qwen/Qwen3-8B", "engine": "mlx", "batch": 4, "prefill_tokens": 512, "engine_options": {"prompt_cache_size": 2}})"),
       std::string(
           R"({"headroom": 1, "model": "Qwen/Qwen3-8B", "engine": "mlx", "engine_options": {"kv_bits": 4, "max_kv_size": 4096},
              "speculative": {"method": "draft_model", "tokens": 3, "model": "Qwen/Qwen3-0.6B"}})"),
       std::string(
           R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "tensorrt-llm", "context": 8192, "prefill_tokens": 4096, "max_sequences": 64,
              "memory_utilization": 0.85, "parallel": {"tensor": 2, "pipeline": 2}, "precision": {"kv_cache": "fp8"},
              "engine_options": {"backend": "pytorch", "kv_cache_config.tokens_per_block": 64, "kv_cache_config.host_cache_size": 1073741824}})"),
       std::string(
           R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "context": 200000, "engine_options": {"vllm_allow_long_max_model_len": true}})")}) {
    const Scenario asked = scenarioOf(json);
    const Result<LaunchCommand> c = launchCommand(asked);
    ASSERT_TRUE(c) << json;
    EXPECT_EQ(readBack(c->text), asked) << c->text;
  }
}

TEST(LaunchCommand, AModelfileSurvivesTheRoundTrip) {
  const Scenario asked = scenarioOf(
      R"({"headroom": 1, "model": "Qwen/Qwen3-8B", "engine": "ollama", "context": 16384, "batch": 2, "prefill_tokens": 1024, "attention": "flash",
          "precision": {"weights": "Q4_K_M", "kv_cache": "q8_0"}, "offload": {"gpu_layers": 20}, "engine_options": {"ollama_gpu_overhead": 1073741824}})");
  const Result<LaunchCommand> c = launchCommand(asked);
  ASSERT_TRUE(c);
  EXPECT_EQ(c->text,
            "OLLAMA_NUM_PARALLEL=2\nOLLAMA_FLASH_ATTENTION=1\nOLLAMA_KV_CACHE_TYPE=q8_0\n"
            "OLLAMA_GPU_OVERHEAD=1073741824\nFROM hf.co/Qwen/Qwen3-8B:Q4_K_M\nPARAMETER num_ctx 16384\n"
            "PARAMETER num_batch 1024\nPARAMETER num_gpu 20\n");
  const Result<Reading> read = readModelfile(c->text);
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(scenarioOf(read->scenario), asked) << read->scenario;
}

TEST(LaunchCommand, TrtllmServeHasAFileForWhatNoOptionSays) {
  const Result<LaunchCommand> c = launchCommand(scenarioOf(
      R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "tensorrt-llm", "context": 8192, "parallel": {"tensor": 2},
          "precision": {"kv_cache": "fp8"}})"));
  ASSERT_TRUE(c);
  EXPECT_EQ(c->text,
            "cat > config.yml <<'EOF'\nkv_cache_config:\n  dtype: fp8\nEOF\n"
            "trtllm-serve meta-llama/Llama-3.1-8B --tp_size 2 --max_seq_len 8192 --config config.yml");
  EXPECT_TRUE(c->notes.empty()) << c->notes.front();
}

TEST(LaunchCommand, SlotsOfAdaptersNeedTheirSwitch) {
  const Result<Reading> read = readLaunchCommand("vllm serve meta-llama/Llama-3.1-8B --max-loras 4 --max-lora-rank 64");
  ASSERT_TRUE(read);
  EXPECT_FALSE(scenarioOf(read->scenario).lora);
  EXPECT_TRUE(std::ranges::any_of(read->remarks, [](const Remark& r) { return r.code == "no-adapters"; }));
  EXPECT_EQ(readBack("vllm serve meta-llama/Llama-3.1-8B --max-loras 4 --enable-lora").lora->slots, 4);
  EXPECT_EQ(readBack("python -m sglang.launch_server --model-path meta-llama/Llama-3.1-8B --lora-paths a=b "
                     "--max-loras-per-batch 3")
                .lora->slots,
            3);
}

TEST(LaunchCommand, ReadsWhatPeoplePaste) {
  const Scenario s = readBack(
      "CUDA_VISIBLE_DEVICES=0,1 vllm serve \"meta-llama/Llama-3.1-8B\" \\\n  -tp 2 --max-model-len=32k \\\n  --api-key "
      "'a b' --port 8000 --enable-prefix-caching\n");
  EXPECT_EQ(s.parallel.tensor, 2);
  EXPECT_EQ(s.context, 32000);
  EXPECT_EQ(s.engine, Engine::vllm);
  const Result<Reading> read = readLaunchCommand("vllm serve x/y --port 8000 --enable-prefix-caching --max-num-seqs 8");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->leftOut, (std::vector<LeftOut>{{"--port 8000", false}}));
  EXPECT_EQ(readBack("/opt/llama.cpp/build/bin/llama-server -hf meta-llama/Llama-3.1-8B:Q8_0 -fa -c 4096 -ngl 99")
                .offload.gpuLayers,
            99);
  EXPECT_EQ(readBack("python3 -m sglang.launch_server --model-path Qwen/Qwen2.5-32B --tp 4").parallel.tensor, 4);
}

// The converter writes fp8 checkpoints out and keeps mxfp4's blocks whatever the file is called.
TEST(LaunchCommand, AGgufFilesTypeStandsAboveTheCheckpointsOwn) {
  EXPECT_EQ(readBack("llama-server -hf unsloth/DeepSeek-R1-GGUF:Q4_K_M -c 4096").precision.weights,
            WeightFormat(GgufFileType::Q4_K_M));
  EXPECT_FALSE(readBack("llama-server -hf unsloth/gpt-oss-20b-GGUF:Q4_K_M -c 4096").precision.weights);
}

TEST(LaunchCommand, OldSpellingsOfImagesAndDrafts) {
  EXPECT_EQ(readBack("vllm serve Qwen/Qwen2.5-VL-7B-Instruct --limit-mm-per-prompt image=3,video=1").images->perRequest,
            3);
  EXPECT_EQ(readBack("vllm serve Qwen/Qwen2.5-VL-7B-Instruct --language-model-only").images->perRequest, 0);
  const Scenario s = readBack(
      "vllm serve deepseek-ai/DeepSeek-V3 --speculative-config '{\"method\": \"deepseek_mtp\", "
      "\"num_speculative_tokens\": 2}'");
  EXPECT_EQ(s.speculative->method, DraftMethod::mtp);
  EXPECT_EQ(s.speculative->tokens, 2);
}

TEST(LaunchCommand, SaysWhatItDoesNotUnderstand) {
  EXPECT_EQ(readLaunchCommand("ls -l").error().code, ErrorCode::unknown_name);
  EXPECT_EQ(readLaunchCommand("").error().code, ErrorCode::unknown_name);
  EXPECT_EQ(readLaunchCommand("llama-server -c 4096").error().code, ErrorCode::usage);
  EXPECT_EQ(readLaunchCommand("vllm serve 'x").error().code, ErrorCode::syntax);
  EXPECT_EQ(readLaunchCommand("lmdeploy serve api_server x/y").error().code, ErrorCode::unsupported);
  EXPECT_NE(readLaunchCommand("lmdeploy serve api_server x/y").error().message.find("lmdeploy"), std::string::npos);
}

// A value that is none is named as one that matters; every other word keeps its meaning.
TEST(LaunchCommand, OneUnknownWordNeverLosesTheRest) {
  for (const char* word :
       {"-tp two", "--max-model-len", "--speculative-config eagle", "--limit-mm-per-prompt many", "--max-model-len 0",
        "-q nonsense", "--kv-cache-dtype turbo3", "--no-such-option 7", "--block-size many"}) {
    const Result<Reading> read = readLaunchCommand(std::string("vllm serve x/y --max-num-seqs 8 ") + word);
    ASSERT_TRUE(read) << word;
    EXPECT_NE(read->scenario.find("\"max_sequences\": 8"), std::string::npos) << word;
    ASSERT_EQ(read->leftOut.size(), 1U) << word;
    EXPECT_TRUE(read->leftOut.front().matters) << word;
    EXPECT_NE(read->scenario.find("unmodelled"), std::string::npos) << word;  // so the verdict names it
  }
  EXPECT_EQ(readLaunchCommand("llama-server -m x.gguf -ts 1,b")->leftOut.front().text, "-ts 1,b");
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
  EXPECT_EQ(c->text, "llama-server -m '/models/it'\\''s here/model.gguf' -c 4096 -np 1");
  const Result<Reading> read = readLaunchCommand(c->text);
  ASSERT_TRUE(read);
  EXPECT_NE(read->scenario.find("/models/it's here/model.gguf"), std::string::npos);
}

TEST(LaunchCommand, SaysWhatNothingInItStandsFor) {
  const Result<LaunchCommand> c = launchCommand(scenarioOf(
      R"({"model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "context": 4096, "reserve": 0.1, "attention": "eager",
          "precision": {"kv_cache": "fp16"}})"));
  ASSERT_TRUE(c);
  ASSERT_EQ(c->notes.size(), 1U);
  EXPECT_EQ(c->notes[0], "Nothing in the command stands for precision.kv_cache, attention, reserve.");
}

Scenario current() {
  return scenarioOf(
      R"({"name": "mine", "model": "Qwen/Qwen3-8B", "engine": "transformers", "context": 4096, "reserve": 0.2, "batch": 3,
          "devices": [{"accelerator": "l4"}]})");
}

TEST(PasteCommand, SetsWhatTheCommandSaysAndKeepsTheDevices) {
  const Result<PastedCommand> p = pasteCommand(
      current(), "vllm serve meta-llama/Llama-3.1-8B -tp 2 --max-model-len 16000 --port 8000 --enable-prefix-caching");
  ASSERT_TRUE(p) << p.error().text();
  EXPECT_EQ(p->scenario.model->id, "meta-llama/Llama-3.1-8B");
  EXPECT_EQ(p->scenario.engine, Engine::vllm);
  EXPECT_EQ(p->scenario.context, 16000);
  EXPECT_EQ(p->scenario.parallel.tensor, 2);
  EXPECT_EQ(p->scenario.devices.at(0).accelerator, "l4");
  EXPECT_EQ(p->scenario.devices.at(0).count, 2);
  EXPECT_NE(p->scenario.devices.at(0).entry, nullptr);
  EXPECT_EQ(p->scenario.name, "mine");
  EXPECT_EQ(p->scenario.reserve, 0.2);
  EXPECT_EQ(p->scenario.prefixCaching, true);
  EXPECT_EQ(p->ignored, std::vector<std::string>{"--port 8000"});
}

TEST(PasteCommand, KeepsTheModelWhereTheCommandsIsNotKnown) {
  const Result<PastedCommand> p = pasteCommand(current(), "llama-server -m /nowhere/my.gguf -c 8192 -ngl 20 -np 1");
  ASSERT_TRUE(p) << p.error().text();
  EXPECT_EQ(p->scenario.model->id, "Qwen/Qwen3-8B");
  EXPECT_EQ(p->scenario.offload.gpuLayers, 20);
  ASSERT_EQ(p->ignored.size(), 1U);
  EXPECT_TRUE(p->ignored[0].starts_with("/nowhere/my.gguf: ")) << p->ignored[0];
}

TEST(PasteCommand, ReadsOllamasModelfileAndVariables) {
  const Result<PastedCommand> p =
      pasteCommand(current(),
                   "# mine\nFROM Qwen/Qwen3-8B:8b-q8_0\nPARAMETER num_ctx 16384\n"
                   "PARAMETER num_gpu 30\nPARAMETER temperature 0.7\n"
                   "SYSTEM \"be brief\"\nOLLAMA_KV_CACHE_TYPE=q8_0\nOLLAMA_NUM_PARALLEL=2\n");
  ASSERT_TRUE(p) << p.error().text();
  EXPECT_EQ(p->scenario.engine, Engine::ollama);
  EXPECT_EQ(p->scenario.model->id, "Qwen/Qwen3-8B");
  EXPECT_EQ(p->scenario.precision.weights, WeightFormat(GgufFileType::Q8_0));
  EXPECT_EQ(p->scenario.context, 16384);
  EXPECT_EQ(p->scenario.batch, 2);
  EXPECT_EQ(p->scenario.offload.gpuLayers, 30);
  EXPECT_EQ(p->scenario.precision.kvCache->k, NumberFormat::q8_0);
  EXPECT_EQ(p->ignored, (std::vector<std::string>{
                            "temperature=0.7", "SYSTEM",
                            "Qwen/Qwen3-8B:8b-q8_0 is taken for Qwen/Qwen3-8B, whose shape its name says it has."}));
  // Parameters alone say nothing of the model.
  const Result<PastedCommand> alone = pasteCommand(current(), "PARAMETER num_ctx 2048");
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->scenario.model->id, "Qwen/Qwen3-8B");
  EXPECT_EQ(alone->scenario.context, 2048);
  EXPECT_TRUE(alone->ignored.empty()) << alone->ignored.front();
}

TEST(PasteCommand, SaysWhyNothingCouldBeRead) {
  EXPECT_EQ(pasteCommand(current(), "hello world").error().code, ErrorCode::unknown_name);
  EXPECT_EQ(pasteCommand(current(), "").error().code, ErrorCode::unknown_name);
  // A value that is none is said and changes nothing.
  EXPECT_EQ(pasteCommand(current(), "PARAMETER num_ctx many")->scenario.context, std::nullopt);
  EXPECT_EQ(pasteCommand(current(), "vllm serve x/y --max-model-len 0")->scenario.context, std::nullopt);
}

}  // namespace
// A terminal may paste bytes that are no UTF-8; they end up in a name or among what is ignored, never in an exception.
TEST(LaunchCommandReader, TakesTextThatIsNoUtf8) {
  const auto read = readLaunchCommand("llama-server -m a\xd1\x93\x9c\xff.gguf --unheard\xff 3 -c 4096");
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_NE(read->scenario.find("\"context\": 4096"), std::string::npos);
  EXPECT_TRUE(readModelfile("FROM l\xff\xfe\nPARAMETER num_ctx 4096\n"));
}

}  // namespace headroom
