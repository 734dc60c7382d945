// From the names in a scenario to what they mean: the model and the catalogue entries of the devices.
#include <fmt/format.h>

#include <filesystem>

#include "core/formats/model_source.h"
#include "core/open/catalogue.h"
#include "core/open/hub/hub.h"
#include "core/open/resolved_model.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

using ModelResult = Result<std::shared_ptr<const Model>>;

ModelResult shared(Result<Model> model) {
  if (!model) return tl::unexpected(std::move(model.error()));
  return std::make_shared<const Model>(std::move(*model));
}

struct Resolver {
  const std::string& folder;
  ModelCache* cache;
  const HubOptions* hub;

  ModelResult operator()(const CatalogueModel& m) const { return catalogueModel(m.id); }
  ModelResult operator()(const FileModel& m) const {
    const std::filesystem::path path(m.path);
    return shared(
        modelFromFile(path.is_absolute() || folder.empty() ? m.path : (std::filesystem::path(folder) / path).string()));
  }
  // Without the network an id of the catalogue is still known; a scenario that was saved carries its model.
  ModelResult operator()(const HubModel& m) const {
    ModelResult model = shared(modelFromHub(m.id, m.revision, hub != nullptr ? *hub : hubOptionsFromEnvironment()));
    if (model || model.error().code != ErrorCode::network || findCatalogueModel(m.id) == nullptr) return model;
    const ModelResult known = catalogueModel(m.id);
    if (!known) return known;
    auto copy = std::make_shared<Model>(**known);
    copy->notes.push_back(fmt::format("The hub was not asked ({}); this is the catalogue's own description of {}.",
                                      model.error().message, m.id));
    return copy;
  }
  ModelResult operator()(const ConfigModel& m) const {
    const std::string key = m.name + '\n' + m.config;
    if (cache != nullptr)
      if (auto known = cache->find(key)) return known;
    ModelResult model = shared(modelFromConfig(m.config, m.name.empty() ? "config" : m.name, "/model/config"));
    if (model && cache != nullptr) cache->keep(key, *model);
    return model;
  }
  ModelResult operator()(const DimensionsModel& m) const { return shared(modelFromDimensions(m)); }
};

}  // namespace

std::shared_ptr<const Model> ModelCache::find(const std::string& key) const {
  const auto at = models_.find(key);
  return at == models_.end() ? nullptr : at->second;
}

void ModelCache::keep(const std::string& key, std::shared_ptr<const Model> model) {
  // A stream of scenarios may have another model on every line, and each as long as a line may be.
  constexpr std::size_t kMost = 256, kLongest = 256 << 10;
  if (key.size() > kLongest) return;
  if (models_.size() >= kMost) models_.clear();
  models_.emplace(key, std::move(model));
}

Result<void> resolve(Scenario& scenario, const std::string& folder, ModelCache* cache, const HubOptions* hub) {
  if (auto& s = scenario.speculative; s && s->reference && s->model == nullptr) {
    ModelResult draft = std::visit(Resolver{folder, cache, hub}, *s->reference);
    if (!draft) {
      if (!draft.error().where.starts_with("/")) draft.error().where = "/speculative/model";
      return tl::unexpected(std::move(draft.error()));
    }
    s->model = std::move(*draft);
  }
  for (DeviceRequest& d : scenario.devices) {
    d.entry = d.accelerator.empty() ? nullptr : findAccelerator(d.accelerator);
    if (d.entry == nullptr) continue;
    // A card that was resolved before is called by its id, and keeps what it was asked for by.
    if (auto others = d.memory ? decltype(d.otherSizes){} : otherSizes(d.accelerator); !others.empty())
      d.calledAs = d.accelerator, d.otherSizes = std::move(others);
    d.accelerator = d.entry->id;  // of an alias: one name behind every door
  }
  if (scenario.model == nullptr) {
    ModelResult model = std::visit(Resolver{folder, cache, hub}, scenario.reference);
    if (!model) return tl::unexpected(std::move(model.error()));
    scenario.model = std::move(*model);
  } else if (const auto* named = std::get_if<CatalogueModel>(&scenario.reference)) {
    const ModelResult today = catalogueModel(named->id);
    const std::string difference = today ? differenceOf(*scenario.model, **today) : std::string();
    if (!difference.empty())
      scenario.notes.push_back(
          fmt::format("The file's own description of {} is used; the catalogue now has {}.", named->id, difference));
  }
  return {};
}

}  // namespace headroom
