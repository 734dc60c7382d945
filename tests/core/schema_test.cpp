// Every resource is what its schema says, and every schema says what the program reads and writes.
#include <gmock/gmock.h>

#include <filesystem>
#include <set>

#include "core/estimate/estimate.h"
#include "core/open/scenario_fields.h"
#include "core/report/estimate_report.h"
#include "tests/support/json_schema.h"
#include "tests/support/random_scenario.h"

namespace headroom {
namespace {

using nlohmann::json;
using testing::IsEmpty;

json schemaOf(const std::string& name) {
  return sourceJson("resources/schema/" + name + ".schema.json");
}

// A catalogue has the schema of its name; measured runs share one, and so do constants.
std::string schemaNameOf(const std::filesystem::path& file) {
  const std::string name = file.stem().string(), folder = file.parent_path().filename().string();
  if (folder == "stories") return "scenario";  // documents that the window opens
  return folder == "catalogue" || name == "peers" ? name : folder;
}

TEST(Schema, EveryResourceIsAsItsSchemaSays) {
  std::size_t files = 0;
  const std::filesystem::path root = HEADROOM_SOURCE_DIR;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "resources")) {
    const std::filesystem::path& file = entry.path();
    if (file.extension() != ".json" || file.parent_path().filename() == "schema") continue;
    ++files;
    const std::string path = std::filesystem::relative(file, root).string();
    EXPECT_THAT(schemaErrors(sourceJson(path), schemaOf(schemaNameOf(file))), IsEmpty()) << path;
  }
  EXPECT_GE(files, 7u);
}

TEST(Schema, AMistakeInAResourceIsFound) {
  const json models = schemaOf("models"), accelerators = schemaOf("accelerators");
  const auto model = [&](const char* text) { return schemaErrors({{"models", {json::parse(text)}}}, models); };
  const auto device = [&](const char* text) {
    return schemaErrors({{"accelerators", {json::parse(text)}}}, accelerators);
  };
  EXPECT_THAT(model(R"({"id": "a/b", "config": {}})"), IsEmpty());
  EXPECT_THAT(model(R"({"id": "a/b"})"), testing::ElementsAre(R"(/models/0 lacks "config")"));
  EXPECT_THAT(model(R"({"id": "a/b", "config": {}, "parameters": "7B"})"), testing::SizeIs(1));
  EXPECT_THAT(model(R"({"id": "a/b", "config": {}, "lable": "B"})"),
              testing::ElementsAre("/models/0/lable is not allowed"));
  EXPECT_THAT(device(R"({"id": "x", "memory_gb": 24})"), IsEmpty());
  EXPECT_THAT(device(R"({"id": "X 1", "memory_gb": 24})"), testing::SizeIs(1));
  EXPECT_THAT(device(R"({"id": "x", "memory_gb": 0})"),
              testing::ElementsAre("/accelerators/0/memory_gb is not above 0"));
  EXPECT_THAT(schemaErrors(json(1), json{{"minItems", 2}}), testing::SizeIs(1)) << "a keyword that is not checked";
}

// A visitor of scenario_fields.h: the keys an object of the scenario file has.
class KeysOf {
 public:
  explicit KeysOf(json& keys) : keys_(keys) {}
  template <typename Member, typename... Range>
  void field(std::string_view key, Member, Range...) {
    keys_[std::string(key)] = true;
  }
  template <typename Member>
  void gpuLayers(std::string_view key, Member member) {
    field(key, member);
  }
  template <typename Member>
  void expertLayers(std::string_view key, Member member) {
    field(key, member);
  }
  template <typename Member, typename Describe>
  void object(std::string_view key, Member, Describe describe) {
    describe(KeysOf(keys_[std::string(key)] = json::object()));
  }
  template <typename Member, typename Describe>
  void optionalObject(std::string_view key, Member member, Describe describe) {
    object(key, member, describe);
  }

 private:
  json& keys_;
};

// The same of a schema, for the objects that scenario_fields.h describes.
json keysOf(const json& schema, const json& like) {
  json keys = json::object();
  for (const auto& [key, inner] : schema["properties"].items())
    keys[key] = like.contains(key) && like[key].is_object() ? keysOf(inner, like[key]) : json(true);
  return keys;
}

TEST(Schema, TheScenarioHasTheKeysThatAreRead) {
  const json schema = schemaOf("scenario");
  json scenario = json::object(), device = json::object(), calibration = json::object(), dimensions = json::object();
  describeScenario(KeysOf(scenario));
  describeDevice(KeysOf(device));
  describeCalibration(KeysOf(calibration));
  describeDimensions(KeysOf(dimensions));
  for (const char* key : {"headroom", "resolved_model", "resolved_draft_model", "window"}) scenario[key] = true;
  EXPECT_EQ(keysOf(schema, scenario), scenario);
  EXPECT_EQ(keysOf(schema["properties"]["devices"]["items"], device), device);
  EXPECT_EQ(keysOf(schema["properties"]["calibration"], calibration), calibration);
  EXPECT_EQ(keysOf(schema["$defs"]["model"]["properties"]["dimensions"], dimensions), dimensions);
  const json methods = schema["properties"]["method"]["enum"];
  for (const std::string_view name : allNames<Method>()) EXPECT_THAT(methods, testing::Contains(json(name))) << name;
  for (const json& name : methods) EXPECT_TRUE(valueOf<Method>(name.get<std::string>())) << name;
}

TEST(Schema, WhatIsWrittenIsAsTheSchemaSays) {
  const json scenario = schemaOf("scenario"), estimated = schemaOf("estimate");
  ScenarioDraw draw(7);
  for (int i = 0; i < 300; ++i) {
    const Scenario s = draw.next();
    EXPECT_THAT(schemaErrors(json::parse(writeScenario(s)), scenario), IsEmpty()) << s.name;
    const Estimate e = estimate(s);
    EXPECT_THAT(schemaErrors(json::parse(estimateJson(s, e, {})), estimated), IsEmpty()) << s.name;
  }
}

}  // namespace
}  // namespace headroom
