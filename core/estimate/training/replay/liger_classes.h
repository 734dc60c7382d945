// What Liger-Kernel puts in place of the operators of a class in Transformers.
#pragma once

#include "core/estimate/training/run.h"

namespace headroom::training {

struct LigerClass {
  std::string_view family;   // Hugging Face model_type
  int since = 0;             // its release: 0.5.10 is 510
  bool rotary = true;        // the rotary embedding too
  bool normsInPlace = true;  // the norms' backward writes over the incoming gradient
};

// nullptr: it has none for the class, which stays as it is.
const LigerClass* ligerClass(const Model& model);

// The release whose operators stand in a run's layers (0.8.3 is 803); 0: none does.
int ligerOf(const Run& run);

}  // namespace headroom::training
