#include "core/readers/commands/terminal_text.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/base/lower_case.h"
#include "core/readers/commands/text_lines.h"

namespace headroom {
bool isPrintedLine(std::string_view line) {
  constexpr std::string_view kBeginnings[] = {"INFO",       "WARN",    "ERROR",       "DEBUG", "[20",       "(Engine",
                                              "(APIServer", "(Worker", "(VllmWorker", "time=", "Traceback", "raise "};
  line = trimmed(line);
  const std::string_view word = line.substr(0, line.find_first_of(" :"));
  // llama.cpp's "print_info: …", "main: build = 679": a function's name.
  const bool function = line.substr(word.size()).starts_with(": ") &&
                        (word == "main" || word == "build" || (word.find('_') != word.npos && word == lowerCase(word)));
  return line == "..." || function || word.ends_with("Error") ||
         std::ranges::any_of(kBeginnings, [line](std::string_view b) { return line.starts_with(b); });
}

std::string withoutPrompts(std::string_view text) {
  std::string out;
  eachLine(text, [&](std::string_view line) {
    std::string_view bare = trimmed(line);
    while (!bare.empty() && std::string_view("$#>% ").find(bare.front()) != std::string_view::npos)
      bare.remove_prefix(1);
    constexpr std::string_view kServers[] = {"vllm", "sglang", "llama-", "ollama", "trtllm", "mlx_lm", "koboldcpp"};
    const bool names = std::ranges::any_of(kServers, [&](std::string_view s) { return bare.find(s) != bare.npos; });
    if (out.empty() && !names) return;
    out.append(bare).push_back('\n');
  });
  return out;
}

std::vector<std::string> paragraphs(std::string_view text) {
  constexpr std::size_t kMost = 64;
  std::vector<std::string> out(1);
  eachLine(text, [&](std::string_view line) {
    const bool divides = trimmed(line).empty() || trimmed(line).starts_with("```") || isPrintedLine(line);
    if (!divides)
      out.back().append(line).push_back('\n');
    else if (!out.back().empty() && out.size() < kMost)
      out.emplace_back();
  });
  return out;
}

std::string closedFlow(std::string_view text, int less) {
  constexpr std::size_t kLongestCut = 64 * 1024;
  text = trimmed(text.substr(0, text.size() < kLongestCut ? text.size() : 0));
  for (; less > 0 && !text.empty(); --less) text = text.substr(0, std::min(text.rfind('\n'), text.size()));
  std::string open;
  char quote = 0;
  bool escaped = false;
  for (const char c : text) {
    if (std::exchange(escaped, quote == '"' && c == '\\' && !escaped)) continue;
    if (escaped) continue;
    if (quote != 0)
      quote = c == quote ? '\0' : quote;
    else if (c == '"' || c == '\'')
      quote = c;
    else if (c == '[' || c == '{')
      open.push_back(c == '[' ? ']' : '}');
    else if (!open.empty() && c == open.back())
      open.pop_back();
  }
  std::string out(text);
  if (quote != 0) out.push_back(quote);
  while (!open.empty() && !out.empty() && (out.back() == ',' || std::isspace(static_cast<unsigned char>(out.back()))))
    out.pop_back();
  return out.append(open.rbegin(), open.rend());
}

}  // namespace headroom
