// headroom-cli report: one page, HTML or PDF, for whoever has to be convinced.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <sstream>

#include "app/cli/command.h"
#include "app/cli/input_lines.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_label.h"
#include "app/cli/scenario_options.h"
#include "app/cli/window_program.h"
#include "core/base/lower_case.h"
#include "core/base/text_file.h"
#include "core/base/version.h"
#include "core/report/html_report.h"

namespace headroom {
namespace {

class ReportCommand : public Command {
 public:
  std::string_view name() const override { return "report"; }
  std::string_view summary() const override {
    return "A page to hand in: verdicts, charts, every byte's formula and source. HTML, self-contained, or PDF.";
  }
  std::string_view examples() const override {
    return "headroom-cli report --model meta-llama/Llama-3.1-8B --engine vllm --gpu l4 --output memory.html\n"
           "headroom-cli report scenario.headroom.json --output memory.pdf\n"
           "headroom-cli report a.headroom.json b.headroom.json --title \"Which card\" --output cards.html\n"
           "headroom-cli estimate memory.html";
  }

  void addOptions(Options& options) override {
    options.arguments("FILES", files_, "scenarios, or what else estimate takes for FILE; the flags are laid over each");
    options.text("output", output_, "FILE",
                 "where the page goes, .html or .pdf (made by headroom, the window); HTML to standard output if "
                 "absent");
    options.text("title", title_, "TEXT", "of the page");
    options.choice("unit", unit_, {"gib", "gb"}, "UNIT", "gib or gb");
    scenario_.addFlags(options);
  }

  Result<int> run(Streams& streams) override {
    const std::string ending = lowerCase(std::filesystem::path(output_).extension().string());
    for (const std::string_view other : {".json", ".jsonl", ".csv", ".md", ".tex", ".txt", ".png", ".svg", ".docx"})
      if (ending == other)
        return fail(ErrorCode::value,
                    fmt::format("A report is a page, .html or .pdf; '{}' would say it is something else.", ending),
                    "--output");
    const std::vector<std::string> files = files_.empty() ? std::vector<std::string>{""} : files_;
    const Result<std::string> input = standardInputOf(files, streams.in);
    if (!input) return tl::unexpected(input.error());
    std::vector<ReportedScenario> scenarios;
    for (const std::string& file : files) {
      std::istringstream in(*input);
      Result<Scenario> scenario = scenario_.at(file).read(in);
      if (!scenario) return tl::unexpected(scenario.error());
      std::string label = labelOf(*scenario, file);
      scenarios.push_back({std::move(label), std::move(*scenario)});
    }
    ReportOptions options;
    options.title = title_;
    options.version = headroomVersion();
    options.unit = unit_ == "gb" ? ByteUnit::gb : ByteUnit::gib;
    options.date =
        fmt::format("{:%F}", fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
    const std::string page = htmlReport(scenarios, options);
    if (output_.empty()) {
      streams.out << page;
      return kDone;
    }
    if (ending == ".pdf") {
      if (const Result<void> printed = printReport(page, output_); !printed) return tl::unexpected(printed.error());
      return kDone;
    }
    if (const Result<void> written = writeFileAtomically(output_, page); !written)
      return tl::unexpected(written.error());
    return kDone;
  }

 private:
  std::vector<std::string> files_;
  std::string output_, title_, unit_ = "gib";
  ScenarioOptions scenario_;
};

}  // namespace

std::unique_ptr<Command> makeReportCommand() {
  return std::make_unique<ReportCommand>();
}

}  // namespace headroom
