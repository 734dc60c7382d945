// The one reader: what people paste is taken for what it is, and what it is not is said.
#include "core/readers/recognise.h"

#include <gmock/gmock.h>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/readers/input_text.h"
#include "core/readers/python_calls.h"
#include "core/readers/scenario_link.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

Reading read(const std::string& text) {
  Result<Reading> reading = recognise(text, "test");
  if (!reading) throw std::runtime_error(reading.error().text() + ": " + text);
  return std::move(*reading);
}
json scenarioOf(const std::string& text) {
  return json::parse(read(text).scenario);
}
std::string refusal(const std::string& text) {
  const Result<Reading> reading = recognise(text, "test");
  return reading ? "read as " + reading->recognised : reading.error().message;
}

TEST(Recognise, NamesAndAddresses) {
  EXPECT_EQ(scenarioOf(" Qwen/Qwen3-8B \n")["model"], "Qwen/Qwen3-8B");
  const json hub{{"hub", "acme/tiny"}, {"revision", "main"}};
  for (const char* name : {"acme/tiny", "hf.co/acme/tiny", "https://huggingface.co/acme/tiny/tree/main",
                           "hf://acme/tiny", "models--acme--tiny", "https://huggingface.co/acme/tiny?library=vllm"})
    EXPECT_EQ(scenarioOf(name)["model"], hub) << name;
  EXPECT_EQ(scenarioOf("acme/tiny@refs/pr/3")["model"]["revision"], "refs/pr/3");
  EXPECT_EQ(scenarioOf("https://huggingface.co/acme/tiny/tree/refs%2Fpr%2F3")["model"]["revision"], "refs/pr/3");
  EXPECT_EQ(scenarioOf("acme/tiny-GGUF:Q8_0")["model"]["hub"], "acme/tiny-GGUF:Q8_0");
  EXPECT_EQ(scenarioOf("acme/tiny-GGUF:Q8_0")["engine"], "llama.cpp");
  EXPECT_EQ(scenarioOf("qwen3:8b")["model"], "Qwen/Qwen3-8B");
  EXPECT_EQ(scenarioOf("qwen3:8b-q8_0")["precision"]["weights"], "Q8_0");
}

TEST(Recognise, AnotherHostsNamesakeIsNeverTaken) {
  EXPECT_THAT(refusal("https://modelscope.cn/models/acme/tiny"), HasSubstr("ModelScope"));
  EXPECT_THAT(refusal("https://lmstudio.ai/models/acme/tiny"), HasSubstr("LM Studio"));
  EXPECT_THAT(refusal("github.com/acme/tiny"), HasSubstr("GitHub"));
  EXPECT_THAT(refusal("https://example.org/acme/tiny"), HasSubstr("example.org"));
  EXPECT_THAT(refusal("https://huggingface.co/collections/acme/tiny-1"), HasSubstr("collections"));
  EXPECT_THAT(refusal("https://huggingface.co/papers/2401.00001"), HasSubstr("papers"));
}

TEST(Recognise, FilesOfEveryKind) {
  EXPECT_EQ(read("vllm serve Qwen/Qwen3-8B --max-model-len 4096").recognised, "vllm command");
  EXPECT_EQ(read("FROM qwen3:8b\nPARAMETER num_ctx 4096\n").recognised, "Ollama Modelfile");
  EXPECT_EQ(read("INFO Model loading took 14.99 GiB and 3 s\n").recognised, "vllm log");
  EXPECT_EQ(read("base_model: x/y\nadapter: lora\nmicro_batch_size: 2\n").recognised, "Axolotl recipe");
  EXPECT_EQ(read(R"({"headroom": 1, "model": "Qwen/Qwen3-8B"})").recognised, "scenario");
  EXPECT_EQ(read(R"({"model_type": "llama", "hidden_size": 64, "num_hidden_layers": 2})").recognised,
            "model configuration");
  EXPECT_EQ(read("distributed_type: FSDP\nfsdp_config:\n  fsdp_version: 2\nnum_processes: 8\n").recognised,
            "accelerate configuration");
  EXPECT_THAT(refusal("hello world, how are you"), HasSubstr("nothing that is known"));
  EXPECT_THAT(refusal(""), HasSubstr("nothing to read"));
}

TEST(Recognise, ScriptsAndCommandLinesOfTrainingCodes) {
  const json unsloth = scenarioOf(
      "from unsloth import FastLanguageModel\nm, t = FastLanguageModel.from_pretrained(model_name = "
      "\"unsloth/Meta-Llama-3.1-8B-bnb-4bit\", max_seq_length = 2 * 1024)\nm = FastLanguageModel.get_peft_model(m, r = "
      "32,\n"
      "  target_modules = [\"q_proj\", \"v_proj\"], # two\n  use_gradient_checkpointing = \"unsloth\")\n"
      "args = SFTConfig(per_device_train_batch_size = 2, optim = \"adamw_8bit\", bf16 = is_bf16())\n");
  EXPECT_EQ(unsloth["workload"], "qlora");  // load_in_4bit is what it does by itself
  EXPECT_EQ(unsloth["framework"], "unsloth");
  EXPECT_EQ(unsloth["context"], 2048);
  EXPECT_EQ(unsloth["batch"], 2);
  EXPECT_EQ(unsloth["training"]["rank"], 32);
  EXPECT_EQ(unsloth["training"]["targets"], json({"q_proj", "v_proj"}));
  const json line = scenarioOf(
      "torchrun --nproc_per_node 4 train.py --model_name_or_path Qwen/Qwen3-8B \\\n --per_device_train_batch_size 2 "
      "--max_length 4096 --gradient_checkpointing --bf16 True --optim adamw_torch");
  EXPECT_EQ(line["workload"], "full");
  EXPECT_EQ(line["parallel"]["data"], 4);
  EXPECT_EQ(line["context"], 4096);
  const json swift = scenarioOf("swift sft --model Qwen/Qwen3-8B --train_type lora --lora_rank 16 --max_length 2048");
  EXPECT_EQ(swift["framework"], "ms-swift");
  EXPECT_EQ(swift["training"]["rank"], 16);
  const json titan = scenarioOf(
      "[model]\nname = \"llama3\"\nflavor = \"8B\"\n[training]\nlocal_batch_size = 2 # each\nseq_len = 8_192\n"
      "[parallelism]\ntensor_parallel_degree = 2\n[activation_checkpoint]\nmode = 'full'\n");
  EXPECT_EQ(titan["framework"], "torchtitan");
  EXPECT_EQ(titan["context"], 8192);
  EXPECT_EQ(titan["parallel"]["tensor"], 2);
  EXPECT_EQ(titan["training"]["checkpointing"], "full");
}

TEST(Recognise, RecipeKeysThatMatterReachTheVerdict) {
  const Reading reading = read(
      R"({"peft_type": "LORA", "base_model_name_or_path": "meta-llama/Llama-3.1-8B", "r": 8, "target_modules": ["q_proj"],
          "modules_to_save": ["lm_head"], "layer_replication": [[0, 16], [8, 24]], "rank_pattern": {},
          "task_type": "CAUSAL_LM"})");
  ASSERT_FALSE(reading.leftOut.empty());
  EXPECT_EQ(json::parse(reading.scenario)["training"]["modules_to_save"], json::array({"lm_head"}));
  EXPECT_TRUE(reading.leftOut.front().matters);
  EXPECT_THAT(json::parse(reading.scenario)["unmodelled"].dump(), HasSubstr("layer_replication"));
  EXPECT_THAT(json::parse(reading.scenario)["unmodelled"].dump(), testing::Not(HasSubstr("rank_pattern")));
  EXPECT_THAT(refusal(R"({"peft_type": "PREFIX_TUNING", "base_model_name_or_path": "meta-llama/Llama-3.1-8B"})"),
              HasSubstr("PREFIX_TUNING"));
}

// A chat breaks a link into lines, a sentence goes on behind it.
TEST(Recognise, ALinkAmongOtherTextOpens) {
  const std::string link =
      scenarioLink(R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "context": 4096, "batch": 3})");
  const std::string begin = link.substr(0, 40), end = link.substr(40);
  for (const std::string& text :
       {"  " + link + " ", "\n\n" + link + "\n", "\xc2\xa0" + link + "\xc2\xa0", "<" + link + ">", "\"" + link + "\"",
        begin + "\r\n  " + end + "\n", "Our run: " + link + " fits.", "(" + link + ").", "See " + begin + "\n" + end}) {
    EXPECT_EQ(read(text).recognised, "scenario link") << text;
    EXPECT_EQ(scenarioOf(text)["batch"], 3) << text;
  }
  EXPECT_THAT(refusal(begin), HasSubstr("cut off"));
}

class Files : public testing::Test {
 protected:
  void SetUp() override {
    const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / ("headroom_files_" + std::to_string(getpid()) + test->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  // `size`: with a hole behind the bytes.
  std::string file(const char* name, std::string_view bytes, std::uintmax_t size = 0) const {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    if (size > 0) fs::resize_file(path, size);
    return path.string();
  }
  fs::path folder_;
};

TEST_F(Files, OfALogThatRanForWeeksTheStartIsRead) {
  constexpr std::uintmax_t kLong = (std::uintmax_t{64} << 20) + 100;
  const std::string log = file("server.log", "INFO Model loading took 14.9888 GiB and 3 seconds\n", kLong);
  const Result<Reading> reading = recogniseInput(log);
  ASSERT_TRUE(reading) << reading.error().text();
  EXPECT_EQ(reading->recognised, "vllm log");
  EXPECT_TRUE(std::ranges::any_of(reading->remarks, [](const Remark& r) { return r.message == kFirstPart; }));
  const Result<LogReading> figures = readLogFile(log);
  ASSERT_TRUE(figures) << figures.error().text();
  EXPECT_EQ(figures->notes.back(), kFirstPart);
  // What is no log is not read by halves.
  const Result<Reading> cut = recogniseInput(file("recipe.yaml", "base_model: meta-llama/Llama-3.1-8B\n", kLong));
  ASSERT_FALSE(cut);
  EXPECT_THAT(cut.error().message, HasSubstr("larger than 64 MiB"));
  // Weights say what they are in their first bytes, whatever the file is called.
  const Result<Reading> weights = recogniseInput(file("sha256-0123", "GGUF\x03", kLong));
  ASSERT_TRUE(weights) << weights.error().text();
  EXPECT_EQ(weights->recognised, "model file");
}

TEST(PlainText, UndoesUtf16) {
  using namespace std::string_literals;
  EXPECT_EQ(*plainText("\xff\xfe"
                       "a\0\n\0\xe4\0"s,
                       "f", 100),
            "a\n\xc3\xa4");
  EXPECT_EQ(*plainText("\xfe\xff"
                       "\0a"s,
                       "f", 100),
            "a");
  EXPECT_EQ(*plainText("\xef\xbb\xbf"
                       "a"s,
                       "f", 100),
            "a");
  EXPECT_FALSE(plainText(std::string(101, 'a'), "f", 100));
}

TEST(PythonCalls, ReadsPlainValuesAndSaysWhatIsComputed) {
  const auto calls = pythonCalls(
      "N = 4\nOPT = {'a': [1, -2.5], 'b': None}\nx = f(g(1), N * 2, name='y' \"z\", on=True, made=h(3), **OPT)  # "
      "f(9)\n");
  ASSERT_EQ(calls.size(), 3U);
  const PythonCall& f = calls.back();
  EXPECT_EQ(f.name, "f");
  EXPECT_EQ(f.assigned, "x");
  EXPECT_EQ(f.positional[1], 8);
  EXPECT_EQ(f.named["name"], "yz");
  EXPECT_EQ(f.named["on"], true);
  EXPECT_EQ(f.named["a"], json({1, -2.5}));
  EXPECT_THAT(f.unread, ElementsAre("made"));
  // Names of names of names do not grow without end, and brackets may stay open.
  std::string growing = "a = [1, 1, 1, 1, 1, 1, 1, 1]\n";
  for (int i = 0; i < 60; ++i) growing += "a = [a, a, a, a, a, a, a, a]\n";
  EXPECT_TRUE(pythonCalls(growing + "f(a)").size() <= 1);
  (void)pythonCalls(std::string(5000, '(') + std::string(5000, '[') + "f(x=" + std::string(5000, '{'));
}

}  // namespace
}  // namespace headroom
