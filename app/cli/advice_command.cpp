// headroom-cli advice: every switch with its price, and what would make it fit.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_options.h"
#include "core/analysis/advice.h"
#include "core/base/json_text.h"
#include "core/open/scenario_json.h"
#include "core/report/estimate_json_parts.h"
#include "core/report/text_table.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

ordered_json switchJson(const SwitchPrice& s) {
  return {{"id", s.id},
          {"change", s.change},
          {"cost", s.cost},
          {"changes", nameOf(s.outcome)},
          {"on", s.on},
          {"saved_bytes", s.saved.value()},
          {"otherwise", {{"device_bytes", s.device.value()}, {"verdict", jsonOf(s.verdict)}}}};
}

ordered_json adviceJson(const Advice& a) {
  ordered_json scenario = ordered_json::parse(writeScenario(a.scenario));
  scenario.erase("resolved_model");  // the asked scenario has it
  return {{"id", a.id},
          {"change", a.change},
          {"cost", a.cost},
          {"changes", nameOf(a.outcome)},
          {"saved_bytes", a.saved.value()},
          {"device_bytes", a.device.value()},
          {"verdict", jsonOf(a.verdict)},
          {"scenario", std::move(scenario)}};
}

std::string json(const Estimate& estimate, const std::vector<SwitchPrice>& switches,
                 const std::vector<Advice>& advice) {
  ordered_json list = ordered_json::array(), helps = ordered_json::array();
  for (const SwitchPrice& s : switches) list.push_back(switchJson(s));
  for (const Advice& a : advice) helps.push_back(adviceJson(a));
  const ordered_json out{{"schema", "headroom-advice/1"},
                         {"verdict", verdictJson(estimate)},
                         {"device_bytes", estimate.heaviest().device.value()},
                         {"switches", std::move(list)},
                         {"advice", std::move(helps)}};
  return jsonText(out, 2) + "\n";
}

class AdviceTables {
 public:
  AdviceTables(ReportFormat format, ByteUnit unit) : format_(format), unit_(unit) {}

  std::string switches(const std::vector<SwitchPrice>& list) const {
    TextTable t;
    t.column("switch", TextTable::Align::left);
    t.column("now", TextTable::Align::left);
    columns(t, "with it the other way");
    for (const SwitchPrice& s : list)
      t.row(cells(s.id, s.on ? "on" : "off", s.change, s.saved, s.device, s.verdict, s.cost, s.outcome));
    return t.text(format_);
  }

  std::string advice(const std::vector<Advice>& list) const {
    TextTable t;
    t.column("what would help", TextTable::Align::left);
    t.column("", TextTable::Align::left);
    columns(t, "then");
    for (const Advice& a : list) t.row(cells(a.id, "", a.change, a.saved, a.device, a.verdict, a.cost, a.outcome));
    return t.text(format_);
  }

 private:
  bool machine() const { return format_ == ReportFormat::csv; }
  std::string bytes(Bytes b) const { return machine() ? std::to_string(b.value()) : formatIn(b, unit_); }

  void columns(TextTable& t, const std::string& then) const {
    t.column("what it does", TextTable::Align::left);
    t.column(machine() ? "saved_bytes" : fmt::format("saves {}", unitName(unit_)));
    t.column(machine() ? "otherwise_bytes" : fmt::format("{} {}", then, unitName(unit_)));
    t.column("verdict", TextTable::Align::left);
    t.column("price", TextTable::Align::left);
    t.column("changes", TextTable::Align::left);
  }

  std::vector<std::string> cells(std::string_view id, std::string_view now, const std::string& change, Bytes saved,
                                 Bytes device, const std::optional<Verdict>& verdict, const std::string& cost,
                                 Outcome outcome) const {
    return {std::string(id),
            std::string(now),
            change,
            bytes(saved),
            bytes(device),
            verdict     ? std::string(nameOf(*verdict))
            : machine() ? ""
                        : "–",
            cost,
            std::string(nameOf(outcome))};
  }

  ReportFormat format_;
  ByteUnit unit_;
};

class AdviceCommand : public Command {
 public:
  std::string_view name() const override { return "advice"; }
  std::string_view summary() const override {
    return "Every switch with what it saves and costs, on or off, and what would make it fit.";
  }
  std::string_view examples() const override {
    return "headroom-cli advice --model meta-llama/Llama-3.1-8B --workload full --context 4k --gpu a100-sxm-80gb\n"
           "headroom-cli advice --model meta-llama/Llama-3.1-70B --engine vllm --gpu h100-sxm-80gb --format json";
  }

  void addOptions(Options& options) override {
    scenario_.add(options);
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    const Result<Scenario> scenario = scenario_.read(streams.in);
    if (!scenario) return tl::unexpected(scenario.error());
    const Estimate now = estimate(*scenario);
    const std::vector<SwitchPrice> switches = switchesOf(*scenario, now);
    const std::vector<Advice> advice = adviceOf(*scenario, now, kMost);
    if (output_.format() == ReportFormat::json) {
      streams.out << json(now, switches, advice);
      return kDone;
    }
    const AdviceTables tables(output_.format(), output_.unit());
    streams.out << tables.switches(switches);
    if (!advice.empty() && output_.format() != ReportFormat::csv) streams.out << "\n" << tables.advice(advice);
    return kDone;
  }

 private:
  static constexpr std::size_t kMost = 12;
  ScenarioOptions scenario_;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> makeAdviceCommand() {
  return std::make_unique<AdviceCommand>();
}

}  // namespace headroom
