// headroom-cli sweep: a scenario at many values of one key, or of several.
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <sstream>

#include "app/cli/command.h"
#include "app/cli/input_lines.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_options.h"
#include "app/cli/swept_fields.h"
#include "core/report/sweep_report.h"

namespace headroom {
namespace {

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
    const Result<std::string> input = standardInputOf(std::span(&file_, 1), streams.in);
    if (!input) return tl::unexpected(input.error());
    std::size_t count = 1;
    for (const SweptField& field : fields_)
      if (count *= field.values.size(); count > kMostPoints)
        return fail(ErrorCode::usage, fmt::format("Those are more than {} points.", kMostPoints));
    std::vector<Scenario> scenarios;
    for (std::size_t i = 0; i < count; ++i) {
      std::istringstream in(*input);
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
    Result<FieldsAndFile> sorted = fieldsAndFile(arguments_);
    if (!sorted) return tl::unexpected(sorted.error());
    fields_ = std::move(sorted->fields), file_ = std::move(sorted->file);
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
      options = withField(options, field.name, field.values[point % field.values.size()]);
      point /= field.values.size();
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
