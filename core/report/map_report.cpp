#include "core/report/map_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/report/estimate_json_parts.h"
#include "core/report/text_table.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

ordered_json mapJson(const LabelledMap& one, const SweptField& first, const SweptField& second) {
  ordered_json cells = ordered_json::array(), boundary = ordered_json::array();
  for (std::size_t i = 0; i < one.map.cells.size(); ++i) {
    const MapCell& c = one.map.cells[i];
    cells.push_back({{first.name, first.values[i % first.values.size()]},
                     {second.name, second.values[i / first.values.size()]},
                     {"total", c.device.value()},
                     {"low", c.low.value()},
                     {"high", c.high.value()},
                     {"headroom_bytes", jsonOf(c.left)},
                     {"verdict", jsonOf(c.verdict)}});
  }
  for (std::size_t i = 0; i < one.map.boundary.size(); ++i) {
    const MapBoundary& b = one.map.boundary[i];
    boundary.push_back({{first.name, first.values[i]},
                        {"largest", jsonOf(b.largest)},
                        {"last_asked_that_fits", b.last ? ordered_json(second.values[*b.last]) : ordered_json(nullptr)},
                        {"one_way", b.oneWay}});
  }
  return {{"device", one.label.empty() ? ordered_json(nullptr) : ordered_json(one.label)},
          {"cells", std::move(cells)},
          {"boundary", std::move(boundary)}};
}

std::string csv(const SweptField& first, const SweptField& second, std::span<const LabelledMap> maps) {
  TextTable table;
  for (const std::string& name : {std::string("device"), first.name, second.name}) table.column(name);
  for (const char* name : {"total", "low", "high", "headroom_bytes", "verdict", "largest"}) table.column(name);
  for (const LabelledMap& one : maps)
    for (std::size_t i = 0; i < one.map.cells.size(); ++i) {
      const MapCell& c = one.map.cells[i];
      const auto number = [](const auto& n) { return n ? std::to_string(n->value()) : std::string(); };
      const auto& largest = one.map.boundary[i % first.values.size()].largest;
      table.row({one.label, first.values[i % first.values.size()], second.values[i / first.values.size()],
                 std::to_string(c.device.value()), std::to_string(c.low.value()), std::to_string(c.high.value()),
                 number(c.left), c.verdict ? std::string(nameOf(*c.verdict)) : "",
                 largest ? std::to_string(*largest) : ""});
    }
  return table.text(ReportFormat::csv);
}

std::string cellText(const MapCell& c, MapFigure figure, ByteUnit unit) {
  const std::string_view mark = !c.verdict || *c.verdict == Verdict::fits ? ""
                                : *c.verdict == Verdict::tight            ? " ~"
                                                                          : " !";
  if (figure == MapFigure::verdict) return c.verdict ? std::string(nameOf(*c.verdict)) : "–";
  if (figure == MapFigure::left) return c.left ? formatIn(*c.left, unit) + std::string(mark) : "–";
  return formatIn(c.device, unit) + std::string(mark);
}

std::string boundaryText(const MapBoundary& b, const SweptField& second, bool knob) {
  if (knob) return !b.largest ? "unbounded" : *b.largest < 1 ? "none" : formatCount(*b.largest);
  if (!b.oneWay) return "no boundary";
  return b.last ? second.values[*b.last] : "none";
}

std::string grid(const SweptField& first, const SweptField& second, const LabelledMap& one, MapFigure figure,
                 ReportFormat format, ByteUnit unit) {
  TextTable table;
  table.column(fmt::format("{} \\ {}", second.name, first.name), TextTable::Align::left);
  for (const std::string& value : first.values) table.column(value);
  for (std::size_t row = 0; row < second.values.size(); ++row) {
    std::vector<std::string> cells{second.values[row]};
    for (std::size_t column = 0; column < first.values.size(); ++column)
      cells.push_back(cellText(one.map.cells[row * first.values.size() + column], figure, unit));
    table.row(std::move(cells));
  }
  const bool capacity = !one.map.cells.empty() && one.map.cells.front().verdict;
  if (capacity) {
    const bool knob = knobOf(second.name).has_value();
    table.rule();
    std::vector<std::string> cells{knob ? "largest " + second.name : "last that fits"};
    for (const MapBoundary& b : one.map.boundary) cells.push_back(boundaryText(b, second, knob));
    table.row(std::move(cells));
  }
  return table.text(format);
}

}  // namespace

std::string mapReport(const SweptField& first, const SweptField& second, std::span<const LabelledMap> maps,
                      MapFigure figure, ReportFormat format, ByteUnit unit) {
  if (format == ReportFormat::json) {
    ordered_json list = ordered_json::array();
    for (const LabelledMap& one : maps) list.push_back(mapJson(one, first, second));
    const ordered_json fields{{{"name", first.name}, {"values", first.values}},
                              {{"name", second.name}, {"values", second.values}}};
    const ordered_json out{{"schema", "headroom-map/1"}, {"fields", fields}, {"maps", std::move(list)}};
    return jsonText(out, 2) + "\n";
  }
  if (format == ReportFormat::csv) return csv(first, second, maps);
  std::string text;
  for (const LabelledMap& one : maps) {
    if (!text.empty()) text += "\n";
    const std::string what = figure == MapFigure::total  ? "everything on a device"
                             : figure == MapFigure::left ? "left of the device"
                                                         : "verdict";
    if (format != ReportFormat::latex)
      text += fmt::format("{}{}{}\n", one.label, one.label.empty() ? "" : ": ",
                          figure == MapFigure::verdict ? what : fmt::format("{}, {}", what, unitName(unit)));
    if (format == ReportFormat::markdown) text += "\n";
    text += grid(first, second, one, figure, format, unit);
  }
  if (format == ReportFormat::table) text += "\n~ tight, ! exceeds\n";
  return text;
}

}  // namespace headroom
