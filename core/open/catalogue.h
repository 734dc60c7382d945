// The models that come with Headroom (resources/catalogue/models.json), each with its source, and behind them a user's
// own (core/base/user_files.h). An entry of theirs whose id already names a model is refused with a warning: an id
// means the same everywhere.
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
  Parameters parameters;  // as published; `models --check` recounts it. 0: a user's entry that states none
  std::string config;     // the configuration as JSON text without blanks
  std::string source;     // address; of a user's entry without one, its file

  bool operator==(const CatalogueEntry&) const = default;
};

// All entries in the order of the files. Parsed on first use.
std::span<const CatalogueEntry> modelCatalogue();

// The entries of a catalogue's text, however it is laid out.
std::vector<CatalogueEntry> readModelCatalogue(std::string_view json);

// The entry with this id, label or alias (case-insensitive); nullptr for an unknown one.
const CatalogueEntry* findCatalogueModel(std::string_view id);

// The entry's model, built once and shared; an unknown id names the nearest known ones.
Result<std::shared_ptr<const Model>> catalogueModel(std::string_view id);

}  // namespace headroom
