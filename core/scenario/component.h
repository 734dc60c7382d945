// What memory is spent on: the parts of every estimate, and the names a calibration gives them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace headroom {

// The fixed component ids of the estimate JSON (DESIGN 3.1); `output` occurs in host ledgers only.
enum class ComponentId : std::uint8_t {
  weights,
  adapters,
  kv_cache,
  state_cache,
  activations,
  logits,
  gradients,
  optimizer_states,
  master_weights,
  communication,
  workspace,
  cuda_graphs,
  runtime,
  fragmentation,
  output,
};
constexpr std::size_t kComponentCount = 15;

// Returns the stable id ("kv_cache") and the name people read ("KV cache").
std::string_view idOf(ComponentId id);
std::string_view nameOf(ComponentId id);

}  // namespace headroom
