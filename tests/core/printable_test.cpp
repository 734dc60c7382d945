// What an input may do to a terminal, a picture or a label: be read, and nothing else.
#include "core/base/printable.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/base/json_text.h"

namespace headroom {
namespace {

TEST(Printable, LeavesTextAsItIs) {
  for (const char* text :
       {"", "meta-llama/Llama-3.1-8B", "C:\\models\\x.gguf", "模型 é ñ — × 🤖", "<b>a & b</b>"})
    EXPECT_EQ(printable(text), text);
}

TEST(Printable, ShowsWhatWouldSteerInsteadOfDoingIt) {
  EXPECT_EQ(printable("a\x1b[2Jb"), "a\\x1b[2Jb");
  EXPECT_EQ(printable("one\ntwo\r\tthree"), "one\\ntwo\\r\\tthree");
  EXPECT_EQ(printable(std::string("a\0b\x7f", 4)), "a\\x00b\\x7f");
  EXPECT_EQ(printable("a\xc2\x9b"
                      "31m"),
            "a\\u009b31m");                                 // CSI in one character
  EXPECT_EQ(printable("\xe2\x80\xae"), "\\u202e");          // right to left from here
  EXPECT_EQ(printable("\xe2\x80\xa8"), "\\u2028");          // a line of its own
  EXPECT_EQ(printable("\xf3\xa0\x81\x81"), "\\U000e0041");  // a tag, seen by no reader
}

TEST(Printable, ShowsBytesThatAreNoUtf8) {
  EXPECT_EQ(printable("a\xff"), "a\\xff");
  EXPECT_EQ(printable("\xc0\x8a"), "\\xc0\\x8a");           // a line feed in overlong form
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate
  EXPECT_EQ(printable("\xe2\x80"), "\\xe2\\x80");           // cut short
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
}

// Around the writer's own block, where a text may have to be taken back.
TEST(Printable, JsonWrittenStraightIsThatOfTheTree) {
  const std::string evil = "a\x1b \xe2\x80\xae \xff", said = "\"8 × 2\" \\ …";
  for (const std::string& text : {std::string(), std::string("plain"), said, evil, said + evil})
    for (std::size_t before = 2000; before < 2060; ++before) {
      const std::string filler(before, 'x');
      std::string straight;
      {
        JsonWriter json(straight);
        json.element([&] { json.member(std::string_view(text), filler), json.member("text", text); });
      }
      EXPECT_EQ(straight, jsonText(nlohmann::ordered_json{{text, filler}, {"text", text}})) << before;
    }
}

TEST(Printable, JsonKeepsItsValue) {
  const std::string evil = "\x1b\x7f \xc2\x9b \xe2\x80\xae \xf3\xa0\x81\x81 é 🤖\n";
  const std::string text = jsonText(nlohmann::json{{"name", evil}}, 2);
  EXPECT_EQ(nlohmann::json::parse(text)["name"].get<std::string>(), evil);
  for (const char* raw : {"\x1b", "\x7f", "\xc2\x9b", "\xe2\x80\xae", "\xf3\xa0\x81\x81"})
    EXPECT_EQ(text.find(raw), std::string::npos);
  EXPECT_NE(text.find("é 🤖"), std::string::npos);
}

TEST(Printable, HasAnEnd) {
  EXPECT_EQ(printable("äöü", 2), "äö…");
  EXPECT_EQ(printable("äöü", 3), "äöü");
  EXPECT_LT(printable(std::string(1 << 20, 'x')).size(), kMostShown + 4);
}

}  // namespace
}  // namespace headroom
