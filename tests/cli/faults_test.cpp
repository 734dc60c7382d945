// What disks, pipes, bytes, servers and people do to the program (tests/data/faults.json): each ends in one message on
// the error stream and the exit code that says what failed. It never hangs, dies, steers a terminal, leaves a file half
// written or shows a secret.
#include <nlohmann/json.hpp>

#include "core/base/printable.h"
#include "tests/cli/program.h"
#include "tests/cli/run.h"

namespace headroom {
namespace {

struct Fault {
  std::string name, run, says, lacks, prints, warns;
  int exit = 0;
  std::map<std::string, std::string> keeps;
};
void PrintTo(const Fault& f, std::ostream* out) {
  *out << f.name;
}

std::vector<Fault> rows(const char* list) {
  const nlohmann::json data = nlohmann::json::parse(bytesOf(dataFile("faults.json")));
  std::vector<Fault> all;
  for (const auto& row : data[list])
    all.push_back({row["name"], row["run"], row.value("says", ""), row.value("lacks", ""), row.value("prints", ""),
                   row.value("warns", ""), row.value("exit", 0),
                   row.value("keeps", std::map<std::string, std::string>())});
  return all;
}

bool tooLittleForASanitizer([[maybe_unused]] const Fault& f) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  for (const char* limit : {"ulimit -v", "ulimit -u", "ulimit -s", "ulimit -n"})
    if (f.run.find(limit) != std::string::npos) return true;
#endif
  return false;
}

class Faults : public RunsProgram, public testing::WithParamInterface<Fault> {};

TEST_P(Faults, EndInOneMessage) {
  constexpr std::size_t kLongestMessage = 8'200;  // 2000 characters, each an escape
  const Fault& f = GetParam();
  if (tooLittleForASanitizer(f)) GTEST_SKIP() << "the sanitizer takes terabytes of addresses, and threads of its own";
  EXPECT_EQ(sh(f.run), f.exit) << errors;
  expectOneMessage(f.says);
  EXPECT_EQ(output, "");
  EXPECT_LE(errors.size(), kLongestMessage);
  const std::string line = errors.substr(0, errors.find('\n'));
  EXPECT_EQ(printable(line, kLongestMessage), line) << "what would steer a terminal, or is no UTF-8";
  for (const char* inside : {"json.exception", "std::", "yaml-cpp", "terminate called", "filesystem error"})
    EXPECT_EQ(errors.find(inside), std::string::npos) << inside << " in " << errors;
  if (!f.lacks.empty()) {
    EXPECT_EQ((errors + output).find(f.lacks), std::string::npos);
  }
  for (const auto& [file, bytes] : f.keeps) EXPECT_EQ(bytesOf(work() + "/" + file), bytes) << file;
  for (const auto& entry : std::filesystem::directory_iterator(work()))
    EXPECT_NE(entry.path().extension(), ".tmp") << entry.path();
}

std::string testName(const testing::TestParamInfo<Fault>& param) {
  std::string name = param.param.name;
  std::ranges::replace_if(
      name, [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Table, Faults, testing::ValuesIn(rows("faults")), testName);

class Survived : public RunsProgram, public testing::WithParamInterface<Fault> {};

TEST_P(Survived, AnswersAsEver) {
  const Fault& f = GetParam();
  if (tooLittleForASanitizer(f)) GTEST_SKIP() << "the sanitizer takes terabytes of addresses, and threads of its own";
  EXPECT_EQ(sh(f.run), f.exit) << errors;
  EXPECT_NE(output.find(f.prints), std::string::npos) << output;
  if (f.warns.empty())
    EXPECT_EQ(errors, "");
  else
    EXPECT_NE(errors.find(f.warns), std::string::npos) << errors;
  EXPECT_LE(std::ranges::count(errors, '\n'), 1) << errors;
}

INSTANTIATE_TEST_SUITE_P(Table, Survived, testing::ValuesIn(rows("survived")), testName);

TEST(FaultTable, HoldsEnough) {
  EXPECT_GE(rows("faults").size() + rows("survived").size(), 120u);
}

}  // namespace
}  // namespace headroom
