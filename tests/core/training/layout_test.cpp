// How many micro-batches a pipeline stage keeps: one schedule, told as a number and as a formula.
#include "core/estimate/training/distribution/layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

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

// Every stage is somebody's: those that differ are told apart, those that do not are one.
TEST(Layout, StagesThatDifferAreTheirOwn) {
  Model model;
  model.kinds.resize(2);
  for (int i = 0; i < 61; ++i) model.order.push_back(i < 3 ? 0 : 1);
  for (std::int64_t p = 1; p <= 70; ++p)
    for (std::int64_t v : {1, 2})
      for (std::int64_t m : {1, 4, 32})
        for (const auto schedule : {headroom::PipelineSchedule::one_f_one_b, headroom::PipelineSchedule::gpipe}) {
          Layout l;
          l.pipeline = std::min<std::int64_t>(p, model.layers()), l.virtualPipeline = v, l.microBatches = m;
          l.schedule = schedule;
          std::int64_t stages = 0;
          for (std::int64_t i = 0; i < l.pipeline;) {
            const Stage s = stageFrom(model, l, i);
            ASSERT_GE(s.count, 1);
            EXPECT_GE(s.index, i);
            EXPECT_LT(s.index, i + s.count);
            for (std::int64_t k = i; k < i + s.count; ++k) {
              const StageLayers layers = stageLayers(model.layers(), l.pipeline, k);
              EXPECT_EQ(layers.count(), s.part.layers.count()) << "stage " << k << " of " << p;
              EXPECT_DOUBLE_EQ(microBatchesInFlight(l, k), s.inFlight) << "stage " << k << " of " << p;
              for (std::size_t kind = 0; kind < 2; ++kind)
                EXPECT_EQ(layersOfKind(model, kind, layers), layersOfKind(model, kind, s.part.layers));
            }
            i += s.count, stages += s.count;
          }
          EXPECT_EQ(stages, l.pipeline);
        }
}

TEST(Layout, SchedulesThatRunForwardFirstKeepEveryMicroBatch) {
  Layout l;
  l.pipeline = 4, l.microBatches = 6;
  for (const auto& [schedule, kept] :
       {std::pair{headroom::PipelineSchedule::gpipe, 6.0}, std::pair{headroom::PipelineSchedule::looped_bfs, 6.0},
        std::pair{headroom::PipelineSchedule::zero_bubble, 4.0},
        std::pair{headroom::PipelineSchedule::dual_pipe, 5.0}}) {
    l.schedule = schedule;
    for (std::int64_t k = 0; k < 4; ++k) {
      FactorTree tree;
      Stage stage;
      stage.index = k, stage.inFlight = microBatchesInFlight(l, k);
      EXPECT_DOUBLE_EQ(stage.inFlight, kept);
      EXPECT_DOUBLE_EQ(microBatchesInFlight(tree, l, stage).value, kept);
    }
  }
}

}  // namespace
}  // namespace headroom::training
