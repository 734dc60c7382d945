// What somebody gave to say which model is meant: a name of the catalogue, a path, a hub id, the address of a model
// page, or a configuration as text.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/model_reference.h"

namespace headroom {

struct ModelInput {
  enum class Kind {
    nothing,        // blank
    catalogue,      // a model of the catalogue, by id, label or alias
    file,           // a file that exists
    folder,         // a folder that exists
    missing,        // looks like a path, but nothing is there
    hub,            // a hub id or address; `reference` says of what revision and file
    configuration,  // JSON that could be a configuration
    unfinished,     // begins like JSON but does not parse; `detail` says where
    scenario,       // JSON of a scenario, not of a model
    unknown,        // none of these; `detail` says why it is no hub id
  };
  Kind kind = Kind::nothing;
  std::optional<ModelReference> reference;  // what to open; set for catalogue, file, folder, hub and configuration
  std::string detail;
};

// Recognises it. Looks at the disk to tell paths from hub ids, reads no file and asks no network. A catalogue name wins
// over a path, a path over a hub id; "org/name@main" always means the hub.
ModelInput recogniseModel(std::string_view text);

// True for JSON that is a model's configuration, or a params.json, and no scenario.
bool looksLikeConfiguration(const nlohmann::json& document);

}  // namespace headroom
