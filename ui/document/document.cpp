#include "ui/document/document.h"

#include <QFileInfo>

#include "core/scenario/scenario_json.h"
#include "core/sources/catalogue.h"
#include "core/sources/model_source.h"
#include "ui/document/edit_scenario.h"

namespace headroom::ui {
namespace {

constexpr qint64 kStepPauseMs = 600;  // a longer silence between two key presses starts a new undo step
constexpr int kUndoLimit = 500;

}  // namespace

Scenario workedExample() {
  Scenario s;
  s.reference = CatalogueModel{"meta-llama/Llama-3.1-8B"};
  s.context = 8192;
  s.devices.emplace_back().accelerator = "rtx-4090";
  if (!resolve(s)) s.model = std::make_shared<const Model>();
  return s;
}

Document::Document(QObject* parent) : QObject(parent) {
  undo_.setUndoLimit(kUndoLimit);
  connect(&undo_, &QUndoStack::cleanChanged, this, [this] { Q_EMIT modifiedChanged(isModified()); });
  snapshot_.scenario = workedExample();
  rebuild();
}

void Document::edit(Field field, const std::function<void(Scenario&)>& change) {
  if (!inGesture_) ++gesture_;
  push(field, change);
}

void Document::editStepwise(Field field, const std::function<void(Scenario&)>& change) {
  const bool goesOn = sinceStep_.isValid() && sinceStep_.elapsed() < kStepPauseMs && lastField_ == field;
  if (!inGesture_ && !goesOn) ++gesture_;
  push(field, change);
  sinceStep_.restart();
}

void Document::beginGesture() {
  ++gesture_;
  inGesture_ = true;
}

void Document::endGesture() {
  inGesture_ = false;
}

void Document::push(Field field, const std::function<void(Scenario&)>& change) {
  Scenario after = snapshot_.scenario;
  change(after);
  if (after == snapshot_.scenario) return;
  sinceStep_.invalidate();
  lastField_ = field;
  undo_.push(new EditScenario(*this, field, gesture_, snapshot_.scenario, std::move(after)));
}

void Document::apply(const Scenario& scenario) {
  snapshot_.scenario = scenario;
  rebuild();
  Q_EMIT changed(snapshot_);
}

void Document::rebuild() {
  const Scenario scenario = snapshot_.scenario;
  builder_.build(scenario, snapshot_.unit, snapshot_);
}

Result<void> Document::open(const QString& path) {
  Result<Scenario> scenario = readScenarioFile(path.toStdString());
  if (!scenario) return tl::unexpected(scenario.error());
  reset(std::move(*scenario), path);
  return {};
}

Result<void> Document::openModel(const QString& path) {
  Result<Model> model = modelFromFile(path.toStdString());
  if (!model) return tl::unexpected(model.error());
  auto shared = std::make_shared<const Model>(std::move(*model));
  edit(Field::model, [&](Scenario& s) {
    s.reference = FileModel{path.toStdString()};
    s.model = shared;
    s.precision.weights.reset();
  });
  return {};
}

Result<void> Document::save(const QString& path) {
  if (Result<void> written = writeScenarioFile(snapshot_.scenario, path.toStdString()); !written) return written;
  const bool moved = path != path_;
  path_ = path;
  dirtyFromStart_ = false;
  undo_.setClean();
  if (moved) Q_EMIT pathChanged(path_);
  Q_EMIT modifiedChanged(false);
  return {};
}

void Document::reset(Scenario scenario, const QString& path, bool modified) {
  undo_.clear();
  path_ = path;
  dirtyFromStart_ = modified;
  apply(scenario);
  Q_EMIT pathChanged(path_);
  Q_EMIT modifiedChanged(isModified());
}

QString Document::title() const {
  return path_.isEmpty() ? tr("Untitled") : QFileInfo(path_).fileName();
}

void Document::setUnit(ByteUnit unit) {
  if (snapshot_.unit == unit) return;
  snapshot_.unit = unit;
  Q_EMIT changed(snapshot_);
}

void Document::setCompared(std::vector<DeviceRequest> devices) {
  if (builder_.compared == devices) return;
  builder_.compared = std::move(devices);
  rebuild();
  Q_EMIT changed(snapshot_);
}

Snapshot Document::fullSnapshot() const {
  SnapshotBuilder builder;
  builder.compared = builder_.compared;
  builder.wantColumns = builder.wantCurves = true;
  Snapshot snapshot;
  builder.build(scenario(), snapshot_.unit, snapshot);
  return snapshot;
}

void Document::setWanted(bool columns, bool curves) {
  if (builder_.wantColumns == columns && builder_.wantCurves == curves) return;
  builder_.wantColumns = columns;
  builder_.wantCurves = curves;
  rebuild();
  Q_EMIT changed(snapshot_);
}

}  // namespace headroom::ui
