// The classes of Transformers as rows of a table: counts as the library itself (5.24.0, torch's meta device) makes
// them.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/formats/config/expression.h"
#include "core/formats/model_source.h"

namespace headroom {
namespace {

TEST(ClassTable, CountsAreTheLibrarys) {
  std::ifstream in(HEADROOM_TEST_DATA "/classes.jsonl");
  for (std::string line; std::getline(in, line);) {
    const auto row = nlohmann::json::parse(line);
    const auto model = modelFromConfig(row["config"].dump(), row["id"].get<std::string>(), "test");
    ASSERT_TRUE(model) << row["id"] << model.error().message;
    EXPECT_EQ(model->parameters.value(), row["parameters"].get<std::int64_t>()) << row["id"];
  }
}

TEST(ClassTable, AClassNobodyKnowsIsNoted) {
  const auto model = modelFromConfig(R"({"model_type": "xmod", "architectures": ["XmodForWeather"]})", "x", "test");
  ASSERT_TRUE(model);
  EXPECT_FALSE(model->notes.empty());
}

TEST(Expression, SpeaksOfAConfigurationsKeys) {
  EXPECT_TRUE(isExpression("2*moe_intermediate_size"));
  EXPECT_TRUE(isExpression("layer_types[i]=='full_attention'&&!(i in mlp_only_layers)"));
  EXPECT_TRUE(isExpression("head_dim?(hidden_size//num_attention_heads)"));
  EXPECT_FALSE(isExpression("2**3"));
  EXPECT_FALSE(isExpression("(hidden_size"));
}

}  // namespace
}  // namespace headroom
