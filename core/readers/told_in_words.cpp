#include "core/readers/told_in_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/base/json_text.h"
#include "core/readers/commands/shell_words.h"
#include "core/readers/commands/text_lines.h"
#include "core/readers/joined.h"
#include "core/readers/page_parts.h"

namespace headroom {
namespace {

using nlohmann::json;

bool isWordChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// "$NAME" or "${NAME", not as the beginning of a longer name.
bool uses(std::string_view text, const std::string& name) {
  for (const char* mark : {"$", "${"}) {
    const std::string called = mark + name;
    for (std::size_t at = text.find(called); at != text.npos; at = text.find(called, at + 1))
      if (at + called.size() >= text.size() || !isWordChar(text[at + called.size()])) return true;
  }
  return false;
}

void noteChosen(Reading& reading, std::string_view text) {
  if (reading.recognised.find(" command") == std::string::npos) return;
  const Result<ShellScript> script = shellScript(text);
  if (!script) return;
  constexpr std::size_t kShown = 6;
  std::vector<std::string> names;
  for (const std::string& name : script->chosen)
    if (names.size() < kShown && uses(text, name)) names.push_back(name);
  if (!names.empty())
    reading.remarks.push_back(
        {"chosen-values", Severity::warning,
         fmt::format("Conditions of the script choose what {} is; the last value is taken.", fmt::join(names, ", "))});
}

// A line that says which releases there are, loads a package or is a comment of code tells of no run.
bool isAside(std::string_view line, bool script) {
  return line.find("ersion") != line.npos || line.starts_with("import ") || line.starts_with("from ") ||
         (script && line.starts_with('#'));
}

std::string_view sharingIn(std::string_view text, bool script) {
  std::string_view found;
  eachLine(text, [&](std::string_view line) {
    line = trimmed(line);
    if (!found.empty() || isAside(line, script)) return;
    for (const std::string_view word : {"FSDP", "ZeRO", "DeepSpeed"})
      if (const std::size_t at = line.find(word);
          at != line.npos && (at == 0 || !isWordChar(line[at - 1])) && found.empty())
        found = word;
  });
  return found;
}

// Whether what is left out of a scenario already says that the run is shared.
bool saysShared(const json& scenario) {
  const std::string left = scenario.contains("unmodelled") ? scenario["unmodelled"].dump() : std::string();
  return left.find("ZeRO") != left.npos || left.find("shares the run") != left.npos;
}

// What follows "4", "4x", "4 ×" or "4张" of "4 x RTX 4090".
std::string_view behindCount(std::string_view text) {
  const auto skip = [&](std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words)
      if (text.starts_with(word)) return text.remove_prefix(word.size());
  };
  skip({" "}), skip({"x ", "x", "X ", "\u00d7 ", "\u00d7", "* ", "*", "\u5f20", "\u5757", "\u5361", "-"}), skip({" "});
  for (int i = 0; i < 3; ++i) skip({"NVIDIA ", "Nvidia ", "GeForce ", "Tesla ", "RTX ", "RTX", "AMD "});
  return text;
}

// Counts of devices that sentences name.
std::set<std::int64_t> deviceCounts(std::string_view text) {
  constexpr std::string_view kDevices[] = {"GPU",  "A100", "A800", "A6000", "A40",   "A10",  "H100", "H200", "H800",
                                           "H20",  "L40",  "L20",  "L4",    "V100",  "P100", "T4",   "B200", "B300",
                                           "3090", "4090", "5090", "2080",  "A5000", "MI2",  "MI3",  "910B"};
  std::set<std::int64_t> out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (std::isdigit(static_cast<unsigned char>(text[at])) == 0) continue;
    std::size_t end = at;
    std::int64_t count = 0;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0 && end - at < 5)
      count = count * 10 + (text[end++] - '0');
    // "eight A100 40 GPUs": the size of each.
    const std::string_view before = trimmed(text.substr(at > 8 ? at - 8 : 0, at > 8 ? 8 : at));
    const bool size = std::any_of(std::begin(kDevices), std::end(kDevices),
                                  [&](std::string_view device) { return before.ends_with(device); });
    const bool begins = at == 0 || (!isWordChar(text[at - 1]) && text[at - 1] != '.' && text[at - 1] != '-');
    const std::string_view behind = behindCount(text.substr(end, 60));
    if (begins && !size && count > 1 && count <= 4096 && end < text.size() && behind.data() != text.data() + end)
      for (const std::string_view device : kDevices)
        if (behind.starts_with(device)) out.insert(count);
    at = end;
  }
  return out;
}

}  // namespace

void noteWords(Reading& reading, std::string_view text) {
  if (text.size() > kLongestPage || reading.recognised == "scenario") return;
  noteChosen(reading, text);
  if (!trains(reading)) return;
  const json scenario = json::parse(reading.scenario, nullptr, false);
  const json::json_pointer sharding("/parallel/sharding"), data("/parallel/data");
  const bool script = reading.recognised.starts_with("Python script") && text.find("```") == text.npos;
  if (!scenario.contains(sharding)) {
    // A launcher's words that a script keeps in a variable.
    if (text.find("accelerate launch") != text.npos && text.find("--config_file") != text.npos && !saysShared(scenario))
      return reading.remarks.push_back(
          {"sharing-in-words", Severity::warning,
           "The text speaks of accelerate's --config_file, but what is read of it does not share the run so."});
    if (const std::string_view word = sharingIn(text, script); !word.empty() && !saysShared(scenario))
      reading.remarks.push_back(
          {"sharing-in-words", Severity::warning,
           fmt::format("The text speaks of {}, but what is read of it does not share the run so.", word)});
    return;
  }
  const bool split =
      std::any_of(scenario["parallel"].items().begin(), scenario["parallel"].items().end(), [](const auto& one) {
        return one.value().is_number_integer() &&
               (one.key() == "tensor" || one.key() == "pipeline" || one.key() == "context");
      });
  if (scenario.contains(data) || scenario[sharding] == "none" || split) return;
  const std::set<std::int64_t> counts = deviceCounts(text);
  if (counts.size() != 1) return;
  nlohmann::ordered_json told = nlohmann::ordered_json::parse(reading.scenario, nullptr, false);
  told["parallel"]["data"] = *counts.begin();
  reading.scenario = jsonText(told, 2);
  reading.remarks.push_back(
      {"ranks-in-words", Severity::assumed,
       fmt::format("The text's words speak of {} devices; the run is shared over as many.", *counts.begin())});
}

}  // namespace headroom
