#include "core/readers/commands/terminal_text.h"

#include <algorithm>

#include "core/readers/commands/text_lines.h"

namespace headroom {
namespace {

// A line that a program printed: "INFO 01-30 03:18:12 …", "[2024-03-25 …", "(EngineCore pid=3) …", "ValueError: …".
bool isPrinted(std::string_view line) {
  constexpr std::string_view kBeginnings[] = {"INFO",       "WARN",    "ERROR",       "DEBUG", "[20",       "(Engine",
                                              "(APIServer", "(Worker", "(VllmWorker", "time=", "Traceback", "raise "};
  line = trimmed(line);
  const std::string_view word = line.substr(0, line.find_first_of(" :"));
  return line == "..." || word.ends_with("Error") ||
         std::ranges::any_of(kBeginnings, [line](std::string_view b) { return line.starts_with(b); });
}

}  // namespace

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
    const bool divides = trimmed(line).empty() || trimmed(line).starts_with("```") || isPrinted(line);
    if (!divides)
      out.back().append(line).push_back('\n');
    else if (!out.back().empty() && out.size() < kMost)
      out.emplace_back();
  });
  return out;
}

}  // namespace headroom
