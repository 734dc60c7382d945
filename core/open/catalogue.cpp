#include "core/open/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "core/base/embedded_resource.h"
#include "core/base/nearest.h"
#include "core/formats/model_source.h"

namespace headroom {
namespace {

std::string folded(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

// One entry stands on one line with its configuration last, so that the index costs no parsing of configurations.
std::optional<CatalogueEntry> entryOf(std::string_view line) {
  constexpr std::string_view kConfig = ", \"config\": ";
  const std::size_t at = line.find(kConfig);
  if (at == std::string_view::npos) return std::nullopt;
  const nlohmann::json head = nlohmann::json::parse(std::string(line.substr(0, at)) + "}", nullptr, false);
  if (!head.is_object()) return std::nullopt;
  std::string_view config = line.substr(at + kConfig.size());
  config = config.substr(0, config.rfind('}'));
  CatalogueEntry e;
  e.id = head.value("id", "");
  e.label = head.value("label", "");
  e.family = head.value("family", "");
  e.aliases = head.value("aliases", std::vector<std::string>());
  e.parameters = Parameters(head.value("parameters", std::int64_t{0}));
  e.source = head.value("source", "");
  e.config = config;
  return e;
}

struct Catalogue {
  std::vector<CatalogueEntry> entries;
  std::map<std::string, std::size_t> byName;  // ids, labels and aliases, folded

  Catalogue() {
    const std::string_view text = embeddedResource("catalogue/models.json");
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      if (auto entry = entryOf(text.substr(at, end - at))) entries.push_back(std::move(*entry));
      at = end + 1;
    }
    // Ids come first: no alias or label hides one. The part after the slash is a name too, unless it names two.
    for (std::size_t i = 0; i < entries.size(); ++i) byName.emplace(folded(entries[i].id), i);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      byName.emplace(folded(entries[i].label), i);
      for (const std::string& alias : entries[i].aliases) byName.emplace(folded(alias), i);
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
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
    const std::string near = nearestModels(id);
    return fail(ErrorCode::unknown_name,
                near.empty()
                    ? fmt::format("No model in the catalogue is called \"{}\".", id.substr(0, 120))
                    : fmt::format("No model in the catalogue is called \"{}\". Near: {}.", id.substr(0, 120), near));
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
