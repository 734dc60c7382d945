// Input that cannot be answered: one clear message that names the place, the right exit code, and no data on stdout.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/run.h"

namespace headroom {
namespace {

struct Case {
  std::string name;
  std::vector<std::string> args;
  std::string input;
  int exit;
  std::vector<std::string> says;
};
void PrintTo(const Case& c, std::ostream* out) {
  *out << c.name;
}

std::vector<Case> cases() {
  std::ifstream file(dataFile("bad/cases.json"));
  const nlohmann::json data = nlohmann::json::parse(file);
  std::vector<Case> all;
  for (const auto& c : data["cases"]) {
    Case one{c["name"], {"estimate"}, c.value("scenario", ""), c["exit"], c["says"]};
    if (c.contains("file")) one.args.push_back(dataFile("bad/" + c["file"].get<std::string>()));
    if (c.contains("model"))
      one.args.insert(one.args.end(), {"--model", dataFile("bad/" + c["model"].get<std::string>())});
    if (c.contains("scenario")) one.args.push_back("-");
    if (c.contains("flags")) {
      const auto flags = c["flags"].get<std::vector<std::string>>();
      one.args.insert(one.args.end(), flags.begin(), flags.end());
    }
    all.push_back(std::move(one));
  }
  return all;
}

class BadInput : public testing::TestWithParam<Case> {};

TEST_P(BadInput, EndsInOneMessageThatNamesThePlace) {
  const Ran r = run(GetParam().args, GetParam().input);
  EXPECT_EQ(r.exit, GetParam().exit) << r.err;
  EXPECT_EQ(r.out, "");
  EXPECT_EQ(std::ranges::count(r.err, '\n'), 1) << r.err;
  for (const std::string& text : GetParam().says)
    EXPECT_NE(r.err.find(text), std::string::npos) << "'" << text << "' is not in: " << r.err;
}

std::string testName(const testing::TestParamInfo<Case>& param) {
  std::string name = param.param.name;
  std::ranges::replace_if(
      name, [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Everything, BadInput, testing::ValuesIn(cases()), testName);

TEST(BadLines, AreAnsweredInOrderAndTheRestGoesOn) {
  const Ran r = run({"estimate", "--jsonl", "-"},
                    "{\"model\": \"meta-llama/Llama-3.1-8B\"}\n"
                    "{\"model\": \"meta-llama/Llama-3.1-8B\", \"batch\": 0}\n"
                    "not JSON\n"
                    "\n"
                    "{\"model\": \"meta-llama/Llama-3.1-8B\", \"batch\": 2}\n");
  EXPECT_EQ(r.exit, 2);
  EXPECT_NE(r.err.find("2 of 4 lines could not be answered; the first is line 2, /batch"), std::string::npos) << r.err;
  std::istringstream lines(r.out);
  std::vector<nlohmann::json> answers;
  for (std::string line; std::getline(lines, line);) answers.push_back(nlohmann::json::parse(line));
  ASSERT_EQ(answers.size(), 4u);
  EXPECT_EQ(answers[0]["model"]["parameters"], 8030261248);
  EXPECT_NE(answers[1]["error"].get<std::string>().find("line 2, /batch"), std::string::npos);
  EXPECT_NE(answers[2]["error"].get<std::string>().find("line 3:1"), std::string::npos);
  EXPECT_EQ(answers[3]["model"]["parameters"], 8030261248);
}

TEST(BadNumbers, OfOptionsAreNamed) {
  for (const char* depth : {"-1", "99999999999999999999", "1.5", ""}) {
    const Ran r = run({"estimate", "--model", "openai-community/gpt2", "--format", "json", "--depth", depth});
    EXPECT_EQ(r.exit, 2) << depth;
    EXPECT_NE(r.err.find("--depth"), std::string::npos) << r.err;
  }
}

TEST(BadNumbers, AMapOfOneFieldIsNone) {
  const Ran r = run({"map", "batch=1:4", "batch=1:8", "--model", "openai-community/gpt2", "--gpu", "l4"});
  EXPECT_EQ(r.exit, 2);
  EXPECT_NE(r.err.find("two different"), std::string::npos) << r.err;
}

}  // namespace
}  // namespace headroom
