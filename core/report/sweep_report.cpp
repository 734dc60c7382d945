#include "core/report/sweep_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/base/nearest.h"
#include "core/report/estimate_json_parts.h"
#include "core/report/text_table.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

constexpr std::pair<std::string_view, std::optional<std::int64_t> Limits::*> kLimits[] = {
    {"largest-batch", &Limits::batch},
    {"largest-context", &Limits::context},
    {"largest-rank", &Limits::rank},
    {"largest-sequences", &Limits::sequences}};

// Which value each field has at a point: the first field's changes fastest.
std::vector<std::string_view> valuesAt(const std::vector<SweptField>& fields, std::size_t point) {
  std::vector<std::string_view> values;
  for (const SweptField& field : fields) {
    values.push_back(field.values[point % field.values.size()]);
    point /= field.values.size();
  }
  return values;
}

ordered_json figureJson(const SweepFigure& figure, const SweepPoint& p) {
  switch (figure.kind) {
    case SweepFigure::Kind::component:
      return p.bytes[static_cast<std::size_t>(figure.component)].value();
    case SweepFigure::Kind::limit:
      return jsonOf(p.limits.*figure.limit);
    default:
      return p.device.value();
  }
}

std::string figureText(const SweepFigure& figure, const SweepPoint& p, bool machine, ByteUnit unit) {
  const auto bytes = [&](Bytes b) { return machine ? std::to_string(b.value()) : formatIn(b, unit); };
  switch (figure.kind) {
    case SweepFigure::Kind::component:
      return bytes(p.bytes[static_cast<std::size_t>(figure.component)]);
    case SweepFigure::Kind::limit: {
      const auto& limit = p.limits.*figure.limit;
      if (!limit) return machine ? "" : "–";
      return machine ? std::to_string(*limit) : *limit < 1 ? "none" : formatCount(*limit);
    }
    default:
      return bytes(p.device);
  }
}

std::string json(const std::vector<SweptField>& fields, const std::vector<SweepFigure>& figures,
                 const std::vector<SweepPoint>& points) {
  ordered_json series = ordered_json::array();
  const std::size_t length = fields.front().values.size();
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::vector<std::string_view> values = valuesAt(fields, i);
    if (i % length == 0) {
      ordered_json settings = ordered_json::object();
      for (std::size_t f = 1; f < fields.size(); ++f) settings[fields[f].name] = values[f];
      series.push_back({{"settings", std::move(settings)}, {"points", ordered_json::array()}});
    }
    const SweepPoint& p = points[i];
    ordered_json point{{"value", values.front()}, {"verdict", jsonOf(p.verdict)}};
    for (const SweepFigure& figure : figures) point[figure.name] = figureJson(figure, p);
    point["low"] = p.low.value();
    point["high"] = p.high.value();
    point["usable_bytes"] = jsonOf(p.usable);
    series.back()["points"].push_back(std::move(point));
  }
  const ordered_json out{{"schema", "headroom-sweep/1"}, {"field", fields.front().name}, {"series", std::move(series)}};
  return jsonText(out, 2) + "\n";
}

}  // namespace

Result<SweepFigure> sweepFigure(std::string_view name) {
  SweepFigure figure;
  figure.name = name;
  if (name == "total") return figure;
  std::vector<std::string_view> known{"total"};
  for (const auto& [limitName, limit] : kLimits) {
    known.push_back(limitName);
    if (limitName != name) continue;
    figure.kind = SweepFigure::Kind::limit;
    figure.limit = limit;
    return figure;
  }
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    known.push_back(idOf(static_cast<ComponentId>(i)));
    if (known.back() != name) continue;
    figure.kind = SweepFigure::Kind::component;
    figure.component = static_cast<ComponentId>(i);
    return figure;
  }
  return fail(ErrorCode::unknown_name,
              fmt::format("'{}' is not a figure of a sweep.{} Known are total, a component's id, and largest-batch, "
                          "-context, -rank and -sequences.",
                          name, didYouMean(std::string(name), known)));
}

std::string sweepReport(const std::vector<SweptField>& fields, const std::vector<SweepFigure>& figures,
                        const std::vector<SweepPoint>& points, ReportFormat format, ByteUnit unit) {
  if (format == ReportFormat::json) return json(fields, figures, points);
  const bool machine = format == ReportFormat::csv;
  TextTable table;
  for (const SweptField& field : fields) table.column(field.name);
  for (const SweepFigure& figure : figures)
    table.column(figure.kind == SweepFigure::Kind::limit || machine
                     ? figure.name
                     : fmt::format("{} {}", figure.name, unitName(unit)));
  table.column("verdict", TextTable::Align::left);
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i > 0 && fields.size() > 1 && i % fields.front().values.size() == 0) table.rule();
    std::vector<std::string> row;
    for (std::string_view value : valuesAt(fields, i)) row.emplace_back(value);
    for (const SweepFigure& figure : figures) row.push_back(figureText(figure, points[i], machine, unit));
    row.emplace_back(points[i].verdict ? nameOf(*points[i].verdict) : machine ? "" : "–");
    table.row(std::move(row));
  }
  return table.text(format);
}

}  // namespace headroom
