#include "core/readers/told_words.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>

#include "core/base/lower_case.h"
#include "core/readers/commands/argument_reader.h"
#include "core/readers/commands/option_table.h"
#include "core/readers/commands/terminal_text.h"
#include "core/readers/commands/text_lines.h"
#include "core/readers/placeholder.h"

namespace headroom {
namespace {

constexpr std::size_t kMostWords = 64, kLongestValue = 60;

bool isDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}
bool isWordChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

void addOnce(std::vector<std::string>& out, std::string word) {
  if (out.size() < kMostWords && std::find(out.begin(), out.end(), word) == out.end()) out.push_back(std::move(word));
}

// A program with its options, as a shell has it.
bool isCommand(std::string_view text) {
  constexpr std::string_view kPrograms[] = {
      "vllm serve", "api_server",   "sglang.launch_server", "sglang serve", "llama-server", "llama-cli",
      "ollama run", "trtllm-serve", "mlx_lm.server",        "llama_server", "docker run"};
  return std::any_of(std::begin(kPrograms), std::end(kPrograms), [text](std::string_view program) {
    const std::size_t at = text.find(program);
    if (at == text.npos) return false;
    // "trtllm-serve crashes with --tp 8" is a sentence.
    const std::string_view rest = trimmed(text.substr(at + program.size()));
    const std::string_view word = rest.substr(0, rest.find(' '));
    return rest.find("-") != rest.npos && word.find_first_of("-/.:$<") != word.npos;
  });
}

// The first word of a value, without what marks or ends it: "**`32,768`**," is 32768.
std::string valueIn(std::string_view text, std::size_t most = kLongestValue) {
  const std::size_t first = text.find_first_not_of(" *`\"'|:=");
  if (first == text.npos) return {};
  text = text.substr(first, most);
  std::string value(text.substr(0, text.find_first_of(" `\"'*|;()<>\n\t")));
  for (std::size_t comma = value.find(','); comma != value.npos; comma = value.find(',', comma)) {
    const bool thousands = comma > 0 && isDigit(value[comma - 1]) && comma + 3 < value.size() &&
                           std::all_of(value.begin() + static_cast<std::ptrdiff_t>(comma) + 1,
                                       value.begin() + static_cast<std::ptrdiff_t>(comma) + 4, isDigit);
    if (!thousands) {
      value.resize(comma);
      break;
    }
    value.erase(comma, 1);
  }
  while (!value.empty() && std::string_view(".,:;!?").find(value.back()) != std::string_view::npos) value.pop_back();
  return value;
}

// The value that a sentence gives a name before it: "… to 32", "… = `fp8`", "… is set to 0.9".
std::string valueBehind(std::string_view rest) {
  for (int filler = 0; filler < 4; ++filler) {
    const std::size_t first = rest.find_first_not_of(" *`\"'|:=");
    if (first == rest.npos || first > 12) return {};
    rest.remove_prefix(first);
    const std::size_t end = std::min(rest.find(' '), rest.size());
    constexpr std::string_view kFillers[] = {"to",     "of",    "is",      "at",   "was", "set", "as",
                                             "around", "about", "exactly", "just", "→",   "->"};
    if (std::find(std::begin(kFillers), std::end(kFillers), rest.substr(0, end)) == std::end(kFillers)) break;
    rest.remove_prefix(end);
  }
  return valueIn(rest);
}

class Words {
 public:
  Words(const OptionTable& table, std::vector<std::string>& out) : table_(table), out_(out) {}

  void line(std::string_view line) {
    label(line);
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t tick = line.find('`', at), end = tick == line.npos ? tick : line.find('`', tick + 1);
      words(line.substr(at, std::min(tick, line.size()) - at));
      if (end == line.npos) break;
      if (const std::string_view inside = line.substr(tick + 1, end - tick - 1); !isCommand(inside))
        span(inside, line.substr(end + 1));
      at = end + 1;
    }
  }

 private:
  const EngineOption* find(std::string_view name) const {
    std::string called(name.substr(std::min(name.find_first_not_of('-'), name.size())));
    if (called.size() < 2) return table_.find(name).option;
    const bool dashes = name.starts_with("--");
    std::replace(called.begin(), called.end(), '_', '-');
    const EngineOption* option = table_.find("--" + called).option;
    // Ollama's num_ctx, and short names with their dash.
    if (option == nullptr && !dashes) option = table_.find(name).option;
    const bool matters = option != nullptr && (option->memory || !option->key.empty()) && option->reads != "model";
    return matters ? option : nullptr;
  }

  // False: it is no value of the option.
  bool add(const EngineOption& option, const std::string& value) {
    const bool number = option.takes == Takes::integer || option.takes == Takes::number || option.takes == Takes::size;
    if (option.takes == Takes::flag) {
      if (value == "False" || value == "false" || value == "0") return addOnce(out_, option.name + "=false"), true;
      return addOnce(out_, option.name), true;
    }
    if (value.empty() || (number && !humanNumber(value))) return false;
    if (!number && !isDigit(value.front()) && std::isalpha(static_cast<unsigned char>(value.front())) == 0)
      return false;
    return addOnce(out_, option.name + "=" + value), true;
  }

  // "--tp 4", "mem_fraction_static=0.7," among other words.
  void words(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = text.find_first_not_of(" \t(*|,\"'", at);
      if (begin == text.npos) return;
      std::size_t end = begin;
      while (end < text.size() && (isWordChar(text[end]) || text[end] == '=' || text[end] == '.')) ++end;
      const std::string_view word = text.substr(begin, end - begin);
      at = std::max(end, begin + 1);
      const std::size_t equals = std::min(word.find('='), word.size());
      const std::string_view name = word.substr(0, equals);
      const bool dashes = name.starts_with("--");
      if (!dashes && (equals == word.size() || name.find('_') == name.npos)) continue;
      const EngineOption* const option = find(name);
      if (option == nullptr) continue;
      if (equals < word.size())
        (void)add(*option, valueIn(word.substr(equals + 1)));
      else if (option->takes == Takes::flag)
        (void)add(*option, "");
      else if (at < text.size() && text[at] == ' ' && !text.substr(at + 1).starts_with('-'))
        number(*option, valueIn(text.substr(at)));
      else if (at < text.size() && text[at] == ' ')
        continue;
    }
  }

  // Behind a bare name only a number or a word with a digit is a value: "--kv-cache-dtype is slow".
  void number(const EngineOption& option, const std::string& value) {
    if (std::any_of(value.begin(), value.end(), isDigit)) (void)add(option, value);
  }

  // What stands between backticks, and behind them.
  void span(std::string_view inside, std::string_view rest) {
    inside = trimmed(inside);
    const std::size_t end = inside.find_first_of(" =:");
    const EngineOption* const option = find(inside.substr(0, end));
    const bool named = inside.starts_with("--") || inside.find('_') != inside.npos;
    if (option == nullptr || !named) return words(inside);
    if (end != inside.npos) {
      (void)add(*option, valueIn(inside.substr(end)));
      return words(inside.substr(end));
    }
    if (option->takes == Takes::flag) {
      if (inside.starts_with("--")) (void)add(*option, "");
      return;
    }
    number(*option, valueBehind(rest));
  }

  // "- **Max model len:** 32768", "| Tensor parallel size | 4 |", "Context length: 16k"
  void label(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" -*|>\t0123456789.•");
    if (first == line.npos) return;
    line.remove_prefix(first);
    const std::size_t end = line.find_first_of(":=|");
    if (end == line.npos || end > 40 || end < 2) return;
    std::string name;
    for (const char c : trimmed(line.substr(0, end))) {
      if (c == '*') continue;
      if (!isWordChar(c) && c != ' ') return;
      name += c == ' ' || c == '_' ? '-' : c;
    }
    name = lowerCase(name);
    constexpr std::string_view kLengths[] = {"context",        "context-length",    "context-size",
                                             "context-window", "max-context",       "ctx",
                                             "num-ctx",        "max-context-length"};
    constexpr std::string_view kOptions[] = {"--max-model-len", "--context-length", "--ctx-size", "num_ctx"};
    const EngineOption* option = find(name);
    if (std::find(std::begin(kLengths), std::end(kLengths), name) != std::end(kLengths))
      for (const std::string_view known : kOptions)
        if (option == nullptr) option = table_.find(known).option;
    if (option != nullptr && option->takes != Takes::flag) number(*option, valueIn(line.substr(end + 1)));
  }

  const OptionTable& table_;
  std::vector<std::string>& out_;
};

struct Named {
  std::string_view word, engine;
};
constexpr Named kEngines[] = {
    {"vllm", "vllm"},           {"sglang", "sglang"},       {"llama-server", "llama.cpp"},   {"llama.cpp", "llama.cpp"},
    {"llama_cpp", "llama.cpp"}, {"trtllm", "tensorrt-llm"}, {"tensorrt-llm", "tensorrt-llm"}};

}  // namespace

std::string proseOf(std::string_view text) {
  std::string out, fence;
  bool goesOn = false;
  const bool page = text.find("```") != text.npos || text.find("~~~") != text.npos;
  eachLine(text, [&](std::string_view line) {
    const std::string_view bare = trimmed(line);
    if (fence.empty() && (bare.starts_with("```") || bare.starts_with("~~~"))) {
      const std::size_t width = std::min(bare.find_first_not_of(bare.front()), bare.size());
      // ```words``` on one line
      if (bare.find(bare.substr(0, width), width) == bare.npos) fence = bare.substr(0, width);
      return;
    }
    if (!fence.empty()) {
      if (bare.starts_with(fence)) fence.clear();
      return;
    }
    const bool continued = goesOn;
    goesOn = bare.ends_with('\\');
    const std::size_t tick = std::min(bare.find('`'), bare.size());
    if (continued || goesOn || isPrintedLine(bare) || isCommand(bare.substr(0, tick))) return;
    if (!page && (bare.starts_with('#') || bare.starts_with("//"))) return;
    out.append(line).push_back('\n');
  });
  return out;
}

std::vector<std::string> toldOptions(std::string_view prose, std::string_view engine) {
  std::vector<std::string> out;
  const OptionTable* const table = optionTable(engine);
  if (table == nullptr) return out;
  Words words(*table, out);
  eachLine(prose, [&](std::string_view line) { words.line(line); });
  return out;
}

std::vector<std::string> toldReleases(std::string_view text, std::string_view engine) {
  std::vector<std::string> out;
  const std::string low = lowerCase(text);
  for (const Named& named : kEngines) {
    if (named.engine != engine || engine == "llama.cpp") continue;
    for (std::size_t at = low.find(named.word); at != low.npos; at = low.find(named.word, at + 1)) {
      std::string_view rest = std::string_view(low).substr(at + named.word.size(), 60);
      // "my-server-vllm==0.1.0" is another's.
      const bool image = rest.starts_with("-openai:");  // "vllm/vllm-openai:v0.23.0"
      if (at > 0 && (isWordChar(low[at - 1]) || (low[at - 1] == '/' && !image))) continue;
      if (image) rest.remove_prefix(std::string_view("-openai").size());
      for (const std::string_view word : {" api server", " version", " release"})
        if (rest.starts_with(word) || rest.starts_with("*" + std::string(word)))
          rest.remove_prefix(rest.find(word) + word.size());
      const std::size_t first = rest.find_first_not_of(" `*:=|v\"'-");
      if (first == rest.npos || first > 8 || !isDigit(rest[first])) continue;
      rest.remove_prefix(first);
      std::size_t end = 0;
      while (end < rest.size() &&
             (std::isalnum(static_cast<unsigned char>(rest[end])) != 0 || rest[end] == '.' || rest[end] == '+'))
        ++end;
      std::string release(rest.substr(0, end));
      while (release.ends_with('.')) release.pop_back();
      if (std::count(release.begin(), release.end(), '.') >= 2) addOnce(out, std::move(release));
    }
  }
  return out;
}

std::vector<std::string> toldModels(std::string_view text) {
  constexpr std::size_t kLongestName = 120;
  std::vector<std::string> out;
  eachLine(text, [&](std::string_view line) {
    const std::size_t first = line.find_first_not_of(" -*|>\t#\"'`");
    if (first == line.npos) return;
    const std::string low = lowerCase(line.substr(first, 40));
    std::size_t end = 0;
    for (const std::string_view label : {"target model", "base model", "model_id", "model id", "model name",
                                         "model path", "model_name", "model_path", "model"})
      if (end == 0 && low.starts_with(label)) end = label.size();
    if (end == 0) return;
    // "Model: org/name", "MODEL=org/name", "| Model | org/name |", "target model `org/name`"
    const std::string_view rest = line.substr(first + end);
    const std::size_t mark = rest.find_first_not_of(" *\"'");
    if (mark == rest.npos || mark > 4 || std::string_view(":=|`").find(rest[mark]) == std::string_view::npos) return;
    const std::string name = valueIn(rest.substr(mark), kLongestName);
    const std::size_t slash = name.find('/');
    const bool plain =
        std::all_of(name.begin(), name.end(), [](char c) { return isWordChar(c) || c == '.' || c == '/'; });
    if (slash == name.npos || slash == 0 || slash + 3 > name.size() || name.find('/', slash + 1) != name.npos) return;
    if (plain && std::isalnum(static_cast<unsigned char>(name.front())) != 0 && !isPlaceholder(name))
      addOnce(out, name);
  });
  return out;
}

std::vector<std::string_view> toldEngines(std::string_view text) {
  std::vector<std::string_view> out;
  const std::string low = lowerCase(text);
  for (const Named& named : kEngines)
    if (low.find(named.word) != low.npos && std::find(out.begin(), out.end(), named.engine) == out.end())
      out.push_back(named.engine);
  return out;
}

}  // namespace headroom
