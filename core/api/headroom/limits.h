// How far one knob can be turned until the device is full.
#pragma once

#include <cstdint>
#include <optional>

#include <headroom/scenario.h>

namespace headroom::api {

// The largest value that fits with everything else as asked; 0 where not even 1 fits; absent where no capacity is known
// or the knob does not apply.
struct Limits {
  std::optional<std::int64_t> batch;      // sequences held at once
  std::optional<std::int64_t> context;    // tokens per sequence
  std::optional<std::int64_t> rank;       // of LoRA adapters
  std::optional<std::int64_t> sequences;  // served at once at the asked context
};
Limits limits(const Scenario& scenario);

}  // namespace headroom::api
