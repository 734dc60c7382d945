#include "ui/pages/sweep/sweep_pictures.h"

#include <algorithm>

#include "core/analysis/compare.h"
#include "core/base/parallel.h"
#include "core/report/map_report.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"
#include "ui/inputs/accelerator_items.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

// How finely a field is looked at; where each point replays a graph, or is a search, a few must do.
struct Fineness {
  int points = 33, lines = 6, across = 24, down = 14;
  bool others = true;  // boundaries of the pinned devices as well
};

Fineness finenessOf(const Scenario& scenario, bool limits) {
  if (rowOf(settingsOf(scenario).engine).replaysGraph) return {9, 3, 8, 6, false};
  if (limits) return {17, 6, 24, 14, true};
  return {};
}

SweptAxis axisOf(const SweepableField& field, const AskedRange& range, int most) {
  return {field.label, field.numeric, valuesOf(field, range, most)};
}

}  // namespace

SweepQuestion sweepQuestion(const Work& work, const Snapshot& snapshot) {
  SweepQuestion q{work.shown(), work.compared, work.asked.sweep, sweepableFields(work, snapshot), {}};
  // A field that the scenario has no use for any more, or one against itself, gives way to a usual one.
  const SweepAsked usual;
  const auto known = [&](AskedRange& range, const AskedRange& otherwise) {
    const SweepableField* field = fieldOf(q.fields, range.field);
    if (field == nullptr)
      range = otherwise;
    else
      range.field = field->id;
  };
  known(q.asked.along, usual.along);
  known(q.asked.series, usual.series);
  known(q.asked.across, usual.across);
  known(q.asked.down, usual.down);
  if (q.asked.series.field == q.asked.along.field) q.asked.series = {};
  if (q.asked.down.field == q.asked.across.field)
    q.asked.down = q.asked.across.field == usual.down.field ? usual.across : usual.down;
  const std::vector<OptionChoice> figures = sweepFigures(snapshot);
  const auto is = [&](const OptionChoice& f) { return f.id.toStdString() == q.asked.figure; };
  if (std::ranges::none_of(figures, is)) q.asked.figure = usual.figure;
  q.figure = std::ranges::find_if(figures, is)->label;
  return q;
}

std::vector<OptionChoice> sweepFigures(const Snapshot& s) {
  std::vector<OptionChoice> figures{{QStringLiteral("total"), tr("Total")}};
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    figures.push_back({fromView(idOf(id)), componentName(id)});
  }
  figures.push_back({QStringLiteral("largest-batch"), tr("Largest batch")});
  figures.push_back({QStringLiteral("largest-context"), tr("Longest context")});
  if (isTraining(s.scenario.workload))
    figures.push_back({QStringLiteral("largest-rank"), tr("Largest rank")});
  else
    figures.push_back({QStringLiteral("largest-sequences"), tr("Most users")});
  return figures;
}

SweepPicturePtr sweepPicture(const SweepQuestion& q, const std::stop_token& stop) {
  const SweepableField* along = fieldOf(q.fields, q.asked.along.field);
  const Result<SweepFigure> figure = sweepFigure(q.asked.figure);
  if (along == nullptr || !figure) return nullptr;
  const bool limits = figure->kind == SweepFigure::Kind::limit;
  const Fineness fine = finenessOf(q.scenario, limits);
  auto picture = std::make_shared<SweepPicture>();
  picture->along = axisOf(*along, q.asked.along, fine.points);
  picture->figure = *figure;
  picture->figureLabel = q.figure;
  const SweepableField* series = fieldOf(q.fields, q.asked.series.field);
  std::vector<SweptValue> lines{{q.figure, {}, 0}};
  if (series != nullptr && series != along) lines = valuesOf(*series, q.asked.series, fine.lines);
  picture->lines.resize(lines.size());
  const auto makeWork = [&] {
    return [&](std::size_t i) {
      Scenario base = q.scenario;
      std::string problem;
      if (series != nullptr && series != along) problem = series->apply(base, lines[i].text).toStdString();
      std::vector<Scenario> scenarios;
      std::vector<bool> set;
      for (const SweptValue& value : picture->along.values) {
        set.push_back(along->apply(scenarios.emplace_back(base), value.text).isEmpty() && problem.empty());
      }
      picture->lines[i].label = lines[i].label;
      picture->lines[i].points = sweep(scenarios, limits);
      // A value the field does not take is no point.
      for (std::size_t k = 0; k < set.size(); ++k)
        if (!set[k]) picture->lines[i].points[k].runs = false;
    };
  };
  onAllCores(lines.size(), makeWork, stop);
  return stop.stop_requested() ? nullptr : picture;
}

MapPicturePtr mapPicture(const SweepQuestion& q, const std::stop_token& stop) {
  const SweepableField* across = fieldOf(q.fields, q.asked.across.field);
  const SweepableField* down = fieldOf(q.fields, q.asked.down.field);
  if (across == nullptr || down == nullptr || across == down) return nullptr;
  const Fineness fine = finenessOf(q.scenario, false);
  auto picture = std::make_shared<MapPicture>();
  picture->across = axisOf(*across, q.asked.across, fine.across);
  picture->down = axisOf(*down, q.asked.down, fine.down);
  std::vector<Scenario> scenarios;
  std::vector<bool> set;
  for (const SweptValue& d : picture->down.values)
    for (const SweptValue& a : picture->across.values) {
      Scenario& s = scenarios.emplace_back(q.scenario);
      const bool first = across->apply(s, a.text).isEmpty();
      set.push_back(down->apply(s, d.text).isEmpty() && first);
    }
  const std::optional<Knob> knob = knobOf(down->id);
  const std::size_t columns = picture->across.values.size();
  picture->map = mapOf(scenarios, columns, knob, stop);
  for (std::size_t i = 0; i < set.size(); ++i)
    if (!set[i]) picture->map.cells[i] = {}, picture->map.cells[i].runs = false;
  picture->device = q.scenario.devices.empty() ? tr("no accelerator") : deviceLabel(q.scenario.devices.front());
  if (!q.scenario.devices.empty()) picture->edges.push_back({picture->device, picture->map.boundary});
  const bool devicesVary = across->id == "accelerator" || down->id == "accelerator" || down->id == "scenario";
  for (const DeviceRequest& d : q.compared) {
    if (!fine.others || devicesVary || stop.stop_requested() || picture->edges.size() == 6) break;
    std::vector<Scenario> there;
    for (const Scenario& s : scenarios) {
      there.push_back(onDevice(s, d));
      if (d.count > 1 && across->id != "devices" && down->id != "devices") there.back().devices.front().count = d.count;
    }
    const QString label = d.count > 1 ? QStringLiteral("%1 × %2").arg(d.count).arg(deviceLabel(d)) : deviceLabel(d);
    picture->edges.push_back({label, mapOf(there, columns, knob, stop).boundary});
  }
  return stop.stop_requested() ? nullptr : picture;
}

namespace {

// A field as a report names it: numbers as they are set, choices as they are called.
SweptField reported(const std::string& id, const SweptAxis& axis) {
  SweptField field{id, {}};
  for (const SweptValue& v : axis.values) field.values.push_back((axis.numeric ? v.text : v.label).toStdString());
  return field;
}

}  // namespace

QString sweepText(const SweepQuestion& q, const SweepPicture& picture, ReportFormat format, ByteUnit unit) {
  std::vector<SweptField> fields{reported(q.asked.along.field, picture.along)};
  if (picture.lines.size() > 1) {
    SweptField series{q.asked.series.field, {}};
    for (const SweptLine& line : picture.lines) series.values.push_back(line.label.toStdString());
    fields.push_back(std::move(series));
  }
  std::vector<SweepPoint> points;
  for (const SweptLine& line : picture.lines) points.insert(points.end(), line.points.begin(), line.points.end());
  return QString::fromStdString(sweepReport(fields, {picture.figure}, points, format, unit));
}

QString mapText(const SweepQuestion& q, const MapPicture& picture, ReportFormat format, ByteUnit unit) {
  const LabelledMap one{picture.device.toStdString(), picture.map};
  return QString::fromStdString(mapReport(reported(q.asked.across.field, picture.across),
                                          reported(q.asked.down.field, picture.down), std::span(&one, 1),
                                          MapFigure::left, format, unit));
}

}  // namespace headroom::ui
