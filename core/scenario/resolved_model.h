// `resolved_model`: the description of a model that a saved scenario carries, so that it gives the same numbers after
// the catalogue or the file has changed. Internal to core/scenario.
#pragma once

#include <nlohmann/json.hpp>

#include "core/model/model.h"
#include "core/result.h"
#include "core/scenario/json_reader.h"

namespace headroom {

Result<Model> readResolvedModel(const nlohmann::json& value, Problem& problem);
nlohmann::ordered_json writeResolvedModel(const Model& model);

}  // namespace headroom
