#include "core/base/user_files.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace headroom {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class UserFiles : public testing::Test {
 protected:
  UserFiles() : folder_(fs::temp_directory_path() / ("headroom-user-files-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~UserFiles() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  void write(const char* name, std::string_view text) const { std::ofstream(folder_ / name) << text; }
  std::vector<UserFile> read() { return readUserFiles(folder_.string(), wrong_); }

  fs::path folder_;
  std::vector<Error> wrong_;
};

TEST_F(UserFiles, AreTheJsonFilesOfTheFolderByName) {
  write("b.json", R"({"models": []})");
  write("a.json", R"({"accelerators": []})");
  write("notes.txt", "nothing");
  const auto files = read();
  ASSERT_EQ(files.size(), 2u);
  EXPECT_THAT(files[0].path, testing::EndsWith("/a.json"));
  EXPECT_TRUE(wrong_.empty());
}

TEST_F(UserFiles, ABrokenOneIsNamedWithItsPlaceAndTheOthersAreRead) {
  write("a.json", "{\"models\": [\n  {\"id\": \"x\",,}]}");
  write("b.json", "[]");
  write("c.json", "{\"model\": []}");
  write("d.json", "");
  write("e.json", R"({"models": []})");
  fs::create_directory(folder_ / "f.json");
  EXPECT_EQ(read().size(), 1u);
  ASSERT_EQ(wrong_.size(), 5u);
  EXPECT_THAT(wrong_[0].where, testing::EndsWith("/a.json:2:14"));
  EXPECT_THAT(wrong_[1].text(), HasSubstr("b.json: The file has neither"));
  EXPECT_THAT(wrong_[4].text(), HasSubstr("folder"));
}

TEST_F(UserFiles, NoFolderIsNoFilesAndNoWarning) {
  EXPECT_TRUE(readUserFiles((folder_ / "missing").string(), wrong_).empty());
  EXPECT_TRUE(readUserFiles("", wrong_).empty());
  EXPECT_TRUE(wrong_.empty());
}

}  // namespace
}  // namespace headroom
