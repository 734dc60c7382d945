#include "core/estimate/training/replay/step_stream.h"

#include <algorithm>
#include <span>

namespace headroom::training {
namespace {

// The first step makes the optimizer's states, and the second finds the blocks that the first has left in their way;
// from the third on nothing new is asked for.
constexpr int kSteps = 3;

// The most bytes that are alive while the events last.
std::int64_t mostAlive(std::span<const std::int64_t> events) {
  std::vector<std::int64_t> sizes;
  std::int64_t alive = 0, most = 0;
  for (const std::int64_t event : events) {
    if (event >= 0)
      sizes.push_back(event), alive += event;
    else
      alive -= sizes[static_cast<std::size_t>(-1 - event)];
    most = std::max(most, alive);
  }
  return most;
}

}  // namespace

HeldBytes heldBytes(const StepStream& stream, std::int64_t workspace, bool expandable) {
  CachingAllocator allocator(expandable);
  std::int64_t rest = 0;
  const auto stays = [&](std::int64_t bytes) {
    if (bytes <= 0) return;
    allocator.allocate(bytes);
    rest += bytes;
  };
  for (const std::int64_t bytes : stream.weights) stays(bytes);
  const std::span<const std::int64_t> events(stream.events);
  std::vector<std::int32_t> blocks;
  stays(workspace);
  replayEvents(allocator, events.first(stream.backward), blocks);
  stays(workspace);
  replayEvents(allocator, events.subspan(stream.backward, stream.optimizer - stream.backward), blocks);
  for (const std::int64_t bytes : stream.states) stays(bytes);
  replayEvents(allocator, events.subspan(stream.optimizer), blocks);
  for (int step = 1; step < kSteps; ++step) {
    blocks.clear();
    replayEvents(allocator, events, blocks);
  }
  return {static_cast<double>(rest + mostAlive(events)), static_cast<double>(allocator.reserved())};
}

}  // namespace headroom::training
