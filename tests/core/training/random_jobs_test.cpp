// What must hold for every training job, over jobs drawn at random from all codes, releases, kinds of models and keys
// of a step. HEADROOM_RANDOM_JOBS sets their number (100000 before a release), HEADROOM_RANDOM_FIRST the first one's.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/open/scenario_json.h"
#include "core/readers/recipes/recipe.h"
#include "core/scenario/optimizers.h"
#include "core/scenario/settings.h"
#include "tests/support/training_draw.h"

namespace headroom {
namespace {

std::uint64_t numberFrom(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string told(const Scenario& s) {
  std::string text = writeScenario(s);
  return "\n" + text.substr(0, text.find("\"resolved_model\""));
}

// The jobs that one run of the tests draws. Every failure is counted by what failed, and the first few are told.
class RandomTrainingJobs : public testing::Test {
 protected:
  template <typename Check>
  void forEachJob(std::uint64_t usual, Check check) {
    const std::uint64_t first = numberFrom("HEADROOM_RANDOM_FIRST", 1),
                        count = numberFrom("HEADROOM_RANDOM_JOBS", usual);
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

// What a saving itself holds: a checkpoint's call the rotary tables in fp32 and a mask, of an eager way or of a window
// that the context reaches; Liger's kernels of norms and rotary embeddings two tensors of a head's width where the
// class's own let go of them. TRL's tiled head holds to its end what it cast of the last tile's tokens, of which more
// tokens may leave fewer (trl_loss.cpp).
std::int64_t heldFor(std::string_view what, const Scenario& s) {
  const std::int64_t tokens = *s.batch * *s.context;
  if (what == "tokens" || what == "many tokens" || what == "sequences")
    return s.framework == "trl" ? 4096 * s.model->hidden * 2 : 0;
  if (what != "full checkpointing" && what != "fused loss") return 0;
  std::int64_t width = what == "fused loss" ? s.model->hidden : 0;  // norms of hidden states too
  for (const LayerKind& k : s.model->kinds) width = std::max(width, k.attention.headDim);
  const auto windowed = [&](const LayerKind& k) { return k.attention.window > 0 && k.attention.window <= *s.context; };
  const bool masks =
      s.training.attentionImplementation == AttentionBackend::eager || std::ranges::any_of(s.model->kinds, windowed);
  return tokens * width * 2 * 4 + (masks ? tokens * *s.context * 4 : 0);
}

// Targets that the model has no module for, which PEFT refuses.
bool trainsNothing(const Estimate& e) {
  return std::ranges::any_of(e.diagnostics, [](const Diagnostic& d) { return d.code == "no-adapter-target"; });
}

TEST_F(RandomTrainingJobs, MoreNeverKeepsLessAndASavingNeverCosts) {
  std::map<std::string_view, int> compared;
  forEachJob(600, [&](TrainingDraw& draw, const TrainingJob& job) {
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
                 told(other));
      // What FSDP leaves gathered counts as kept where it is first gathered; a step's last micro-batch finds it there.
      if (change.what == "accumulation" && job.scenario.parallel.sharding) continue;
      if (mostKept(less).value() > mostKept(more).value() + slack)
        fail(std::string(change.what) + (change.saves ? " keeps more" : " keep less"),
             "\n" + std::to_string(mostKept(before).value()) + " -> " + std::to_string(mostKept(after).value()) +
                 told(other));
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
  forEachJob(600, [&](TrainingDraw&, const TrainingJob& job) {
    if (!job.scenario.parallel.sharding) return;
    const Estimate parts = estimate(job.scenario), whole = estimate(onOneDevice(job.scenario));
    if (!parts.refused.empty() || !whole.refused.empty()) return;
    // One device's Trainer keeps embeddings' 8-bit states in fp32, which it does not find among shards.
    const auto asked = job.scenario.training.optimizer;
    const bool wide = asked && rowOf(*asked).wideEmbeddings;
    for (const ComponentId c :
         {ComponentId::weights, ComponentId::adapters, ComponentId::master_weights, ComponentId::optimizer_states}) {
      if (wide && c == ComponentId::optimizer_states) continue;
      const double together = heldTogether(parts, c), once = heldTogether(whole, c);
      if (together < once * 0.9999 - 4096)
        fail("shards of " + std::string(nameOf(c)),
             "\n" + std::to_string(once) + " whole, " + std::to_string(together) + " together" + told(job.scenario));
    }
  });
}

using nlohmann::json;

// The dialect that a code's recipes are written in.
std::optional<RecipeDialect> dialectOf(std::string_view code) {
  if (code == "transformers" || code == "peft") return RecipeDialect::trl;
  return recipeDialect(code);
}

// Members of a scenario that its recipe's notes name as what nothing in it stands for ("training.dora").
std::vector<std::string> membersNotSaid(const WrittenRecipe& recipe) {
  std::vector<std::string> members;
  constexpr std::string_view kSaid = "Nothing in the recipe stands for ", kEnd = ": ";
  for (const std::string& note : recipe.notes) {
    if (!note.starts_with(kSaid)) continue;
    std::string_view rest = std::string_view(note).substr(kSaid.size());
    rest = rest.substr(0, rest.find(kEnd));
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(", "), rest.size());
      std::string_view one = rest.substr(0, end);
      one = one.substr(0, one.find('.', one.find('.') + 1));  // a part of a member stands for all of it
      members.emplace_back(one);
      rest.remove_prefix(std::min(rest.size(), end + 2));
    }
  }
  return members;
}

// What a recipe says and what its notes say it cannot are the whole job. Releases and ranks are the launcher's.
TEST_F(RandomTrainingJobs, RecipesMeanTheJob) {
  forEachJob(300, [&](TrainingDraw&, const TrainingJob& job) {
    const auto dialect = dialectOf(*job.scenario.framework);
    if (!dialect) return;
    const Estimate asked = estimate(job.scenario);
    if (!asked.refused.empty()) return;
    const std::string code = *job.scenario.framework;
    const auto written = writeRecipe(job.scenario, *dialect);
    if (!written) return fail(code + " is not written", "\n" + written.error().text() + told(job.scenario));
    const std::string text = "\n" + written->text;
    const auto read = readRecipe(written->text, "written", {}, *dialect);
    if (!read) return fail(code + " is not read", "\n" + read.error().text() + text);
    const auto again = scenarioOfRecipe(*read, job.scenario);
    if (!again) return fail(code + " is no scenario", "\n" + again.error().text() + text);
    const json wanted = json::parse(writeScenario(job.scenario));
    json got = json::parse(writeScenario(*again));
    const auto take = [&](const std::string& pointer) {
      const json::json_pointer at(pointer);
      if (wanted.contains(at))
        got[at] = wanted[at];
      else if (got.contains(at))
        got[at.parent_pointer()].erase(at.back());
    };
    take("/engine_version"), take("/parallel/data");
    std::string notSaid;
    for (std::string member : membersNotSaid(*written)) {
      notSaid += " " + member;
      std::ranges::replace(member, '.', '/');
      take("/" + member);
    }
    const auto whole = readScenario(got.dump(), "written");
    if (!whole) return fail(code + " is no scenario", "\n" + whole.error().text() + text);
    const Estimate meant = estimate(*whole);
    const std::string both = text + "not said:" + notSaid + "\nmeant" + told(*whole) + "\nasked" + told(job.scenario);
    const RankEstimate &a = asked.heaviest(), &b = meant.heaviest();
    if (meant.refused != asked.refused) fail(code + " is refused", both);
    if (a.device != b.device || a.low != b.low || a.high != b.high || meant.host.total() != asked.host.total())
      fail(code + " means another job",
           "\n" + std::to_string(a.device.value()) + " -> " + std::to_string(b.device.value()) + both);
  });
}

}  // namespace
}  // namespace headroom
