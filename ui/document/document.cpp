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
#include "ui/document/edit_work.h"
#include "ui/document/work_file.h"

namespace headroom::ui {
namespace {

constexpr qint64 kStepPauseMs = 600;  // a longer silence between two key presses starts a new undo step
constexpr int kUndoLimit = 500;

Work workOf(Scenario scenario, const Work& usual) {
  Work work;
  work.scenarios.push_back(std::make_shared<const Scenario>(std::move(scenario)));
  work.compared = usual.compared;
  work.panels = usual.panels;
  return work;
}

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
  work_ = saved_ = workOf(workedExample(), usual_);
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
  Scenario scenario = work_.shown();
  change(scenario);
  if (scenario == work_.shown()) return;
  Work after = work_;
  after.scenarios[after.current] = std::make_shared<const Scenario>(std::move(scenario));
  sinceStep_.invalidate();
  lastField_ = field;
  undo_.push(new EditWork(*this, field, gesture_, work_, std::move(after)));
}

void Document::editWork(Field field, const QString& title, const std::function<void(Work&)>& change, bool goesOn) {
  Work after = work_;
  change(after);
  if (after == work_) return;
  if (!goesOn) ++gesture_;
  sinceStep_.invalidate();
  lastField_ = field;
  undo_.push(new EditWork(*this, field, gesture_, work_, std::move(after), title));
}

void Document::apply(const Work& work) {
  work_ = work;
  rebuild();
  Q_EMIT changed(snapshot_);
  noteModified();
}

void Document::noteModified() {
  if (modified_ == isModified()) return;
  modified_ = !modified_;
  Q_EMIT modifiedChanged(modified_);
}

void Document::rebuild() {
  builder_.compared = work_.compared;
  const ScenarioPointer shown = work_.scenarios[work_.current];
  const Scenario& scenario = *shown;
  builder_.hurried = inGesture_;
  waited_ = inGesture_ && rowOf(settingsOf(scenario).engine).replaysGraph;
  builder_.build(work_, snapshot_.unit, snapshot_);
}

Result<void> Document::open(const QString& path) {
  Result<Work> work = readWorkFile(path.toStdString(), usual_);
  if (!work) return tl::unexpected(work.error());
  reset(std::move(*work), path);
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
    named.model = static_cast<const EditWork*>(undo_.command(i))->modelOf(named.reference);
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

Result<void> Document::save(const QString& path) {
  if (const Result<bool> saved = saveTo(path, std::nullopt); !saved) return tl::unexpected(saved.error());
  return {};
}

Result<bool> Document::saveUnchanged() {
  return saveTo(path_, file_);
}

Result<bool> Document::saveTo(const QString& path, std::optional<FileStamp> expected) {
  Result<bool> written = writeFileUnchanged(path.toStdString(), writeWork(work_, usual_), expected);
  if (!written || !*written) return written;
  file_ = expected;
  const bool moved = path != path_;
  path_ = path;
  dirtyFromStart_ = false;
  saved_ = work_;
  undo_.setClean();
  if (moved) Q_EMIT pathChanged(path_);
  modified_ = false;
  Q_EMIT modifiedChanged(false);
  return true;
}

void Document::reset(Scenario scenario, const QString& path, bool modified) {
  reset(workOf(std::move(scenario), usual_), path, modified);
}

void Document::reset(Work work, const QString& path, bool modified) {
  undo_.clear();
  path_ = path;
  file_ = work.file;
  dirtyFromStart_ = modified;
  saved_ = work;
  apply(work);
  modified_ = isModified();
  Q_EMIT pathChanged(path_);
  Q_EMIT modifiedChanged(modified_);
}

void Document::setUsual(std::vector<DeviceRequest> compared, const QStringList& panels) {
  usual_.compared = saved_.compared = work_.compared = std::move(compared);
  usual_.panels = saved_.panels = work_.panels = panels;
  rebuild();
  Q_EMIT changed(snapshot_);
}

QString Document::title() const {
  return path_.isEmpty() ? tr("Untitled") : QFileInfo(path_).fileName();
}

void Document::retranslate() {
  for (int i = 0; i < undo_.count(); ++i)
    static_cast<EditWork*>(const_cast<QUndoCommand*>(undo_.command(i)))
        ->retitle();  // the document's are all of this kind
  rebuild();
}

void Document::setUnit(ByteUnit unit) {
  if (snapshot_.unit == unit) return;
  snapshot_.unit = unit;
  Q_EMIT changed(snapshot_);
}

void Document::setCompared(std::vector<DeviceRequest> devices) {
  editWork(Field::compared, {}, [&](Work& w) { w.compared = std::move(devices); });
}

void Document::setPanels(const QStringList& open) {
  editWork(Field::panels, {}, [&](Work& w) { w.panels = open; });
}

void Document::ask(const QString& title, const std::function<void(Asked&)>& change) {
  editWork(Field::asked, title, [&](Work& w) { change(w.asked); });
}

void Document::askStepwise(const QString& title, const std::function<void(Asked&)>& change) {
  const bool goesOn = sinceStep_.isValid() && sinceStep_.elapsed() < kStepPauseMs && lastField_ == Field::asked &&
                      undo_.undoText() == title;
  editWork(
      Field::asked, title, [&](Work& w) { change(w.asked); }, goesOn);
  sinceStep_.restart();
}

Snapshot Document::fullSnapshot() const {
  SnapshotBuilder builder;
  builder.compared = work_.compared;
  builder.wantColumns = builder.wantCurves = builder.wantScenarios = true;
  Snapshot snapshot;
  builder.build(work_, snapshot_.unit, snapshot);
  return snapshot;
}

void Document::setWanted(bool columns, bool curves, bool scenarios) {
  if (builder_.wantColumns == columns && builder_.wantCurves == curves && builder_.wantScenarios == scenarios) return;
  builder_.wantScenarios = scenarios;
  builder_.wantColumns = columns;
  builder_.wantCurves = curves;
  rebuild();
  Q_EMIT changed(snapshot_);
}

}  // namespace headroom::ui
