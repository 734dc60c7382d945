// The models that come with Headroom (resources/catalogue/models.json), each with its source.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/model/model.h"

namespace headroom {

struct CatalogueEntry {
  std::string id;      // Hugging Face id
  std::string label;   // "Llama 3.1 8B"
  std::string family;  // group in the picker: "Llama", "Qwen", …
  std::vector<std::string> aliases;
  Parameters parameters;  // as published; `models --check` recounts it
  std::string config;     // the configuration as JSON text
  std::string source;     // address
};

// All entries in the order of the file. Parsed on first use.
std::span<const CatalogueEntry> modelCatalogue();

// The entry with this id, label or alias (case-insensitive); nullptr for an unknown one.
const CatalogueEntry* findCatalogueModel(std::string_view id);

// The entry's model, built once and shared; an unknown id names the nearest known ones.
Result<std::shared_ptr<const Model>> catalogueModel(std::string_view id);

}  // namespace headroom
