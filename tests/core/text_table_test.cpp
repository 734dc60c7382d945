// Tables as text: aligned for a terminal, and safe inside CSV, Markdown and LaTeX.
#include "core/report/text_table.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

TextTable sample() {
  TextTable t;
  t.column("name", TextTable::Align::left);
  t.column("GiB");
  t.row({"a, \"b\" & c_d|e", "1.00"});
  t.rule();
  t.row({"größe ×", "10.00"});
  return t;
}

TEST(TextTable, AlignsByLettersNotBytes) {
  EXPECT_EQ(sample().text(ReportFormat::table),
            "name              GiB\n"
            "─────────────────────\n"
            "a, \"b\" & c_d|e   1.00\n"
            "─────────────────────\n"
            "größe ×         10.00\n");
}

TEST(TextTable, QuotesCsv) {
  EXPECT_EQ(sample().text(ReportFormat::csv), "name,GiB\n\"a, \"\"b\"\" & c_d|e\",1.00\ngröße ×,10.00\n");
}

TEST(TextTable, EscapesMarkdown) {
  EXPECT_EQ(sample().text(ReportFormat::markdown),
            "| name | GiB |\n| :--- | ---: |\n| a, \"b\" & c_d\\|e | 1.00 |\n| größe × | 10.00 |\n");
}

TEST(TextTable, EscapesLatex) {
  const std::string text = sample().text(ReportFormat::latex);
  EXPECT_NE(text.find("a, \"b\" \\& c\\_d|e & 1.00 \\\\\n\\midrule\n"), std::string::npos) << text;
  EXPECT_NE(text.find("größe $\\times$ & 10.00 \\\\\n\\bottomrule\n"), std::string::npos) << text;
  TextTable hostile;
  hostile.column("a\\input{/etc/passwd}~^ $x$ 50% #1");
  const std::string head = hostile.text(ReportFormat::latex);
  EXPECT_NE(
      head.find("a\\textbackslash{}input\\{/etc/passwd\\}\\textasciitilde{}\\textasciicircum{} \\$x\\$ 50\\% \\#1"),
      std::string::npos)
      << head;
}

TEST(TextTable, EveryFormatHasItsWord) {
  for (const std::string& name : reportFormatNames()) {
    const auto format = reportFormat(name);
    ASSERT_TRUE(format) << name;
    EXPECT_EQ(reportFormatNames()[static_cast<std::size_t>(*format)], name);
    EXPECT_FALSE(sample().text(*format).empty());
  }
  EXPECT_EQ(reportFormat("markdown"), ReportFormat::markdown);
  EXPECT_FALSE(reportFormat(""));
  EXPECT_FALSE(reportFormat("xlsx"));
}

}  // namespace
}  // namespace headroom
