// headroom-cli limits: how far batch, context and rank can go on the devices.
#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_options.h"
#include "core/analysis/limits.h"
#include "core/base/json_text.h"
#include "core/report/text_table.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

struct Knob {
  std::string_view name;
  std::int64_t asked;
  std::optional<std::int64_t> most;
};

std::vector<Knob> knobsOf(const Scenario& scenario, const Limits& limits) {
  const Settings s = settingsOf(scenario);
  std::vector<Knob> knobs{{"batch", s.batch, limits.batch}, {"context", s.context, limits.context}};
  if (scenario.workload == Workload::lora || scenario.workload == Workload::qlora)
    knobs.push_back({"rank", s.training.rank, limits.rank});
  if (scenario.workload == Workload::inference) knobs.push_back({"sequences", s.batch, limits.sequences});
  return knobs;
}

std::string json(const std::vector<Knob>& knobs) {
  nlohmann::ordered_json out{{"schema", "headroom-limits/1"},
                             {"asked", nlohmann::ordered_json::object()},
                             {"limits", nlohmann::ordered_json::object()}};
  for (const Knob& k : knobs) {
    out["asked"][std::string(k.name)] = k.asked;
    out["limits"][std::string(k.name)] = k.most ? nlohmann::ordered_json(*k.most) : nlohmann::ordered_json(nullptr);
  }
  return jsonText(out, 2) + "\n";
}

std::string table(const std::vector<Knob>& knobs, ReportFormat format) {
  const bool machine = format == ReportFormat::csv;
  const auto number = [&](std::int64_t n) { return machine ? std::to_string(n) : formatCount(n); };
  TextTable t;
  t.column(machine ? "knob" : "with the rest as asked", TextTable::Align::left);
  t.column("asked");
  t.column(machine ? "limit" : "largest that fits");
  for (const Knob& k : knobs)
    t.row({std::string(k.name), number(k.asked), k.most ? number(*k.most) : machine ? "" : "unbounded"});
  return t.text(format);
}

class LimitsCommand : public Command {
 public:
  std::string_view name() const override { return "limits"; }
  std::string_view summary() const override {
    return "The largest batch, context and rank that fit, each with the rest as asked.";
  }
  std::string_view examples() const override {
    return "headroom-cli limits --model meta-llama/Llama-3.1-8B --engine vllm --gpu l4\n"
           "headroom-cli limits --model meta-llama/Llama-3.1-8B --workload lora --gpu rtx-4090 --context 4k";
  }

  void addOptions(Options& options) override {
    scenario_.add(options);
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    const Result<Scenario> scenario = scenario_.read(streams.in);
    if (!scenario) return tl::unexpected(scenario.error());
    if (!estimate(*scenario).verdict())
      return fail(ErrorCode::value,
                  "Nothing is known about the capacity of the devices; name one with --gpu (an id of `headroom-cli "
                  "gpus`, or a size such as 24GiB).");
    const std::vector<Knob> knobs = knobsOf(*scenario, limitsOf(*scenario));
    streams.out << (output_.format() == ReportFormat::json ? json(knobs) : table(knobs, output_.format()));
    return kDone;
  }

 private:
  ScenarioOptions scenario_;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> makeLimitsCommand() {
  return std::make_unique<LimitsCommand>();
}

}  // namespace headroom
