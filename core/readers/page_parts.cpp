#include "core/readers/page_parts.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "core/readers/broken_json.h"
#include "core/readers/commands/text_lines.h"

namespace headroom {

namespace {

constexpr std::size_t kMost = 16;

// What a patch takes away, or says of itself.
bool isOldSide(std::string_view line) {
  return line.starts_with('-') || line.starts_with("+++") || line.starts_with("@@") || line.starts_with("diff ") ||
         line.starts_with("index ") || line.starts_with("new file") || line.starts_with('\\');
}

// What stands between fences, the last of which may be cut off with the text; the rest is the answer.
std::string fenced(std::string_view text, std::string_view fence, std::vector<std::string>& out) {
  std::string rest;
  for (std::size_t at = text.find(fence); at != text.npos && out.size() < kMost; at = text.find(fence)) {
    // A longer fence holds shorter ones.
    const std::size_t width = std::min(text.find_first_not_of(fence.front(), at), text.size()) - at;
    const std::string_view mark = text.substr(at, width);
    // ```words``` on one line
    if (const std::size_t line = std::min(text.find('\n', at), text.size()), close = text.find(mark, at + width);
        close < line && close > at + width) {
      out.emplace_back(text.substr(at + width, close - at - width));
      text.remove_prefix(close + width);
      continue;
    }
    const std::size_t begin = text.find('\n', at);
    rest.append(text.substr(0, at)).push_back('\n');
    if (begin == text.npos) return rest;
    const std::size_t end = std::min(text.find(mark, begin), text.size());
    out.emplace_back(text.substr(begin + 1, end - begin - 1));
    text.remove_prefix(std::min(end + mark.size(), text.size()));
  }
  return rest.append(text);
}

// Code in the midst of a sentence, of several words and maybe of several lines: "`vllm serve org/name \ --tp 8`".
void inlineCode(std::string_view text, std::vector<std::string>& out) {
  for (std::size_t at = text.find('`'); at != text.npos && out.size() < kMost; at = text.find('`', at)) {
    // The last one may be cut off with the text.
    const std::size_t end = std::min(text.find('`', at + 1), text.size());
    const std::string_view inside = text.substr(at + 1, end - at - 1);
    // PowerShell continues lines with it.
    const bool continues = inside.starts_with('\n') || inside.starts_with("\r\n");
    if (!continues && trimmed(inside).find_first_of(" \n") != text.npos) out.emplace_back(inside);
    at = std::min(continues ? end : end + 1, text.size());
  }
}

// "key: value", "  key:", "- item", "# words" and blank lines of a file that stands among sentences.
bool isFileLine(std::string_view line) {
  const std::string_view bare = trimmed(line);
  if (bare.empty() || bare.front() == '#' || bare.starts_with("- ")) return true;
  // "model: nn.Module," of a function.
  if (bare.ends_with(',') && bare.find_first_of("[{") == bare.npos) return false;
  const std::size_t colon = bare.find(':');
  if (colon == bare.npos || colon == 0 || bare.front() == '"' || (colon + 1 < bare.size() && bare[colon + 1] != ' '))
    return false;
  return std::ranges::all_of(bare.substr(0, colon), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c == '"' || c == ' ';
  });
}

// Variables that sentences name one by one, "`OLLAMA_NUM_PARALLEL=2`", as the lines of a file.
void inlineVariables(std::string_view text, std::vector<std::string>& out) {
  std::string lines;
  for (std::size_t at = text.find('`'); at != text.npos; at = text.find('`', at + 1)) {
    const std::size_t end = text.find('`', at + 1);
    if (end == text.npos) break;
    const std::string_view code = text.substr(at + 1, end - at - 1);
    const std::size_t equals = code.find('=');
    if (equals != code.npos && code.find_first_of(" \n") == code.npos &&
        (code.starts_with("OLLAMA_") || code.starts_with("LLAMA_ARG_")))
      lines.append(code).push_back('\n');
    at = end;
  }
  if (!lines.empty() && out.size() < kMost) out.push_back(std::move(lines));
}

// What here-documents hold, in which an unquoted mark has a backslash written twice.
void hereDocuments(std::string_view text, std::vector<std::string>& out) {
  for (std::size_t at = text.find("<<"); at != text.npos && out.size() < kMost; at = text.find("<<", at + 2)) {
    std::string_view mark = text.substr(at + 2);
    const std::size_t first = mark.find_first_not_of("- '\"");
    const std::size_t line = text.find('\n', at);
    if (line == text.npos || first > 3) continue;
    mark = mark.substr(first, mark.find_first_of(" '\"\n\r>|;&", first) - first);
    if (mark.empty() || std::isupper(static_cast<unsigned char>(mark.front())) == 0) continue;
    const std::size_t end = std::min(text.find("\n" + std::string(mark), line), text.size());
    std::string inside(text.substr(line + 1, std::max(end, line + 1) - line - 1));
    for (std::size_t twice = inside.find("\\\\\n"); twice != inside.npos; twice = inside.find("\\\\\n", twice + 1))
      inside.erase(twice, 1);
    out.push_back(std::move(inside));
    at = end > at ? end - 2 : at;
  }
}

// A command over several lines among sentences: to the first line that goes on nowhere.
void continued(std::string_view text, std::vector<std::string>& out) {
  std::string run;
  eachLine(text, [&](std::string_view line) {
    const bool more = trimmed(line).ends_with('\\');
    if (run.empty() && !more) return;
    const bool several = !run.empty();
    run.append(line).push_back('\n');
    if (more) return;
    if (several && out.size() < kMost) out.push_back(run);
    run.clear();
  });
  if (std::count(run.begin(), run.end(), '\n') > 1 && out.size() < kMost) out.push_back(std::move(run));
}

// Lines of a file among sentences, and JSON from its brace on.
void unfenced(std::string_view text, std::vector<std::string>& out) {
  std::string run, plain;
  std::size_t keys = 0;
  bool list = false;   // its first line is an item
  bool items = false;  // a key without a value came before, whose items may stand at the margin
  const auto end = [&] {
    if (keys >= 3 && out.size() < kMost) out.push_back(run);
    // "- distributed_type: FSDP" of a list that a program printed
    if (keys >= 3 && list && out.size() < kMost) out.push_back(plain);
    run.clear(), plain.clear(), keys = 0, items = false;
  };
  eachLine(text, [&](std::string_view line) {
    if (!isFileLine(line)) return end();
    // A heading's colon ends a sentence: "config.yml:".
    if (run.empty() && line.ends_with(':') && line.find('.') != line.npos) return;
    const bool item = trimmed(line).starts_with("- ");
    // An item at the margin below a key that has its value is of a list in the page, not in the file.
    if (!run.empty() && !list && item && line.front() == '-' && !items) end();
    if (!item && !trimmed(line).empty() && trimmed(line).front() != '#') items = trimmed(line).ends_with(':');
    // A key at the margin is no part of a list there.
    if (!run.empty() && list && !item && !line.empty() && line.front() != ' ' && line.front() != '#') end();
    if (run.empty()) list = item;
    run.append(line).push_back('\n');
    plain.append(item ? trimmed(line).substr(2) : line).push_back('\n');
    if (line.find(':') != line.npos) ++keys;
  });
  end();
  for (MendedJson& object : objectsIn(text, kMost))
    if (object.last.empty() && object.begun && out.size() < kMost) out.push_back(std::move(object.text));
}

}  // namespace

// What a terminal's window shows between its frame's bars, "│ Image:  vllm/… │"; empty for any other text.
std::string withoutFrame(std::string_view text) {
  constexpr std::string_view kBars[] = {"\u2502", "\u2503"};
  std::size_t lines = 0, framed = 0;
  std::string out;
  eachLine(text, [&](std::string_view line) {
    std::string_view bare = trimmed(line);
    if (bare.empty()) return;
    ++lines;
    for (const std::string_view bar : kBars)
      if (bare.starts_with(bar)) {
        ++framed;
        bare.remove_prefix(bar.size());
        if (bare.ends_with(bar)) bare.remove_suffix(bar.size());
        if (bare.starts_with(' ')) bare.remove_prefix(1);
        line = bare;
        break;
      }
    out.append(line).push_back('\n');
  });
  return framed > 1 && framed * 4 >= lines * 3 ? out : std::string();
}

std::string withoutMarks(std::string_view text) {
  if (std::string inside = withoutFrame(text); !inside.empty()) return inside;
  std::size_t lines = 0, added = 0, quoted = 0;
  bool patch = true;
  eachLine(text, [&](std::string_view line) {
    if (trimmed(line).empty()) return;
    ++lines;
    added += line.starts_with('+') ? 1 : 0, quoted += line.starts_with('>') ? 1 : 0;
    const bool head = line.starts_with("diff ") || line.starts_with("index ") || line.starts_with("@@") ||
                      line.starts_with("new file") || line.starts_with("\\ No newline");
    patch = patch && (head || line.starts_with('+') || line.starts_with('-') || line.starts_with(' '));
  });
  // All of it, or what a reply answers to above its own words.
  const bool reply = lines > 1 && (quoted == lines || (quoted > 2 && 2 * quoted >= lines));
  if (!reply && (!patch || added < 2)) return {};
  std::string out;
  eachLine(text, [&](std::string_view line) {
    if (reply) {
      // Its own blanks are the file's.
      while (line.starts_with('>')) {
        line.remove_prefix(1);
        if (line.starts_with(' ')) line.remove_prefix(1);
      }
    } else {
      // The new side of a patch.
      if (isOldSide(line)) return;
      if (!line.empty()) line.remove_prefix(1);
    }
    out.append(line).push_back('\n');
  });
  return out;
}

std::string withNewSides(std::string_view text) {
  std::string out, fence;
  bool any = false;
  eachLine(text, [&](std::string_view line) {
    const std::size_t width = std::min(line.find_first_not_of('`'), line.size());
    if (fence.empty() && width >= 3) {
      const std::string_view kind = trimmed(line.substr(width));
      if (kind == "diff" || kind == "patch" || kind == "suggestion") fence = line.substr(0, width), any = true;
    } else if (!fence.empty() && trimmed(line) == fence) {
      fence.clear();
    } else if (!fence.empty() && fence.size() >= 3) {
      if (line.starts_with('-')) return;
      if (line.starts_with('+') || line.starts_with(' ')) line.remove_prefix(1);
    }
    // The fence's kind is said no more.
    out.append(!fence.empty() && line.starts_with(fence) ? std::string_view(fence) : line).push_back('\n');
  });
  return any ? out : std::string();
}

std::vector<std::string> fencedParts(std::string_view whole) {
  std::vector<std::string> out;
  fenced(fenced(whole, "```", out), "~~~", out);
  return out;
}

std::vector<std::string> quotedParts(std::string_view whole) {
  std::vector<std::string> out;
  const std::string outside = fenced(fenced(whole, "```", out), "~~~", out);
  const std::string_view text = outside;
  if (const std::size_t at = text.find("`{"); at != text.npos)
    if (const std::size_t end = text.find('`', at + 1); end != text.npos && out.size() < kMost)
      out.emplace_back(text.substr(at + 1, end - at - 1));
  // Every line a piece of code of its own: "`--tp 4 \`".
  std::string joined;
  bool all = true;
  for (std::string_view rest = text; !rest.empty() && all;) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty()) continue;
    all = line.size() > 2 && line.front() == '`' && line.back() == '`';
    if (all) line = trimmed(line.substr(1, line.size() - 2));
    if (line.ends_with('\\')) line = trimmed(line.substr(0, line.size() - 1));
    joined.append(line).push_back(' ');
  }
  if (all && text.find('\n') != text.npos) out.push_back(std::move(joined));
  for (std::size_t at = text.find("`--"); at != text.npos && out.size() < kMost; at = text.find("`--", at)) {
    const std::size_t end = text.find('`', at + 1);
    if (end == text.npos) break;
    out.emplace_back(text.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  inlineCode(text, out);
  inlineVariables(text, out);
  hereDocuments(whole, out);
  continued(text, out);
  unfenced(text, out);
  return out;
}

std::string_view assignedName(std::string_view text) {
  if (text.ends_with(',')) text.remove_suffix(1);  // of a file in JSON
  const std::size_t equals = text.size() < 300 ? text.find_first_of("=:") : text.npos;
  if (equals == text.npos) return {};
  std::string_view name = trimmed(text.substr(0, equals));
  if (name.size() > 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
  const std::string_view value = trimmed(text.substr(equals + 1));
  const bool plain = std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
  if (!plain || name.empty() || value.size() < 4 || value.front() != value.back()) return {};
  const std::string_view id = value.substr(1, value.size() - 2);
  const bool quotes = value.front() == '"' || value.front() == '\'';
  return quotes && id.find('/') != id.npos && id.find_first_of(" \t\n\"'") == id.npos ? id : std::string_view();
}

std::string notebookText(std::string_view text, std::string_view kind) {
  std::string out;
  if (text.find("\"nbformat\"") == text.npos || text.find("\"cells\"") == text.npos) return out;
  const nlohmann::json document = nlohmann::json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("cells") || !document["cells"].is_array()) return out;
  const auto add = [&](const nlohmann::json& piece) {
    if (piece.is_string() && out.size() < kLongestPage) out += piece.get_ref<const std::string&>();
  };
  for (const nlohmann::json& cell : document["cells"]) {
    if (!cell.is_object() || cell.value("cell_type", nlohmann::json()) != kind || !cell.contains("source")) continue;
    const nlohmann::json& source = cell["source"];
    if (source.is_array())
      for (const nlohmann::json& line : source) add(line);
    add(source);
    out += '\n';
  }
  return out;
}

}  // namespace headroom
