// A user's own models and accelerators, as the program finds them when it starts.
#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace headroom {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kLlama =
    R"({"model_type": "llama", "hidden_size": 512, "intermediate_size": 1024, "num_hidden_layers": 4,
        "num_attention_heads": 8, "num_key_value_heads": 2, "vocab_size": 1000, "tie_word_embeddings": true})";

class OwnEntries : public testing::Test {
 protected:
  OwnEntries() : config_(fs::temp_directory_path() / ("headroom-own-entries-" + std::to_string(getpid()))) {
    fs::create_directories(config_ / "headroom");
  }
  ~OwnEntries() override {
    std::error_code ignored;
    fs::remove_all(config_, ignored);
  }
  void write(const char* name, const std::string& text) const { std::ofstream(config_ / "headroom" / name) << text; }

  // Standard output and then what went to standard error.
  std::string run(const std::string& arguments) const {
    const std::string errors = (config_ / "errors").string();
    const std::string command = "XDG_CONFIG_HOME='" + config_.string() +
                                "' '" HEADROOM_BINARY_DIR "/bin/headroom-cli' " + arguments + " 2>'" + errors + "'";
    std::string text;
    FILE* const pipe = popen(command.c_str(), "r");
    std::array<char, 4096> block;
    while (const std::size_t n = fread(block.data(), 1, block.size(), pipe)) text.append(block.data(), n);
    exit_ = WEXITSTATUS(pclose(pipe));
    std::ifstream file(errors);
    errors_.assign(std::istreambuf_iterator<char>(file), {});
    return text;
  }

  fs::path config_;
  mutable int exit_ = 0;
  mutable std::string errors_;
};

TEST_F(OwnEntries, JoinTheCatalogues) {
  write("mine.json", std::string(R"({"models": [{"id": "me/tiny", "aliases": ["teeny"], "config": )") + kLlama +
                         R"(}], "accelerators": [{"id": "my-card", "memory_gb": 12, "torch_total_gib": 11.5}]})");
  for (const char* name : {"me/tiny", "tiny", "TEENY"}) {
    const auto answer =
        nlohmann::json::parse(run(std::string("estimate --format json --gpu my-card --model ") + name), nullptr, false);
    ASSERT_EQ(exit_, 0) << errors_;
    EXPECT_EQ(answer["model"]["id"], "me/tiny");
    EXPECT_EQ(answer["ranks"][0]["capacity_bytes"], 12'348'030'976) << "11.5 GiB";
  }
  EXPECT_EQ(errors_, "");
  EXPECT_THAT(run("models tiny"), HasSubstr("Own models"));
  EXPECT_THAT(run("models tiny --format json"), HasSubstr("/headroom/mine.json"));
  EXPECT_THAT(run("models me/tiny --check"), HasSubstr("1 of 1 models"));
  EXPECT_THAT(run("gpus my-card"), HasSubstr("11.50"));
}

TEST_F(OwnEntries, ANameThatLooksLikeACountIsAName) {
  write("mine.json", R"({"accelerators": [{"id": "2xcard", "memory_gb": 12}]})");
  for (const auto& [asked, count] : {std::pair("2xcard", 1), std::pair("3x2xcard", 3)}) {
    const auto answer = nlohmann::json::parse(
        run(std::string("estimate --format json --model meta-llama/Llama-3.2-1B --gpu ") + asked), nullptr, false);
    ASSERT_EQ(exit_, 0) << errors_;
    EXPECT_EQ(answer["ranks"][0]["accelerator"], "2xcard");
    EXPECT_EQ(answer["settings"]["devices"]["value"], count);
  }
}

TEST_F(OwnEntries, NeverTakeANameThatIsThere) {
  write("a.json", std::string(R"({"models": [{"id": "meta-llama/Llama-3.1-8B", "config": )") + kLlama + "}]}");
  write(
      "b.json",
      R"({"accelerators": [{"id": "l4", "memory_gb": 1}, {"id": "new", "memory_gb": 2}, {"id": "my-4090", "memory_gb": 2}]})");
  write("c.json", R"({"accelerators": [{"id": "new", "memory_gb": 3}]})");
  const auto answer = nlohmann::json::parse(run("estimate --format json --model meta-llama/Llama-3.1-8B --gpu l4"));
  EXPECT_EQ(answer["model"]["parameters"], 8'030'261'248);
  EXPECT_GT(answer["ranks"][0]["capacity_bytes"], 20'000'000'000);
  EXPECT_THAT(errors_, HasSubstr("/a.json, /models/0: \"meta-llama/Llama-3.1-8B\" already names Llama 3.1 8B;"));
  EXPECT_THAT(errors_, HasSubstr("/b.json, /accelerators/0: \"l4\" already names the"));
  EXPECT_THAT(errors_, HasSubstr("/c.json, /accelerators/0: \"new\" already names the new"));
  EXPECT_THAT(run("gpus new --format csv"), HasSubstr("\nnew,"));
  // A part of a name goes on meaning the card it meant.
  const auto part = nlohmann::json::parse(run("estimate --format json --model gpt2 --gpu 4090"));
  EXPECT_GT(part["ranks"][0]["capacity_bytes"], 20'000'000'000);
}

TEST_F(OwnEntries, AMistakeIsOneWarningThatNamesFileAndPlaceAndBreaksNothingElse) {
  write("a.json", "{\"models\": [\n}");
  write("b.json", R"({"accelerators": [{"id": "one", "memory_gb": "24"}, {"id": "Two", "memory_gb": 2}, 3,
                                       {"id": "four", "memory_gb": 4}], "models": {}})");
  write("c.json",
        R"({"accelerators": [{"id": "five", "memory_gb": 5, "memroy_type": "HBM"}, {"id": "six", "memory_gb": 6}]})");
  const std::string cards = run("gpus --format csv");
  EXPECT_EQ(exit_, 0);
  EXPECT_THAT(cards, testing::AllOf(HasSubstr("\nfour,"), HasSubstr("\nsix,"), HasSubstr("\nrtx-4090,")));
  EXPECT_THAT(cards, testing::AllOf(Not(HasSubstr("\none,")), Not(HasSubstr("\nfive,"))));
  EXPECT_THAT(errors_, HasSubstr("/a.json:2:1: This is not valid JSON"));
  EXPECT_THAT(errors_,
              HasSubstr("/b.json, /accelerators/0: \"memory_gb\" is not a number. The file has 2 more such mistakes."));
  EXPECT_THAT(errors_,
              HasSubstr("/c.json, /accelerators/0: 'memroy_type' is not a known key. Did you mean 'memory_type'?"));
  EXPECT_EQ(std::ranges::count(errors_, '\n'), 3) << errors_;
  run("models --check");
  EXPECT_EQ(exit_, 0);
  EXPECT_THAT(errors_, HasSubstr("/b.json, /models: A list was expected."));
}

// Every wrong entry is said when the program starts, not when it is asked for.
TEST_F(OwnEntries, WhatCannotBeIsLeftOutWithAWarning) {
  const std::string rest = R"("intermediate_size": 1024, "num_attention_heads": 8, "vocab_size": 1000}}]})";
  for (const auto& [config, words] :
       {std::pair{R"("hidden_size": -512, "num_hidden_layers": 4, )", "hidden_size is -512"},
        {R"("hidden_size": 512, "num_hidden_layers": 0, )", "num_hidden_layers is 0"},
        {R"("hidden_size": "x", "num_hidden_layers": 4, )", "hidden_size must be a number"},
        {"", "cannot be read"}}) {
    const std::string type = *config == 0 ? "" : R"("model_type": "llama", )";
    write("a.json", R"({"models": [{"id": "me/wrong", "config": {)" + type + config + rest);
    EXPECT_THAT(run("models --format csv"), Not(HasSubstr("me/wrong"))) << config;
    EXPECT_EQ(exit_, 0);
    EXPECT_THAT(errors_, HasSubstr("/a.json, /models/0: ")) << config;
    if (*config != 0) {
      EXPECT_THAT(errors_, HasSubstr(words));
    }
    run("estimate --model me/wrong");
    EXPECT_EQ(exit_, 2);
  }
  fs::remove(config_ / "headroom" / "a.json");
  for (const char* figures :
       {R"("driver_total_mib": 999999)", R"("torch_total_gib": 90)", R"("driver_total_mib": 2400)",
        R"("driver_total_mib": 24000, "driver_reserve_mib": 30000)", R"("driver_reserve_mib": 30000)",
        R"("driver_total_mib": 23000, "torch_total_gib": 23.9)", R"("compute_capability": -3)",
        R"("compute_capability": 900)", R"("bandwidth_gb_s": 0)", R"("tdp_w": -1)"}) {
    write("b.json", std::string(R"({"accelerators": [{"id": "card", "memory_gb": 24, )") + figures + "}]}");
    EXPECT_THAT(run("gpus --format csv"), Not(HasSubstr("\ncard,"))) << figures;
    EXPECT_THAT(errors_, HasSubstr("/b.json, /accelerators/0: ")) << figures;
  }
}

}  // namespace
}  // namespace headroom
