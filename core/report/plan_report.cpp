#include "core/report/plan_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/open/scenario_json.h"
#include "core/report/estimate_json_parts.h"
#include "core/report/text_table.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

std::string weightsOf(const Scenario& scenario, const PlanAxes& axes, const Layout& l) {
  const auto& format = axes.weights[l.weights];
  return idOf(format ? *format : settingsOf(scenario).weights);
}

ordered_json layoutJson(const Scenario& scenario, const PlanAxes& axes, const PlannedLayout& one) {
  const Layout& l = one.layout;
  return {{"devices", l.devices()},
          {"tensor", l.tensor},
          {"pipeline", l.pipeline},
          {"data", l.data},
          {"context", l.context},
          {"expert", l.expert},
          {"sharding", nameOf(l.sharding)},
          {"checkpointing", nameOf(l.checkpointing)},
          {"micro_batch", l.microBatch},
          {"accumulation", l.accumulation},
          {"weights", weightsOf(scenario, axes, l)},
          {"verdict", nameOf(one.verdict)},
          {"all_modelled", one.allModelled},
          {"device_bytes", one.need.value()},
          {"headroom_bytes", one.left.value()},
          {"sent_bytes_per_step", toBytes(one.communication).value()},
          {"scenario", ordered_json::parse(writeScenario(laidOut(scenario, axes, l)))}};
}

std::string json(const Scenario& scenario, const PlanAxes& axes, const Plan& plan) {
  ordered_json layouts = ordered_json::array(), left = ordered_json::array();
  for (const PlannedLayout& one : plan.layouts) layouts.push_back(layoutJson(scenario, axes, one));
  for (const Plan::Reason& r : plan.left) left.push_back({{"why", r.why}, {"layouts", r.layouts}});
  const ordered_json out{
      {"schema", "headroom-plan/1"},   {"fleet", axes.fleet},        {"global_batch", jsonOf(axes.globalBatch)},
      {"tried", plan.tried},           {"valid", plan.valid},        {"fit", plan.fit},
      {"layouts", std::move(layouts)}, {"left_out", std::move(left)}};
  return jsonText(out, 2) + "\n";
}

}  // namespace

std::string planReport(const Scenario& scenario, const PlanAxes& axes, const Plan& plan, ReportFormat format,
                       ByteUnit unit) {
  if (format == ReportFormat::json) return json(scenario, axes, plan);
  const bool machine = format == ReportFormat::csv, training = isTraining(scenario.workload);
  const auto bytes = [&](Bytes b) { return machine ? std::to_string(b.value()) : formatIn(b, unit); };
  TextTable table;
  for (const char* name : {"devices", "tensor", "pipeline"}) table.column(name);
  if (training) table.column("data"), table.column("context");
  table.column("expert");
  if (training) {
    for (const char* name : {"sharding", "checkpointing"}) table.column(name, TextTable::Align::left);
    table.column("micro-batch"), table.column("accumulation");
  }
  table.column("weights", TextTable::Align::left);
  table.column("verdict", TextTable::Align::left);
  table.column(machine ? "device_bytes" : fmt::format("device {}", unitName(unit)));
  table.column(machine ? "headroom_bytes" : fmt::format("left {}", unitName(unit)));
  table.column(machine ? "sent_bytes_per_step" : "sent");
  for (const PlannedLayout& one : plan.layouts) {
    const Layout& l = one.layout;
    std::vector<std::string> row{std::to_string(l.devices()), std::to_string(l.tensor), std::to_string(l.pipeline)};
    if (training) row.push_back(std::to_string(l.data)), row.push_back(std::to_string(l.context));
    row.push_back(std::to_string(l.expert));
    if (training) {
      row.emplace_back(nameOf(l.sharding)), row.emplace_back(nameOf(l.checkpointing));
      row.push_back(std::to_string(l.microBatch)), row.push_back(std::to_string(l.accumulation));
    }
    row.push_back(weightsOf(scenario, axes, l));
    row.emplace_back(nameOf(one.verdict));
    row.push_back(bytes(one.need)), row.push_back(bytes(one.left)),
        row.push_back(machine ? std::to_string(toBytes(one.communication).value())
                              : formatBytes(toBytes(one.communication), unit));
    table.row(std::move(row));
  }
  std::string text = table.text(format);
  if (format != ReportFormat::table && format != ReportFormat::markdown) return text;
  text += fmt::format(
      "\n{} layouts were tried, {} of them can be run, {} fit; {} are shown: nothing beats them at once in memory, "
      "devices,\n{}, width of the weights and what a device sends in a step.\n",
      formatCount(static_cast<std::int64_t>(plan.tried)), formatCount(static_cast<std::int64_t>(plan.valid)),
      formatCount(static_cast<std::int64_t>(plan.fit)), plan.layouts.size(),
      training ? "recomputation" : "what a token waits for");
  for (const Plan::Reason& r : plan.left)
    text += fmt::format("Left out {}: {}.\n", formatCount(static_cast<std::int64_t>(r.layouts)), r.why);
  return text;
}

}  // namespace headroom
