// Malformed and impossible configurations: every one ends in an error that says what and where.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "core/formats/model_source.h"
#include "core/model/weight_bytes.h"
#include "core/report/inspect_report.h"

namespace headroom {
namespace {

using nlohmann::json;

const std::map<std::string, ErrorCode> kCodes{
    {"syntax", ErrorCode::syntax}, {"value", ErrorCode::value}, {"unsupported", ErrorCode::unsupported}};

TEST(BadConfig, EveryFileIsRefusedForItsOwnReason) {
  std::ifstream in(HEADROOM_TEST_DATA "/bad/expected.json");
  const json cases = json::parse(in)["cases"];
  ASSERT_GE(cases.size(), 20u);
  for (const json& c : cases) {
    const std::string file = c["file"];
    const auto model = modelFromFile(HEADROOM_TEST_DATA "/bad/" + file);
    ASSERT_FALSE(model.has_value()) << file;
    EXPECT_EQ(model.error().code, kCodes.at(c["code"])) << file;
    EXPECT_NE(model.error().message.find(c["message"]), std::string::npos) << file << ": " << model.error().message;
    EXPECT_NE(model.error().where.find(c["where"]), std::string::npos) << file << ": " << model.error().where;
  }
}

TEST(BadConfig, AMissingFileSaysSo) {
  const auto model = modelFromFile(HEADROOM_TEST_DATA "/bad/no_such_file.json");
  ASSERT_FALSE(model.has_value());
  EXPECT_EQ(model.error().code, ErrorCode::not_found);
}

// Every value of one configuration per family replaced by hostile ones: an error with a place, or a model that counts.
TEST(BadConfig, HostileValuesNeverDoMoreThanFail) {
  const json hostile[] = {
      0,       -1,  1e300, std::int64_t{1} << 40, "x", json::array(), json::object(), json::array({1, "a", nullptr}),
      nullptr, true};
  std::ifstream in(HEADROOM_TEST_DATA "/parameters.jsonl");
  std::map<std::string, json> families;
  for (std::string line; std::getline(in, line);) {
    json row = json::parse(line);
    families.emplace(row["config"].value("model_type", ""), row["config"]);
  }
  ASSERT_GE(families.size(), 70u);
  int refused = 0, read = 0;
  const auto probe = [&](const json& config) {
    const auto model = modelFromConfig(config.dump(), "m", "config.json");
    if (!model) {
      ++refused;
      EXPECT_FALSE(model.error().where.empty());
      EXPECT_FALSE(model.error().message.empty());
      return;
    }
    ++read;
    EXPECT_GT(model->parameters.value(), 0) << config.dump();
    EXPECT_GE(weightBytes(*model, AsStored{}).value(), 0);
    EXPECT_FALSE(inspectJson(*model, AsStored{}).empty());
  };
  for (const auto& [type, config] : families)
    for (const auto& [key, value] : config.items()) {
      for (const json& bad : hostile) {
        json changed = config;
        changed[key] = bad;
        probe(changed);
      }
      if (!value.is_object()) continue;
      for (const auto& [inner, unused] : value.items())
        for (const json& bad : hostile) {
          json changed = config;
          changed[key][inner] = bad;
          probe(changed);
        }
    }
  EXPECT_GT(refused, 1000);
  EXPECT_GT(read, 1000);
}

}  // namespace
}  // namespace headroom
