// How many micro-batches a pipeline stage keeps: one schedule, told as a number and as a formula.
#include "core/estimate/training/distribution/layout.h"

#include <gtest/gtest.h>

namespace headroom::training {
namespace {

// The chunks stage `index` has started when its first backward begins, stepped through as a schedule does: 1F1B warms
// up with one micro-batch for every later stage (https://arxiv.org/abs/2104.04473 section 2.2), the interleaved one
// with two for each and all chunks but the last of a round (Megatron-LM schedules.py, num_warmup_microbatches); then
// one more runs.
std::int64_t chunksStarted(const Layout& l, std::int64_t index) {
  const std::int64_t all = l.microBatches * l.virtualPipeline;
  std::int64_t started = 0;
  for (std::int64_t later = index + 1; later < l.pipeline; ++later) started += l.virtualPipeline > 1 ? 2 : 1;
  for (std::int64_t round = 1; round < l.virtualPipeline; ++round) started += l.pipeline;
  return std::min(started + 1, all);
}

TEST(Layout, MicroBatchesInFlightAreThoseTheScheduleStarts) {
  for (std::int64_t p = 2; p <= 9; ++p)
    for (std::int64_t v = 1; v <= 4; ++v)
      for (std::int64_t m : {1, 2, 3, 7, 16, 64})
        for (std::int64_t k = 0; k < p; ++k) {
          Layout l;
          l.pipeline = p, l.virtualPipeline = v, l.microBatches = m;
          const double kept = microBatchesInFlight(l, k);
          EXPECT_DOUBLE_EQ(kept * static_cast<double>(v), static_cast<double>(chunksStarted(l, k)))
              << "stage " << k << " of " << p << ", " << v << " chunks, " << m << " micro-batches";
          FactorTree tree;
          Stage stage;
          stage.index = k, stage.inFlight = kept;
          EXPECT_DOUBLE_EQ(microBatchesInFlight(tree, l, stage).value, kept);
        }
}

}  // namespace
}  // namespace headroom::training
