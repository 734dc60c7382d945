// `resolved_model`: the description of a model that a saved scenario carries, so that it gives the same numbers after
// the catalogue or the file has changed. It holds the configuration and, for checkpoints, what their files store:
//   {"id", "source", "config", "notes", "stored": {"bytes", "kinds": [{"layers": [0, 1], "formats": ["q4_k", …]}],
//   "globals": […], …}}
// Formats stand in the order of the tensors. Internal to core/open.
#pragma once

#include <nlohmann/json.hpp>

#include "core/base/json_reader.h"
#include "core/base/result.h"
#include "core/model/model.h"

namespace headroom {

Result<Model> readResolvedModel(const nlohmann::json& value, Problem& problem);
nlohmann::ordered_json writeResolvedModel(const Model& model);

// What two descriptions of one model disagree on, as the end of a sentence; empty where they agree.
std::string differenceOf(const Model& saved, const Model& known);

}  // namespace headroom
