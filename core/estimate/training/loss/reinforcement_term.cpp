#include <array>

#include "core/estimate/kv_cache.h"
#include "core/estimate/tensor_factors.h"
#include "core/estimate/training/run.h"

namespace headroom::training {
namespace {

constexpr std::string_view kReference =
    "a frozen copy of the policy; with adapters the base itself once they are switched off (TRL 1.10 "
    "trl/trainer/dpo_trainer.py "
    "and grpo_trainer.py; https://arxiv.org/abs/2305.18290 section 4)";
constexpr std::string_view kHostReference =
    "verl 0.7 ref.fsdp_config.param_offload: on the device only while it scores completions";
constexpr std::string_view kReward = "a frozen model scores completions (TRL 1.10 trl/experimental/ppo/ppo_trainer.py)";
constexpr std::string_view kCritic =
    "a value model is trained beside the policy in one step (TRL 1.10 ppo_trainer.py, PolicyAndValueWrapper); kept "
    "tensors follow its "
    "size to the power 2/3, as depth × width does where width grows with depth";
constexpr std::string_view kTeacher =
    "a frozen teacher runs beside the student (TRL 1.10 trl/experimental/distillation/distillation_trainer.py)";
constexpr std::string_view kDivergence =
    "both distributions over the vocabulary: the teacher's logits, both scaled by the temperature, both log-softmax, "
    "their "
    "divergence, in fp32 (TRL 1.10 distillation_trainer.py, generalized_jsd_loss, reverse KL), beyond the student's "
    "own loss";
constexpr std::string_view kRollout =
    "vLLM in the trainer's process takes its share of the device up front (TRL 1.10 vllm_gpu_memory_utilization; verl "
    "0.7 "
    "rollout.gpu_memory_utilization, free_cache_engine); asleep at level 2 it keeps neither weights nor cache";
constexpr std::string_view kGenerate =
    "transformers generate(): one dynamic cache over all completions of a round (TRL 1.10 grpo_trainer.py)";
constexpr std::string_view kGather =
    "generating with sharded weights gathers them whole (TRL 1.10 ds3_gather_for_generation)";
constexpr double kDivergenceBytes = 16;

// Devices a model beside the policy is spread over. DeepSpeed and FSDP shard frozen models too where they shard
// weights.
Factor devicesOf(const Run& r) {
  Product devices(r.rank.ledger, "devices that share it", Unit::devices);
  if (r.layout.shardsWeights()) devices.times(r.shards("data- and context-parallel ranks"));
  return devices.times(asked("tensor-parallel ranks", static_cast<double>(r.layout.tensor), Unit::devices))
      .times(asked("pipeline stages", static_cast<double>(r.layout.pipeline), Unit::devices))
      .close();
}

void addFrozen(const Run& r, std::string_view label, std::string_view source, double parameters) {
  r.book.add(kAlways, ComponentId::weights, label, source,
             {asked("parameters", parameters, Unit::parameters), r.compute, over(devicesOf(r))});
}

void addReference(const Run& r) {
  const ReferenceModel reference = r.reinforcement().reference;
  if (reference != ReferenceModel::held && reference != ReferenceModel::offloaded) return;
  const bool waits = reference == ReferenceModel::offloaded, sharded = r.layout.shardsWeights();
  const Factor bytes = r.factors.weightBytes(), devices = over(r.shards());
  // Where nothing is generated the reference scores between the policy's forward pass and the loss.
  const bool scoresApart = r.reinforcement().rolloutSequences > 0;
  const Moments when = waits ? at(scoresApart ? MomentId::rollout : MomentId::loss) : kAlways;
  const std::string_view source = waits ? kHostReference : kReference;
  if (sharded)
    r.book.add(when, ComponentId::weights, "reference model", source, {bytes, devices});
  else
    r.book.add(when, ComponentId::weights, "reference model", source, {bytes});
  if (!waits) return;
  if (sharded)
    r.host.add(ComponentId::weights, "reference model", source, {r.onHost(bytes), r.onHost(devices), r.hostRanks()});
  else
    r.host.add(ComponentId::weights, "reference model", source, {r.onHost(bytes), r.hostRanks()});
}

// A critic is trained as the policy is: each of the policy's own terms again, by the ratio of their sizes.
void addCritic(const Run& r) {
  if (r.reinforcement().criticParameters <= 0 || r.model.parameters.value() <= 0) return;
  FactorTree& tree = r.rank.ledger;
  const Factor states =
      tree.product("critic's size over the policy's", Unit::ratio,
                   {asked("critic's parameters", r.reinforcement().criticParameters, Unit::parameters),
                    over(parametersFactor(tree, r.model))});
  const Factor exponent = constant("exponent", 2.0 / 3.0, Unit::count, kCritic);
  const Factor bases[] = {states, exponent};
  const Factor kept = tree.computed("critic's kept tensors over the policy's", Unit::ratio, Combine::power, Round::none,
                                    bases, std::size(bases));
  struct Part {
    ComponentId component;
    std::string_view label;
    const Factor& ratio;
  };
  const Part parts[] = {{ComponentId::weights, "critic", states},
                        {ComponentId::adapters, "critic's adapters", states},
                        {ComponentId::gradients, "critic's gradients", states},
                        {ComponentId::master_weights, "critic's master copy", states},
                        {ComponentId::optimizer_states, "critic's optimizer states", states},
                        {ComponentId::activations, "critic's activations", kept},
                        {ComponentId::workspace, "critic's step", states}};
  constexpr std::string_view kPolicys = "bytes of the policy's";
  const std::size_t lines = r.rank.ledger.lines().size();
  for (const Part& part : parts) {
    std::array<bool, std::size_t{1} << kMomentCount> alive{};  // the sets of moments at which its lines are alive
    for (std::size_t i = 0; i < lines; ++i)
      if (r.rank.ledger.lines()[i].component == part.component) alive[r.book.when(i)] = true;
    for (std::size_t when = 0; when < alive.size(); ++when) {
      if (!alive[when]) continue;
      const Factor bytes = sumOfLines(r.rank.ledger, kPolicys, [&](std::size_t i) {
        return i < lines && r.rank.ledger.lines()[i].component == part.component && r.book.when(i) == when;
      });
      r.book.add(static_cast<Moments>(when), part.component, part.label, kCritic, {bytes, part.ratio});
    }
  }
  // What the policy's offloading leaves on the host, the critic's leaves there too.
  const std::size_t hostEnd = r.host.lines().size();
  for (const Part& part : parts) {
    const Factor bytes = sumOfLines(
        r.host, kPolicys, [&](std::size_t i) { return i < hostEnd && r.host.lines()[i].component == part.component; },
        r.hostLines);
    if (bytes.value > 0) r.host.add(part.component, part.label, kCritic, {bytes, r.onHost(part.ratio)});
  }
}

void addTeacher(const Run& r) {
  addFrozen(r, "teacher", kTeacher, r.reinforcement().teacherParameters);
  if (r.settings.loss == Loss::fused) return;
  const Factor logits = r.logits();
  if (logits.value <= 0) return;
  const Factor each = constant("bytes per logit", kDivergenceBytes, Unit::bytes_per_element, kDivergence);
  constexpr std::string_view kLabel = "teacher's logits and the divergence";
  if (r.settings.loss == Loss::chunked)
    r.book.add(at(MomentId::loss), ComponentId::logits, kLabel, kDivergence,
               {logits, each, over(constant("chunks", 8, Unit::count, "one chunk is held, as of the chunked loss"))});
  else
    r.book.add(at(MomentId::loss), ComponentId::logits, kLabel, kDivergence, {logits, each});
}

// Keys and values of one full sequence on a rank, over the stage's kinds of layers.
Factor cacheOfSequence(const Run& r, std::int64_t tensor) {
  FactorTree& tree = r.rank.ledger;
  constexpr std::string_view kSymbol = "bytes of a full sequence's cache";
  FactorParts sum(tree, kSymbol, Unit::bytes);
  for (std::size_t k = 0; k < r.model.kinds.size(); ++k) {
    const LayerKind& kind = r.model.kinds[k];
    if (r.scope.layers(k) <= 0) continue;
    const Factor each = kvFactor(tree, kind.attention, r.settings.kvCache, tensor);
    if (each.value <= 0) continue;
    const Factor context = asked("tokens of a sequence", static_cast<double>(r.settings.context), Unit::tokens);
    sum.add(tree.product(kind.label, Unit::bytes,
                         {r.factors.layers(k), each, cachedTokens(tree, kind.attention, context)}));
  }
  return sum.empty() ? none(kSymbol, Unit::bytes) : sum.close();
}

// Completions generated by the trained model itself.
void addGeneration(const Run& r, const Factor& sequences) {
  r.book.add(at(MomentId::rollout), ComponentId::kv_cache, "keys and values of the completions", kGenerate,
             {sequences, cacheOfSequence(r, r.layout.tensor)});
  if (!r.layout.shardsWeights()) return;
  FactorTree& tree = r.rank.ledger;
  const Factor own = tree.product("the rank's share", Unit::ratio, {over(r.shards())});
  r.book.add(at(MomentId::rollout), ComponentId::communication, "weights gathered to generate", kGather,
             {r.factors.weightBytes(),
              tree.sum("share that lies on other devices", Unit::ratio,
                       {constant("all", 1, Unit::ratio, "a share of one is everything"), less(own)})});
}

void addRollout(const Run& r) {
  const ReinforcementSettings& s = r.reinforcement();
  const Factor sequences = asked("completions of a round", static_cast<double>(s.rolloutSequences), Unit::sequences);
  if (s.rollout == Rollout::server || sequences.value <= 0) return;
  if (s.rollout == Rollout::generate) return addGeneration(r, sequences);
  FactorTree& tree = r.rank.ledger;
  const Moments when = s.rolloutSleeps ? at(MomentId::rollout) : kAlways;
  const Factor devices = asked("devices of one engine", static_cast<double>(s.rolloutTensor), Unit::devices);
  const Factor parameters = parametersFactor(tree, r.model);
  r.book.add(when, ComponentId::weights, "rollout engine's copy of the policy", kRollout,
             {parameters, r.compute, over(devices)});
  if (r.rank.capacity) {
    const Factor claimed = tree.product("its share of the device", Unit::bytes,
                                        {asked("share of the device", s.rolloutShare, Unit::ratio), r.capacity()});
    const Factor weights = tree.product("its weights", Unit::bytes, {parameters, r.compute, over(devices)});
    const Factor pool = tree.sum("its share of the device less its weights", Unit::bytes, {claimed, less(weights)});
    if (pool.value > 0) r.book.add(when, ComponentId::kv_cache, "rollout engine's pool", kRollout, {pool});
  } else {
    r.book.add(when, ComponentId::kv_cache, "rollout engine's pool, of an unnamed device the completions alone",
               kRollout, {sequences, cacheOfSequence(r, s.rolloutTensor)});
  }
}

}  // namespace

void addReinforcement(const Run& r) {
  const ReinforcementSettings& s = r.reinforcement();
  addCritic(r);
  addReference(r);
  if (s.rewardParameters > 0) addFrozen(r, "reward model", kReward, s.rewardParameters);
  if (s.teacherParameters > 0) addTeacher(r);
  addRollout(r);
}

}  // namespace headroom::training
