// The programs of LitGPT, torchtune and torchtitan against steps traced in the codes' own Python (tests/data/training/
// traced_steps_of_codes.jsonl: what is alive above rest at the peak, what a layer keeps, the moment).
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "core/estimate/training/replay/dated_releases.h"
#include "core/estimate/training/replay/litgpt_step.h"
#include "core/estimate/training/replay/torchtitan_step.h"
#include "core/estimate/training/replay/torchtune_step.h"
#include "core/formats/model_source.h"

namespace headroom::training {
namespace {

using nlohmann::json;

RoleMask roles(const json& names) {
  RoleMask mask = 0;
  for (const std::string name : names) {
    if (name == "q") mask |= bit(TensorRole::q_proj);
    if (name == "k") mask |= bit(TensorRole::k_proj);
    if (name == "v") mask |= bit(TensorRole::v_proj);
    if (name == "o") mask |= bit(TensorRole::o_proj);
    if (name == "mlp") mask |= bit(TensorRole::gate_proj);
    if (name == "head") mask |= bit(TensorRole::head);
  }
  return mask;
}

int release(const std::string& version) {
  std::array<int, 3> part{};
  std::size_t at = 0, i = 0;
  for (const char c : version)
    if (c == '.')
      at = ++i;
    else
      part[at] = part[at] * 10 + (c - '0');
  return part[0] * 10000 + part[1] * 100 + part[2];
}

StepQuestion questionOf(const json& row, const Model& model) {
  StepQuestion q;
  q.model = &model, q.release = release(row["version"]);
  q.batch = row["batch"], q.context = row["context"];
  q.weightWidth = q.embeddingWidth = q.normWidth = row["weight_width"];
  q.computeWidth = row["compute_width"], q.autocast = q.weightWidth > q.computeWidth;
  q.fourBit = row["four_bit"], q.trainsWeights = row["trains_weights"];
  const std::string checkpointing = row["checkpointing"], loop = row["loop"];
  q.checkpointing = checkpointing != "none", q.selective = checkpointing == "selective",
  q.everyLayer = row["every_layer"];
  q.gradientsThere = row["earlier_gradients"], q.pagedStates = row["paged"], q.stateWidth = row["state_width"];
  q.loop = loop == "foreach" ? StepLoop::foreach : loop == "fused" ? StepLoop::fused : StepLoop::each;
  q.rank = row["rank"], q.adapted = roles(row["adapted"]), q.adapterDropout = row["adapter_dropout"];
  q.dora = row["dora"], q.adapterWidth = row["adapter_width"];
  q.optimizerInBackward = row["optimizer_in_backward"], q.offloadsActivations = row["offloads"];
  return q;
}

TEST(ReplayedCodes, ADateMeansTheReleaseOfItsMonth) {
  EXPECT_EQ(releaseAt(kLitGptReleases, ageOf("LitGPT 2024 (benchmarks 2024-04..2024-09)")), 413);
  EXPECT_EQ(releaseAt(kLitGptReleases, ageOf("LitGPT 2024")), 504);
  EXPECT_EQ(releaseAt(kLitGptReleases, ageOf("litgpt, 2025-10-01")), 511);
  EXPECT_EQ(releaseAt(kTorchtuneReleases, ageOf("2023-05")), 101);
  EXPECT_EQ(releaseAt(kTorchtitanReleases, ageOf("torchtitan")), 202);
}

TEST(ReplayedCodes, AnswerTheTracedSteps) {
  constexpr std::array<const char*, kPhaseCount> kMoments{"rest", "forward", "loss", "backward", "optimizer"};
  std::ifstream in(HEADROOM_TEST_DATA "/training/traced_steps_of_codes.jsonl");
  std::string line;
  int rows = 0;
  Tape tape;
  while (std::getline(in, line)) {
    const json row = json::parse(line);
    const std::string id = row["id"], code = row["code"];
    const auto model = modelFromConfig(row["config"].dump(), id, id);
    ASSERT_TRUE(model) << id;
    tape.restart();
    Shapes shapes(tape);
    const StepQuestion question = questionOf(row, *model);
    const StepAnswer answer = code == "litgpt"      ? replayLitGpt(tape, shapes, question)
                              : code == "torchtune" ? replayTorchtune(tape, shapes, question)
                                                    : replayTorchtitan(tape, shapes, question);
    const double rest = row["at_rest"], peak = row["peak_above_rest"], kept = row["kept"];
    EXPECT_NEAR(rest + tape.peak(), rest + peak, 0.001 * (rest + peak)) << id;
    ASSERT_FALSE(answer.kept.empty()) << id;
    EXPECT_NEAR(answer.kept.front().second, kept, 0.001 * kept) << id;
    EXPECT_EQ(kMoments[static_cast<std::size_t>(tape.peakPhase())], row["moment"].get<std::string>()) << id;
    ++rows;
  }
  EXPECT_GE(rows, 40);
}

// A checkpoint that nothing recomputed (LitGPT's first layers under frozen weights) holds its input to the end of the
// step, and not beyond: the next step on the tape begins with nothing alive and says what it says on a new one.
TEST(ReplayedCodes, AStepLeavesNothingToTheNextOne) {
  std::ifstream in(HEADROOM_TEST_DATA "/training/traced_steps_of_codes.jsonl");
  std::string line;
  Tape used;
  while (std::getline(in, line)) {
    const json row = json::parse(line);
    const auto model = modelFromConfig(row["config"].dump(), "m", "m");
    ASSERT_TRUE(model);
    for (const bool checkpointing : {false, true}) {
      StepQuestion question = questionOf(row, *model);
      question.checkpointing = checkpointing, question.dora = question.rank > 0;
      used.restart();
      EXPECT_EQ(used.alive(), 0) << row["id"];
      Shapes shapes(used);
      const StepAnswer answer = replayLitGpt(used, shapes, question);
      Tape fresh;
      Shapes freshShapes(fresh);
      const StepAnswer again = replayLitGpt(fresh, freshShapes, question);
      EXPECT_EQ(used.peak(), fresh.peak()) << row["id"];
      EXPECT_EQ(answer.kept, again.kept) << row["id"];
    }
  }
}

}  // namespace
}  // namespace headroom::training
