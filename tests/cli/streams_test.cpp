// What the program does with its streams and with inputs that are no files: one message, the right exit code, no hang.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/program.h"
#include "tests/cli/run.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;
using Program = RunsProgram;

constexpr const char* kModel = " --model meta-llama/Llama-3.1-8B ";

TEST_F(Program, AFullDiskIsAMessageAndExitThree) {
  for (const std::string command : {"models", "gpus --format json", "--help", "estimate --help", "--version",
                                    "estimate --model meta-llama/Llama-3.1-8B --gpu l4 --check"}) {
    EXPECT_EQ(sh("$cli " + command + " > /dev/full"), 3) << command;
    expectOneMessage("output could not be written");
  }
  EXPECT_EQ(sh(std::string("for i in $(seq 2000); do echo '{\"model\": \"meta-llama/Llama-3.1-8B\"}'; done | $cli "
                           "estimate --jsonl - > /dev/full")),
            3);
  expectOneMessage("output could not be written");
}

TEST_F(Program, AClosedOutputIsAMessageAndExitThree) {
  EXPECT_EQ(sh(std::string("$cli estimate") + kModel + ">&-"), 3);
  expectOneMessage("output could not be written");
  // A pipe whose reader is gone.
  EXPECT_EQ(sh("mkfifo gone; exec 8<>gone 9>gone 8>&-; $cli models >&9"), 3);
  expectOneMessage("output could not be written");
}

// With standard output closed, the first file opened would get its number, and the table would be written into it.
TEST_F(Program, AClosedOutputNeverLandsInAFile) {
  EXPECT_EQ(sh(std::string("$cli recipe") + kModel + "--workload lora --to trl --output recipe.yaml >&-"), 0) << errors;
  EXPECT_EQ(sh(std::string("$cli recipe") + kModel +
               "--workload lora --to trl > expected.yaml; cmp recipe.yaml "
               "expected.yaml"),
            0);
}

TEST_F(Program, AFileThatCannotBeWrittenIsExitThree) {
  EXPECT_EQ(sh(std::string("$cli recipe") + kModel + "--workload lora --to trl --output /dev/full"), 3);
  expectOneMessage("/dev/full");
  EXPECT_EQ(sh(std::string("$cli recipe") + kModel + "--workload lora --to trl --output missing/recipe.yaml"), 3);
  expectOneMessage("missing/recipe.yaml");
}

// What stops it without --force is a row of tests/data/faults.json.
TEST_F(Program, ForceWritesWhatSomebodyChangedMeanwhile) {
  EXPECT_EQ(
      sh("echo 'lora_r: 4' > r.yaml; (head -c 200000 /dev/zero | tr '\\0' ' '; echo '# theirs' >> r.yaml; echo "
         "'{\"model\": \"meta-llama/Llama-3.1-8B\", \"workload\": \"lora\", \"training\": {\"rank\": 64}}') | $cli "
         "recipe - --to axolotl --into r.yaml --output r.yaml --force"),
      0)
      << errors;
  EXPECT_NE(bytesOf(work() + "/r.yaml").find("lora_r: 64"), std::string::npos);
}

TEST_F(Program, WhatIsNoFileIsOneMessage) {
  ASSERT_EQ(::mkfifo((work() + "/pipe").c_str(), 0600), 0);
  fs::create_directory(work() + "/empty");
  struct Case {
    std::string arguments, says;
    int exit;
  };
  const Case cases[] = {
      {"estimate --jsonl empty", "folder", 3},
      {"estimate --jsonl pipe", "Nobody writes", 3},
      {"estimate --jsonl missing", "no such file", 3},
      {"estimate --jsonl /dev/zero", "longer than 64 MiB", 3},
      {"estimate --jsonl - < /dev/zero", "longer than 64 MiB", 3},
      {"estimate --jsonl - < empty", "could not be read", 3},
      {"estimate empty", "folder", 3},
      {"estimate pipe", "Nobody writes", 3},
      {"estimate /dev/zero", "larger than 64 MiB", 3},
      {"estimate - < /dev/zero", "larger than 64 MiB", 3},
      {"estimate - < empty", "could not be read", 3},
      {"estimate - <&-", "could not be read", 3},
      {"estimate --model ./pipe", "not a regular file", 3},
      {"estimate --model ./empty", "neither a config.json", 3},
      {"validate empty", "folder", 3},
      {"validate pipe", "Nobody writes", 3},
      {"validate /dev/zero", "larger than 64 MiB", 3},
      {"measure --log empty", "folder", 3},
      {"measure --log pipe", "Nobody writes", 3},
      {"measure --log - < /dev/zero", "larger than 64 MiB", 3},
      {"recipe --model meta-llama/Llama-3.1-8B --to trl --into empty", "folder", 3},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(sh("$cli " + c.arguments), c.exit) << c.arguments << ": " << errors;
    expectOneMessage(c.says);
  }
}

TEST_F(Program, ReadsPipesThatAreWrittenInto) {
  EXPECT_EQ(sh("$cli estimate <(echo '{\"model\": \"meta-llama/Llama-3.1-8B\"}') > /dev/null"), 0) << errors;
  EXPECT_EQ(sh("$cli estimate --jsonl <(sleep 0.1; echo '{\"model\": \"meta-llama/Llama-3.1-8B\"}') | grep -q ranks"),
            0)
      << errors;
}

constexpr const char* kEvil = "\x1b]0;owned\x07\x1b[2J\xe2\x80\xae<script>&\n";

bool steers(const std::string& text) {
  return std::ranges::any_of(text, [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7f; }) ||
         text.find("\xe2\x80\xae") != std::string::npos;
}

TEST(Terminal, IsNeverSteeredByAnInput) {
  const std::string evil = kEvil, quoted = "\\u001b]0;owned\\u0007\\u001b[2J\\u202e<script>&\\n";
  const std::string config =
      R"({"model_type": "llama", "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 1,
      "num_attention_heads": 4, "vocab_size": 100})";
  const std::string scenario = "{\"name\": \"" + quoted + "\", \"model\": {\"name\": \"" + quoted +
                               "\", \"config\": " + config + "}, \"devices\": [{\"accelerator\": \"" + quoted + "\"}]}";
  for (const char* command : {"estimate", "explain"})
    for (const char* format : {"table", "csv", "md", "latex"}) {
      const Ran r = run({command, "-", "--format", format}, scenario);
      EXPECT_EQ(r.exit, 0) << r.err;
      EXPECT_FALSE(steers(r.out)) << command << " " << format << "\n" << r.out;
      const std::size_t tag = r.out.find("<script");  // Markdown would let it through
      EXPECT_TRUE(std::string(format) != "md" || tag == std::string::npos || r.out[tag - 1] == '\\') << r.out;
    }
  const std::vector<std::vector<std::string>> refused = {
      {"estimate", "--model", evil},
      {"estimate", evil},
      {"estimate", "--gpu", evil},
      {"--" + evil},
      {evil},
      {"estimate", "--" + evil},
      {"explain", "--component", evil},
      {"inspect", evil},
      {"estimate", "-", "--set", evil + "=1"},
      {"estimate", "-", "--engine", evil},
      {"validate", evil},
      {"measure", "--log", evil},
      {"estimate", "-", "--weights", evil},
      {"models", evil, "--format", evil},
  };
  for (const auto& args : refused) {
    const Ran r = run(args, scenario);
    EXPECT_FALSE(steers(r.out + r.err)) << args.front() << ": " << r.err;
    EXPECT_LE(std::ranges::count(r.err, '\n'), 2) << r.err;
  }
  // JSON keeps what was there, escaped as JSON does it.
  const Ran json = run({"estimate", "-", "--format", "json"}, scenario);
  EXPECT_NE(json.out.find("\\u001b]0;owned\\u0007"), std::string::npos);
}

TEST(Check, NeverPassesUnchecked) {
  const std::string model = "meta-llama/Llama-3.1-8B";
  EXPECT_EQ(run({"estimate", "--model", model, "--check"}).exit, 2);
  EXPECT_EQ(run({"estimate", "--model", model}).exit, 0);
  const Ran slip = run({"estimate", "--model", model, "--gpu", "rtx-4091", "--check"});
  EXPECT_EQ(slip.exit, 2);
  EXPECT_NE(slip.err.find("rtx-4090 (GeForce RTX 4090)"), std::string::npos) << slip.err;
  EXPECT_EQ(run({"limits", "--model", model, "--gpu", "rtx-4091"}).exit, 2);
  // In a file an unknown one is a warning, as rows of other programs name what we may not know, unless it is to be
  // checked.
  const std::string unknown = R"({"model": "meta-llama/Llama-3.1-8B", "devices": [{"accelerator": "rtx-4091"}]})";
  const Ran file = run({"estimate", "-"}, unknown);
  EXPECT_EQ(file.exit, 0);
  EXPECT_NE(file.out.find("Near: rtx-4090"), std::string::npos) << file.out;
  const Ran checked = run({"estimate", "-", "--check"}, unknown);
  EXPECT_EQ(checked.exit, 2);
  EXPECT_EQ(checked.out, "");
  EXPECT_NE(checked.err.find("Near: rtx-4090"), std::string::npos) << checked.err;
  // One known device beside an unknown one is not enough.
  EXPECT_EQ(
      run({"estimate", "-", "--check"},
          R"({"model": "meta-llama/Llama-3.1-8B", "devices": [{"accelerator": "h200"}, {"accelerator": "rtx-4091"}]})")
          .exit,
      2);
}

TEST(Check, LinesThatCannotBeCheckedAreNamedAndTheRestIsAnswered) {
  const std::string fits = R"({"model": "meta-llama/Llama-3.1-8B", "devices": [{"accelerator": "h200"}]})",
                    exceeds = R"({"model": "meta-llama/Llama-3.1-8B", "devices": [{"memory_bytes": 1000000000}]})",
                    unknown = R"({"model": "meta-llama/Llama-3.1-8B", "devices": [{"accelerator": "x1"}]})",
                    none = R"({"model": "meta-llama/Llama-3.1-8B"})", wrong = R"({"model": "no/such-model"})";
  const auto check = [](const std::string& lines) { return run({"estimate", "--jsonl", "-", "--check"}, lines); };
  for (const char* nothing : {"", "\n \n"}) EXPECT_EQ(check(nothing).exit, 2) << nothing;
  EXPECT_EQ(check(fits + "\n" + fits).exit, 0);
  EXPECT_EQ(check(fits + "\n" + exceeds + "\n" + fits).exit, 1);
  for (const std::string& line : {unknown, none, wrong}) {
    const Ran r = check(exceeds + "\n" + fits + "\n\n" + line + "\n" + fits);
    EXPECT_EQ(r.exit, 2) << line;
    EXPECT_NE(r.err.find("line 4"), std::string::npos) << r.err;
    EXPECT_EQ(std::ranges::count(r.out, '\n'), 4) << r.out;
  }
  EXPECT_EQ(run({"estimate", "--jsonl", "-"}, none + "\n" + unknown).exit, 0);
}

// Reading a stream flushes the one it is tied to, as std::cin is to std::cout: beside the thread that writes, that tore
// lines apart and lost bytes.
TEST(Streams, ReadingLinesNeverTouchesTheOutput) {
  struct CountsFlushes : std::stringbuf {
    int flushes = 0;
    int sync() override { return ++flushes, 0; }
  } buffer;
  std::ostream tied(&buffer);
  std::istringstream in("{\"model\": \"gpt2\"}\n{\"model\": \"gpt2\"}\n");
  in.tie(&tied);
  std::ostringstream out, err;
  runCli({"estimate", "--jsonl", "-"}, in, out, err);
  EXPECT_EQ(buffer.flushes, 0);
  EXPECT_EQ(in.tie(), &tied);
}

TEST(Lines, AreAnsweredInTheirOrderOnAllCores) {
  std::string asked;
  std::vector<std::int64_t> batches;
  for (int i = 0; i < 600; ++i) {
    batches.push_back(i % 7 == 3 ? 0 : 1 + i);
    asked += i % 7 == 3 ? "{\n" : R"({"model": "meta-llama/Llama-3.1-8B", "batch": )" + std::to_string(1 + i) + "}\n";
  }
  std::istringstream answers(run({"estimate", "--jsonl", "-", "--depth", "0"}, asked).out);
  std::vector<std::int64_t> answered;
  for (std::string line; std::getline(answers, line);) {
    const auto answer = nlohmann::json::parse(line);
    answered.push_back(answer.contains("error") ? 0 : answer["settings"]["batch"]["value"].get<std::int64_t>());
  }
  EXPECT_EQ(answered, batches);
}

// A program that asks line by line has each answer before it asks again.
TEST_F(Program, ALineIsAnsweredBeforeTheNextOneComes) {
  EXPECT_EQ(sh("mkfifo asked told; $cli estimate --jsonl - < asked > told & exec 8>asked 9<told; for i in 1 2 3; do "
               "echo '{\"model\": \"meta-llama/Llama-3.1-8B\"}' >&8; head -n 1 <&9 | grep -q ranks || exit 1; done"),
            0);
}

TEST(Gpus, AreFoundByEveryNameTheyHave) {
  const auto capacity = [](const std::string& gpu) {
    return run({"estimate", "--model", "meta-llama/Llama-3.1-8B", "--gpu", gpu, "--check"}).exit;
  };
  EXPECT_EQ(capacity("4090"), 0);
  EXPECT_EQ(capacity("2x4090"), 0);
  const auto named = [](const std::string& name) {
    const std::string asked = R"({"model": "meta-llama/Llama-3.1-8B", "devices": [{"accelerator": ")" + name + "\"}]}";
    return nlohmann::json::parse(run({"estimate", "--jsonl", "-"}, asked).out);
  };
  EXPECT_EQ(named("h100-80gb-hbm3"), named("h100-sxm-80gb"));
  // A name of several sizes is one of them, and says so.
  EXPECT_EQ(named("h100")["ranks"], named("h100-sxm-80gb")["ranks"]);
  EXPECT_NE(named("h100")["diagnostics"], named("h100-sxm-80gb")["diagnostics"]);
  const auto lists = [](const std::string& word, const std::string& id) {
    return run({"gpus", word, "--format", "csv"}).out.find("\n" + id + ",") != std::string::npos;
  };
  EXPECT_TRUE(lists("4090", "rtx-4090"));
  EXPECT_TRUE(lists("h100-80gb-hbm3", "h100-sxm-80gb"));  // an alias
  EXPECT_FALSE(lists("h100-80gb-hbm3", "l4"));
}

}  // namespace
}  // namespace headroom
