// What people paste, cut down to what matters (tests/data/pasted.jsonl): what each is taken for, what it says, and what
// is said to be left out.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/formats/config/config.h"
#include "core/formats/model_source.h"
#include "core/readers/recognise.h"

namespace headroom {
namespace {

using nlohmann::json;
using testing::HasSubstr;

std::vector<json> rows() {
  std::vector<json> out;
  std::ifstream file(std::string(HEADROOM_SOURCE_DIR) + "/tests/data/pasted.jsonl");
  for (std::string line; std::getline(file, line);)
    if (!line.empty()) out.push_back(json::parse(line));
  return out;
}

// "parallel.tensor" of {"parallel": {"tensor": 4}}; null where it is not there.
json at(const json& scenario, std::string path) {
  std::ranges::replace(path, '.', '/');
  const json::json_pointer pointer("/" + path);
  return scenario.contains(pointer) ? scenario[pointer] : json();
}

TEST(Pasted, IsReadAsItsWriterMeantIt) {
  std::size_t read = 0;
  for (const json& row : rows()) {
    if (row.contains("parameters")) continue;
    const std::string name = row["name"];
    const Result<Reading> reading = recognise(row["text"].get<std::string>(), name);
    ++read;
    if (row.contains("refused")) {
      ASSERT_FALSE(reading) << name;
      EXPECT_THAT(reading.error().message, HasSubstr(row["refused"].get<std::string>())) << name;
      continue;
    }
    ASSERT_TRUE(reading) << name << ": " << reading.error().text();
    EXPECT_EQ(reading->recognised, row["recognised"]) << name;
    const json scenario = json::parse(reading->scenario);
    const json said = row.value("scenario", json::object()), figures = row.value("figures", json::object());
    for (const auto& [path, value] : said.items()) EXPECT_EQ(at(scenario, path), value) << name << ": " << path;
    for (const json& text : row.value("matters", json::array()))
      EXPECT_TRUE(std::ranges::any_of(reading->leftOut,
                                      [&](const LeftOut& left) {
                                        return left.matters &&
                                               left.text.find(text.get<std::string>()) != std::string::npos;
                                      }))
          << name << ": " << text;
    const auto remarks = [&](const json& code) {
      return std::ranges::any_of(reading->remarks, [&](const Remark& r) { return r.code == code; });
    };
    const json wanted = row.value("remarks", json::array());
    for (const json& code : wanted) EXPECT_TRUE(remarks(code)) << name << ": " << code;
    for (const json& code : row.value("no_remarks", json::array())) EXPECT_FALSE(remarks(code)) << name << ": " << code;
    EXPECT_EQ(remarks("template"), std::ranges::count(wanted, json("template")) > 0) << name;
    for (const auto& [figure, bytes] : figures.items()) {
      const auto found = std::ranges::find(reading->figures, figure, &LogFigure::name);
      ASSERT_NE(found, reading->figures.end()) << name << ": " << figure;
      EXPECT_NEAR(found->value, bytes.get<double>(), 0.001 * bytes.get<double>()) << name << ": " << figure;
    }
  }
  EXPECT_GT(read, 40u);
}

// What a step keeps follows the length: where a training text leaves it to its code, that is said, and only there.
TEST(Pasted, TrainingWithoutALengthSaysSo) {
  std::size_t silent = 0, stated = 0;
  for (const json& row : rows()) {
    if (row.contains("parameters") || row.contains("refused")) continue;
    const Result<Reading> reading = recognise(row["text"].get<std::string>(), "test");
    ASSERT_TRUE(reading) << row["name"];
    const json scenario = json::parse(reading->scenario);
    if (reading->recognised == "scenario" || scenario.value("workload", "inference") == "inference") continue;
    const bool said =
        std::ranges::any_of(reading->remarks, [](const Remark& r) { return r.code == "length-not-said"; });
    EXPECT_EQ(said, !scenario.contains("context")) << row["name"];
    ++(said ? silent : stated);
  }
  EXPECT_GT(silent, 5u);
  EXPECT_GT(stated, 5u);
}

TEST(Pasted, ConfigurationsCountWhatTheirClassBuilds) {
  std::size_t read = 0;
  for (const json& row : rows()) {
    if (!row.contains("parameters")) continue;
    const std::string name = row["name"];
    const auto model = modelFromConfig(row["config"].dump(), name, name);
    ASSERT_TRUE(model) << name << ": " << model.error().text();
    ++read;
    EXPECT_EQ(model->parameters.value(), row["parameters"].get<std::int64_t>()) << name;
    EXPECT_EQ(model->maxContext, row.value("max_context", model->maxContext)) << name;
    for (const json& note : row.value("notes", json::array()))
      EXPECT_THAT(model->notes, testing::Contains(HasSubstr(note.get<std::string>()))) << name;
  }
  EXPECT_GT(read, 8u);
}

}  // namespace
}  // namespace headroom
