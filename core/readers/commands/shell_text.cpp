#include "core/readers/commands/shell_text.h"

#include <algorithm>
#include <cctype>

namespace headroom {
bool isNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool isNameChar(char c) {
  return isNameStart(c) || (c >= '0' && c <= '9');
}

std::string_view variableIn(std::string_view word) {
  std::size_t n = 0;
  while (n < word.size() && (n == 0 ? isNameStart(word[n]) : isNameChar(word[n]))) ++n;
  const std::string_view rest = word.substr(n);
  return n > 0 && (rest.starts_with('=') || rest.starts_with("+=")) ? word.substr(0, n) : std::string_view();
}

std::string setIn(const std::vector<std::string>& words) {
  const bool asks = words.size() > 2 && (words.front() == "if" || words.front() == "IF");
  const auto set = asks ? std::find(words.begin(), words.end(), "set") : words.end();
  if (set == words.end() || set + 1 == words.end() || (set + 1)->find('=') == std::string::npos) return {};
  std::string all = *(set + 1);
  for (auto word = set + 2; word != words.end(); ++word) all += " " + *word;
  return all;
}

namespace {

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

// What word processors and chat windows put in place of plain characters. Says whether anything was replaced.
bool plainCharacters(std::string& text) {
  if (std::ranges::none_of(text, [](unsigned char c) { return c >= 0x80; })) return false;
  const std::string before = text;
  for (const char* quote : {"\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb"}) replaceAll(text, quote, "\"");
  for (const char* quote : {"\u2018", "\u2019", "\u201a"}) replaceAll(text, quote, "'");
  for (const char* dashes : {"\u2013\u2013", "\u2014\u2014", "\u2013-", "\u2014-"}) replaceAll(text, dashes, "--");
  for (const char* dash : {" \u2013", " \u2014"}) replaceAll(text, dash, " --");
  for (const char* dash : {"\n\u2013", "\n\u2014"}) replaceAll(text, dash, "\n--");
  const bool told = text != before;
  // Chinese sentences end behind a command without a blank.
  for (const char* stop : {"\uff0c", "\u3002", "\uff1b"}) replaceAll(text, stop, ";");
  for (const char* mark : {"\uff1a", "\uff08", "\uff09"}) replaceAll(text, mark, " ");
  for (const char* minus : {"\u2010", "\u2011", "\u2212"}) replaceAll(text, minus, "-");
  for (const char* blank : {"\u00a0", "\u202f", "\u3000"}) replaceAll(text, blank, " ");
  for (const char* nothing : {"\u200b", "\u2060", "\ufeff"}) replaceAll(text, nothing, "");
  return told;
}

std::string shellQuoted(std::string text) {
  for (std::size_t at = text.find('\''); at != text.npos; at = text.find('\'', at + 4)) text.replace(at, 1, "'\\''");
  return "'" + text + "'";
}

bool isServersVariable(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {"LLAMA_", "OLLAMA_", "VLLM_",    "SGLANG_", "TRTLLM_",
                                            "CUDA_",  "HIP_",    "ROCR_",    "GGML_",   "MTMD_",
                                            "HF_",    "NCCL_",   "PYTORCH_", "NPROC_",  "NNODES"};
  return std::ranges::any_of(kPrefixes, [name](std::string_view prefix) { return name.starts_with(prefix); });
}

std::size_t bracketEnd(std::string_view text, std::size_t from) {
  constexpr std::size_t kLongest = 500;
  const char open = text[from], close = open == '(' ? ')' : '}';
  int depth = 0;
  for (std::size_t i = from; i < text.size() && i - from < kLongest; ++i) {
    if (text[i] == open) ++depth;
    if (text[i] == close && --depth == 0) return i;
  }
  return text.npos;
}

std::string continuedLine(std::string_view lines) {
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool continued = lines[i] == '\\' && i + 1 < lines.size() && (lines[i + 1] == '\n' || lines[i + 1] == '\r');
    out += continued || lines[i] == '\n' || lines[i] == '\r' ? ' ' : lines[i];
  }
  return out;
}

std::string resolvedDefault(std::string_view text, const std::function<const std::string*(std::string_view)>& valueOf,
                            int depth) {
  constexpr int kDeepest = 4;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' || text[i] == '\'') continue;
    const bool braced = text.substr(i).starts_with("${");
    const std::size_t from = i + (braced ? 2 : 1);
    std::size_t n = from;
    while (text[i] == '$' && n < text.size() && isNameChar(text[n])) ++n;
    if (text[i] != '$' || n == from) {
      out += text[i];
      continue;
    }
    const bool other = braced && text.substr(n).starts_with(":-");
    std::size_t end = !braced ? n - 1 : other ? text.rfind('}') : text.find('}', n);
    if (end == text.npos || end < n - 1) end = text.size() - 1;
    const std::string* const known = valueOf(text.substr(from, n - from));
    if (known != nullptr)
      out += *known;
    else if (other && depth < kDeepest && end > n + 1)
      out += resolvedDefault(text.substr(n + 2, end - n - 2), valueOf, depth + 1);
    else
      out += text.substr(i, end + 1 - i);
    i = end;
  }
  return out;
}

}  // namespace headroom
