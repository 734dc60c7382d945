// The classes of Transformers as rows of a table (resources/catalogue/classes.json): which tensors a class builds,
// their shapes in its configuration's own keys, and under which conditions.
#pragma once

#include "core/formats/config/families/model_builder.h"

namespace headroom {

// The row for what a file names; empty where the table has none. Without a class in the file, or with one the table
// does not know, the type's usual class; the second is noted.
std::string classRowOf(const Config& config, std::string_view modelType);

// The key of the nested configuration that the named class is built from alone ("text_config" for Qwen3_5ForCausalLM in
// a qwen3_5 file); empty where the class takes the whole file.
std::string textPartOf(const Config& config, std::string_view modelType);

// A list with an entry per layer that a file leaves out, as its class fills it in ("layer_types"); empty where the
// class has none or nothing is known of it.
std::vector<std::string> listByRule(const Config& config, std::string_view key, std::int64_t layers);

// Whether a traced training step of the type's usual class agrees with what its tensors say of it; nothing where none
// was traced.
std::optional<bool> stepAgrees(std::string_view modelType);

// What a row is of the model that is built.
enum class ClassPart : std::uint8_t {
  whole,
  body,   // without the output embedding, which the larger class has
  tower,  // of images or sound: no layers of the language model
};

// Builds what the row lists. Returns false where the table has no such row.
bool buildClass(ModelBuilder& builder, const Config& config, std::string_view row, std::string_view prefix = "",
                ClassPart part = ClassPart::whole);

}  // namespace headroom
