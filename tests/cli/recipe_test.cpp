// Recipes on the command line: as what is asked, and as what is written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/run.h"

namespace headroom {
namespace {

using testing::HasSubstr;

TEST(RecipeCommand, ARecipeStandsWhereAScenarioDoes) {
  const Ran ran = run({"estimate", dataFile("recipes/axolotl_qlora.yml"), "--rank", "8", "--format", "json"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["model"]["id"], "meta-llama/Llama-3.1-8B");
  EXPECT_THAT(ran.out, HasSubstr("left alone: datasets"));
}

TEST(RecipeCommand, ADeepspeedFileNeedsItsModel) {
  const Ran without = run({"estimate", dataFile("recipes/deepspeed_zero3.json")});
  EXPECT_EQ(without.exit, 2);
  EXPECT_THAT(without.err, HasSubstr("--model"));
  EXPECT_EQ(run({"estimate", dataFile("recipes/deepspeed_zero3.json"), "--model", "meta-llama/Llama-3.1-8B"}).exit, 0);
}

TEST(RecipeCommand, WritesOneFromAScenarioAndIntoAnExistingOne) {
  const Ran fresh =
      run({"recipe", "--model", "meta-llama/Llama-3.1-8B", "--workload", "lora", "--context", "4k", "--to", "axolotl"});
  ASSERT_EQ(fresh.exit, 0) << fresh.err;
  EXPECT_THAT(fresh.out, HasSubstr("sequence_len: 4096\n"));
  const Ran into = run({"recipe", dataFile("recipes/trl_dpo.yaml"), "--rank", "64", "--to", "trl", "--into",
                        dataFile("recipes/trl_dpo.yaml")});
  ASSERT_EQ(into.exit, 0) << into.err;
  EXPECT_THAT(into.err, HasSubstr("Changed: lora_r."));
  EXPECT_THAT(into.out, HasSubstr("lora_r: 64\n"));
  EXPECT_THAT(into.out, HasSubstr("logging_steps: 10\n"));
}

TEST(RecipeCommand, SaysTheLineOfWhatIsWrong) {
  const Ran ran = run({"estimate", dataFile("recipes/broken.yml")});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("broken.yml:3"));
  EXPECT_TRUE(ran.out.empty());
}

}  // namespace
}  // namespace headroom
