// What values of engines' options mean as values of a scenario's keys.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace headroom {

// An engine's name of a way to draft ("EAGLE3", "draft-mtp", "NEXTN") in the scenario's words; empty where it is none
// that is known (medusa, dflash: heads of their own).
std::string draftMethodNamed(std::string_view name);

// The key's value for an option that is read so (launch_options.schema.json, "reads"); null: as if nothing was said.
// Nothing where the value cannot be read.
std::optional<nlohmann::json> keyValue(std::string_view reads, const nlohmann::json& asked);

}  // namespace headroom
