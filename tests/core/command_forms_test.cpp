// One server, written down in every form people use: the same scenario comes out.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/readers/commands/launch_command.h"
#include "core/readers/commands/option_table.h"

namespace headroom {
namespace {

using nlohmann::json;

json scenarioOf(std::string_view text) {
  const Result<Reading> read = readLaunchCommand(text);
  if (!read) throw std::runtime_error(read.error().text() + ": " + std::string(text));
  return json::parse(read->scenario);
}

TEST(CommandForms, OneServerInEveryForm) {
  for (const char* text : {
           "vllm serve Qwen/Qwen3-32B --tensor-parallel-size 2 --max-model-len 16384",
           "vllm serve Qwen/Qwen3-32B --tensor_parallel_size=2 --max_model_len=16384",
           "vllm serve Qwen/Qwen3-32B --tensor-parallel 2 --max-model-len 16K",  // a beginning only one option has
           "python3 -m vllm.entrypoints.openai.api_server --model Qwen/Qwen3-32B -tp 2 --max-model-len 16384",
           "nohup uv run vllm serve Qwen/Qwen3-32B -tp 2 --max-model-len 16384 > log 2>&1 &",
           "srun -N1 --gres=gpu:2 vllm serve Qwen/Qwen3-32B -tp=2 --max-model-len 16384",
           "ssh box \"cd /opt && vllm serve Qwen/Qwen3-32B -tp 2 --max-model-len 16384\"",
           "docker run --rm -it --gpus all -v /x/vllm:/y -p80:80 -dp 1:1 -e HF_TOKEN=x vllm/vllm-openai --model "
           "Qwen/Qwen3-32B "
           "-tp 2 --max-model-len 16384",
           "podman run --entrypoint /bin/bash img:1 -c 'vllm serve Qwen/Qwen3-32B -tp 2 --max-model-len 16384'",
           "[\"vllm\", \"serve\", \"Qwen/Qwen3-32B\", \"-tp\", \"2\", \"--max-model-len\", \"16384\"]",
           "services:\n  a:\n    image: vllm/vllm-openai\n    command: >\n      --model Qwen/Qwen3-32B\n      -tp 2\n  "
           "    "
           "--max-model-len 16384\n",
           "apiVersion: v1\nspec:\n  containers:\n    - image: vllm/vllm-openai\n      command: [vllm, serve]\n      "
           "args:\n  "
           "      - Qwen/Qwen3-32B\n        - --tensor-parallel-size 2\n        - --max-model-len=16384\n",
           "FROM vllm/vllm-openai:latest\nCMD [\"--model\", \"Qwen/Qwen3-32B\", \"-tp\", \"2\", \"--max-model-len\", "
           "\"16384\"]\n",
           "[Service]\nExecStart=/usr/bin/vllm serve Qwen/Qwen3-32B \\\n  -tp 2 --max-model-len 16384\n",
           "from vllm import LLM\nN = 2\nllm = LLM(\"Qwen/Qwen3-32B\", tensor_parallel_size=N,\n  max_model_len=16 * "
           "1024)\n",
           "model: Qwen/Qwen3-32B\ntensor-parallel-size: 2\nmax-model-len: 16384\n",
           "$ vllm serve Qwen/Qwen3-32B -tp 2 --max-model-len 16384",
       }) {
    const json s = scenarioOf(text);
    EXPECT_EQ(s["engine"], "vllm") << text;
    EXPECT_EQ(s["model"], "Qwen/Qwen3-32B") << text;
    EXPECT_EQ(s.value("/parallel/tensor"_json_pointer, 0), 2) << text;
    EXPECT_EQ(s.value("context", 0), 16384) << text;
  }
}

TEST(CommandForms, LlamaServerAndItsTwins) {
  for (const char* text : {
           "llama-server -hf unsloth/Qwen3-8B-GGUF:Q8_0 -c 16384 -ctk q8_0 -np 2",
           ".\\llama-server.exe -hf unsloth/Qwen3-8B-GGUF:Q8_0 --ctx-size 16384 --cache-type-k q8_0 --parallel 2",
           "LLAMA_ARG_HF_REPO=unsloth/Qwen3-8B-GGUF:Q8_0 LLAMA_ARG_CTX_SIZE=16384 LLAMA_ARG_CACHE_TYPE_K=q8_0 "
           "LLAMA_ARG_N_PARALLEL=2 llama-server",
           "docker run ghcr.io/ggml-org/llama.cpp:server -hf unsloth/Qwen3-8B-GGUF:Q8_0 -c 16384 -ctk q8_0 -np 2",
           "[qwen]\nhf-repo = unsloth/Qwen3-8B-GGUF:Q8_0\nctx-size = 16384\ncache-type-k = q8_0\nparallel = 2\n",
           "models:\n  a:\n    cmd: |\n      llama-server --port ${PORT}\n      -hf unsloth/Qwen3-8B-GGUF:Q8_0 -c "
           "16384\n      -ctk "
           "q8_0 -np 2\n",
       }) {
    const json s = scenarioOf(text);
    EXPECT_EQ(s["engine"], "llama.cpp") << text;
    EXPECT_EQ(s["model"], "Qwen/Qwen3-8B") << text;
    EXPECT_EQ(s["precision"]["weights"], "Q8_0") << text;
    EXPECT_EQ(s["batch"], 2) << text;
    EXPECT_EQ(s["context"], 8192) << text;  // cells of two slots
    EXPECT_EQ(s["precision"]["kv_cache"]["k"], "q8_0") << text;
  }
}

TEST(CommandForms, ExpertsByPattern) {
  const auto experts = [](const std::string& pattern) {
    const json s = scenarioOf("llama-server -m /x/Qwen3-30B-A3B-Q4_K_M.gguf -c 4096 -ot '" + pattern + "'");
    return s.value("/offload/experts"_json_pointer, json());
  };
  EXPECT_EQ(experts(".ffn_.*_exps.=CPU"), "cpu");
  EXPECT_EQ(experts("exps=CPU"), "cpu");
  EXPECT_EQ(experts(R"(blk\.[0-9]\.ffn_(gate|up|down)_exps\.weight=CPU)"), 10);
  EXPECT_EQ(experts(R"(blk\.[2-9]\.ffn_.*_exps\.=CPU)"), json());  // not the first layers
  EXPECT_EQ(experts(R"(blk\..*\.ffn_up_exps\.=CPU)"), json());     // a third of each
  EXPECT_EQ(experts(".ffn_.*=CPU"), json());                       // the router and the norms too
  EXPECT_EQ(experts("exps=CUDA1"), json());
  EXPECT_EQ(experts("(a+)+$=CPU"), json());
}

TEST(CommandForms, SeveralServersAreSaid) {
  const Result<Reading> read = readLaunchCommand(
      "vllm serve Qwen/Qwen3-8B --port 1 &\nvllm serve Qwen/Qwen3-32B --port 2 &\nllama-server -m x.gguf -c 512 -np 1");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->others.size(), 2U);
  EXPECT_NE(read->others[0].scenario.find("Qwen3-32B"), std::string::npos);
  EXPECT_NE(read->others[1].scenario.find("llama.cpp"), std::string::npos);
  bool said = false;
  for (const Remark& r : read->remarks) said |= r.code == "several-servers" && r.severity == Severity::warning;
  EXPECT_TRUE(said);
}

TEST(CommandForms, SecretsAreNotRepeated) {
  const Result<Reading> read = readLaunchCommand("HF_TOKEN=hf_abc vllm serve x/y --api-key sesame --hf-token=hf_abc");
  ASSERT_TRUE(read);
  for (const LeftOut& left : read->leftOut) {
    EXPECT_EQ(left.text.find("hf_abc"), std::string::npos);
    EXPECT_EQ(left.text.find("sesame"), std::string::npos);
  }
  EXPECT_EQ(read->scenario.find("sesame"), std::string::npos);
}

TEST(CommandForms, ImagesSayTheVersion) {
  EXPECT_EQ(scenarioOf("docker run vllm/vllm-openai:v0.6.4 --model x/y")["engine_version"], "0.6.4");
  EXPECT_EQ(scenarioOf("docker run ghcr.io/ggml-org/llama.cpp:server-cuda-b4719 -m x.gguf -c 1")["engine_version"],
            "b4719");
  EXPECT_FALSE(scenarioOf("docker run vllm/vllm-openai:latest --model x/y").contains("engine_version"));
}

// Every option of every table sets a key or is listed, by each of its names.
TEST(OptionTable, NoOptionIsDroppedInSilence) {
  for (const auto& [engine, start] : {std::pair<std::string, std::string>{"vllm", "vllm serve x/y"},
                                      {"sglang", "python -m sglang.launch_server --model-path x/y"},
                                      {"llama.cpp", "llama-server -m x.gguf -c 512 -np 1"}}) {
    const OptionTable* const table = optionTable(engine);
    ASSERT_NE(table, nullptr);
    const json before = scenarioOf(start);
    int seen = 0;
    for (const std::string& name : table->names()) {
      if (!name.starts_with("-")) continue;
      const FoundOption found = table->find(name);
      if (found.option->reads == "model" || found.option->reads == "gguf-repository") continue;
      const std::string value = found.option->takes == Takes::flag ? "" : " 7";
      const Result<Reading> read = readLaunchCommand(start + " " + name + value);
      ASSERT_TRUE(read) << name;
      EXPECT_TRUE(!read->leftOut.empty() || json::parse(read->scenario) != before || !read->remarks.empty() ||
                  !found.option->reads.empty() || found.off || !found.option->key.empty())
          << engine << " " << name;
      // What is listed says whether it matters as the table does; what is counted, or is so anyway, is not listed.
      const bool counted = found.option->counted || found.option->usual == "true";
      const bool offAnyway = found.off && found.option->usual != "true";
      EXPECT_TRUE(!counted || json::parse(read->scenario) != before) << name;
      if (!counted && !offAnyway && found.option->key.empty() && found.option->reads.empty()) {
        ASSERT_FALSE(read->leftOut.empty()) << name;
        EXPECT_EQ(read->leftOut.front().matters, found.option->memory) << engine << " " << name;
      }
      ++seen;
    }
    EXPECT_GT(seen, 250) << engine;
  }
}

}  // namespace
}  // namespace headroom
