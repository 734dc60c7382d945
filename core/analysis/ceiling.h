// The ceiling that memory bandwidth puts on generation. No engine is faster, and most are well below it: it is not a
// prediction of speed, and is called a ceiling wherever it is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"

namespace headroom {

// To make its next token a sequence must read every weight it uses and all of its cache, so a step of `sequences`
// takes at least as long as reading these bytes. The caches are full; of a router's experts those of one token count,
// of an embedding its rows do not.
struct Ceiling {
  double tokensPerSecond = 0;     // of all sequences together: tokens ÷ ((weights + cache) ÷ bandwidth)
  std::int64_t tokens = 0;        // of one step: the sequences, times one more than a draft proposes
  Bytes weights, cache;           // bytes read in a step, one device after the other where each has whole layers
  double gigabytesPerSecond = 0;  // of one device
};
constexpr std::string_view kCeilingFormula = "tokens of a step × bandwidth ÷ (bytes of weights + bytes of cache)";

// `estimate` is the scenario's own. Nothing for training, for what does not generate, and where no bandwidth is known.
std::optional<Ceiling> decodeCeiling(const Scenario& scenario, const Estimate& estimate,
                                     std::optional<double> gigabytesPerSecond);

}  // namespace headroom
