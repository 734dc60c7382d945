// What Liger-Kernel puts in place of the operators of a class in Transformers.
#pragma once

#include <string_view>

#include "core/scenario/settings.h"

namespace headroom {

struct LigerClass {
  std::string_view family;   // Hugging Face model_type
  int since = 0;             // its release: 0.5.10 is 510
  bool rotary = true;        // the rotary embedding too
  bool normsInPlace = true;  // the norms' backward writes over the incoming gradient
};

// Whether the fused loss is Liger's, which brings its other kernels with it.
bool lossOfLiger(const Settings& settings);

// nullptr: it has none for the class, which stays as it is.
const LigerClass* ligerClass(const Model& model);

// The release whose operators stand in a step's layers (0.8.3 is 803); 0: none does. Training code and loss are
// settled.
int ligerRelease(const Scenario& scenario, const Settings& settings);

}  // namespace headroom
