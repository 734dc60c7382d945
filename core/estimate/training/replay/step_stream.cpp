#include "core/estimate/training/replay/step_stream.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace headroom::training {
namespace {

// The first step makes the optimizer's states, and the second finds the blocks that the first has left in their way;
// from the third on nothing new is asked for.
constexpr int kSteps = 3;

// One pool per stream.
class Pools {
 public:
  explicit Pools(bool expandable) : allocators_(kStreams, CachingAllocator(expandable)) {}

  void stay(std::int64_t bytes) { allocators_.front().allocate(bytes); }
  void restart() { blocks_.clear(); }
  void replay(std::span<const std::int64_t> events) {
    for (const std::int64_t event : events) {
      if (event >= 0) {
        const auto stream = static_cast<std::size_t>(event >> kStreamShift) % kStreams;
        const std::int64_t bytes = bytesOfEvent(event);
        blocks_.push_back({stream, bytes > 0 ? allocators_[stream].allocate(bytes) : -1});
        continue;
      }
      Held& held = blocks_[static_cast<std::size_t>(-1 - event)];
      if (held.block >= 0) allocators_[held.stream].free(std::exchange(held.block, -1));
    }
  }
  // Whether all that came since restart() has gone.
  bool empty() const {
    return std::ranges::all_of(blocks_, [](const Held& held) { return held.block < 0; });
  }
  std::int64_t reserved() const {
    std::int64_t all = 0;
    for (const CachingAllocator& a : allocators_) all += a.reserved();
    return all;
  }

 private:
  static constexpr std::size_t kStreams = 3;
  struct Held {
    std::size_t stream = 0;
    std::int32_t block = -1;
  };
  std::vector<CachingAllocator> allocators_;
  std::vector<Held> blocks_;
};

// Bytes that are alive while the events last and when they are over.
struct Alive {
  std::int64_t most = 0, last = 0;
};
Alive aliveIn(std::span<const std::int64_t> events) {
  std::vector<std::int64_t> sizes;
  Alive alive;
  for (const std::int64_t event : events) {
    if (event >= 0)
      sizes.push_back(bytesOfEvent(event)), alive.last += sizes.back();
    else
      alive.last -= sizes[static_cast<std::size_t>(-1 - event)];
    alive.most = std::max(alive.most, alive.last);
  }
  return alive;
}

}  // namespace

HeldBytes heldBytes(const StepStream& stream, std::int64_t workspace, bool expandable) {
  Pools pools(expandable);
  std::int64_t rest = 0;
  const auto stays = [&](std::int64_t bytes) {
    if (bytes <= 0) return;
    pools.stay(bytes);
    rest += bytes;
  };
  pools.replay(stream.loading);
  rest += aliveIn(stream.loading).last;
  pools.restart();
  for (const std::int64_t bytes : stream.weights) stays(bytes);
  const std::span<const std::int64_t> events(stream.events);
  stays(workspace);
  pools.replay(events.first(stream.backward));
  stays(workspace);
  pools.replay(events.subspan(stream.backward, stream.optimizer - stream.backward));
  for (const std::int64_t bytes : stream.states) stays(bytes);
  pools.replay(events.subspan(stream.optimizer));
  for (int step = 1; step < kSteps; ++step) {
    const std::int64_t before = pools.reserved();
    const bool ended = pools.empty();
    pools.restart();
    pools.replay(events);
    // It left the blocks as it found them, so the next one does as well.
    if (ended && pools.empty() && pools.reserved() == before) break;
  }
  return {static_cast<double>(rest + aliveIn(events).most), static_cast<double>(pools.reserved())};
}

}  // namespace headroom::training
