// headroom-cli estimate: the memory a scenario needs; with --jsonl, of many scenarios.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/cli/input_lines.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_options.h"
#include "core/analysis/remarks.h"
#include "core/base/input_file.h"
#include "core/base/json_text.h"
#include "core/base/parallel.h"
#include "core/base/printable.h"
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
           "headroom-cli estimate --jsonl scenarios.jsonl --depth 0 > estimates.jsonl";
  }

  void addOptions(Options& options) override {
    options.flag("check", check_, "exit with 1 where it does not fit, with 2 where no capacity is known");
    options.flag("limits", limits_, "with --jsonl: search the limits and look for advice on every line too");
    options.text("jsonl", jsonl_, "FILE",
                 "one scenario per line in, one estimate per line out; \"-\" for standard input");
    options.number("depth", depth_, "N",
                   "levels of factors in the JSON: 1 for the lines' own, 0 for none, all of them if absent");
    scenario_.add(options);
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    if (const auto word = withoutPlace()) return fail(ErrorCode::value, word->why, word->option);
    if (!jsonl_.empty()) return runLines(streams);
    const Result<Scenario> scenario = scenario_.read(streams.in);
    if (!scenario) return tl::unexpected(scenario.error());
    Estimate result = estimate(*scenario);
    addRemarks(*scenario, result);
    if (check_)
      if (const std::string unknown = withoutCapacity(*scenario); !unknown.empty())
        return fail(ErrorCode::value, unknown, "--check");
    const EstimateExtras extras{limitsOf(*scenario), adviceOf(*scenario, result)};
    if (output_.format() == ReportFormat::json)
      streams.out << estimateJson(*scenario, result, extras, 2, depth()) << "\n";
    else
      streams.out << estimateTable(*scenario, result, extras, output_.format(), output_.unit());
    return exitCode(result);
  }

 private:
  struct Word {
    std::string option, why;
  };
  // An option that would change nothing beside the others.
  std::optional<Word> withoutPlace() const {
    const bool lines = !jsonl_.empty(), json = lines || output_.format() == ReportFormat::json;
    const bool csv = output_.format() == ReportFormat::csv;
    if (lines && output_.asksFormat() && output_.format() != ReportFormat::json)
      return Word{"--format", "--jsonl writes JSON, a line per scenario; leave --format away."};
    if (limits_ && !lines)
      return Word{"--limits", "One scenario's limits are always searched; --limits goes with --jsonl."};
    if (depth_ != kAllLevels && !json)
      return Word{"--depth", "Tables have no levels; --depth goes with --format json."};
    if (output_.asksUnit() && (json || csv)) return Word{"--unit", "JSON and CSV hold bytes; --unit goes with tables."};
    return std::nullopt;
  }

  int depth() const { return static_cast<int>(std::min<std::size_t>(depth_, 1000)); }

  int exitCode(const Estimate& result) const {
    return check_ && result.verdict() == Verdict::exceeds ? kDoesNotFit : kDone;
  }

  // Why --check cannot answer; empty where every device's capacity is known.
  static std::string withoutCapacity(const Scenario& scenario) {
    if (scenario.devices.empty())
      return "There is no device to check against; name one with --gpu: an id of `headroom-cli gpus`, or a size such "
             "as "
             "24GiB.";
    for (const DeviceRequest& d : scenario.devices) {
      if (d.memory || d.entry != nullptr) continue;
      if (d.accelerator.empty()) return "A device has neither an accelerator nor memory_bytes to check against.";
      return unknownAccelerator(d.accelerator);
    }
    return {};
  }

  // The lines that got no answer.
  struct Unanswered {
    std::size_t count = 0;
    Error first;
    void add(Error error) {
      if (count++ == 0) first = std::move(error);
    }
  };

  Result<int> runLines(Streams& streams) const {
    if (jsonl_ == "-") return answer(streams.in, "standard input", streams);
    const auto file = InputFile::open(jsonl_);
    if (!file) return tl::unexpected(file.error());
    std::istream in(file->get());
    const Result<int> code = answer(in, jsonl_, streams);
    if (code && (*file)->error()) return tl::unexpected(*(*file)->error());
    return code;
  }

  struct Line {
    std::string text, place;
  };
  struct Answer {
    std::string json;
    std::optional<Error> unanswered;
    int code = kDone;
  };

  Answer answerTo(const Line& line, ModelCache& models, Estimate& result) const {
    const Result<Scenario> scenario = scenario_.read(line.text, line.place, "", &models);
    if (!scenario)
      return {jsonText(nlohmann::ordered_json{{"error", printable(scenario.error().text())}}), scenario.error()};
    Answer answer;
    if (check_)
      if (std::string unknown = withoutCapacity(*scenario); !unknown.empty())
        answer.unanswered = Error{ErrorCode::value, std::move(unknown), line.place};
    // Without factors nobody looks below the lines.
    estimateInto(*scenario, result, depth_ == 0 ? Detail::lines : Detail::open);
    addRemarks(*scenario, result);
    const EstimateExtras extras =
        limits_ ? EstimateExtras{limitsOf(*scenario), adviceOf(*scenario, result)} : EstimateExtras{};
    answer.json = estimateJson(*scenario, result, extras, -1, depth());
    answer.code = exitCode(result);
    return answer;
  }

  // Reading std::cin flushes std::cout, which another thread writes to while this one reads on.
  class Untied {
   public:
    explicit Untied(std::istream& in) : in_(in), output_(in.tie(nullptr)) {}
    ~Untied() { in_.tie(output_); }
    Untied(const Untied&) = delete;
    Untied& operator=(const Untied&) = delete;

   private:
    std::istream& in_;
    std::ostream* output_;
  };

  Result<int> answer(std::istream& in, const std::string& where, Streams& streams) const {
    const Untied untied(in);
    int code = kDone;
    Unanswered left;
    std::size_t number = 0, asked = 0;
    std::optional<Error> broken;
    inOrderOnAllCores(
        [&]() -> std::optional<Line> {
          Line line;
          do {
            const Result<bool> more = nextLine(in, line.text, where);
            if (!more) broken = more.error();
            if (!more || !*more) return std::nullopt;
            ++number;
          } while (line.text.find_first_not_of(" \t\r") == std::string::npos);
          ++asked;
          line.place = "line " + std::to_string(number);
          return line;
        },
        [&] {
          return [this, models = ModelCache(), result = Estimate()](const Line& line) mutable {
            return answerTo(line, models, result);
          };
        },
        [&](Answer answer, bool last) {
          if (answer.unanswered) left.add(*std::move(answer.unanswered));
          code = std::max(code, answer.code);
          streams.out << answer.json << '\n';
          if (last) streams.out.flush();  // whoever asks line by line waits for it
          return static_cast<bool>(streams.out);
        });
    if (broken) return tl::unexpected(*std::move(broken));
    if (check_ && asked == 0) return fail(ErrorCode::value, where + " holds no scenario to check.", "--check");
    if (left.count > 0)
      return fail(left.first.code,
                  fmt::format("{} of {} lines could not be {}; the first is {}", left.count, asked,
                              check_ ? "checked" : "answered", left.first.text()),
                  "--jsonl");
    return code;
  }

  ScenarioOptions scenario_;
  OutputOptions output_;
  bool check_ = false, limits_ = false;
  std::string jsonl_;
  static constexpr std::size_t kAllLevels = 1000;
  std::size_t depth_ = kAllLevels;
};

}  // namespace

std::unique_ptr<Command> makeEstimateCommand() {
  return std::make_unique<EstimateCommand>();
}

}  // namespace headroom
