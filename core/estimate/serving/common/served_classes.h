// Which models a serving engine has a class for, release by release (resources/catalogue/served_classes.json). Others
// run by Transformers' own code, if at all, and by rules that are not known here.
#pragma once

#include <cstdint>

#include "core/estimate/estimate_context.h"

namespace headroom {

enum class ServedBy : std::uint8_t {
  own,      // the engine's class, or nobody knows the model's
  generic,  // what code of Transformers the engine can wrap
  nothing,  // the engine stops: it has no class, and what wraps others came later or cannot wrap this one
};
ServedBy servedBy(const Model& model, const Settings& settings);

// Says where the asked release has no class of its own for the model.
void diagnoseClass(EstimateContext& context);

}  // namespace headroom
