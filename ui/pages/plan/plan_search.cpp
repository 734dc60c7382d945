#include "ui/pages/plan/plan_search.h"

#include <algorithm>

#include "core/analysis/verdict.h"
#include "core/open/scenario_json.h"
#include "core/scenario/choices.h"
#include "core/scenario/settings.h"
#include "ui/document/field.h"
#include "ui/languages/core_text.h"
#include "ui/languages/tr.h"
#include "ui/style/names.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr std::size_t kMostLayouts = 5'000'000;
constexpr std::size_t kMostFormats = 6;
constexpr int kMostDoublings = 6;

const SheetCell kNone{.text = QStringLiteral("–"), .ink = SheetCell::Ink::quiet};

SheetCell whole(std::int64_t n) {
  return {.text = grouped(n), .key = static_cast<double>(n)};
}

SheetCell amount(Bytes bytes, ByteUnit unit) {
  return {.text = inUnit(bytes, unit), .key = static_cast<double>(bytes.value()), .tip = withUnit(bytes, unit)};
}

}  // namespace

std::vector<PlanPart> planParts() {
  return {{"tensor", tr("tensor"), tr("Every layer over several devices")},
          {"pipeline", tr("pipeline"), tr("Runs of whole layers on each device")},
          {"data", tr("data"), tr("Replicas with different data")},
          {"context", tr("context"), tr("Each sequence over several devices")},
          {"expert", tr("expert"), tr("Whole experts over several devices")},
          {"sharding", tr("sharding"), tr("What replicas share instead of each keeping it")},
          {"checkpointing", tr("checkpointing"), tr("What is computed again in the backward pass")},
          {"micro-batch", tr("micro-batch"), tr("Sequences of one pass")},
          {"weights", tr("precision"), tr("Formats of the weights")}};
}

std::size_t valuesOfPart(const PlanAxes& a, const std::string& id) {
  const std::pair<const char*, std::size_t> sizes[] = {{"tensor", a.tensor.size()},
                                                       {"pipeline", a.pipeline.size()},
                                                       {"data", a.data.size()},
                                                       {"context", a.context.size()},
                                                       {"expert", a.expert.size()},
                                                       {"sharding", a.sharding.size()},
                                                       {"checkpointing", a.checkpointing.size()},
                                                       {"micro-batch", a.microBatch.size()},
                                                       {"weights", a.weights.size()}};
  for (const auto& [name, size] : sizes)
    if (id == name) return size;
  return 0;
}

PlanAxes wholeAxes(const Scenario& scenario, const PlanAsked& asked) {
  PlanAxes axes = planAxes(scenario, isTraining(scenario.workload) ? asked.globalBatch : std::nullopt);
  if (asked.formats) {
    const WeightFormat own = settingsOf(scenario).weights;
    for (const WeightStop& stop : weightStops(scenario))
      if (axes.weights.size() < kMostFormats && stop.format != own && makesSense(stop.format, scenario))
        axes.weights.emplace_back(stop.format);
  }
  return axes;
}

PlanAxes axesOf(const Scenario& scenario, const PlanAsked& asked) {
  PlanAxes axes = wholeAxes(scenario, asked);
  const Settings now = settingsOf(scenario);
  const auto kept = [&](const char* id) {
    return std::ranges::find(asked.kept, std::string_view(id)) != asked.kept.end();
  };
  if (kept("tensor")) axes.tensor = {now.parallel.tensor};
  if (kept("pipeline")) axes.pipeline = {now.parallel.pipeline};
  if (kept("data")) axes.data = {now.parallel.data};
  if (kept("context")) axes.context = {now.parallel.context};
  if (kept("expert")) axes.expert = {now.parallel.expert};
  if (kept("sharding")) axes.sharding = {now.parallel.sharding};
  if (kept("checkpointing")) axes.checkpointing = {now.training.checkpointing};
  if (kept("micro-batch")) axes.microBatch = {now.batch};
  return axes;
}

QString noPlan(const Scenario& s, const PlanAxes& axes) {
  if (s.devices.empty() || !s.devices.front().capacity()) return tr("A plan needs its fleet: choose an accelerator");
  if (s.devices.size() > 1) return tr("A plan is for devices that are alike; name one kind");
  if (s.method != Method::detailed) return tr("Rules of thumb know no layouts; a plan takes the detailed method");
  if (axes.layouts() > kMostLayouts)
    return tr("Those are %1 layouts; keep one of the parts").arg(grouped(static_cast<qint64>(axes.layouts())));
  return {};
}

std::int64_t fleetThatFits(const Scenario& scenario, const PlanAsked& asked, const std::stop_token& stop) {
  Scenario larger = scenario;
  for (int doubled = 0; doubled < kMostDoublings && !stop.stop_requested(); ++doubled) {
    const std::int64_t count = larger.devices.front().count * 2;
    if (count > kMaxDevices) return 0;
    chooseDeviceCount(larger, count);
    const PlanAxes axes = axesOf(larger, asked);
    if (!noPlan(larger, axes).isEmpty()) return 0;
    if (!planFor(larger, axes, stop).layouts.empty()) return count;
  }
  return 0;
}

QString layoutName(const Layout& l) {
  QStringList parts;
  const std::pair<const char*, std::int64_t> ways[] = {
      {"TP", l.tensor}, {"PP", l.pipeline}, {"DP", l.data}, {"CP", l.context}, {"EP", l.expert}};
  for (const auto& [name, n] : ways)
    if (n > 1) parts << QStringLiteral("%1 %2").arg(QLatin1String(name)).arg(n);
  return parts.isEmpty() ? tr("one device") : parts.join(QStringLiteral(" · "));
}

PlanPicturePtr planPicture(const Scenario& scenario, const PlanAxes& axes, const Plan& plan, ByteUnit unit) {
  const bool training = isTraining(scenario.workload);
  auto picture = std::make_shared<PlanPicture>();
  picture->problem = noPlan(scenario, axes);
  if (picture->problem.isEmpty()) picture->problem = tr("No layout fits");
  std::vector<Checkpointing> ways;
  for (const PlannedLayout& one : plan.layouts)
    if (training && std::ranges::find(ways, one.layout.checkpointing) == ways.end())
      ways.push_back(one.layout.checkpointing);
  std::ranges::sort(ways);
  for (const Checkpointing way : ways)
    picture->kinds << (way == Checkpointing::none ? tr("no checkpointing")
                                                  : tr("%1 checkpointing").arg(coreText(nameOf(way))));
  for (const PlannedLayout& one : plan.layouts) {
    const Layout& l = one.layout;
    PlannedPoint point;
    point.name = layoutName(l);
    QStringList words{tr("%n devices", nullptr, static_cast<int>(l.devices()))};
    if (training && l.sharding != Sharding::none) words << spelled(nameOf(l.sharding));
    if (training) words << tr("%1 × %2 sequences").arg(l.microBatch).arg(l.accumulation);
    words << tr("needs %1").arg(withUnit(one.need, unit)) << verdictWord(one.verdict, one.allModelled);
    point.tip = words.join(QStringLiteral(" · "));
    point.devices = l.devices();
    point.need = one.need;
    point.kind = static_cast<std::size_t>(std::ranges::find(ways, l.checkpointing) - ways.begin());
    if (!training) point.kind = 0;
    picture->usable = std::max(picture->usable.value_or(Bytes(0)), one.need + one.left);
    picture->points.push_back(std::move(point));
  }
  return picture;
}

Sheet planSheet(const Scenario& scenario, const PlanAxes& axes, const Plan& plan, ByteUnit unit) {
  const bool training = isTraining(scenario.workload);
  const QString shownUnit = QString::fromLatin1(unitName(unit));
  Sheet sheet;
  sheet.columns = {
      {.head = {}, .tip = tr("Open as a scenario"), .number = false, .digits = 4},
      {.head = tr("Layout"), .tip = tr("Tensor, pipeline, data, context and expert parallel"), .number = false},
      {.head = tr("Devices"), .digits = 6},
      {.head = tr("Sharding"), .number = false, .digits = 12, .rank = 1},
      {.head = tr("Checkpointing"), .tip = tr("Computed again in the backward pass"), .number = false, .digits = 12},
      {.head = tr("Micro-batch"), .tip = tr("Sequences of a pass × passes of a step"), .digits = 10, .rank = 2},
      {.head = tr("Weights"), .number = false, .digits = 8, .rank = 3},
      {.head = tr("Fit"), .number = false, .digits = 13},
      {.head = tr("Needs, %1").arg(shownUnit), .digits = 9},
      {.head = tr("Left"), .digits = 7, .rank = 4},
      {.head = tr("Sent a step"), .tip = tr("What a device sends in a step, %1").arg(shownUnit), .digits = 9},
  };
  for (const PlannedLayout& one : plan.layouts) {
    const Layout& l = one.layout;
    const auto& format = axes.weights[l.weights];
    SheetRow row;
    row.cells.push_back({.text = QStringLiteral("+"), .tip = tr("Open as a scenario"), .ink = SheetCell::Ink::accent});
    row.cells.push_back({.text = layoutName(l)});
    row.cells.push_back(whole(l.devices()));
    row.cells.push_back({.text = spelled(nameOf(l.sharding))});
    row.cells.push_back({.text = spelled(nameOf(l.checkpointing)), .key = static_cast<double>(l.checkpointing)});
    row.cells.push_back({.text = QStringLiteral("%1 × %2").arg(l.microBatch).arg(l.accumulation),
                         .key = static_cast<double>(l.microBatch)});
    row.cells.push_back({.text = formatLabel(format ? *format : settingsOf(scenario).weights)});
    row.cells.push_back({.text = verdictWord(one.verdict, one.allModelled),
                         .key = static_cast<double>(one.verdict),
                         .verdict = one.verdict});
    row.cells.push_back(amount(one.need, unit));
    row.cells.push_back(amount(one.left, unit));
    row.cells.push_back(one.communication > 0 ? amount(Bytes(static_cast<std::int64_t>(one.communication)), unit)
                                              : kNone);
    sheet.rows.push_back(std::move(row));
  }
  if (training) return sheet;
  // A server shards nothing, computes nothing twice and has no passes of a step.
  constexpr std::ptrdiff_t kFirst = 3, kEnd = 6;
  sheet.columns.back().head = tr("Sent");
  sheet.columns.erase(sheet.columns.begin() + kFirst, sheet.columns.begin() + kEnd);
  for (SheetRow& row : sheet.rows) row.cells.erase(row.cells.begin() + kFirst, row.cells.begin() + kEnd);
  return sheet;
}

}  // namespace headroom::ui
