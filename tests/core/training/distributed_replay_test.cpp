// Distributed steps replayed against traces of the frameworks' own code: peak, its moment, and what a block leaves
// alive.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/estimate/training/replay/pipeline_step.h"
#include "core/estimate/training/replay/zero_step.h"
#include "core/formats/model_source.h"
#include "core/model/adapter_targets.h"

namespace headroom::training {
namespace {

using nlohmann::json;

template <typename T>
T oneOf(const std::string& name, std::initializer_list<std::pair<const char*, T>> names) {
  for (const auto& [text, value] : names)
    if (name == text) return value;
  ADD_FAILURE() << "unknown: " << name;
  return names.begin()->second;
}

StepQuestion questionOf(const json& row, const Model& model) {
  const json& s = row["step"];
  StepQuestion q;
  q.model = &model;
  q.batch = row["sequences"], q.context = row["tokens"];
  q.sharding = oneOf<StepSharding>(s.value("sharding", "none"), {{"none", StepSharding::none},
                                                                 {"data parallel", StepSharding::data_parallel},
                                                                 {"flat parameters", StepSharding::flat_parameters},
                                                                 {"fully sharded", StepSharding::fully_sharded},
                                                                 {"ZeRO-1", StepSharding::zero1},
                                                                 {"ZeRO-2", StepSharding::zero2},
                                                                 {"ZeRO-3", StepSharding::zero3}});
  q.shardRanks = s.value("shard_ranks", 1), q.replicated = s.value("replicated", false);
  q.storedWidth = s["widths"][0], q.computeWidth = s["widths"][1], q.reduceWidth = s["widths"][2];
  q.stateWidth = s["state_width"];
  q.microBatches = s.value("micro_batches", 1), q.reducesEvery = s.value("reduces_every", false);
  const std::string units = s.value("units", "own");
  q.wholeUnit = units == "whole", q.endsInRoot = units == "ends in root";
  q.reshardsAfterForward = s.value("reshards_after_forward", true), q.reshardsRoot = s.value("reshards_root", false);
  q.reshardsAfterBackward = s.value("reshards_after_backward", true);
  q.prefetch = oneOf<BackwardPrefetch>(
      s.value("prefetch", "pre"),
      {{"pre", BackwardPrefetch::pre}, {"post", BackwardPrefetch::post}, {"none", BackwardPrefetch::none}});
  q.strategy = oneOf<FlatStrategy>(s.value("strategy", "FULL_SHARD"), {{"FULL_SHARD", FlatStrategy::full_shard},
                                                                       {"SHARD_GRAD_OP", FlatStrategy::shard_grad_op},
                                                                       {"NO_SHARD", FlatStrategy::no_shard}});
  q.originalParameters = s.value("original_parameters", true);
  const std::string checkpointing = s.value("checkpointing", "none");
  q.checkpointing = checkpointing != "none", q.selectiveOperators = checkpointing == "selective";
  q.reentrant = s.value("reentrant", false), q.checkpointAround = s.value("around", false);
  q.fusedNorm = s.value("norm", "fused") == "fused", q.fusedLoss = s.value("loss", "eager") == "fused";
  q.shiftsLabels = s.value("shifts_labels", false), q.bucketViews = s.value("bucket_views", false);
  q.loop = oneOf<StepLoop>(s.value("optimizer", "foreach"),
                           {{"foreach", StepLoop::foreach}, {"fused", StepLoop::fused}, {"for-loop", StepLoop::each}});
  q.tensorRanks = s.value("tensor_ranks", 1), q.sequenceParallel = s.value("sequence_parallel", false);
  q.lossParallel = s.value("loss_parallel", false);
  if (s.contains("pipeline")) {
    const json& p = s["pipeline"];
    q.schedule = oneOf<PipelineSchedule>(p["schedule"], {{"1f1b", PipelineSchedule::one_forward_one_backward},
                                                         {"gpipe", PipelineSchedule::gpipe},
                                                         {"interleaved", PipelineSchedule::interleaved},
                                                         {"looped-bfs", PipelineSchedule::looped}});
    q.pipelineRanks = p["ranks"], q.chunksPerRank = p["chunks"], q.pipelineRank = p["rank"];
  }
  if (s.contains("adapters")) {
    q.trainsWeights = false, q.inputsRequireGrad = q.checkpointing;
    const bool attention = s["adapters"].contains("targets");
    q.adapters.roles = attention ? kAttentionProjections : ~std::uint64_t{0}, q.adapters.rank = s["adapters"]["rank"];
    q.adapters.width = q.computeWidth, q.adaptersOwnUnits = s["adapters"]["own_units"];
    q.adapterStored = s["adapters"].value("stored", 0.0);
  }
  q.fourBit = s.value("four_bit", false);
  if (s.contains("zero")) {
    const json& z = s["zero"];
    q.reduceBucket = z["reduce_bucket"], q.prefetchBucket = z["prefetch_bucket"], q.persistence = z["persistence"];
    q.maxLive = z["max_live"], q.maxReuse = z["max_reuse"], q.overlaps = z["overlaps"];
  }
  return q;
}

TEST(DistributedReplay, TracedStepsWithinATenthOfAPercent) {
  std::ifstream file(HEADROOM_TEST_DATA "/training/distributed_steps.json");
  const json data = json::parse(file);
  ASSERT_GE(data["steps"].size(), 40U);
  Tape tape;
  for (const json& row : data["steps"]) {
    json config = data["models"][row["model"].get<std::string>()];
    config["num_hidden_layers"] = row["layers"];
    const auto model = modelFromConfig(config.dump(), "traced", "traced");
    ASSERT_TRUE(model) << row;
    const StepQuestion q = questionOf(row, *model);
    tape.restart();
    Shapes shapes(tape);
    const DistributedAnswer answer = row["step"].contains("zero") ? replayZero(tape, shapes, q)
                                     : q.pipelineRanks > 1        ? replayPipeline(tape, shapes, q)
                                                                  : replayDistributed(tape, shapes, q);
    const double peak = row["peak"];
    // What ZeRO-3 never scatters lies on the tape, in the trace at rest.
    const bool gathers = q.sharding == StepSharding::zero3;
    const double resting = gathers ? answer.atRest + answer.states : row["resting"].get<double>();
    EXPECT_NEAR(resting + tape.peak(), peak, peak * 1e-3) << row;
    constexpr std::array kMoments{"rest", "forward", "loss", "backward", "optimizer"};
    EXPECT_EQ(kMoments[static_cast<std::size_t>(tape.peakPhase())], row["moment"].get<std::string>()) << row;
    if (row.contains("kept")) {
      EXPECT_NEAR(answer.kept, row["kept"].get<double>(), answer.kept * 1e-3) << row;
    }
    if (q.trainsWeights) {
      EXPECT_NEAR(answer.atRest + answer.states, row["resting"].get<double>(), row["resting"].get<double>() * 1e-3)
          << row;
    }
  }
}

}  // namespace
}  // namespace headroom::training
