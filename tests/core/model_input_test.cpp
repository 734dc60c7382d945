#include "core/open/model_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace headroom {
namespace {

using Kind = ModelInput::Kind;

Kind kindOf(std::string_view text) {
  return recogniseModel(text).kind;
}

TEST(ModelInput, TellsApartWhatPeopleGive) {
  EXPECT_EQ(kindOf(""), Kind::nothing);
  EXPECT_EQ(kindOf(" \n"), Kind::nothing);
  EXPECT_EQ(kindOf("meta-llama/Llama-3.1-8B"), Kind::catalogue);
  EXPECT_EQ(kindOf("llama 3.1 8b"), Kind::catalogue);
  EXPECT_EQ(kindOf("someone/else"), Kind::hub);
  EXPECT_EQ(kindOf("/nowhere/config.json"), Kind::missing);
  EXPECT_EQ(kindOf("model.gguf"), Kind::missing);
  EXPECT_EQ(kindOf(R"({"model_type": "llama"})"), Kind::configuration);
  EXPECT_EQ(kindOf(R"({"model_type": "lla)"), Kind::unfinished);
  EXPECT_EQ(kindOf("[1, 2]"), Kind::unfinished);
  EXPECT_EQ(kindOf(R"({"headroom": 1, "model": "x"})"), Kind::scenario);
  EXPECT_EQ(kindOf("two words"), Kind::unknown);
  EXPECT_EQ(kindOf("one\ntwo"), Kind::unknown);
  EXPECT_EQ(kindOf("https://huggingface.co/datasets/a/b"), Kind::unknown);
}

TEST(ModelInput, ReadsRevisionAndFileOfAHubAddress) {
  const auto hub = [](std::string_view text) { return std::get<HubModel>(*recogniseModel(text).reference); };
  EXPECT_EQ(hub("someone/else"), (HubModel{"someone/else", "main"}));
  EXPECT_EQ(hub(" someone/else@v2\n"), (HubModel{"someone/else", "v2"}));
  EXPECT_EQ(hub("https://huggingface.co/someone/else"), (HubModel{"someone/else", "main"}));
  EXPECT_EQ(hub("https://huggingface.co/someone/else/tree/dev"), (HubModel{"someone/else", "dev"}));
  EXPECT_EQ(hub("huggingface.co/someone/else/blob/main/config.json"), (HubModel{"someone/else", "main"}));
  EXPECT_EQ(hub("https://hf.co/someone/else/resolve/main/q/x-Q4_K_M.gguf?download=true"),
            (HubModel{"someone/else/blob/main/q/x-Q4_K_M.gguf", "main"}));
  // A revision says that the hub is meant, though the catalogue has the model.
  EXPECT_EQ(hub("meta-llama/Llama-3.1-8B@main"), (HubModel{"meta-llama/Llama-3.1-8B", "main"}));
}

TEST(ModelInput, APathThatIsThereWinsOverAHubId) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "headroom-input";
  std::filesystem::create_directories(folder / "org" / "name");
  std::ofstream(folder / "config.json") << "{}";
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder);
  EXPECT_EQ(kindOf("org/name"), Kind::folder);
  EXPECT_EQ(kindOf("org/other"), Kind::hub);
  EXPECT_EQ(kindOf("\"config.json\""), Kind::file);
  EXPECT_EQ(std::get<FileModel>(*recogniseModel("config.json").reference).path,
            (std::filesystem::current_path() / "config.json").string());
  EXPECT_EQ(kindOf("file://" + (folder / "config.json").string()), Kind::file);
  std::filesystem::current_path(before);
  std::filesystem::remove_all(folder);
}

TEST(ModelInput, NamesAPastedConfigurationAfterWhatItSays) {
  const auto name = [](std::string_view text) { return std::get<ConfigModel>(*recogniseModel(text).reference).name; };
  EXPECT_EQ(name(R"({"_name_or_path": "meta-llama/Llama-2-7b-hf/", "model_type": "llama"})"), "Llama-2-7b-hf");
  EXPECT_EQ(name(R"({"model_type": "llama"})"), "pasted llama");
  EXPECT_EQ(name(R"({"time_step_limit": [0.0, Infinity]})"), "pasted configuration");
}

}  // namespace
}  // namespace headroom
