// What must hold for every training job, over jobs drawn at random from all codes, releases, kinds of models and keys
// of a step. HEADROOM_RANDOM_JOBS sets their number (100000 before a release), HEADROOM_RANDOM_FIRST the first one's.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>

#include "core/open/scenario_json.h"
#include "core/scenario/settings.h"
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
    const std::uint64_t first = numberFrom("HEADROOM_RANDOM_FIRST", 1), count = numberFrom("HEADROOM_RANDOM_JOBS", 600);
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

// What a checkpoint's call holds, the rotary tables in fp32, and what Liger's kernels of norms and rotary embeddings
// make anew where the class's own let go of it: two tensors of a head's width.
std::int64_t heldFor(std::string_view saving, const Scenario& s) {
  if (saving != "full checkpointing" && saving != "fused loss") return 0;
  std::int64_t width = saving == "fused loss" ? s.model->hidden : 0;  // norms of hidden states too
  for (const LayerKind& k : s.model->kinds) width = std::max(width, k.attention.headDim);
  return *s.batch * *s.context * width * 2 * 4;
}

// Targets that the model has no module for, which PEFT refuses.
bool trainsNothing(const Estimate& e) {
  return std::ranges::any_of(e.diagnostics, [](const Diagnostic& d) { return d.code == "no-adapter-target"; });
}

TEST_F(RandomTrainingJobs, MoreNeverKeepsLessAndASavingNeverCosts) {
  std::map<std::string_view, int> compared;
  forEachJob([&](TrainingDraw& draw, const TrainingJob& job) {
    const auto& changes = trainingChanges();
    const Estimate before = estimate(job.scenario);
    if (!before.refused.empty() || trainsNothing(before)) return;
    // Three changes of those that apply.
    const std::size_t start = draw.below(changes.size());
    int turned = 0;
    for (std::size_t i = 0; i < changes.size() && turned < 3; ++i) {
      const TrainingChange& change = changes[(start + i * 8) % changes.size()];
      Scenario other = job.scenario;
      if (!change.turn(other, job)) continue;
      ++turned;
      const Estimate after = estimate(other);
      if (!after.refused.empty() || accountOf(before) != accountOf(after)) continue;
      ++compared[change.what];
      const Estimate& more = change.saves ? before : after;
      const Estimate& less = change.saves ? after : before;
      // A byte of rounding per line; closed forms hide which part of a peak moves by half a percent.
      const std::int64_t most = mostAllocated(more).value(),
                         slack = 64 + heldFor(change.what, job.scenario) +
                                 (accountOf(before) == StepAccount::closed ? most / 200 : most / 10'000);
      if (mostAllocated(less).value() > most + slack)
        fail(std::string(change.what) + (change.saves ? " costs" : " need less"),
             "\n" + std::to_string(mostAllocated(before).value()) + " -> " +
                 std::to_string(mostAllocated(after).value()) + " " + std::string(before.heaviest().peakMoment) +
                 asked(other));
      // What FSDP leaves gathered counts as kept where it is first gathered; a step's last micro-batch finds it there.
      if (change.what == "accumulation" && job.scenario.parallel.sharding) continue;
      if (mostKept(less).value() > mostKept(more).value() + slack)
        fail(std::string(change.what) + (change.saves ? " keeps more" : " keep less"),
             "\n" + std::to_string(mostKept(before).value()) + " -> " + std::to_string(mostKept(after).value()) +
                 asked(other));
    }
  });
  EXPECT_EQ(compared.size(), trainingChanges().size());
}

// What all ranks hold together of a component, without the copies that a pass makes and the indices that LitGPT keeps.
double heldTogether(const Estimate& e, ComponentId component) {
  double sum = 0;
  for (const RankEstimate& r : e.ranks)
    for (const Line& l : r.ledger.lines())
      if (l.component == component && !l.label.starts_with("autocast") && l.label != "adapters' indices")
        sum += static_cast<double>(r.devices) * static_cast<double>(l.bytes.value());
  return sum;
}

// The same job on one device, in the formats that it has on many.
Scenario onOneDevice(const Scenario& s) {
  const Settings settings = settingsOf(s);
  Scenario one = s;
  one.parallel = {};
  Precision& p = one.precision;
  p.weights = settings.weights, p.compute = settings.compute, p.gradients = settings.gradients;
  p.optimizerStates = settings.optimizerStates, p.adapters = settings.adapters;
  if (settings.masterWeights)
    p.masterWeights = *settings.masterWeights;
  else
    p.masterWeights = Precision::None{};
  one.training.kbitPreparation = settings.training.kbitPreparation;
  return one;
}

TEST_F(RandomTrainingJobs, ShardsTimesRanksCoverTheWhole) {
  forEachJob([&](TrainingDraw&, const TrainingJob& job) {
    if (!job.scenario.parallel.sharding) return;
    const Estimate parts = estimate(job.scenario), whole = estimate(onOneDevice(job.scenario));
    if (!parts.refused.empty() || !whole.refused.empty()) return;
    for (const ComponentId c :
         {ComponentId::weights, ComponentId::adapters, ComponentId::master_weights, ComponentId::optimizer_states}) {
      const double together = heldTogether(parts, c), once = heldTogether(whole, c);
      if (together < once * 0.9999 - 4096)
        fail("shards of " + std::string(nameOf(c)),
             "\n" + std::to_string(once) + " whole, " + std::to_string(together) + " together" + asked(job.scenario));
    }
  });
}

}  // namespace
}  // namespace headroom
