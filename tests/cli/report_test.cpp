// The report as its reader sees it: what stands in it, that nothing breaks out of it, and that it opens again.
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/cli/run.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;
using Program = RunsProgram;
using testing::HasSubstr;
using testing::Not;

std::string scenarioNamed(const std::string& name, int batch) {
  return nlohmann::json{
      {"model", "meta-llama/Llama-3.1-8B"},  {"name", name}, {"engine", "vllm"}, {"batch", batch}, {"context", 8192},
      {"devices", {{{"accelerator", "l4"}}}}}
      .dump();
}

class Report : public testing::Test {
 protected:
  Report() : folder_(fs::temp_directory_path() / ("headroom-report-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~Report() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  std::string file(const char* name, const std::string& text) const {
    const std::string path = (folder_ / name).string();
    std::ofstream(path) << text;
    return path;
  }
  fs::path folder_;
};

TEST_F(Report, SaysTheVerdictsAndOpensAgain) {
  const std::string one = file("one.headroom.json", scenarioNamed("one user", 1)),
                    many = file("many.headroom.json", scenarioNamed("many users", 64)),
                    page = (folder_ / "report.html").string();
  const Ran made = run({"report", one, many, "--title", "Which card", "--output", page}, "");
  ASSERT_EQ(made.exit, 0) << made.err;
  EXPECT_EQ(made.out, "");
  std::stringstream text;
  text << std::ifstream(page).rdbuf();
  for (const std::string& s : {one, many}) {
    const auto asked = nlohmann::json::parse(run({"estimate", s, "--format", "json"}, "").out);
    EXPECT_THAT(text.str(), HasSubstr(asked["verdict"]["sentence"].get<std::string>()));
  }
  EXPECT_THAT(text.str(), HasSubstr("Which card"));
  EXPECT_THAT(text.str(), HasSubstr("Side by side"));
  EXPECT_THAT(text.str(), HasSubstr("KV cache against context"));
  EXPECT_THAT(text.str(), HasSubstr("KV heads"));         // a formula's leaf
  EXPECT_THAT(text.str(), HasSubstr("inside the band"));  // how far predictions were off
  EXPECT_THAT(text.str(), Not(HasSubstr("src=")));        // nothing is asked of outside
  const Ran again = run({"estimate", page, "--format", "json"}, "");
  EXPECT_EQ(again.exit, 0) << again.err;
  EXPECT_EQ(nlohmann::json::parse(again.out)["ranks"],
            nlohmann::json::parse(run({"estimate", one, "--format", "json"}, "").out)["ranks"]);
}

TEST_F(Report, NothingOfAnInputBecomesMarkup) {
  const std::string evil = "</title></script><script>alert(1)</script><img src=x onerror=\"alert(2)\">";
  const Ran made = run({"report", "-", "--title", evil}, scenarioNamed(evil, 1));
  ASSERT_EQ(made.exit, 0) << made.err;
  EXPECT_THAT(made.out, Not(HasSubstr("<script>")));
  EXPECT_THAT(made.out, Not(HasSubstr("<img")));
  EXPECT_THAT(made.out, HasSubstr("default-src 'none'"));
}

// Made by the window's program, where that is built too.
TEST_F(Program, AReportOnPaperOpensAgain) {
  const std::string asked = "$cli report --model meta-llama/Llama-3.2-1B --context 4k --batch 3 --output ";
  if (fs::exists(std::string(HEADROOM_BINARY_DIR) + "/bin/headroom")) {
    ASSERT_EQ(sh("export QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR=$PWD; chmod 700 .; " + asked +
                 "a.pdf && head -c 5 a.pdf && $cli estimate a.pdf --format json > a.json && $cli estimate --model "
                 "meta-llama/Llama-3.2-1B --context 4k --batch 3 --format json > b.json && cmp a.json b.json"),
              0)
        << errors;
    EXPECT_EQ(output, "%PDF-");
  }
  // Where it is not installed, the way without it.
  EXPECT_EQ(sh("cp ${cli##* } alone; PATH=/nowhere ./alone" + asked.substr(4) +
               "b.pdf; code=$?; test -e b.pdf && code=9; exit $code"),
            2);
  expectOneMessage("browser");
}

TEST_F(Report, ADamagedOneSaysSo) {
  const std::string page = file(
      "broken.html", "<html><script type=\"application/json\" id=\"headroom-scenarios\">[{\"model\": </script></html>");
  const Ran opened = run({"estimate", page}, "");
  EXPECT_EQ(opened.exit, 2);
  EXPECT_THAT(opened.err, HasSubstr("damaged"));
}

TEST(Link, IsOneWordThatOpensAgain) {
  const std::string scenario = scenarioNamed("a link", 7);
  Ran made = run({"link", "-"}, scenario);
  ASSERT_EQ(made.exit, 0) << made.err;
  ASSERT_TRUE(made.out.ends_with("\n"));
  made.out.pop_back();
  EXPECT_EQ(made.out.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:"),
            std::string::npos);
  const Ran opened = run({"estimate", made.out, "--format", "json"}, "");
  ASSERT_EQ(opened.exit, 0) << opened.err;
  EXPECT_EQ(opened.out, run({"estimate", "-", "--format", "json"}, scenario).out);
  for (const std::string& broken :
       {made.out.substr(0, 20), made.out.substr(0, made.out.size() / 2), std::string("headroom:AAAA"),
        std::string("headroom:\xd7"), made.out.substr(0, 40) + "!" + made.out.substr(41)}) {
    const Ran refused = run({"estimate", broken}, "");
    EXPECT_EQ(refused.exit, 2) << broken;
    EXPECT_THAT(refused.err, HasSubstr("link")) << broken;
  }
}

TEST(Completion, NamesEveryCommandAndItsFlags) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const Ran made = run({"completion", shell}, "");
    ASSERT_EQ(made.exit, 0) << made.err;
    for (const char* word : {"estimate", "report", "rtx-4090", "meta-llama/Llama-3.1-8B", "kv-cache"})
      EXPECT_THAT(made.out, HasSubstr(word)) << shell;
  }
  EXPECT_EQ(run({"completion", "tcsh"}, "").exit, 2);
}

}  // namespace
}  // namespace headroom
