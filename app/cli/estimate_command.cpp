// headroom-cli estimate: the memory a scenario needs; with --jsonl, of many scenarios.
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_options.h"
#include "core/analysis/effects.h"
#include "core/base/json_text.h"
#include "core/report/estimate_report.h"

namespace headroom {
namespace {

class EstimateCommand : public Command {
 public:
  std::string_view name() const override { return "estimate"; }
  std::string_view summary() const override {
    return "The memory a scenario needs, by component, and whether it fits.";
  }
  std::string_view examples() const override {
    return "headroom-cli estimate --model meta-llama/Llama-3.1-8B --engine vllm --batch 16 --context 8k --gpu l4\n"
           "headroom-cli estimate scenario.headroom.json --gpu 2xrtx-4090 --check\n"
           "headroom-cli estimate path/to/config.json --workload lora --rank 32 --format json\n"
           "headroom-cli estimate --jsonl scenarios.jsonl > estimates.jsonl";
  }

  void addOptions(Options& options) override {
    options.flag("check", check_, "exit with 1 where it does not fit");
    options.flag("limits", limits_, "with --jsonl: search the limits and look for advice on every line too");
    options.text("jsonl", jsonl_, "FILE",
                 "one scenario per line in, one estimate per line out; \"-\" for standard input");
    scenario_.add(options);
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    if (!jsonl_.empty()) return runLines(streams);
    const Result<Scenario> scenario = scenario_.read(streams.in);
    if (!scenario) return tl::unexpected(scenario.error());
    Estimate result = estimate(*scenario);
    addWithoutEffect(*scenario, result);
    const EstimateExtras extras{limitsOf(*scenario), adviceOf(*scenario, result)};
    if (output_.format() == ReportFormat::json)
      streams.out << estimateJson(*scenario, result, extras) << "\n";
    else
      streams.out << estimateTable(*scenario, result, extras, output_.format(), output_.unit());
    return exitCode(result);
  }

 private:
  int exitCode(const Estimate& result) const {
    return check_ && result.verdict() == Verdict::exceeds ? kDoesNotFit : kDone;
  }

  Result<int> runLines(Streams& streams) const {
    if (jsonl_ == "-") return answer(streams.in, streams.out);
    std::ifstream file(jsonl_);
    if (!file) return fail(ErrorCode::not_found, "The file cannot be opened.", jsonl_);
    return answer(file, streams.out);
  }

  int answer(std::istream& in, std::ostream& out) const {
    ModelCache models;
    Estimate result;
    int code = kDone;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      const Result<Scenario> scenario = scenario_.read(line, "line " + std::to_string(number), "", &models);
      if (!scenario) {
        out << jsonText(nlohmann::ordered_json{{"error", scenario.error().text()}}) << '\n';
        continue;
      }
      estimateInto(*scenario, result, Detail::open);
      addWithoutEffect(*scenario, result);
      const EstimateExtras extras =
          limits_ ? EstimateExtras{limitsOf(*scenario), adviceOf(*scenario, result)} : EstimateExtras{};
      out << estimateJson(*scenario, result, extras, -1) << '\n';
      code = std::max(code, exitCode(result));
    }
    return code;
  }

  ScenarioOptions scenario_;
  OutputOptions output_;
  bool check_ = false, limits_ = false;
  std::string jsonl_;
};

}  // namespace

std::unique_ptr<Command> makeEstimateCommand() {
  return std::make_unique<EstimateCommand>();
}

}  // namespace headroom
