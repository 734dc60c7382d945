// The list of families Headroom reads: model_type spellings and the function that describes one.
#pragma once

#include "core/sources/families/model_builder.h"

namespace headroom {

struct Family {
  std::string_view types;  // model_type spellings, parted by blanks
  void (*build)(ModelBuilder& builder, const Config& config);
};

// The family of a model_type; nullptr for an unknown one.
const Family* familyOf(std::string_view modelType);

// True where `types`, a list parted by blanks, holds `type`.
bool listed(std::string_view types, std::string_view type);

}  // namespace headroom
