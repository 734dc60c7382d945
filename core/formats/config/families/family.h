// The list of families Headroom reads, and what to do with one it does not know.
#pragma once

#include "core/formats/config/families/model_builder.h"

namespace headroom {

struct Family {
  std::string_view types;  // model_type spellings, parted by blanks
  void (*build)(ModelBuilder& builder, const Config& config);
};

// The family with a description of its own; nullptr for ordinary decoders and unknown types.
const Family* familyOf(std::string_view modelType);

// Builds a model of a type that is a family or a row of the decoder table, whichever class the file names. False, and
// nothing built, for other types.
bool buildDescribed(ModelBuilder& builder, const Config& config, std::string_view modelType);

// Builds the language model of this model_type: a family of its own, a row of the decoder table, or, noted as assumed,
// an ordinary decoder. `tied` overrides the configuration's own flag.
void buildText(ModelBuilder& builder, const Config& config, std::string_view modelType, std::optional<bool> tied = {});

// The configuration's model_type; where it is absent, the one its architectures name; empty where neither says.
std::string modelTypeOf(const Config& config);

// True where `types`, a list parted by blanks, holds `type`.
bool listed(std::string_view types, std::string_view type);

}  // namespace headroom
