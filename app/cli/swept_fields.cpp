#include "app/cli/swept_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <sstream>

#include "app/cli/scenario_flags.h"

namespace headroom {
namespace {

std::optional<double> numberOf(std::string_view text) {
  if (const auto tokens = tokenCount(text)) return static_cast<double>(*tokens);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string asText(double value) {
  return value == std::floor(value) && std::abs(value) < 9e15 ? fmt::format("{:.0f}", value)
                                                              : fmt::format("{:.6g}", value);
}

// "8k" is a number of tokens wherever it stands; what is no number stays as it is.
std::string spelledOut(const std::string& text) {
  const auto tokens = tokenCount(text);
  return tokens ? std::to_string(*tokens) : text;
}

}  // namespace

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) parts.push_back(std::move(part));
  return parts;
}

Result<SweptField> sweptField(const std::string& argument) {
  const std::size_t equals = argument.find('=');
  SweptField field{argument.substr(0, equals), {}};
  const std::string values = argument.substr(equals + 1);
  const std::vector<std::string> range = split(values, ':');
  const bool list = values.find(',') != std::string::npos;
  if (!list && (range.size() == 2 || range.size() == 3) && numberOf(range[0]) && numberOf(range[1])) {
    std::int64_t steps = 0;
    if (range.size() == 3) {
      const auto asked = tokenCount(range[2]);
      if (!asked || *asked < 1 || *asked > static_cast<std::int64_t>(kMostPoints))
        return fail(ErrorCode::usage, fmt::format("'{}' is not a number of steps from 1 to {}.", range[2], kMostPoints),
                    argument);
      steps = *asked;
    }
    const bool whole = tokenCount(range[0]) && tokenCount(range[1]);
    for (double value : sweepValues(*numberOf(range[0]), *numberOf(range[1]), steps, whole))
      field.values.push_back(asText(value));
  } else {
    for (const std::string& value : split(values, ',')) field.values.push_back(spelledOut(value));
  }
  if (field.name.empty() || field.values.empty())
    return fail(ErrorCode::usage,
                "'" + argument + "' names no values; FIELD=from:to, FIELD=from:to:steps and FIELD=a,b,c do.");
  return field;
}

Result<FieldsAndFile> fieldsAndFile(const std::vector<std::string>& arguments) {
  FieldsAndFile sorted;
  for (const std::string& argument : arguments) {
    std::error_code error;
    if (argument.find('=') == std::string::npos || std::filesystem::exists(argument, error)) {
      if (!sorted.file.empty()) return fail(ErrorCode::usage, "There is one scenario too many: '" + argument + "'.");
      sorted.file = argument;
      continue;
    }
    Result<SweptField> field = sweptField(argument);
    if (!field) return tl::unexpected(field.error());
    sorted.fields.push_back(std::move(*field));
  }
  return sorted;
}

ScenarioOptions withField(const ScenarioOptions& options, const std::string& name, const std::string& value) {
  const auto flags = scenarioFlags();
  const bool flag = name != "set" && std::ranges::any_of(flags, [&](const ScenarioFlag& f) { return f.flag == name; });
  if (flag) return options.with(name, {value});
  std::vector<std::string> set = options.given("set");
  set.push_back(name + "=" + value);
  return options.with("set", std::move(set));
}

}  // namespace headroom
