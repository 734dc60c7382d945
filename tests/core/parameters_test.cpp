// Parameter counts against published checkpoints: tests/data/parameters.jsonl, a line per model with its source.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/formats/model_source.h"
#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

using nlohmann::json;

std::vector<json> rows(const std::string& file = "/parameters.jsonl") {
  std::ifstream in(HEADROOM_TEST_DATA + file);
  std::vector<json> all;
  for (std::string line; std::getline(in, line);) all.push_back(json::parse(line));
  return all;
}

TEST(Parameters, EveryGroupOfEveryModelIsExact) {
  const std::vector<json> all = rows();
  ASSERT_GE(all.size(), 184u);
  for (const json& row : all) {
    const std::string id = row["id"];
    const auto model = modelFromConfig(row["config"].dump(), id, id);
    ASSERT_TRUE(model.has_value()) << id << ": " << model.error().text();
    EXPECT_EQ(model->parameters.value(), row["parameters"].get<std::int64_t>()) << id;
    for (std::size_t g = 0; g < kGroupCount; ++g) {
      const std::string name(nameOf(static_cast<Group>(g)));
      EXPECT_EQ(model->groups[g].value(), row["groups"].value(name, std::int64_t{0})) << id << " " << name;
    }
  }
}

// Totals of checkpoints on the hub, and counts from the modeling code ("layout/…"), for families and sizes the counted
// file does not have; each line says where its number stands.
TEST(Parameters, PublishedTotalsAreExact) {
  const std::vector<json> all = rows("/published.jsonl");
  ASSERT_GE(all.size(), 120u);
  for (const json& row : all) {
    const std::string id = row["id"];
    const auto model = modelFromConfig(row["config"].dump(), id, id);
    ASSERT_TRUE(model.has_value()) << id << ": " << model.error().text();
    EXPECT_EQ(model->parameters.value(), row["parameters"].get<std::int64_t>()) << id;
    EXPECT_TRUE(model->notes.empty()) << id << ": " << model->notes.front();
  }
}

TEST(Parameters, GroupsAddUpToTheTotalAndLayersStandInOrder) {
  for (const json& row : rows()) {
    const auto model = modelFromConfig(row["config"].dump(), row["id"].get<std::string>(), "x");
    ASSERT_TRUE(model.has_value());
    Parameters sum;
    for (const Parameters n : model->groups) sum += n;
    EXPECT_EQ(sum, model->parameters) << row["id"];
    EXPECT_LE(model->activeParameters, model->parameters) << row["id"];
    std::int64_t layers = 0;
    for (const LayerKind& kind : model->kinds) layers += kind.count;
    EXPECT_EQ(layers, model->layers()) << row["id"];
  }
}

TEST(Parameters, SixteenBitWeightsAreTwoBytesEach) {
  for (const json& row : rows()) {
    json config = row["config"];
    config.erase("quantization_config");
    const auto model = modelFromConfig(config.dump(), "m", "x");
    ASSERT_TRUE(model.has_value());
    EXPECT_EQ(weightBytes(*model, NumberFormat::bf16).value(), 2 * model->parameters.value()) << row["id"];
  }
}

}  // namespace
}  // namespace headroom
