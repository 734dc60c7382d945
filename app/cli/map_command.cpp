// headroom-cli map: a scenario at every pair of values of two fields.
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <sstream>

#include "app/cli/command.h"
#include "app/cli/input_lines.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_options.h"
#include "app/cli/swept_fields.h"
#include "core/report/map_report.h"

namespace headroom {
namespace {

class MapCommand : public Command {
 public:
  std::string_view name() const override { return "map"; }
  std::string_view summary() const override {
    return "A scenario over two keys: what it needs at each pair, and where it stops fitting.";
  }
  std::string_view examples() const override {
    return "headroom-cli map context=1k:128k batch=1:64 --model meta-llama/Llama-3.1-8B --engine vllm --gpu l4\n"
           "headroom-cli map context=1k:32k rank=8:256 --model Qwen/Qwen3-8B --workload lora --gpu l4 --gpu rtx-4090\n"
           "headroom-cli map precision.kv_cache=bf16,fp8 context=1k:128k scenario.headroom.json --format csv";
  }

  void addOptions(Options& options) override {
    options.arguments("FIELD=VALUES", arguments_,
                      "two of them, as for sweep: the first across, the second down. And FILE, as for estimate. With "
                      "several --gpu every device is a map of its own");
    options.choice("show", show_, {"total", "left", "verdict"}, "FIGURE",
                   "total, left or verdict, of the tables; machine formats hold all (total)");
    scenario_.addFlags(options);
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    Result<FieldsAndFile> sorted = fieldsAndFile(arguments_);
    if (!sorted) return tl::unexpected(sorted.error());
    if (sorted->fields.size() != 2)
      return fail(ErrorCode::usage, "A map has two fields; say which as in context=1k:128k batch=1:64.");
    const SweptField &first = sorted->fields[0], &second = sorted->fields[1];
    if (first.name == second.name)
      return fail(ErrorCode::usage, fmt::format("Both fields are {}; a map wants two different ones.", first.name));
    const Result<std::string> input = standardInputOf(std::span(&sorted->file, 1), streams.in);
    if (!input) return tl::unexpected(input.error());
    const std::vector<std::string> devices = scenario_.given("gpu");
    const std::size_t pairs = first.values.size() * second.values.size();
    if (pairs * std::max<std::size_t>(1, devices.size()) > kMostPoints)
      return fail(ErrorCode::usage, fmt::format("Those are more than {} points.", kMostPoints));
    const ScenarioOptions options = scenario_.at(sorted->file);
    std::vector<LabelledMap> maps;
    for (std::size_t d = 0; d < std::max<std::size_t>(1, devices.size()); ++d) {
      std::vector<Scenario> scenarios;
      for (std::size_t i = 0; i < pairs; ++i) {
        ScenarioOptions at = devices.size() > 1 ? options.with("gpu", {devices[d]}) : options;
        at = withField(at, first.name, first.values[i % first.values.size()]);
        at = withField(at, second.name, second.values[i / first.values.size()]);
        std::istringstream in(*input);
        Result<Scenario> scenario = at.read(in);
        if (!scenario) return tl::unexpected(scenario.error());
        scenarios.push_back(std::move(*scenario));
      }
      maps.push_back(
          {devices.size() > 1 ? devices[d] : "", mapOf(scenarios, first.values.size(), knobOf(second.name))});
    }
    const MapFigure figure = show_ == "left"      ? MapFigure::left
                             : show_ == "verdict" ? MapFigure::verdict
                                                  : MapFigure::total;
    streams.out << mapReport(first, second, maps, figure, output_.format(), output_.unit());
    return kDone;
  }

 private:
  std::vector<std::string> arguments_;
  std::string show_ = "total";
  ScenarioOptions scenario_;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> makeMapCommand() {
  return std::make_unique<MapCommand>();
}

}  // namespace headroom
