// Changing a recipe's text: line by line where that does it, else anew.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "core/base/json_text.h"
#include "core/readers/recipes/recipe_tree.h"

namespace headroom::recipes {
namespace {

bool isPlainWord(const std::string& text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  if (text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./+") != text.npos)
    return false;
  if (text.front() == '-') return false;
  // Words a YAML reader would take for something else.
  for (const char* word : {"null", "Null",  "NULL",  "true",  "True", "TRUE", "yes", "Yes", "YES", "on", "On",
                           "ON",   "false", "False", "FALSE", "no",   "No",   "NO",  "off", "Off", "OFF"})
    if (text == word) return false;
  return text.find_first_not_of("0123456789.+-_eE") != text.npos;
}

std::string scalarText(const Json& value) {
  if (value.is_null()) return "null";
  if (!value.is_string()) return jsonText(value);
  const auto& text = value.get_ref<const std::string&>();
  return isPlainWord(text) ? text : jsonText(value);
}

// On one line, as a value.
std::string flowText(const Json& value) {
  if (value.is_array()) {
    std::string out = "[";
    for (const Json& item : value) out += (out.size() > 1 ? ", " : "") + flowText(item);
    return out + "]";
  }
  if (value.is_object()) {
    std::string out = "{";
    for (const auto& [key, item] : value.items())
      out += (out.size() > 1 ? ", " : "") + scalarText(Json(key)) + ": " + flowText(item);
    return out + "}";
  }
  return scalarText(value);
}

void emit(const Json& value, int indent, std::string& out) {
  for (const auto& [key, inner] : value.items()) {
    out += std::string(static_cast<std::size_t>(indent), ' ') + scalarText(Json(key)) + ":";
    if (inner.is_object() && !inner.empty()) {
      out += "\n";
      emit(inner, indent + 2, out);
    } else if (inner.is_array() && std::ranges::any_of(inner, [](const Json& i) { return i.is_object(); })) {
      out += "\n";
      for (const Json& item : inner)
        out += std::string(static_cast<std::size_t>(indent) + 2, ' ') + "- " + flowText(item) + "\n";
    } else {
      out += " " + flowText(inner) + "\n";
    }
  }
}

struct Lines {
  std::vector<std::string> all;

  explicit Lines(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      all.emplace_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  std::string text() const {
    std::string out;
    for (const std::string& line : all) out += line + "\n";
    return out;
  }
};

std::size_t indentOf(const std::string& line) {
  const std::size_t first = line.find_first_not_of(' ');
  return first == line.npos ? line.size() : first;
}

// Where the scalar that starts at `from` ends on its line.
std::size_t scalarEnd(const std::string& line, std::size_t from) {
  if (from < line.size() && (line[from] == '"' || line[from] == '\'')) {
    const std::size_t close = line.find(line[from], from + 1);
    return close == line.npos ? line.size() : close + 1;
  }
  std::size_t end = std::min(line.find(" #", from), line.size());
  while (end > from && (line[end - 1] == ' ' || line[end - 1] == '\r')) --end;
  return end;
}

// The map that holds the last key of `path` and that key's own mark; false where the path ends earlier.
void set(Json& root, const std::vector<std::string>& path, const Json& value) {
  Json* at = &root;
  for (const std::string& key : path) {
    if (!at->is_object()) *at = Json::object();
    at = &(*at)[key];
  }
  *at = value;
}

// Lines from the key's own to the last that belongs to its value.
std::size_t lastLineOf(const Lines& lines, std::size_t first, std::size_t indent) {
  std::size_t last = first;
  for (std::size_t i = first + 1; i < lines.all.size(); ++i) {
    const std::string& line = lines.all[i];
    const std::size_t own = indentOf(line);
    if (own == line.size() || line[own] == '#') continue;
    // The items of a list may stand at their key's own column.
    if (own < indent || (own == indent && line[own] != '-')) break;
    last = i;
  }
  return last;
}

// One edit on the lines; what comes out is checked by the caller.
void editLines(Lines& lines, const YAML::Node& root, const RecipeEdit& edit) {
  YAML::Node node = root;
  std::size_t line = lines.all.size(), indent = 0;
  std::size_t depth = 0;
  for (; depth < edit.path.size() && node.IsMap(); ++depth) {
    bool found = false;
    for (const auto& entry : node) {
      if (!entry.first.IsScalar() || entry.first.Scalar() != edit.path[depth]) continue;
      line = static_cast<std::size_t>(entry.first.Mark().line),
      indent = static_cast<std::size_t>(entry.first.Mark().column);
      node.reset(entry.second);
      found = true;
      break;
    }
    if (!found) break;
  }
  const std::string key = scalarText(Json(edit.path[std::min(depth, edit.path.size() - 1)]));
  if (depth == edit.path.size()) {
    if (line >= lines.all.size()) return;
    if (node.IsScalar() && static_cast<std::size_t>(node.Mark().line) == line) {
      std::string& text = lines.all[line];
      const auto from = static_cast<std::size_t>(node.Mark().column);
      if (from > text.size()) return;
      text.replace(from, scalarEnd(text, from) - from, flowText(edit.value));
      return;
    }
    const std::size_t last = lastLineOf(lines, line, indent);
    lines.all[line] = std::string(indent, ' ') + key + ": " + flowText(edit.value);
    lines.all.erase(lines.all.begin() + static_cast<std::ptrdiff_t>(line) + 1,
                    lines.all.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    return;
  }
  // A key that is not there: its parents that are missing too, and its value, below what is there.
  Json fresh = edit.value;
  for (std::size_t i = edit.path.size(); i > depth + 1; --i) fresh = Json{{edit.path[i - 1], fresh}};
  std::string text;
  const std::size_t inner = depth == 0 ? 0 : indent + 2;
  emit(Json{{edit.path[depth], fresh}}, static_cast<int>(inner), text);
  const std::size_t after = depth == 0 ? lines.all.size() : lastLineOf(lines, line, indent) + 1;
  const Lines added(text);
  lines.all.insert(lines.all.begin() + static_cast<std::ptrdiff_t>(std::min(after, lines.all.size())),
                   added.all.begin(), added.all.end());
}

}  // namespace

std::string emitYaml(const Json& root) {
  std::string out;
  emit(root, 0, out);
  return out;
}

Result<std::string> applyEdits(std::string_view text, const std::vector<RecipeEdit>& edits, std::string_view where) {
  Result<RecipeTree> tree = parseRecipe(text, where);
  if (!tree) return tl::unexpected(tree.error());
  Json wanted = tree->root;
  std::string now(text);
  for (const RecipeEdit& edit : edits) {
    set(wanted, edit.path, edit.value);
    if (tree->json) continue;
    try {
      Lines lines(now);
      editLines(lines, YAML::Load(now), edit);
      const std::string changed = lines.text();
      const Result<RecipeTree> again = parseRecipe(changed, where);
      now = again && again->root == wanted ? changed : emitYaml(wanted);
    } catch (const std::exception&) {
      now = emitYaml(wanted);
    }
  }
  // A key of over 1,024 characters, escapes included, is none to YAML; JSON has no such bound.
  if (tree->json || !parseRecipe(now, where)) return jsonText(wanted, 2) + "\n";
  return now;
}

}  // namespace headroom::recipes
