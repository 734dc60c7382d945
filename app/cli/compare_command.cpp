// headroom-cli compare: scenarios, or one scenario on several devices, side by side.
#include <algorithm>
#include <sstream>

#include "app/cli/command.h"
#include "app/cli/input_lines.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_label.h"
#include "app/cli/scenario_options.h"
#include "core/report/compare_report.h"

namespace headroom {
namespace {

class CompareCommand : public Command {
 public:
  std::string_view name() const override { return "compare"; }
  std::string_view summary() const override {
    return "Scenarios or devices side by side: the settings that differ, every component, the verdicts.";
  }
  std::string_view examples() const override {
    return "headroom-cli compare a.headroom.json b.headroom.json\n"
           "headroom-cli compare --model meta-llama/Llama-3.1-8B --engine vllm --context 8k --gpu l4 --gpu rtx-4090\n"
           "headroom-cli compare Qwen/Qwen3-8B meta-llama/Llama-3.1-8B --context 32k --format md";
  }

  void addOptions(Options& options) override {
    options.arguments("FILES", files_,
                      "scenarios, or what else estimate takes for FILE; the flags are laid over each of them. With "
                      "several --gpu every device is a column of its own");
    scenario_.addFlags(options);
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    const std::vector<std::string> files = files_.empty() ? std::vector<std::string>{""} : files_;
    const std::vector<std::string> devices = scenario_.given("gpu");
    if (files.size() * std::max<std::size_t>(1, devices.size()) < 2)
      return fail(ErrorCode::usage,
                  "There is nothing to compare with; give several scenarios, or --gpu several times.");
    const Result<std::string> input = standardInputOf(files, streams.in);
    if (!input) return tl::unexpected(input.error());
    std::vector<ComparedColumn> columns;
    std::vector<std::string> labels;
    for (const std::string& file : files) {
      const ScenarioOptions options = scenario_.at(file);
      for (std::size_t i = 0; i < std::max<std::size_t>(1, devices.size()); ++i) {
        std::istringstream in(*input);
        const Result<Scenario> scenario =
            devices.size() > 1 ? options.with("gpu", {devices[i]}).read(in) : options.read(in);
        if (!scenario) return tl::unexpected(scenario.error());
        compareInto(*scenario, columns.emplace_back());
        std::string label = files.size() > 1 || devices.size() < 2 ? labelOf(*scenario, file) : "";
        if (devices.size() > 1) label += (label.empty() ? "" : ", ") + devices[i];
        labels.push_back(std::move(label));
      }
    }
    streams.out << compareReport(columns, labels, output_.format(), output_.unit());
    return kDone;
  }

 private:
  std::vector<std::string> files_;
  ScenarioOptions scenario_;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> makeCompareCommand() {
  return std::make_unique<CompareCommand>();
}

}  // namespace headroom
