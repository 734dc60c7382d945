#include "core/readers/broken_json.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "core/base/python_json.h"
#include "core/readers/commands/text_lines.h"

namespace headroom {
namespace {

constexpr std::size_t kLongest = std::size_t{256} << 10, kDeepest = 64;

// `"key":` at the beginning of a line.
bool isMember(std::string_view line) {
  if (line.size() < 4 || line.front() != '"') return false;
  const std::size_t end = line.find('"', 1);
  return end != line.npos && end > 1 && trimmed(line.substr(end + 1)).starts_with(':');
}

// Where an object, or a member of one, begins a line.
std::size_t beginning(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed(text.substr(at, end - at));
    const std::string_view inside = line.starts_with('{') ? trimmed(line.substr(1)) : std::string_view();
    // "{", "{ \"key\": …"; a template's "{{" and Python's "{'key'" are none.
    if ((line.starts_with('{') && (inside.empty() || inside.front() == '"' || inside.front() == '}')) || isMember(line))
      return at + static_cast<std::size_t>(line.data() - text.data() - static_cast<std::ptrdiff_t>(at));
    at = end + 1;
  }
  return text.npos;
}

bool isLiteral(std::string_view word) {
  for (const std::string_view known : {"true", "false", "null", "NaN", "Infinity", "-Infinity"})
    if (word == known) return true;
  return nlohmann::json::parse(word, nullptr, false).is_number();
}

struct Scan {
  std::string open;              // brackets that are open
  std::size_t at = 0, safe = 0;  // behind the last whole value
  std::string safeOpen, name, lastName;
};

}  // namespace

std::optional<MendedJson> mendedJson(std::string_view whole) {
  const std::string_view text = whole.substr(0, kLongest);
  const std::size_t start = beginning(text);
  if (start == text.npos) return std::nullopt;
  MendedJson out;
  out.begun = text[start] == '{';
  Scan s;
  if (!out.begun) s.open = "{", s.safeOpen = "{";
  s.at = s.safe = start;
  const auto keep = [&](std::size_t at) { s.safe = at, s.safeOpen = s.open, s.lastName = s.name; };
  bool isWhole = false, value = false, broken = false;
  while (s.at < text.size() && !isWhole && !broken) {
    const char c = text[s.at];
    if (c == '"') {
      std::size_t end = s.at + 1;
      while (end < text.size() && text[end] != '"' && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
      if (end >= text.size() || text[end] != '"') break;
      const std::string_view word = text.substr(s.at + 1, end - s.at - 1);
      s.at = end + 1;
      std::size_t next = s.at;
      while (next < text.size() && std::isspace(static_cast<unsigned char>(text[next])) != 0) ++next;
      if (next < text.size() && text[next] == ':' && s.open.ends_with('{')) {
        s.name = word, s.at = next + 1, value = false;
      } else {
        value = true;
        if (next < text.size()) keep(s.at);
      }
    } else if (c == '{' || c == '[') {
      s.open += c, ++s.at, value = false;
      if (s.open.size() > kDeepest) return std::nullopt;
    } else if (c == '}' || c == ']') {
      if (s.open.empty() || s.open.back() != (c == '}' ? '{' : '[')) break;
      s.open.pop_back(), ++s.at, value = true;
      keep(s.at);
      isWhole = s.open.empty();
    } else if (c == ',' || std::isspace(static_cast<unsigned char>(c)) != 0) {
      if (c == ',' && value) keep(s.at);
      ++s.at;
    } else if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-') {
      std::size_t end = s.at;
      while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 ||
                                   std::string_view("+-.").find(text[end]) != std::string_view::npos))
        ++end;
      // A number at the text's end may go on behind it.
      broken = !isLiteral(text.substr(s.at, end - s.at)) || end == text.size();
      if (broken) break;
      s.at = end, value = true;
      keep(end);
    } else {
      broken = true;
    }
  }
  out.end = std::max(s.at, start + 1);
  // Members without the brace that holds them are whole where nothing else is open.
  const bool closed = isWhole || (!out.begun && s.open == "{" && s.at >= text.size() && !broken && value);
  if (!closed) out.last = s.lastName.empty() ? "its beginning" : s.lastName;
  out.text = out.begun ? std::string() : "{";
  out.text += text.substr(start, s.safe - start);
  // A comma behind the last member is left alone where its neighbour was cut off.
  for (std::size_t i = s.safeOpen.size(); i-- > 0;) out.text += s.safeOpen[i] == '{' ? '}' : ']';
  const nlohmann::json parsed = nlohmann::json::parse(withoutPythonNumbers(out.text), nullptr, false);
  if (!parsed.is_object() || parsed.empty()) return std::nullopt;
  return out;
}

std::vector<MendedJson> objectsIn(std::string_view text, std::size_t most) {
  std::vector<MendedJson> out;
  while (!text.empty() && out.size() < most) {
    const std::size_t start = beginning(text);
    if (start == text.npos) break;
    std::optional<MendedJson> one = mendedJson(text);
    if (one) {
      text.remove_prefix(std::min(one->end, text.size()));
      out.push_back(std::move(*one));
    } else {
      text.remove_prefix(std::min(std::min(text.find('\n', start), text.size()) + 1, text.size()));
    }
  }
  return out;
}

}  // namespace headroom
