#include "core/estimate/training/replay/pipeline_schedule.h"

#include <algorithm>

namespace headroom::training {
namespace {

// _get_1f1b_rank_ops: chunks take turns in rounds of micro-batches, forward from the first, backward from the last.
std::vector<PipelineAction> interleaved(const StepQuestion& q) {
  std::vector<PipelineAction> actions;
  const int ranks = q.pipelineRanks, chunks = q.chunksPerRank;
  const int rounds = std::max(1, q.microBatches / ranks), perRound = std::max(1, q.microBatches / rounds);
  const int all = chunks * q.microBatches;
  const int warmup = std::min(all, (chunks - 1) * perRound + 2 * (ranks - 1 - q.pipelineRank));
  std::vector<int> forwards(static_cast<std::size_t>(chunks)), backwards(forwards);
  const auto forward = [&](int step) {
    const int chunk = step / perRound % chunks;
    actions.push_back({true, chunk, forwards[static_cast<std::size_t>(chunk)]++});
  };
  const auto backward = [&](int step) {
    const int chunk = chunks - 1 - step / perRound % chunks;
    actions.push_back({false, chunk, backwards[static_cast<std::size_t>(chunk)]++});
  };
  for (int i = 0; i < warmup; ++i) forward(i);
  for (int i = warmup; i < all; ++i) forward(i), backward(i - warmup);
  for (int i = all - warmup; i < all; ++i) backward(i);
  return actions;
}

// ScheduleLoopedBFS: all of a chunk's micro-batches, chunk by chunk, and back in the opposite order.
std::vector<PipelineAction> looped(const StepQuestion& q) {
  std::vector<PipelineAction> actions;
  for (int chunk = 0; chunk < q.chunksPerRank; ++chunk)
    for (int i = 0; i < q.microBatches; ++i) actions.push_back({true, chunk, i});
  for (int chunk = q.chunksPerRank - 1; chunk >= 0; --chunk)
    for (int i = q.microBatches - 1; i >= 0; --i) actions.push_back({false, chunk, i});
  return actions;
}

}  // namespace

std::vector<PipelineAction> pipelineActions(const StepQuestion& q) {
  if (q.schedule == PipelineSchedule::interleaved) return interleaved(q);
  if (q.schedule == PipelineSchedule::looped) return looped(q);
  std::vector<PipelineAction> actions;
  if (q.schedule == PipelineSchedule::gpipe) {
    for (const bool forward : {true, false})
      for (int i = 0; i < q.microBatches; ++i) actions.push_back({forward, 0, i});
    return actions;
  }
  // One forward, one backward. After the first turns every further one is like the one before: three are replayed.
  const int warmup = std::min(q.microBatches, q.pipelineRanks - q.pipelineRank);
  const int replayed = std::min(q.microBatches, warmup + 3);
  for (int i = 0; i < warmup; ++i) actions.push_back({true, 0, i});
  for (int i = 0; i < replayed; ++i) {
    actions.push_back({false, 0, i});
    if (warmup + i < replayed) actions.push_back({true, 0, warmup + i});
  }
  return actions;
}

}  // namespace headroom::training
