#include "core/report/compare_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/estimate/chosen_settings.h"
#include "core/open/scenario_json.h"
#include "core/report/estimate_json_parts.h"
#include "core/report/explanation.h"
#include "core/report/settings_json.h"
#include "core/report/text_table.h"
#include "core/report/verdict_text.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

using Asked = std::vector<std::pair<std::string, std::string>>;  // value by dotted key

std::string textOf(const ordered_json& value) {
  return value.is_string() ? value.get<std::string>() : jsonText(value);
}

std::string devicesText(const std::vector<DeviceRequest>& devices) {
  std::string out;
  for (const DeviceRequest& d : devices) {
    if (!out.empty()) out += " + ";
    if (d.count != 1) out += fmt::format("{}x", d.count);
    out += !d.accelerator.empty() ? d.accelerator : d.memory ? formatBytes(*d.memory, ByteUnit::gib) : "device";
  }
  return out;
}

void flatten(const ordered_json& object, const std::string& prefix, Asked& out) {
  for (const auto& [key, value] : object.items()) {
    const std::string path = prefix.empty() ? key : prefix + "." + key;
    if (value.is_object() && path != "model")
      flatten(value, path, out);
    else
      out.emplace_back(path, textOf(value));
  }
}

// Every setting with the value it has, asked for or not, and what else the scenario says.
Asked settingsAndMore(const Scenario& scenario) {
  std::vector<Setting> settings;
  std::vector<ChosenSetting> chosen;
  settingsAsRun(scenario, settings, chosen);
  Asked all;
  for (const Setting& s : settings)
    if (const ordered_json value = settingValueJson(s.value); !value.is_null())
      all.emplace_back(std::string(s.key), textOf(value));
  ordered_json document = ordered_json::parse(writeScenario(scenario), nullptr, false);
  for (const char* key : {"headroom", "name", "resolved_model", "resolved_draft_model", "devices"}) document.erase(key);
  Asked asked;
  flatten(document, "", asked);
  const auto isSetting = [&](std::string_view key) {
    return std::ranges::any_of(
        settings, [&](const Setting& s) { return key == s.key || key.starts_with(fmt::format("{}.", s.key)); });
  };
  for (auto& [key, value] : asked)
    if (!isSetting(key)) all.emplace_back(key, std::move(value));
  std::erase_if(all, [](const auto& one) { return one.first == "devices"; });
  if (!scenario.devices.empty()) all.emplace_back("devices", devicesText(scenario.devices));
  return all;
}

std::vector<ComponentId> componentsOf(std::span<const ComparedColumn> columns) {
  std::vector<ComponentId> ids;
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    const auto has = [id](const ComparedColumn& c) {
      const Ledger& l = decidingRank(c.estimate).ledger;
      return l.bytes(id) != Bytes(0) || l.high(id) != Bytes(0);
    };
    if (std::ranges::any_of(columns, has)) ids.push_back(id);
  }
  return ids;
}

std::string json(std::span<const ComparedColumn> columns, std::span<const std::string> labels) {
  ordered_json out{
      {"schema", "headroom-comparison/1"}, {"settings", ordered_json::array()}, {"columns", ordered_json::array()}};
  for (const DifferingSetting& s : differingSettings(columns)) {
    ordered_json values = ordered_json::array();
    for (const std::string& v : s.values) values.push_back(v.empty() ? ordered_json(nullptr) : ordered_json(v));
    out["settings"].push_back({{"key", s.key}, {"values", std::move(values)}});
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Estimate& e = columns[i].estimate;
    const RankEstimate& rank = decidingRank(e);
    ordered_json components = ordered_json::object();
    for (ComponentId id : componentsOf(columns)) components[std::string(idOf(id))] = rank.ledger.bytes(id).value();
    out["columns"].push_back({{"label", labels[i]},
                              {"verdict", verdictJson(e)},
                              {"components", std::move(components)},
                              {"device_bytes", rank.device.value()},
                              {"low", rank.low.value()},
                              {"high", rank.high.value()},
                              {"capacity_bytes", jsonOf(rank.capacity)},
                              {"usable_bytes", jsonOf(rank.usable)},
                              {"headroom_bytes", jsonOf(rank.headroom)},
                              {"host_bytes", e.host.total().value()},
                              {"limits", limitsJson(columns[i].limits)}});
  }
  return jsonText(out, 2) + "\n";
}

// The rows of the table: a name and a cell per column.
class Rows {
 public:
  Rows(std::span<const ComparedColumn> columns, ReportFormat format, ByteUnit unit)
      : columns_(columns), machine_(format == ReportFormat::csv), unit_(unit) {}

  template <typename Cell>
  std::vector<std::string> row(std::string_view id, std::string_view name, Cell cell) const {
    std::vector<std::string> cells{std::string(machine_ ? id : name)};
    for (const ComparedColumn& c : columns_) cells.push_back(text(cell(c)));
    return cells;
  }

 private:
  std::string text(std::string value) const { return value; }
  std::string text(Bytes bytes) const { return machine_ ? std::to_string(bytes.value()) : formatIn(bytes, unit_); }
  std::string text(const std::optional<Bytes>& bytes) const { return bytes ? text(*bytes) : machine_ ? "" : "–"; }
  std::string text(const std::optional<std::int64_t>& count) const {
    if (!count) return machine_ ? "" : "–";
    return machine_ ? std::to_string(*count) : *count < 1 ? "none" : formatCount(*count);
  }

  std::span<const ComparedColumn> columns_;
  bool machine_;
  ByteUnit unit_;
};

std::string verdictWord(const Estimate& e, bool machine) {
  const Judgement j = judge(e);
  if (!j.word) return machine ? "" : "–";
  return std::string(nameOf(*j.word)) + (j.plain() || machine ? "" : " as modelled");
}

void addLimits(TextTable& table, const Rows& rows, std::span<const ComparedColumn> columns) {
  constexpr std::pair<std::string_view, std::optional<std::int64_t> Limits::*> kLimits[] = {
      {"batch", &Limits::batch}, {"context", &Limits::context}, {"rank", &Limits::rank}};
  for (const auto& [name, member] : kLimits) {
    const auto limit = member;  // clang 14 lets no lambda take a part of a structured binding
    const auto known = [&](const ComparedColumn& c) { return (c.limits.*limit).has_value(); };
    if (std::ranges::any_of(columns, known))
      table.row(rows.row(fmt::format("largest_{}", name), fmt::format("Largest {}", name),
                         [&](const ComparedColumn& c) { return c.limits.*limit; }));
  }
}

}  // namespace

std::vector<DifferingSetting> differingSettings(std::span<const ComparedColumn> columns) {
  std::vector<DifferingSetting> all;
  for (std::size_t i = 0; i < columns.size(); ++i)
    for (auto& [key, value] : settingsAndMore(columns[i].scenario)) {
      auto at = std::ranges::find(all, key, &DifferingSetting::key);
      if (at == all.end()) {
        all.push_back({key, std::vector<std::string>(columns.size())});
        at = std::prev(all.end());
      }
      at->values[i] = std::move(value);
    }
  std::erase_if(all, [](const DifferingSetting& s) {
    return std::ranges::all_of(s.values, [&](const std::string& v) { return v == s.values.front(); });
  });
  return all;
}

std::string compareReport(std::span<const ComparedColumn> columns, std::span<const std::string> labels,
                          ReportFormat format, ByteUnit unit) {
  if (format == ReportFormat::json) return json(columns, labels);
  const bool machine = format == ReportFormat::csv;
  TextTable table;
  table.column(machine ? "figure" : unitName(unit), TextTable::Align::left);
  for (const std::string& label : labels) table.column(label);
  for (const DifferingSetting& s : differingSettings(columns)) {
    std::vector<std::string> cells{s.key};
    for (const std::string& value : s.values) cells.push_back(value.empty() && !machine ? "–" : value);
    table.row(std::move(cells));
  }
  const Rows rows(columns, format, unit);
  const auto rank = [](const ComparedColumn& c) -> const RankEstimate& { return decidingRank(c.estimate); };
  table.rule();
  for (ComponentId id : componentsOf(columns))
    table.row(rows.row(idOf(id), nameOf(id), [&](const ComparedColumn& c) { return rank(c).ledger.bytes(id); }));
  table.rule();
  table.row(rows.row("total", "Total", [&](const ComparedColumn& c) { return rank(c).device; }));
  table.row(rows.row("low", "  low", [&](const ComparedColumn& c) { return rank(c).low; }));
  table.row(rows.row("high", "  high", [&](const ComparedColumn& c) { return rank(c).high; }));
  table.row(rows.row("usable", "Usable", [&](const ComparedColumn& c) { return rank(c).usable; }));
  table.row(rows.row("left", "Left", [&](const ComparedColumn& c) { return rank(c).headroom; }));
  table.row(rows.row("verdict", "Verdict", [&](const ComparedColumn& c) { return verdictWord(c.estimate, machine); }));
  addLimits(table, rows, columns);
  return table.text(format);
}

}  // namespace headroom
