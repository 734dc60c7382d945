// Fitted constants: the files, their schema, and that data and code know the same numbers.
#include "core/estimate/constants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "core/estimate/estimate.h"
#include "core/evidence/measured_run.h"
#include "core/open/catalogue.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string textOf(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> files() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(fs::path(HEADROOM_SOURCE_DIR) / "resources/constants"))
    out.push_back(entry.path());
  return out;
}

// One entry that is right, to be spoilt.
json goodEntry() {
  return {{"id", "vllm_graphs_layer"},
          {"value", 0.0063},
          {"unit", "GiB/layer"},
          {"kind", "measured"},
          {"why", "they grow"},
          {"source", "https://example.org"},
          {"fit", "error"},
          {"rows", json::array()},
          {"otherwise", 0}};
}

Result<std::vector<ConstantEntry>> read(const json& entry) {
  return readConstants(json{{"schema", "headroom-constants/1"}, {"constants", {entry}}}.dump(), "f");
}

TEST(Constants, EveryIdHasOneEntryAndEveryFileIsRead) {
  EXPECT_THAT(constantProblems(), testing::IsEmpty());
  std::set<std::string> bundled;
  for (std::string_view file : constantFiles()) bundled.insert(std::string(file));
  for (const fs::path& file : files())
    EXPECT_TRUE(bundled.contains("constants/" + file.filename().string())) << file << " is not in constantFiles()";
  EXPECT_EQ(bundled.size(), files().size());
}

TEST(Constants, EveryIdIsUsedByTheEstimate) {
  std::string code;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(HEADROOM_SOURCE_DIR) / "core/estimate"))
    if (entry.path().extension() == ".cpp" && entry.path().filename() != "constant_id.cpp")
      code += textOf(entry.path());
  for (std::size_t i = 1; i < kConstantCount; ++i) {
    const std::string use = "ConstantId::" + std::string(nameOf(static_cast<ConstantId>(i)));
    const std::size_t at = code.find(use);
    ASSERT_NE(at, std::string::npos) << use << " is used nowhere";
  }
}

TEST(Constants, UnitsBecomeBytesOnReading) {
  const auto entry = read(goodEntry());
  ASSERT_TRUE(entry) << entry.error().text();
  EXPECT_DOUBLE_EQ(entry->front().value, 0.0063 * static_cast<double>(kGiB));
  EXPECT_DOUBLE_EQ(fittedValue(ConstantId::process_context), static_cast<double>(kGiB));
  EXPECT_DOUBLE_EQ(fittedValue(ConstantId::none), 0);
}

TEST(Constants, AFileThatBreaksTheSchemaIsAnErrorThatNamesItsPlace) {
  EXPECT_EQ(readConstants("not json", "f").error().code, ErrorCode::syntax);
  EXPECT_EQ(readConstants("{}", "f").error().code, ErrorCode::unsupported);
  EXPECT_EQ(readConstants(R"({"schema": "headroom-constants/1"})", "f").error().code, ErrorCode::value);
  const json whole = goodEntry();
  for (const auto& [key, value] : whole.items()) {
    if (key == "otherwise") continue;
    json entry = goodEntry();
    entry.erase(key);
    ASSERT_FALSE(read(entry)) << key << " may be missing";
    EXPECT_EQ(read(entry).error().where, "f#/constants/0");
    EXPECT_NE(read(entry).error().text().find(key), std::string::npos) << read(entry).error().text();
  }
  const std::vector<std::pair<std::string, json>> wrong{
      {"id", "nobody"},
      {"value", "0.1"},
      {"unit", "furlong"},
      {"kind", "law"},
      {"fit", "by eye"},
      {"why", ""},
      {"note", "x"},
      {"otherwise", "nobody"},
      {"rows", json{{{"engine", "vllm"}}}},
      {"rows", json{{{"engine", "vllm"}, {"figure", "weights"}, {"model", "m"}}}}};
  for (const auto& [key, value] : wrong) {
    json entry = goodEntry();
    entry[key] = value;
    EXPECT_FALSE(read(entry)) << key << ": " << value;
  }
  json bare = goodEntry();
  bare["rows"] = {{{"engine", "vllm"}, {"figure", "weights"}}};
  bare.erase("otherwise");
  EXPECT_FALSE(read(bare)) << "fitted on rows, with nothing to take without them";
}

// The schema for others' tools says what the reader asks for.
TEST(Constants, TheSchemaFileNamesTheReadersKeys) {
  const json schema =
      json::parse(textOf(fs::path(HEADROOM_SOURCE_DIR) / "resources/schema/constants.schema.json"), nullptr, false);
  ASSERT_FALSE(schema.is_discarded());
  const json& item = schema.at("properties").at("constants").at("items");
  std::set<std::string> required, known;
  for (const json& key : item.at("required")) required.insert(key.get<std::string>());
  for (const auto& [key, value] : item.at("properties").items()) known.insert(key);
  std::set<std::string> good, needed;
  const json whole = goodEntry();
  for (const auto& [key, value] : whole.items()) {
    good.insert(key);
    json entry = goodEntry();
    entry.erase(key);
    if (!read(entry)) needed.insert(key);
  }
  EXPECT_EQ(known, good);
  EXPECT_EQ(required, needed);
  for (const json& unit : item.at("properties").at("unit").at("enum")) {
    json entry = goodEntry();
    entry["unit"] = unit;
    EXPECT_TRUE(read(entry)) << unit;
  }
  for (const ConstantEntry& entry : constantEntries().subspan(1)) {
    const auto& units = item.at("properties").at("unit").at("enum");
    EXPECT_NE(std::ranges::find(units, json(entry.unit)), units.end()) << entry.unit;
  }
}

TEST(Constants, EveryConstantHasMeasuredRowsOrAnAddress) {
  const Result<std::vector<MeasuredRun>> runs = measuredRuns();
  ASSERT_TRUE(runs);
  std::set<std::string> ids;
  for (const MeasuredRun& run : *runs) ids.insert(run.id);
  for (const ConstantEntry& entry : constantEntries().subspan(1)) {
    const bool address = entry.source.find("https://") != std::string::npos;
    const bool measured = entry.source.find("resources/measured/") != std::string::npos;
    EXPECT_TRUE(entry.rows.empty() ? address : address || measured) << nameOf(entry.id) << ": " << entry.source;
    for (const RowSelector& row : entry.rows)
      for (const std::string& id : row.ids) EXPECT_TRUE(ids.contains(id)) << nameOf(entry.id) << ": " << id;
  }
}

// A number that holds for one model is a look-up, not a constant.
TEST(Constants, NoReasonNamesAModel) {
  for (const ConstantEntry& entry : constantEntries().subspan(1))
    for (const char* model :
         {"DeepSeek", "Llama", "Qwen", "Mistral", "Mixtral", "Gemma", "gpt-oss", "Phi-", "BERT", "Nemotron"})
      EXPECT_EQ(entry.why.find(model), std::string::npos) << nameOf(entry.id) << ": " << entry.why;
}

TEST(Constants, WhatIsTakenOtherwiseEndsInANumber) {
  for (const ConstantEntry& entry : constantEntries().subspan(1)) {
    std::set<ConstantId> seen{entry.id};
    for (ConstantId id = entry.otherwise; id != ConstantId::none;
         id = constantEntries()[static_cast<std::size_t>(id)].otherwise)
      ASSERT_TRUE(seen.insert(id).second) << nameOf(entry.id) << " goes round in a circle";
  }
}

TEST(Constants, AnOverrideHoldsWhileItLivesAndOnItsThreadOnly) {
  const Result<Scenario> scenario =
      readScenario(R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "transformers"})", "test");
  ASSERT_TRUE(scenario) << scenario.error().text();
  const Bytes before = estimate(*scenario).heaviest().ledger.bytes(ComponentId::runtime);
  ConstantSet other = bundledConstants();
  other.set(ConstantId::context_torch2, 2 * other[ConstantId::context_torch2]);
  {
    const ConstantsOverride override(other);
    EXPECT_EQ(estimate(*scenario).heaviest().ledger.bytes(ComponentId::runtime).value(), 2 * before.value());
  }
  EXPECT_EQ(estimate(*scenario).heaviest().ledger.bytes(ComponentId::runtime), before);
}

TEST(Constants, TheirLeavesSayWhyAndWhereFrom) {
  const Factor leaf = fitted("bytes per layer", ConstantId::vllm_graphs_layer, Unit::bytes);
  EXPECT_EQ(leaf.origin, Origin::measured);
  EXPECT_NE(leaf.why.find("layers"), std::string_view::npos);
  EXPECT_NE(leaf.why.find("resources/measured/serving.json"), std::string_view::npos);
  EXPECT_EQ(amountOf("bytes", Amount(3.0), Unit::bytes, "code").origin, Origin::constant);
}

}  // namespace
}  // namespace headroom
