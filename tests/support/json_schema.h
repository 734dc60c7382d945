// Checks JSON against the schemas of resources/schema/: the part of JSON Schema 2020-12 that they use.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace headroom {

// What is wrong with the value, each with its JSON pointer; empty where nothing is. A keyword of the schema that is not
// understood is wrong too: nothing a schema says goes unchecked.
std::vector<std::string> schemaErrors(const nlohmann::json& value, const nlohmann::json& schema);

// A file of the source tree as JSON ("resources/schema/models.schema.json").
nlohmann::json sourceJson(const std::string& path);

}  // namespace headroom
