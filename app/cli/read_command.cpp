// headroom-cli read: whatever people paste, as a scenario, with what was left out of it.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/cli/output_options.h"
#include "core/base/json_text.h"
#include "core/base/printable.h"
#include "core/base/text_file.h"
#include "core/readers/input_text.h"
#include "core/readers/recognise.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

ordered_json jsonOf(const Reading& reading) {
  ordered_json out{{"recognised", reading.recognised}};
  const ordered_json scenario = ordered_json::parse(reading.scenario, nullptr, false);
  out["scenario"] = scenario.is_discarded() ? ordered_json::object() : scenario;
  out["ignored"] = ordered_json::array();
  for (const LeftOut& left : reading.leftOut)
    out["ignored"].push_back({{"text", left.text}, {"matters", left.matters}});
  out["diagnostics"] = ordered_json::array();
  for (const Remark& r : reading.remarks)
    out["diagnostics"].push_back(
        {{"code", r.code}, {"severity", std::string(nameOf(r.severity))}, {"message", r.message}});
  out["figures"] = ordered_json::array();
  for (const LogFigure& f : reading.figures) {
    const bool count = f.name == "kv_tokens";
    out["figures"].push_back(
        {{"figure", f.name}, {count ? "value" : "bytes", toBytes(f.value).value()}, {"line", f.line}});
  }
  if (reading.others.empty()) return out;
  out["others"] = ordered_json::array();
  for (const Reading& other : reading.others) out["others"].push_back(jsonOf(other));
  return out;
}

class ReadCommand : public Command {
 public:
  std::string_view name() const override { return "read"; }
  std::string_view summary() const override { return "Anything people paste, as a scenario, with what was left out."; }
  std::string_view examples() const override {
    return "headroom-cli read 'vllm serve Qwen/Qwen3-32B --tensor-parallel-size 2 --max-model-len 16384'\n"
           "headroom-cli read docker-compose.yml --format json\n"
           "headroom-cli read server.log\n"
           "headroom-cli read hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M > scenario.headroom.json";
  }

  void addOptions(Options& options) override {
    options.argument("WHAT", what_,
                     "a file, a folder, \"-\" for standard input, or the text itself: a launch command, compose file, "
                     "log, recipe, script, model's id or address, configuration, scenario",
                     true);
    options.number("reply", reply_, "N", "of several servers in one text the N-th, from 1");
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    Result<Reading> reading = read(streams);
    if (!reading) return tl::unexpected(reading.error());
    if (reply_ > reading->others.size() + 1)
      return fail(ErrorCode::usage, fmt::format("The text holds {} of them.", reading->others.size() + 1), "--reply");
    if (reply_ > 1) {
      Reading chosen = std::move(reading->others[reply_ - 2]);
      *reading = std::move(chosen);
    }
    if (output_.format() == ReportFormat::json) {
      streams.out << jsonText(jsonOf(*reading), 2) << "\n";
      return kDone;
    }
    say(streams, fmt::format("Read as: {}.", reading->recognised));
    for (const LeftOut& left : reading->leftOut)
      say(streams, left.matters ? fmt::format("Not counted, though memory depends on it: {}", left.text)
                                : fmt::format("Left out: {}", left.text));
    for (const Remark& r : reading->remarks) say(streams, r.message);
    for (const LogFigure& f : reading->figures)
      say(streams, fmt::format("{}{} {}", f.line > 0 ? fmt::format("Line {}: ", f.line) : std::string(), f.name,
                               f.name == "kv_tokens" ? formatCount(toBytes(f.value).value())
                                                     : formatBytes(toBytes(f.value), output_.unit())));
    streams.out << reading->scenario << "\n";
    return kDone;
  }

 private:
  Result<Reading> read(Streams& streams) const {
    if (what_ != "-") return recogniseInput(what_);
    Result<std::string> bytes = readTextStream(streams.in, "standard input");
    if (!bytes) return tl::unexpected(bytes.error());
    const Result<std::string> text =
        plainText(std::move(*bytes), "standard input", static_cast<std::size_t>(kMaxTextFile));
    if (!text) return tl::unexpected(text.error());
    return recognise(*text, "standard input");
  }

  std::string what_;
  std::size_t reply_ = 1;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> makeReadCommand() {
  return std::make_unique<ReadCommand>();
}

}  // namespace headroom
