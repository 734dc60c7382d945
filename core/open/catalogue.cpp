#include "core/open/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cctype>
#include <map>
#include <mutex>

#include "core/base/catalogue_row.h"
#include "core/base/embedded_resource.h"
#include "core/base/nearest.h"
#include "core/base/printable.h"
#include "core/base/simdjson_text.h"
#include "core/formats/model_source.h"
#include "core/open/hub/hub.h"
#include "core/open/own_models.h"

namespace headroom {
namespace {

std::string folded(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

CatalogueEntry entryOf(CatalogueRow& row) {
  CatalogueEntry e;
  e.id = row.text("id");
  e.label = row.text("label");
  e.family = row.text("family");
  e.aliases = row.texts("aliases");
  e.parameters = Parameters(row.count("parameters").value_or(0));
  e.source = row.text("source");
  e.config = row.object("config");
  return e;
}

// What a user's entry leaves out is taken from what it has.
CatalogueEntry userEntryOf(CatalogueRow& row, const std::string& path) {
  CatalogueEntry e = entryOf(row);
  if (e.id.empty()) row.refuse("A model needs an \"id\".");
  if (e.config.empty()) row.refuse("A model needs a \"config\": the content of its config.json.");
  row.refuseOtherKeys();
  // What could not be estimated is not listed either.
  if (row.wrong().empty())
    if (const auto model = modelFromConfig(e.config, e.id, path); !model) row.refuse(model.error().message);
  if (e.label.empty()) e.label = e.id;
  if (e.family.empty()) e.family = "Own models";
  if (e.source.empty()) e.source = path;
  return e;
}

struct Catalogue {
  std::vector<CatalogueEntry> entries;
  std::map<std::string, std::size_t> byName;  // ids, labels and aliases, folded

  Catalogue() : entries(readModelCatalogue(embeddedResource("catalogue/models.json"))) {
    nameFrom(0);
    const std::size_t shipped = entries.size();
    forEachUserRow(userFiles(), "models", [&](CatalogueRow& row, simdjson::dom::object, const std::string& path) {
      CatalogueEntry e = userEntryOf(row, path);
      for (std::size_t i = shipped; i < entries.size(); ++i)
        if (folded(entries[i].id) == folded(e.id)) row.refuse(taken(e.id, entries[i]));
      if (const auto at = byName.find(folded(e.id)); at != byName.end()) row.refuse(taken(e.id, entries[at->second]));
      if (row.wrong().empty()) entries.push_back(std::move(e));
    });
    nameFrom(shipped);
  }

 private:
  static std::string taken(std::string_view id, const CatalogueEntry& owner) {
    return fmt::format("\"{}\" already names {}; give this model an id of its own.", id, owner.label);
  }

  // Ids come first: no alias or label hides one. The part after the slash is a name too, unless it names two. What has
  // a name already keeps it.
  void nameFrom(std::size_t first) {
    for (std::size_t i = first; i < entries.size(); ++i) byName.emplace(folded(entries[i].id), i);
    for (std::size_t i = first; i < entries.size(); ++i) {
      byName.emplace(folded(entries[i].label), i);
      for (const std::string& alias : entries[i].aliases) byName.emplace(folded(alias), i);
    }
    for (std::size_t i = first; i < entries.size(); ++i) {
      byName.emplace(folded(entries[i].id.substr(entries[i].id.find('/') + 1)), i);
      for (const std::string& alias : entries[i].aliases) byName.emplace(folded(alias.substr(alias.find('/') + 1)), i);
    }
  }
};

const Catalogue& catalogue() {
  static const Catalogue kCatalogue;
  return kCatalogue;
}

std::string nearestModels(std::string_view id) {
  const std::string name = folded(id);
  std::vector<std::pair<std::size_t, std::size_t>> ranked;  // distance, entry
  for (const auto& [known, entry] : catalogue().byName) {
    std::size_t d = editDistance(name, known);
    if (!name.empty() && known.find(name) != std::string::npos) d = std::min<std::size_t>(d, 1);
    ranked.emplace_back(d, entry);
  }
  std::sort(ranked.begin(), ranked.end());
  std::string text;
  std::vector<std::size_t> named;
  for (const auto& [d, entry] : ranked) {
    if (named.size() == 3 || d > std::max<std::size_t>(4, name.size() / 2)) break;
    if (std::find(named.begin(), named.end(), entry) != named.end()) continue;
    text += (named.empty() ? "" : ", ") + catalogue().entries[entry].id;
    named.push_back(entry);
  }
  return text;
}

}  // namespace

std::vector<CatalogueEntry> readModelCatalogue(std::string_view json) {
  simdjson::dom::parser parser;
  const auto file = readOwnText<simdjson::dom::object>(parser, json);
  std::vector<CatalogueEntry> entries;
  for (CatalogueRow& row : catalogueRows(file, "models")) {
    entries.push_back(entryOf(row));
    assert(row.wrong().empty());
  }
  return entries;
}

std::vector<CatalogueEntry> readOwnModels(std::span<const UserFile> files) {
  std::vector<CatalogueEntry> entries;
  forEachUserRow(files, "models", [&](CatalogueRow& row, simdjson::dom::object, const std::string& path) {
    CatalogueEntry e = userEntryOf(row, path);
    if (row.wrong().empty()) entries.push_back(std::move(e));
  });
  return entries;
}

std::span<const CatalogueEntry> modelCatalogue() {
  return catalogue().entries;
}

const CatalogueEntry* findCatalogueModel(std::string_view id) {
  const auto it = catalogue().byName.find(folded(id));
  return it == catalogue().byName.end() ? nullptr : &catalogue().entries[it->second];
}

Result<std::shared_ptr<const Model>> catalogueModel(std::string_view id) {
  const CatalogueEntry* entry = findCatalogueModel(id);
  if (entry == nullptr) {
    const std::string near = nearestModels(id), named = printable(withoutUserInfo(id), 120);
    return fail(ErrorCode::unknown_name,
                near.empty() ? fmt::format("No model in the catalogue is called \"{}\".", named)
                             : fmt::format("No model in the catalogue is called \"{}\". Near: {}.", named, near));
  }
  static std::mutex mutex;
  static std::map<const CatalogueEntry*, std::shared_ptr<const Model>> built;
  const std::lock_guard lock(mutex);
  std::shared_ptr<const Model>& model = built[entry];
  if (!model) {
    auto made = modelFromConfig(entry->config, entry->id, entry->source);
    if (!made) return tl::unexpected(made.error());
    made->label = entry->label;
    model = std::make_shared<const Model>(std::move(*made));
  }
  return model;
}

}  // namespace headroom
