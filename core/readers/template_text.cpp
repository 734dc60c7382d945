#include "core/readers/template_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "core/base/printable.h"
#include "core/readers/commands/text_lines.h"

namespace headroom {
namespace {

// More are no file that somebody wrote.
constexpr std::size_t kMost = 500;

std::string variable(std::size_t index) {
  return fmt::format("HR_TEMPLATE_{:03}", index);
}

// "include \"name\" . | quote" as it is shown: without what formats it, and without marks that JSON has.
std::string nameOf(std::string_view inside) {
  if (inside.starts_with('-')) inside.remove_prefix(1);
  if (inside.ends_with('-')) inside.remove_suffix(1);
  const std::size_t pipe = std::min(inside.find('|'), inside.size());
  std::string name = printable(trimmed(inside.substr(0, pipe)), 60);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '"' || c == '\\' || c == '`'; }, '\'');
  return name;
}

// A conversation's template, a format of docker's, braces that Python or JSON writes twice.
bool isOther(std::string_view text) {
  for (const std::string_view word : {"TEMPLATE ", "messages", "message.", "message[", "bos_token", ".Prompt",
                                      ".Messages", ".System", "--format", "nbformat"})
    if (text.find(word) != text.npos) return true;
  return false;
}

bool isTag(std::string_view inside) {
  if (inside.empty() || inside.find_first_of("{}\n") != inside.npos || inside.find("\":") != inside.npos) return false;
  return std::isalpha(static_cast<unsigned char>(inside.front())) != 0 ||
         std::string_view(" -.$(").find(inside.front()) != std::string_view::npos;
}

// Whether a value stands there: "key: {{ … }}", "- {{ … }}", "--option={{ … }}".
bool isValueLine(std::string_view bare, std::size_t tag) {
  const std::string_view before = bare.substr(0, tag);
  return before.starts_with("- ") || before.starts_with("--") || before.find(" --") != before.npos ||
         before.find(": ") != before.npos;
}

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

void restore(std::string& text, const std::vector<std::string>& values) {
  if (text.find("HR_TEMPLATE_") == std::string::npos) return;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string tag = "{{ " + values[i] + " }}";
    replaceAll(text, "${" + variable(i) + "}", tag);
    replaceAll(text, "$" + variable(i), tag);
    replaceAll(text, variable(i), tag);
  }
}

void restore(Reading& reading, const std::vector<std::string>& values) {
  restore(reading.recognised, values);
  restore(reading.scenario, values);
  for (LeftOut& left : reading.leftOut) restore(left.text, values);
  for (Remark& remark : reading.remarks) restore(remark.message, values);
  for (Reading& other : reading.others) restore(other, values);
}

}  // namespace

std::optional<TemplateText> templateOf(std::string_view text) {
  if (text.find("{{") == text.npos || text.find("HR_TEMPLATE_") != text.npos || isOther(text)) return std::nullopt;
  TemplateText out;
  bool any = false;
  eachLine(text, [&](std::string_view line) {
    const std::string_view bare = trimmed(line);
    // A condition, a loop, a block on its own line.
    const bool own = (bare.starts_with("{{") && bare.ends_with("}}") && bare.find("}}") + 2 == bare.size()) ||
                     (bare.starts_with("{%") && bare.ends_with("%}"));
    // What a loop goes over.
    if (own || bare == "- {{ . }}" || bare.starts_with("- {{ . |")) return;
    std::string plain;
    std::string_view rest = line;
    for (std::size_t at = rest.find("{{"); at != rest.npos; at = rest.find("{{")) {
      const std::size_t end = rest.find("}}", at);
      if (end == rest.npos) break;
      const std::string_view inside = rest.substr(at + 2, end - at - 2);
      const bool workflow = at > 0 && rest[at - 1] == '$';
      plain.append(rest.substr(0, workflow && isTag(inside) ? at - 1 : at));
      if (isTag(inside) && out.values.size() < kMost) {
        const std::size_t indent = line.find(bare);
        const std::size_t tag = line.size() - rest.size() + at;
        any = any || isValueLine(bare, tag - std::min(indent, tag));
        const std::string name = nameOf(inside);
        const std::size_t index =
            static_cast<std::size_t>(std::find(out.values.begin(), out.values.end(), name) - out.values.begin());
        if (index == out.values.size()) out.values.push_back(name);
        plain.append("${" + variable(index) + "}");
      } else {
        plain.append(rest.substr(at, end + 2 - at));
      }
      rest.remove_prefix(end + 2);
    }
    out.plain.append(plain).append(rest).push_back('\n');
  });
  if (!any) return std::nullopt;
  return out;
}

Result<Reading> inWordsOf(const TemplateText& text, Result<Reading> reading) {
  if (!reading) {
    Error error = reading.error();
    restore(error.message, text.values);
    restore(error.where, text.values);
    return tl::unexpected(std::move(error));
  }
  restore(*reading, text.values);
  // A chart's own names fill in no value.
  std::vector<std::string> first;
  std::copy_if(text.values.begin(), text.values.end(), std::back_inserter(first), [](const std::string& name) {
    return !name.starts_with("include ") && !name.starts_with("template ") && !name.starts_with(".Chart") &&
           !name.starts_with(".Release");
  });
  constexpr std::size_t kNamed = 12;
  const bool all = first.size() <= kNamed;
  if (!all) first.resize(kNamed);
  reading->remarks.push_back(
      {"template", Severity::warning,
       fmt::format("This is a template: what fills in {}{} is not told here and left out, and what stands under a "
                   "condition is read as if it held.",
                   fmt::join(first, ", "), all ? "" : ", …")});
  return reading;
}

}  // namespace headroom
