// `engine_options` of a scenario file: options of the engine by its own names.
#pragma once

#include "core/base/json_reader.h"
#include "core/scenario/scenario.h"

namespace headroom {

// Moves options that are keys of the scenario to those keys, before the fields are read. Errors, at the option: the
// engine has none of this name, a value of another type, a key that says something else.
void takeEngineOptions(nlohmann::json& document, Problem& problem);

// One option with its value; dashes of its name count as underscores.
AskedOption askedOption(const std::string& name, const nlohmann::json& value);

// What is left of them, as the scenario holds it.
void readEngineOptions(ObjectReader& reader, std::string_view key, std::vector<AskedOption>& out);
nlohmann::ordered_json engineOptionsJson(const std::vector<AskedOption>& options);

}  // namespace headroom
