// No comment and no text refers to one that is not in the tree.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

namespace headroom {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = HEADROOM_SOURCE_DIR;

std::string textOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The files that people write, without what tests read (logs and recipes of others speak of others' files).
std::vector<fs::path> texts() {
  static const std::set<std::string> kKinds{".h", ".cpp", ".cmake", ".txt", ".md"};
  std::vector<fs::path> all{kRoot / "README.md", kRoot / "CONTRIBUTING.md", kRoot / "CHANGELOG.md",
                            kRoot / "CMakeLists.txt"};
  for (const char* folder : {"core", "ui", "app", "tests", "packaging", "resources/help"})
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder))
      if (kKinds.contains(entry.path().extension().string()) &&
          entry.path().string().find("/tests/data/") == std::string::npos &&
          entry.path().string().find("/corpus/") == std::string::npos &&
          entry.path().filename() != "references_test.cpp")
        all.push_back(entry.path());
  return all;
}

// What the expression's first group matches in a text.
std::vector<std::string> found(const std::string& text, const std::regex& what) {
  std::vector<std::string> all;
  for (std::sregex_iterator at(text.begin(), text.end(), what), end; at != end; ++at) all.push_back((*at)[1]);
  return all;
}

// Paths from the repository's root, with an extension. One behind another path's character, or behind "owner/name@",
// is somebody else's.
std::vector<std::string> pathsIn(const std::string& text) {
  static const std::regex kPath(
      R"((?:^|[^A-Za-z0-9_./@-])((?:core|ui|app|resources|packaging|tests)/[A-Za-z0-9_./-]*\.(?:md|h|cpp|json|cmake|txt))\b)");
  return found(text, kPath);
}

std::vector<std::string> sectionsIn(const std::string& text) {
  static const std::regex kSection(R"(\bDESIGN (?:section )?([0-9](?:\.[0-9])?))");
  return found(text, kSection);
}

TEST(References, ASectionOfTheDesignIsThere) {
  static const std::regex kHeading(R"(\n##+ ([0-9](?:\.[0-9])?)\.? )");
  const std::vector<std::string> headings = found(textOf(kRoot / "resources/help/design.md"), kHeading);
  const std::set<std::string> known(headings.begin(), headings.end());
  EXPECT_TRUE(known.contains("3.1"));
  std::size_t count = 0;
  for (const fs::path& path : texts())
    for (const std::string& section : sectionsIn(textOf(path))) {
      ++count;
      EXPECT_TRUE(known.contains(section)) << path << " refers to DESIGN " << section;
    }
  EXPECT_GT(count, 10u);
}

TEST(References, AFileOfTheTreeIsThere) {
  std::size_t count = 0;
  for (const fs::path& path : texts())
    for (const std::string& file : pathsIn(textOf(path))) {
      ++count;
      EXPECT_TRUE(fs::exists(kRoot / file) || fs::exists(path.parent_path() / file)) << path << " refers to " << file;
    }
  EXPECT_GT(count, 500u);
}

TEST(References, ALinkOfATextLeadsSomewhere) {
  static const std::regex kLink(R"(\]\(([^)#]+)[^)]*\))");
  std::size_t count = 0;
  for (const fs::path& path : texts()) {
    if (path.extension() != ".md") continue;
    for (const std::string& target : found(textOf(path), kLink)) {
      if (target.find("://") != std::string::npos) continue;
      ++count;
      EXPECT_TRUE(fs::exists(path.parent_path() / target)) << path << " links to " << target;
    }
  }
  EXPECT_GT(count, 10u);
}

TEST(References, WhatIsNoneIsSeen) {
  EXPECT_EQ(pathsIn("// see core/base/gone.h and vllm/core/base.h, acc@1/tests/x.cpp").front(), "core/base/gone.h");
  EXPECT_EQ(pathsIn("// see core/base/gone.h and vllm/core/base.h, acc@1/tests/x.cpp").size(), 1u);
  EXPECT_EQ(sectionsIn("(DESIGN 9.1), DESIGN section 2"), (std::vector<std::string>{"9.1", "2"}));
}

}  // namespace
}  // namespace headroom
