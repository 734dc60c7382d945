// The house rules of DESIGN section 2, read off the sources: core knows no Qt, Qt Charts stays in ui/charts, and
// dependencies run core ← ui ← app.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace headroom {
namespace {

namespace fs = std::filesystem;

struct Include {
  std::string file;    // relative to the repository root
  std::string target;  // as written, without the brackets
  bool quoted = false;
};

std::vector<Include> includesUnder(const std::string& folder) {
  std::vector<Include> includes;
  const fs::path root = HEADROOM_SOURCE_DIR;
  if (!fs::exists(root / folder)) return includes;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    const fs::path& path = entry.path();
    if (path.extension() != ".h" && path.extension() != ".cpp") continue;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      if (!line.starts_with("#include ")) continue;
      const std::size_t open = line.find_first_of("<\"");
      const std::size_t close = line.find_first_of(">\"", open + 1);
      if (close == std::string::npos) continue;
      includes.push_back(
          {fs::relative(path, root).string(), line.substr(open + 1, close - open - 1), line[open] == '"'});
    }
  }
  return includes;
}

struct SourceLine {
  std::string file;  // relative to the repository root
  std::string text;
};

std::vector<SourceLine> linesUnder(const std::string& folder) {
  std::vector<SourceLine> lines;
  const fs::path root = HEADROOM_SOURCE_DIR;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    const fs::path& path = entry.path();
    if (path.extension() != ".h" && path.extension() != ".cpp") continue;
    std::ifstream file(path);
    const std::string name = fs::relative(path, root).string();
    for (std::string line; std::getline(file, line);) lines.push_back({name, line});
  }
  return lines;
}

// The string literals of a line.
std::vector<std::string> literalsOf(const std::string& line) {
  std::vector<std::string> literals;
  static const std::regex kLiteral(R"re("([^"\\]*)")re");
  for (auto it = std::sregex_iterator(line.begin(), line.end(), kLiteral); it != std::sregex_iterator(); ++it)
    literals.push_back((*it)[1]);
  return literals;
}

// Hugging Face model types that the rows of families name.
std::set<std::string> modelTypes() {
  std::set<std::string> types;
  for (const SourceLine& l : linesUnder("core/formats/config/families")) {
    const bool row = l.text.find(".types = \"") != std::string::npos || l.text.find("    {\"") == 0;
    const std::vector<std::string> literals = row ? literalsOf(l.text) : std::vector<std::string>();
    if (literals.empty()) continue;
    std::istringstream words(literals.front());
    for (std::string word; words >> word;) types.insert(word);
  }
  return types;
}

bool isQt(const Include& include) {
  return !include.quoted && include.target.size() > 1 && include.target[0] == 'Q' &&
         (std::isupper(static_cast<unsigned char>(include.target[1])) || include.target.starts_with("Qt"));
}

bool isQtCharts(const Include& include) {
  const std::string& t = include.target;
  if (!isQt(include)) return false;
  return t.starts_with("QtCharts") || t.starts_with("QChart") ||
         (t.starts_with("Q") &&
          (t.ends_with("Series") || t.ends_with("BarSet") || t.ends_with("Axis") || t.ends_with("Legend")));
}

TEST(Architecture, TheSourcesAreFound) {
  EXPECT_GT(includesUnder("core").size(), 100u);
}

TEST(Architecture, CoreKnowsNeitherQtNorTheLayersAboveIt) {
  for (const Include& i : includesUnder("core")) {
    EXPECT_FALSE(isQt(i)) << i.file << " includes " << i.target;
    EXPECT_TRUE(!i.quoted || i.target.starts_with("core/")) << i.file << " includes " << i.target;
  }
}

// Inside core every arrow runs one way: a folder uses itself and those before it in this list (DESIGN section 2).
TEST(Architecture, FoldersOfCoreUseOnlyThoseAboveThem) {
  const std::vector<std::string> order{"base",     "numerics", "model",   "hardware", "scenario", "formats", "open",
                                       "estimate", "analysis", "readers", "evidence", "report",   "api"};
  const auto place = [&](const std::string& path) {
    const std::string folder = path.substr(5, path.find('/', 5) - 5);
    return std::ranges::find(order, folder) - order.begin();
  };
  for (const Include& i : includesUnder("core")) {
    ASSERT_LT(place(i.file), std::ssize(order)) << i.file << " is in a folder without a place in the list";
    if (!i.quoted || !i.target.starts_with("core/")) continue;
    EXPECT_LE(place(i.target), place(i.file)) << i.file << " includes " << i.target;
  }
}

// Whoever builds on the installed headers needs nothing of ours, and nothing of what we build on.
TEST(Architecture, TheLibrarysHeadersNeedTheStandardLibraryAlone) {
  const std::vector<Include> includes = includesUnder("core/api/headroom");
  EXPECT_GT(includes.size(), 20u);
  for (const Include& i : includes) {
    EXPECT_FALSE(i.quoted) << i.file << " includes " << i.target;
    const bool ours = i.target.starts_with("headroom/");
    const bool standard = i.target.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    const bool c = i.target == "stddef.h" || i.target == "stdint.h";
    EXPECT_TRUE(ours || standard || c) << i.file << " includes " << i.target;
  }
}

// Bytes become a Model without knowing what will be asked of it.
TEST(Architecture, FormatsKnowNoScenario) {
  for (const Include& i : includesUnder("core/formats"))
    EXPECT_FALSE(i.target.starts_with("core/scenario/")) << i.file << " includes " << i.target;
}

// What sets a model apart is a trait of the Model, set by its family's row. Programs with lists of their own keep them
// in one file each: what llama.cpp draws graphs of and which build brought what, what Ollama's releases run themselves,
// whose windows SGLang gives a pool apart, torchtune's builders, which of Transformers' classes Liger knows, which
// write out their attention and whose experts PEFT finds. Readers know other programs' words, which may sound like a
// model's type.
TEST(Architecture, NoModelTypeIsNamedBelowFormats) {
  const std::set<std::string> types = modelTypes();
  ASSERT_GT(types.size(), 100u);
  ASSERT_TRUE(types.contains("gemma2") && types.contains("llama") && types.contains("deepseek_v4"));
  const std::set<std::string> lists{"core/estimate/serving/llama_cpp/traits.cpp",
                                    "core/estimate/serving/llama_cpp/refusals.cpp",
                                    "core/estimate/serving/ollama/releases.cpp",
                                    "core/estimate/serving/sglang/pools.cpp",
                                    "core/estimate/training/replay/torchtune_builders.cpp",
                                    "core/scenario/liger.cpp",
                                    "core/estimate/training/replay/own_attention.cpp",
                                    "core/estimate/training/adapters/fused_expert_targets.cpp"};
  for (const char* folder : {"core/scenario", "core/estimate", "core/analysis", "core/evidence"})
    for (const SourceLine& l : linesUnder(folder)) {
      if (lists.contains(l.file)) continue;
      for (const std::string& literal : literalsOf(l.text))
        EXPECT_FALSE(types.contains(literal)) << l.file << ": " << l.text;
    }
}

// What an engine does stands in its row (core/scenario/engines.cpp) and its own account; readers of commands and logs
// have a table with a row for each engine whose words they know.
TEST(Architecture, NoEngineIsComparedOutsideItsRow) {
  static const std::regex kCompared(R"((case|[!=]=) Engine::|\bEngine::\w+ [!=]=)");
  for (const char* folder : {"core", "app"})
    for (const SourceLine& l : linesUnder(folder)) {
      if (l.file.starts_with("core/readers/commands/") || l.file.starts_with("core/readers/logs/")) continue;
      EXPECT_FALSE(std::regex_search(l.text, kCompared)) << l.file << ": " << l.text;
    }
}

// Two types of one name in one namespace are one type to the linker, which keeps the destructor of either.
TEST(Architecture, ATypeOfAHeaderHasItsNameForItself) {
  static const std::regex kDefined(R"(^(?:struct|class|enum(?: class)?) (\w+)(?: final)?(?: : [^;]*)? \{)");
  static const std::regex kNamespace(R"(^namespace ([\w:]+) \{)");
  std::map<std::string, std::string> fileOf;
  for (const char* folder : {"core", "ui", "app"}) {
    std::string file, space;
    for (const SourceLine& l : linesUnder(folder)) {
      if (!l.file.ends_with(".h")) continue;
      if (l.file != file) file = l.file, space.clear();
      std::smatch found;
      if (std::regex_search(l.text, found, kNamespace)) space += found.str(1) + "::";
      if (!std::regex_search(l.text, found, kDefined)) continue;
      const auto [entry, added] = fileOf.emplace(space + found.str(1), file);
      EXPECT_TRUE(added) << entry->first << " stands in " << entry->second << " and in " << file;
    }
  }
  EXPECT_GT(fileOf.size(), 300u);
}

// clang-tidy 14, which .ci/run reads core with, fails on algorithms of libstdc++ 12 that return a subrange.
TEST(Architecture, NoAlgorithmIsUsedThatLintCannotRead) {
  static const std::regex kSubrange(
      R"(^[^/]*ranges::(stable_partition|partition|remove|remove_if|unique|rotate|equal_range|search|find_end|subrange)\b)");
  for (const char* folder : {"core", "ui", "app"})
    for (const SourceLine& l : linesUnder(folder))
      EXPECT_FALSE(std::regex_search(l.text, kSubrange)) << l.file << ": " << l.text;
}

// A machine that is busy with something else makes no program wrong: what must not wait is proved by what it says, and
// speed is measured by tests/bench.
TEST(Architecture, NoTestAssertsWhatTimeItIs) {
  const std::regex clock("(EXPECT|ASSERT)_.*(elapsed\\(\\)|clock::now\\(\\))");
  for (const SourceLine& line : linesUnder("tests"))
    EXPECT_FALSE(std::regex_search(line.text, clock)) << line.file << ": " << line.text;
}

TEST(Architecture, WindowStandsOnCoreAndChartsStayTogether) {
  for (const Include& i : includesUnder("ui")) {
    EXPECT_FALSE(i.quoted && (i.target.starts_with("app/") || i.target.starts_with("tests/")))
        << i.file << " includes " << i.target;
    EXPECT_TRUE(i.file.starts_with("ui/charts/") || !isQtCharts(i)) << i.file << " includes " << i.target;
  }
}

TEST(Architecture, TheCommandLineNeedsNoWindow) {
  for (const Include& i : includesUnder("app/cli")) {
    EXPECT_FALSE(isQt(i)) << i.file << " includes " << i.target;
    EXPECT_FALSE(i.quoted && i.target.starts_with("ui/")) << i.file << " includes " << i.target;
  }
}

TEST(Architecture, IncludesNameTheirLayer) {
  for (const char* folder : {"core", "ui", "app"})
    for (const Include& i : includesUnder(folder)) {
      if (!i.quoted || i.target.ends_with(".moc")) continue;
      EXPECT_TRUE(fs::exists(fs::path(HEADROOM_SOURCE_DIR) / i.target))
          << i.file << " includes " << i.target << ", not from the root";
    }
}

}  // namespace
}  // namespace headroom
