// headroom-cli measure: what a server's log printed, beside what was predicted.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/cli/command.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_options.h"
#include "app/cli/unchanged.h"
#include "core/base/json_text.h"
#include "core/evidence/calibrate.h"
#include "core/open/scenario_json.h"
#include "core/readers/commands/launch_command.h"
#include "core/readers/input_text.h"
#include "core/readers/recognise.h"
#include "core/report/text_table.h"

namespace headroom {
namespace {

using Row = ComparedFigure;

std::string table(const std::vector<Row>& rows, ReportFormat format, ByteUnit unit, bool compared) {
  const bool machine = format == ReportFormat::csv;
  const auto shown = [&](const Row& r, double value) {
    const Bytes bytes = toBytes(value);
    if (machine) return std::to_string(bytes.value());
    return isCount(r.measured.name) ? formatCount(bytes.value()) : formatBytes(bytes, unit);
  };
  TextTable t;
  t.column("figure", TextTable::Align::left);
  t.column("measured");
  if (compared)
    for (const char* header : {"predicted", "low", "high", "error"}) t.column(header);
  for (const Row& r : rows) {
    std::vector<std::string> cells{r.measured.name, shown(r, r.measured.value)};
    if (r.predicted) {
      for (const double value : {r.predicted->value, r.predicted->low, r.predicted->high})
        cells.push_back(shown(r, value));
      if (const std::optional<double> error = r.error()) cells.push_back(fmt::format("{:+.2f} %", 100 * *error));
    }
    t.row(std::move(cells));
  }
  return t.text(format);
}

std::string json(const LogReading& reading, const std::vector<Row>& rows) {
  nlohmann::ordered_json out{{"schema", "headroom-measure/1"},
                             {"engine", std::string(nameOf(reading.engine))},
                             {"engine_version", reading.version}};
  out["figures"] = nlohmann::ordered_json::array();
  for (const Row& r : rows) {
    nlohmann::ordered_json f{{"figure", r.measured.name},
                             {isCount(r.measured.name) ? "value" : "bytes", toBytes(r.measured.value).value()}};
    if (r.predicted)
      f["predicted"] = toBytes(r.predicted->value).value(), f["low"] = toBytes(r.predicted->low).value(),
      f["high"] = toBytes(r.predicted->high).value();
    out["figures"].push_back(std::move(f));
  }
  out["missing"] = reading.missing;
  out["notes"] = reading.notes;
  return jsonText(out, 2) + "\n";
}

class MeasureCommand : public Command {
 public:
  std::string_view name() const override { return "measure"; }
  std::string_view summary() const override { return "Figures a server's log printed, beside the predicted ones."; }
  std::string_view examples() const override {
    return "headroom-cli measure --log vllm.log\n"
           "headroom-cli measure llama.headroom.json --log vllm.log\n"
           "headroom-cli measure llama.headroom.json --log vllm.log --calibrate calibrated.headroom.json\n"
           "headroom-cli measure --log vllm.log --launched 'vllm serve meta-llama/Llama-3.1-8B --max-model-len 8192' "
           "--gpu l4";
  }

  void addOptions(Options& options) override {
    options.text("log", log_, "FILE",
                 "log of a server or a training run, or a snapshot of PyTorch's memory; \"-\" for standard input");
    options.text("launched", command_, "COMMAND", "the command that started the server, in place of a scenario");
    scenario_.add(options);
    options.text("calibrate", calibrated_, "FILE",
                 "write the scenario with what the log printed beside its own figures; \"-\" prints it");
    options.flag("force", force_, "replace --calibrate's file even where somebody changed it meanwhile");
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    if (log_.empty()) return fail(ErrorCode::usage, "--log FILE is needed: the log to read.");
    if (!force_) before_ = stampOf(calibrated_);
    const Result<LogReading> reading = log_ == "-" ? printedLog(streams) : readLogFile(log_);
    if (!reading) return tl::unexpected(reading.error());
    std::vector<Row> rows;
    const Result<Scenario> scenario = asked(streams, *reading);
    if (!scenario && scenario.error().code != ErrorCode::usage) return tl::unexpected(scenario.error());
    if (scenario) {
      rows = compare(*reading, *scenario, estimate(*scenario));
    } else {
      for (MeasuredFigure& f : reading->summary()) rows.push_back({std::move(f), std::nullopt});
    }
    if (!calibrated_.empty()) {
      if (!scenario)
        return fail(ErrorCode::usage, "--calibrate wants the scenario of the run: a file, --model or --launched.");
      if (const Result<void> written = calibrate(streams, *reading, *scenario); !written)
        return tl::unexpected(written.error());
      if (calibrated_ == "-") return kDone;
    }
    streams.out << (output_.format() == ReportFormat::json
                        ? json(*reading, rows)
                        : table(rows, output_.format(), output_.unit(), scenario.has_value()));
    for (const std::string& note : reading->notes) say(streams, note);
    for (const std::string& missing : reading->missing)
      say(streams, fmt::format("The log holds no line for {}.", missing));
    return kDone;
  }

 private:
  static Result<LogReading> printedLog(Streams& streams) {
    return readTextStream(streams.in, "standard input")
        .and_then(
            [](std::string bytes) { return plainText(std::move(bytes), "-", static_cast<std::size_t>(kMaxTextFile)); })
        .and_then([](const std::string& text) { return readLog(text, "-"); });
  }

  // The scenario of the file, the flags or the command; the log's own version where none is given.
  Result<Scenario> asked(Streams& streams, const LogReading& reading) {
    Result<Scenario> scenario = fail(ErrorCode::usage, "");
    if (command_.empty()) {
      scenario = scenario_.read(streams.in);
    } else {
      const Result<Reading> read = readLaunchCommand(command_);
      if (!read)
        return fail(read.error().code == ErrorCode::usage ? ErrorCode::value : read.error().code, read.error().message,
                    "--launched");
      scenario = scenario_.read(read->scenario, "--launched", "", nullptr);
    }
    if (scenario && scenario->engineVersion.empty()) scenario->engineVersion = reading.version;
    if (scenario && !scenario->engine) scenario->engine = reading.engine;
    return scenario;
  }

  Result<void> calibrate(Streams& streams, const LogReading& reading, Scenario scenario) {
    const std::string name = log_ == "-" ? "standard input" : std::filesystem::path(log_).filename().string();
    Result<Calibration> calibration = calibrationFrom(reading, name, scenario);
    if (!calibration) return tl::unexpected(calibration.error());
    scenario.calibration = std::make_shared<const Calibration>(std::move(*calibration));
    if (calibrated_ == "-") return streams.out << writeScenario(scenario), Result<void>();
    return writeUnlessChanged(calibrated_, writeScenario(scenario), before_);
  }

  std::string log_, command_, calibrated_;
  bool force_ = false;
  std::optional<FileStamp> before_;  // what --calibrate's file was when this began
  ScenarioOptions scenario_;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> makeMeasureCommand() {
  return std::make_unique<MeasureCommand>();
}

}  // namespace headroom
