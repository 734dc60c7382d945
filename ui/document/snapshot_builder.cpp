#include "ui/document/snapshot_builder.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

constexpr std::int64_t kFirstContext = 512;
constexpr std::int64_t kUsualTop = 131072;
constexpr int kMaxIntervals = 32;

// The cache formats people weigh against one another on each engine.
std::vector<KvFormats> formatsToCompare(const Snapshot& s) {
  using enum NumberFormat;
  std::vector<KvFormats> formats{s.settings.kvCache};
  if (isTraining(s.scenario.workload)) return formats;
  const bool llama = s.settings.engine == Engine::llama_cpp;
  const std::vector<NumberFormat> usual = llama ? std::vector{fp16, q8_0, q4_0} : std::vector{bf16, fp8};
  for (NumberFormat f : usual)
    if (std::ranges::find(formats, KvFormats{f, f}) == formats.end()) formats.push_back({f, f});
  return formats;
}

}  // namespace

std::vector<DeviceRequest> devicesNamed(const QStringList& ids) {
  std::vector<DeviceRequest> devices;
  for (const QString& id : ids) {
    const Accelerator* a = findAccelerator(id.toStdString());
    if (a == nullptr) continue;
    DeviceRequest& d = devices.emplace_back();
    d.accelerator = a->id;
    d.entry = a;
  }
  return devices;
}

std::vector<double> contextGrid(std::int64_t top, int intervals) {
  const double octaves = std::max(1.0, std::log2(static_cast<double>(top) / static_cast<double>(kFirstContext)));
  const int perOctave = std::max(1, static_cast<int>(intervals / std::ceil(octaves)));
  std::vector<double> grid;
  for (int i = 0; i <= static_cast<int>(std::floor(octaves * perOctave + 1e-9)); ++i)
    grid.push_back(std::round(static_cast<double>(kFirstContext) * std::exp2(static_cast<double>(i) / perOctave)));
  if (grid.back() < static_cast<double>(top)) grid.push_back(static_cast<double>(top));
  if (static_cast<int>(grid.size()) > intervals + 1) grid.erase(grid.end() - 2);
  return grid;
}

void SnapshotBuilder::build(const Scenario& scenario, ByteUnit unit, Snapshot& snapshot) {
  snapshot.scenario = scenario;
  snapshot.unit = unit;
  snapshot.settings = settingsOf(snapshot.scenario);
  estimateInto(snapshot.scenario, snapshot.estimate);
  snapshot.limits = limitsOf(snapshot.scenario);
  buildSensitivity(snapshot);
  if (wantCurves)
    buildCurves(snapshot);
  else
    snapshot.curves.clear();
  if (wantColumns)
    buildColumns(snapshot);
  else
    snapshot.columns.clear();
}

void SnapshotBuilder::buildSensitivity(Snapshot& snapshot) {
  const Bytes now = snapshot.estimate.heaviest().device;
  Scenario more = snapshot.scenario;
  more.context = snapshot.settings.context + 1024;
  estimateInto(more, scratch_);
  snapshot.sensitivity.perThousandTokens = scratch_.heaviest().device - now;
  more.context = snapshot.scenario.context;
  more.batch = snapshot.settings.batch + 1;
  estimateInto(more, scratch_);
  snapshot.sensitivity.perSequence = scratch_.heaviest().device - now;
}

void SnapshotBuilder::buildColumns(Snapshot& snapshot) {
  snapshot.columns.resize(compared.size() + 1);
  snapshot.columns[0] = {snapshot.scenario, snapshot.estimate, snapshot.limits};
  for (std::size_t i = 0; i < compared.size(); ++i) {
    DeviceColumn& column = snapshot.columns[i + 1];
    column.scenario = snapshot.scenario;
    // As many of each as of the scenario's own, so that the layout over devices stays the one that was asked.
    column.scenario.devices = {compared[i]};
    if (!snapshot.scenario.devices.empty()) column.scenario.devices[0].count = snapshot.scenario.devices[0].count;
    estimateInto(column.scenario, column.estimate);
    column.limits = limitsOf(column.scenario);
  }
}

void SnapshotBuilder::buildCurves(Snapshot& snapshot) {
  const std::int64_t native = snapshot.scenario.model->maxContext;
  const std::int64_t top = std::max({kUsualTop, native, snapshot.settings.context});
  // A llama.cpp estimate replays a graph, so its curves get half the points.
  const bool dear = snapshot.settings.engine == Engine::llama_cpp;
  const std::vector<double> grid = contextGrid(top, dear ? kMaxIntervals / 2 : kMaxIntervals);
  const std::vector<KvFormats> formats = formatsToCompare(snapshot);
  snapshot.curves.resize(formats.size());
  Scenario at = snapshot.scenario;
  for (std::size_t f = 0; f < formats.size(); ++f) {
    ContextCurve& curve = snapshot.curves[f];
    curve.formats = formats[f];
    curve.current = f == 0;
    curve.contexts = grid;
    curve.kvBytes.clear();
    curve.deviceBytes.clear();
    if (f > 0) at.precision.kvCache = formats[f];
    for (double tokens : grid) {
      at.context = static_cast<std::int64_t>(tokens);
      estimateInto(at, scratch_);
      const RankEstimate& rank = scratch_.heaviest();
      curve.kvBytes.push_back(static_cast<double>(rank.ledger.bytes(ComponentId::kv_cache).value()));
      curve.deviceBytes.push_back(static_cast<double>(rank.device.value()));
    }
  }
}

}  // namespace headroom::ui
