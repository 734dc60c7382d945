// Where models come from: a Hugging Face config.json, a checkpoint's headers, a GGUF header, or bare dimensions.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/model/model.h"
#include "core/model/model_reference.h"

namespace headroom {

// The model a Hugging Face configuration describes; `where` names the source in errors, `name` becomes the id.
// An unknown model_type with the usual keys is read as a generic decoder and says so in Model::notes.
Result<Model> modelFromConfig(std::string_view json, std::string_view name, std::string_view where);

// Reads a config.json, a folder with one, a *.safetensors (or its index), or a *.gguf. Reads headers only.
Result<Model> modelFromFile(const std::string& path);

// A decoder of bare dimensions; what is missing is derived (reference: Llama) and noted. A given parameter count wins.
Result<Model> modelFromDimensions(const DimensionsModel& dimensions);

}  // namespace headroom
