// The ways of sharding a training job's states over data-parallel ranks: one row each, with what goes beside it.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/scenario/scenario.h"

namespace headroom {

// Whose program a way of sharding is.
enum class ShardingProgram : std::uint8_t { none = 0, zero = 1, fsdp = 2, distributed_optimizer = 4 };
constexpr ShardingProgram operator|(ShardingProgram a, ShardingProgram b) {
  return static_cast<ShardingProgram>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b));
}

struct ShardingRow {
  Sharding sharding{};
  ShardingProgram program{};
  Sharding
      besideStages{};  // the most that its program shards where there are pipeline stages; its own: they go together
  std::string_view stagesSource = {};
  // The farthest that its program moves parameters and states; nvme takes the host's memory in.
  OffloadTarget parameters{}, optimizer{};
  std::string_view offloadSource = {};
};

// One row per enumerator, in their order.
const ShardingRow& rowOf(Sharding sharding);

inline ShardingProgram programOf(Sharding sharding) {
  return rowOf(sharding).program;
}
// Whether the way of sharding is one of these programs'.
inline bool shardedBy(ShardingProgram programs, Sharding sharding) {
  return (static_cast<std::uint8_t>(programs) & static_cast<std::uint8_t>(programOf(sharding))) != 0;
}
std::string_view labelOf(ShardingProgram program);  // of one

}  // namespace headroom
