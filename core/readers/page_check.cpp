#include "core/readers/page_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "core/base/printable.h"
#include "core/readers/commands/text_lines.h"
#include "core/readers/joined.h"
#include "core/readers/page_parts.h"
#include "core/readers/placeholder.h"

namespace headroom {
namespace {

using nlohmann::json;

struct Part {
  std::string text;
  Reading reading;
  json scenario;
};

bool runs(const json& scenario) {
  return scenario.contains("engine") || scenario.contains("workload") || scenario.contains("framework");
}

// Its name as it is written; empty for one that a variable or a placeholder stands for.
std::string modelOf(const json& scenario) {
  const auto model = scenario.find("model");
  if (model == scenario.end()) return {};
  std::string name;
  if (model->is_string()) name = model->get<std::string>();
  if (model->is_object())
    for (const char* key : {"hub", "path"})
      if (model->contains(key) && (*model)[key].is_string()) name = (*model)[key].get<std::string>();
  return isPlaceholder(name) ? std::string() : name;
}

// Whether a value that both of them say differs.
bool contradicts(const json& part, const json& whole) {
  if (part.is_object() && whole.is_object())
    return std::any_of(part.items().begin(), part.items().end(), [&](const auto& item) {
      return item.key() != "model" && item.key() != "unmodelled" && whole.contains(item.key()) &&
             contradicts(item.value(), whole[item.key()]);
    });
  return part.is_primitive() && whole.is_primitive() && part != whole;
}

// Over how many devices a command shares its run; one where it says nothing.
std::int64_t sharesOf(const json& scenario) {
  const json::json_pointer data("/parallel/data");
  return scenario.contains(data) && scenario[data].is_number_integer() ? scenario[data].get<std::int64_t>() : 1;
}

bool saysOtherwise(const Part& part, const json& whole, bool wholeTrains) {
  const std::string here = modelOf(part.scenario), there = modelOf(whole);
  if (!here.empty() && here != there && (!there.empty() || trains(part.reading) == wholeTrains)) return true;
  const bool command = part.reading.recognised.find(" command") != std::string::npos;
  if (trains(part.reading) != wholeTrains) return !here.empty() || (command && !wholeTrains);
  if (command && wholeTrains && sharesOf(part.scenario) != sharesOf(whole)) return true;
  return contradicts(part.scenario, whole);
}

// "NAME=value \\" before a command, or a line of its own.
bool setsVariable(std::string_view line) {
  const std::size_t equals = line.find('=');
  return equals != line.npos && equals > 0 && std::all_of(line.begin(), line.begin() + equals, [](unsigned char c) {
           return std::isupper(c) != 0 || std::isdigit(c) != 0 || c == '_';
         });
}

// "vllm command «vllm serve org/name --tp 8»"
std::string shown(const Part& part) {
  std::string line, option;
  eachLine(part.text, [&](std::string_view one) {
    one = trimmed(one);
    const bool starts = !one.empty() && one.front() != '#' && !one.starts_with("export ") && !one.starts_with("cd ") &&
                        !one.starts_with("pip ") && !setsVariable(one) && !one.starts_with("import ") &&
                        !one.starts_with("from ");
    std::string& first = one.starts_with("--") ? option : line;
    if (starts && first.empty()) first = printable(one, 70);
  });
  if (line.empty()) line = option;
  return fmt::format("{} ({})", part.reading.recognised, line);
}

// The parts that read, and the text of those that do not.
std::vector<Part> readParts(std::string_view text, const std::function<Result<Reading>(std::string_view)>& read,
                            std::string& unread) {
  std::vector<Part> out;
  for (std::string& part : fencedParts(text)) {
    Result<Reading> reading = read(part);
    if (!reading) unread.append(part).push_back('\n');
    if (!reading || reading->recognised == "scenario" || reading->recognised.ends_with(" log")) continue;
    json scenario = json::parse(reading->scenario, nullptr, false);
    if (scenario.is_object() && runs(scenario))
      out.push_back({std::move(part), std::move(*reading), std::move(scenario)});
  }
  return out;
}

std::string_view firstLine(std::string_view text) {
  return trimmed(text.substr(0, text.find('\n')));
}

bool isLeft(const std::string& text, const std::vector<Part>& parts) {
  return std::none_of(parts.begin(), parts.end(), [&](const Part& part) { return part.text == text; });
}

bool isCertain(const Part& part) {
  return part.reading.recognised.find(" command") != std::string::npos && !modelOf(part.scenario).empty() &&
         part.scenario.size() >= 5;  // two more than the document's mark, what runs it, and the model
}

}  // namespace

Result<Reading> checkedByParts(Result<Reading> whole, std::string_view text,
                               const std::function<Result<Reading>(std::string_view)>& read) {
  const std::size_t first = text.find("```");
  const std::size_t second = first == text.npos ? first : text.find("```", first + 3);
  if (second == text.npos || text.find("```", second + 3) == text.npos || text.size() > kLongestPage) return whole;
  if (!whole && whole.error().code == ErrorCode::unknown_name) return whole;
  if (whole && (whole->recognised == "scenario" || whole->recognised.ends_with(" log"))) return whole;
  std::string unread;
  const std::vector<Part> parts = readParts(text, read, unread);
  json scenario = whole ? json::parse(whole->scenario, nullptr, false) : json();
  if (parts.empty() || (whole && (!scenario.is_object() || !runs(scenario)))) return whole;
  // What stands for the page, where it is not the whole of it.
  const std::string model = whole ? modelOf(scenario) : std::string();
  const bool told = std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
    return modelOf(part.scenario) == model || part.text.find(model) != std::string::npos;
  });
  // Calls of several parts read as one script, the last of which loads "/path/to/your/model".
  const bool placeholder = whole && model.empty() && scenario.contains("model") && !trains(*whole) &&
                           whole->recognised.starts_with("Python script");
  const auto better = std::find_if(parts.begin(), parts.end(), [&](const Part& part) {
    return placeholder ? !modelOf(part.scenario).empty() && !trains(part.reading) : isCertain(part);
  });
  if (better != parts.end() && (!whole || placeholder || (!model.empty() && !told))) {
    Reading taken = better->reading;
    const std::string part = shown(*better);
    taken.remarks.push_back(
        {"page-part", Severity::warning,
         whole ? fmt::format("Of the page one part is taken: {}.", part)
               : fmt::format("Of the page one part is taken: {}. The whole says: {}", part, whole.error().message)});
    scenario = better->scenario;
    whole = std::move(taken);
  }
  if (!whole) return whole;
  const bool said = std::any_of(whole->remarks.begin(), whole->remarks.end(), [](const Remark& remark) {
    return remark.code == "several-servers" || remark.code == "several-runs" || remark.code == "other-training";
  });
  const bool wholeTrains = trains(*whole);
  std::vector<std::string> others;
  constexpr std::size_t kShown = 4;
  for (const Part& part : parts)
    if (saysOtherwise(part, scenario, wholeTrains) && others.size() < kShown) {
      std::string one = shown(part);
      if (std::find(others.begin(), others.end(), one) == others.end()) others.push_back(std::move(one));
    }
  // Options that stand apart, to be added to a command: no part of what is read.
  if (!said)
    for (std::string& part : fencedParts(text))
      if (trimmed(part).starts_with("--") && others.size() < kShown)
        if (const std::string one = "options (" + printable(firstLine(trimmed(part)), 70) + ")";
            std::find(others.begin(), others.end(), one) == others.end() && isLeft(part, parts))
          others.push_back(one);
  if (!others.empty() && !said)
    whole->remarks.push_back(
        {"page-others", Severity::warning,
         fmt::format("Other parts of the page say otherwise and are left: {}.", fmt::join(others, "; "))});
  if (!said) noteScriptsRun(*whole, unread);
  return whole;
}

std::optional<Reading> partOf(std::string_view text, const std::function<Result<Reading>(std::string_view)>& read) {
  std::string unread;
  std::vector<Part> parts = readParts(text, read, unread);
  const auto found = std::find_if(parts.begin(), parts.end(), isCertain);
  if (found == parts.end()) return std::nullopt;
  found->reading.remarks.push_back(
      {"page-part", Severity::warning, fmt::format("Of the page one part is taken: {}.", shown(*found))});
  return std::move(found->reading);
}

std::optional<Reading> runOf(std::string_view text, const std::function<Result<Reading>(std::string_view)>& read) {
  std::optional<Reading> first;
  std::size_t runs = 0;
  for (const std::string& part : quotedParts(text)) {
    if (part.find("\\\n") == part.npos) continue;
    Result<Reading> run = read(part);
    if (!run || !trains(*run) || run->scenario.find("\"model\"") == std::string::npos) continue;
    if (++runs == 1) first = std::move(*run);
  }
  if (runs > 1)
    first->remarks.push_back(
        {"several-runs", Severity::warning, fmt::format("The text starts {} trainings; the first is taken.", runs)});
  return first;
}

std::string shellLines(std::string_view script) {
  std::string out;
  bool goesOn = false;
  eachLine(script, [&](std::string_view line) {
    const std::string_view bare = trimmed(line);
    if (!goesOn && !bare.starts_with('!')) return;
    out.append(goesOn ? bare : bare.substr(1)).push_back('\n');
    goesOn = bare.ends_with('\\');
  });
  return out;
}

std::string otherPart(const Reading& left) {
  return fmt::format("The text holds another part, which is left: {}.", left.recognised);
}

void noteScriptsRun(Reading& reading, std::string_view script) {
  std::string run;
  eachLine(script, [&](std::string_view line) {
    const std::size_t first = line.find_first_not_of(" !$");
    const std::string_view command = first == line.npos ? std::string_view() : trimmed(line.substr(first));
    if (!run.empty()) return;
    const auto begins = [&](std::initializer_list<std::string_view> words) {
      return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return command.starts_with(word); });
    };
    const bool shell = begins({"bash ", "sh ", "source "}) && command.find(".sh") != command.npos;
    const bool python = begins({"python ", "python3 ", "accelerate launch", "torchrun ", "deepspeed "}) &&
                        (command.find(".py") != command.npos || command.ends_with('\\'));
    if ((shell || python) && command.find(" -m pip") == command.npos) run = printable(command, 70);
  });
  if (!run.empty())
    reading.remarks.push_back(
        {"script-run", Severity::warning, fmt::format("The text also runs {}, which is not read here.", run)});
}

}  // namespace headroom
