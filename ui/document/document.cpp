#include "ui/document/document.h"

#include <QFileInfo>

#include "core/base/text_file.h"
#include "core/formats/model_source.h"
#include "core/open/catalogue.h"
#include "core/open/hub/hub.h"
#include "core/open/scenario_json.h"
#include "core/scenario/choices.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"
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
  if (!waited_) return;
  rebuild();
  Q_EMIT changed(snapshot_);
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
  builder_.hurried = inGesture_;
  waited_ = inGesture_ && rowOf(settingsOf(scenario).engine).replaysGraph;
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
  setModel({FileModel{path.toStdString()}, std::make_shared<const Model>(std::move(*model))});
  return {};
}

void Document::setModel(const NamedModel& named) {
  edit(Field::model, [&](Scenario& s) { chooseModel(s, named.reference, named.model); });
}

// Gives a reference its model without asking the network: from the steps that can be undone, the catalogue, the disk,
// or the copy that was kept of the hub's.
Result<NamedModel> Document::withModel(NamedModel named) const {
  if (named.model) return named;
  for (int i = undo_.count(); i-- > 0 && !named.model;)
    named.model = static_cast<const EditScenario*>(undo_.command(i))->modelOf(named.reference);
  if (named.model) return named;
  Result<Model> model = fail(ErrorCode::not_found, "The original is not at hand.");
  if (const auto* m = std::get_if<CatalogueModel>(&named.reference)) {
    auto known = catalogueModel(m->id);
    if (!known) return tl::unexpected(known.error());
    named.model = *known;
    return named;
  }
  if (const auto* m = std::get_if<FileModel>(&named.reference)) model = modelFromFile(m->path);
  if (const auto* m = std::get_if<HubModel>(&named.reference)) {
    HubOptions kept = hubOptionsFromEnvironment();
    kept.offline = true;
    model = modelFromHub(m->id, m->revision, kept);
  }
  if (!model) return tl::unexpected(model.error());
  named.model = std::make_shared<const Model>(std::move(*model));
  return named;
}

Result<void> Document::setDimension(Dimension dimension, std::optional<std::int64_t> value) {
  const auto edited =
      withDimension(scenario().reference, *scenario().model, dimension, value).and_then([this](const NamedModel& m) {
        return withModel(m);
      });
  if (!edited) return tl::unexpected(edited.error());
  edit(Field::dimensions, [&](Scenario& s) { exchangeModel(s, edited->reference, edited->model); });
  return {};
}

Result<void> Document::restoreModel() {
  const auto original = originalOf(scenario().reference);
  if (!original) return {};
  const auto whole = withModel(*original);
  if (!whole) return tl::unexpected(whole.error());
  edit(Field::dimensions, [&](Scenario& s) { exchangeModel(s, whole->reference, whole->model); });
  return {};
}

Result<ReadRecipe> Document::importRecipe(const QString& path) {
  const Result<std::string> text = readTextFile(path.toStdString());
  if (!text) return tl::unexpected(text.error());
  Result<ReadRecipe> recipe = readRecipe(*text, path.toStdString(), QFileInfo(path).absolutePath().toStdString());
  if (!recipe) return recipe;
  const Result<Scenario> read = scenarioOfRecipe(*recipe, scenario());
  if (!read) return tl::unexpected(read.error());
  edit(Field::recipe, [&](Scenario& s) { s = *read; });
  return recipe;
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
