// What llama.cpp stops at: architectures that a build does not know yet, and contexts it does not make.
#pragma once

#include "core/estimate/estimate_context.h"
#include "core/estimate/serving/llama_cpp/run.h"

namespace headroom::llama {

// Whether the build, as printed, comes before the one that brought the architecture; a date or a release is taken as
// the newest.
bool precedesArchitecture(std::string_view printed, std::string_view architecture);

// Caches and sequences that the context of a run cannot have.
void diagnoseLimits(EstimateContext& context, const Run& run);

}  // namespace headroom::llama
