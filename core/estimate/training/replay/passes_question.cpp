// The passes of a rank whose step as a whole no program runs: how it is sharded, where its optimizer works and what its
// loss is made of are accounted for by formulas, but forward and backward through whole layers keep what they keep on
// one device.
#include "core/estimate/training/replay/replay.h"
#include "core/scenario/optimizers.h"

namespace headroom::training {
namespace {

// Every device runs whole layers of whole sequences.
bool runsWholeLayers(const Layout& l) {
  return l.tensor == 1 && l.pipeline == 1 && l.context == 1 && l.expert == 1;
}

// The same rank with nobody beside it and nothing on the host.
Layout aloneIn(Layout l) {
  l.data = l.shards = 1;
  l.sharding = Sharding::none;
  return l;
}

Settings aloneWith(Settings s, const Run& r) {
  s.parallel.data = 1;
  s.parallel.sharding = Sharding::none;
  s.offload.optimizer = s.offload.parameters = OffloadTarget::none;
  s.training.optimizerInBackward = false;
  s.masterWeights.reset();
  // FSDP casts what it gathers; a layer computes with weights of the compute dtype.
  const auto* stored = std::get_if<NumberFormat>(&s.weights);
  if (r.layout.shardsWeights() && stored != nullptr && isPlainFloat(*stored) && isPlainFloat(s.compute))
    s.weights = s.compute;
  return s;
}

std::optional<StepQuestion> questionWith(const Run& r, const Settings& settings, const Layout& layout) {
  const Run alone{r.scenario, r.model,   settings,     r.profile,  layout,     r.stage,   r.scope,
                  r.tensors,  r.factors, r.adapters,   r.age,      r.rank,     r.host,    r.book,
                  r.compute,  r.adapter, r.microBatch, r.lossRows, r.inFlight, r.element, r.tokens};
  std::optional<StepQuestion> q = stepQuestionOf(alone);
  // torchtitan's programs are traced as wholes; its runs are distributed by programs of their own.
  if (!q || q->code == StepCode::distributed || q->code == StepCode::torchtitan) return {};
  q->withoutGradients = true;
  q->optimizer = StepOptimizer::other;
  return q;
}

}  // namespace

std::optional<StepQuestion> passesQuestionOf(const Run& r) {
  if (r.profile.id == "megatron") return megatronQuestionOf(r);
  const Settings& s = r.settings;
  // A compiler decides anew what is kept.
  if (!hasProgram(r.profile) || !runsWholeLayers(r.layout) || s.training.compile) return {};
  const Layout layout = aloneIn(r.layout);
  Settings settings = aloneWith(s, r);
  if (std::optional<StepQuestion> q = questionWith(r, settings, layout)) return q;
  // A loss that no program has, behind layers that one has.
  settings.loss = Loss::eager;
  settings.reinforcement.method = ReinforcementMethod::none;
  std::optional<StepQuestion> q = questionWith(r, settings, layout);
  if (!q || q->code != StepCode::transformers) return {};  // the others' losses are part of their programs
  q->withoutLogits = true;
  q->metricRows = 0;
  q->batch = static_cast<double>(s.batch * s.reinforcement.sequencesPerSample);
  return q;
}

}  // namespace headroom::training
