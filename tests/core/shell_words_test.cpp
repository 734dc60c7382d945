// What the shells would make of a script, and what people mean where they differ.
#include "core/readers/commands/shell_words.h"

#include <gmock/gmock.h>

namespace headroom {
namespace {

using testing::ElementsAre;

std::vector<std::vector<std::string>> wordsOf(std::string_view text) {
  const Result<ShellScript> script = shellScript(text);
  if (!script) throw std::runtime_error(script.error().text());
  std::vector<std::vector<std::string>> out;
  for (const ShellCommand& c : script->commands) out.push_back(c.words);
  return out;
}

TEST(ShellWords, SplitsQuotesEscapesAndContinuedLines) {
  EXPECT_THAT(wordsOf("a 'b c' \"d \\\"e\\\"\" f\\ g"), ElementsAre(ElementsAre("a", "b c", "d \"e\"", "f g")));
  EXPECT_THAT(wordsOf("a \\\n  -b 1 \\  \n -c"),
              ElementsAre(ElementsAre("a", "-b", "1", "-c")));                   // blanks behind it too
  EXPECT_THAT(wordsOf("a `\n  -b"), ElementsAre(ElementsAre("a", "-b")));        // PowerShell
  EXPECT_THAT(wordsOf("a ^\r\n  -b\r\n"), ElementsAre(ElementsAre("a", "-b")));  // cmd.exe
}

TEST(ShellWords, CommandsEndWhereAShellEndsThem) {
  EXPECT_THAT(wordsOf("cd x && a -b > log.txt 2>&1 & tail -f log.txt | grep y; c"),
              ElementsAre(ElementsAre("cd", "x"), ElementsAre("a", "-b"), ElementsAre("tail", "-f", "log.txt"),
                          ElementsAre("grep", "y"), ElementsAre("c")));
  EXPECT_THAT(wordsOf("cat > f <<'EOF'\nvllm serve x\nEOF\na"), ElementsAre(ElementsAre("cat"), ElementsAre("a")));
}

TEST(ShellWords, CommentsAndLinesThatGoOn) {
  EXPECT_THAT(wordsOf("a -b # no\n# nor this\nc"), ElementsAre(ElementsAre("a", "-b"), ElementsAre("c")));
  EXPECT_THAT(wordsOf("a -b 1 \\\n # -c 2 \\\n -d 3"), ElementsAre(ElementsAre("a", "-b", "1", "-d", "3")));
  EXPECT_THAT(wordsOf("a\n  --b 1"), ElementsAre(ElementsAre("a", "--b", "1")));  // a forgotten backslash
  EXPECT_EQ(shellScript("a\n  --b 1")->notes.size(), 1U);
}

TEST(ShellWords, VariablesOfTheScript) {
  EXPECT_THAT(wordsOf("M=x/y\nexport N=2\na $M -n ${N} --p ${P:-8} $UNSET"),
              ElementsAre(ElementsAre("a", "x/y", "-n", "2", "--p", "8", "$UNSET")));
  EXPECT_THAT(wordsOf("ARGS=(--b 1\n --c 'd e')\na \"${ARGS[@]}\""),
              ElementsAre(ElementsAre("a", "--b", "1", "--c", "d e")));
  EXPECT_THAT(wordsOf("set M=x\na %M%"), ElementsAre(ElementsAre("a", "x")));
  EXPECT_THAT(wordsOf("$env:M = \"x\"\n& .\\a.exe $env:M"), ElementsAre(ElementsAre(".\\a.exe", "x")));
  const auto script = shellScript("export OLLAMA_KV_CACHE_TYPE=q8_0\nFOO=1 a");
  ASSERT_TRUE(script);
  EXPECT_THAT(script->commands.at(0).environment,
              ElementsAre(std::pair<std::string, std::string>("OLLAMA_KV_CACHE_TYPE", "q8_0"),
                          std::pair<std::string, std::string>("FOO", "1")));
}

TEST(ShellWords, WindowsPathsKeepTheirBackslashes) {
  EXPECT_THAT(wordsOf(R"(a -m C:\models\x.gguf "C:\my models\y.gguf")"),
              ElementsAre(ElementsAre("a", "-m", R"(C:\models\x.gguf)", R"(C:\my models\y.gguf)")));
}

TEST(ShellWords, TypographicCharactersArePlainOnesAndSaid) {
  const auto script = shellScript("a \u201cx y\u201d \u2013b 1 \u2014c");
  ASSERT_TRUE(script);
  EXPECT_THAT(script->commands.at(0).words, ElementsAre("a", "x y", "--b", "1", "--c"));
  EXPECT_EQ(script->notes.size(), 1U);
}

TEST(ShellWords, PlaceholdersAreNoRedirections) {
  EXPECT_THAT(wordsOf("a --key <your token> -b"), ElementsAre(ElementsAre("a", "--key", "<your token>", "-b")));
}

TEST(ShellWords, EndsOnHostileText) {
  EXPECT_FALSE(shellScript("a 'b"));
  EXPECT_FALSE(shellScript(std::string(300'000, 'a')));
  // A variable that doubles itself is cut off, not followed.
  std::string doubling = "A=xxxxxxxxxxxxxxxx\n";
  for (int i = 0; i < 40; ++i) doubling += "A=\"$A$A\"\n";
  EXPECT_FALSE(shellScript(doubling));
  EXPECT_TRUE(shellScript("a=( (( $( ${ %A \\"));
}

}  // namespace
}  // namespace headroom
