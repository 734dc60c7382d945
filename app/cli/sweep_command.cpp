// headroom-cli sweep: a scenario at many values of one key, or of several.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <sstream>

#include "app/cli/command.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_flags.h"
#include "app/cli/scenario_options.h"
#include "core/base/text_file.h"
#include "core/report/sweep_report.h"

namespace headroom {
namespace {

constexpr std::size_t kMostPoints = 10'000;

std::optional<double> numberOf(std::string_view text) {
  if (const auto tokens = tokenCount(text)) return static_cast<double>(*tokens);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) parts.push_back(std::move(part));
  return parts;
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

// FIELD=from:to[:steps] or FIELD=value,value,…
Result<SweptField> fieldOf(const std::string& argument) {
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

class SweepCommand : public Command {
 public:
  std::string_view name() const override { return "sweep"; }
  std::string_view summary() const override {
    return "A scenario at many values of a key: components, total or limits at each.";
  }
  std::string_view examples() const override {
    return "headroom-cli sweep context=1k:128k --model meta-llama/Llama-3.1-8B --gpu rtx-4090\n"
           "headroom-cli sweep context=1k:128k precision.kv_cache=bf16,fp8 scenario.headroom.json --show kv_cache\n"
           "headroom-cli sweep rank=8:256:6 --model Qwen/Qwen3-8B --workload lora --gpu l4 --show total,largest-batch\n"
           "headroom-cli sweep gpu=l4,rtx-4090,h100-sxm-80gb scenario.headroom.json --show largest-context --format "
           "csv";
  }

  void addOptions(Options& options) override {
    options.arguments("FIELD=VALUES", arguments_,
                      "a flag's name or a key as --set takes it, with from:to, from:to:steps or a,b,c; the first runs "
                      "along a series, others give series. And FILE, as for estimate");
    options.texts("show", show_, "FIGURES",
                  "total, a component's id, largest-batch, -context, -rank or -sequences; comma-separated (total)");
    scenario_.addFlags(options);
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    if (auto sorted = sortArguments(); !sorted) return tl::unexpected(sorted.error());
    const Result<std::vector<SweepFigure>> figures = figuresAsked();
    if (!figures) return tl::unexpected(figures.error());
    std::string input;
    if (file_ == "-") {
      Result<std::string> text = readTextStream(streams.in, "standard input");
      if (!text) return tl::unexpected(text.error());
      input = std::move(*text);
    }
    std::size_t count = 1;
    for (const SweptField& field : fields_)
      if (count *= field.values.size(); count > kMostPoints)
        return fail(ErrorCode::usage, fmt::format("Those are more than {} points.", kMostPoints));
    std::vector<Scenario> scenarios;
    for (std::size_t i = 0; i < count; ++i) {
      std::istringstream in(input);
      Result<Scenario> scenario = optionsAt(i).read(in);
      if (!scenario) return tl::unexpected(scenario.error());
      scenarios.push_back(std::move(*scenario));
    }
    const bool limits =
        std::ranges::any_of(*figures, [](const SweepFigure& f) { return f.kind == SweepFigure::Kind::limit; });
    streams.out << sweepReport(fields_, *figures, sweep(scenarios, limits), output_.format(), output_.unit());
    return kDone;
  }

 private:
  // Tells the fields from the file.
  Result<void> sortArguments() {
    for (const std::string& argument : arguments_) {
      std::error_code error;
      if (argument.find('=') == std::string::npos || std::filesystem::exists(argument, error)) {
        if (!file_.empty()) return fail(ErrorCode::usage, "There is one scenario too many: '" + argument + "'.");
        file_ = argument;
        continue;
      }
      Result<SweptField> field = fieldOf(argument);
      if (!field) return tl::unexpected(field.error());
      fields_.push_back(std::move(*field));
    }
    if (fields_.empty())
      return fail(ErrorCode::usage, "Nothing is swept; say what as in context=1k:128k or batch=1,2,4.");
    return {};
  }

  Result<std::vector<SweepFigure>> figuresAsked() const {
    std::vector<SweepFigure> figures;
    for (const std::string& list : show_)
      for (const std::string& name : split(list, ',')) {
        Result<SweepFigure> figure = sweepFigure(name);
        if (!figure) {
          Error error = figure.error();
          error.where = "--show";
          return tl::unexpected(std::move(error));
        }
        figures.push_back(std::move(*figure));
      }
    if (figures.empty()) figures.push_back(*sweepFigure("total"));
    return figures;
  }

  // The options of one point; the first field's value changes fastest.
  ScenarioOptions optionsAt(std::size_t point) const {
    ScenarioOptions options = scenario_.at(file_);
    for (const SweptField& field : fields_) {
      const std::string& value = field.values[point % field.values.size()];
      point /= field.values.size();
      const auto flags = scenarioFlags();
      const bool flag = field.name != "set" &&
                        std::ranges::any_of(flags, [&](const ScenarioFlag& f) { return f.flag == field.name; });
      if (flag) {
        options = options.with(field.name, {value});
        continue;
      }
      std::vector<std::string> set = options.given("set");
      set.push_back(field.name + "=" + value);
      options = options.with("set", std::move(set));
    }
    return options;
  }

  std::vector<std::string> arguments_, show_;
  std::string file_;
  std::vector<SweptField> fields_;
  ScenarioOptions scenario_;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> makeSweepCommand() {
  return std::make_unique<SweepCommand>();
}

}  // namespace headroom
