#include <algorithm>
#include <array>
#include <cmath>

#include "core/estimate/kv_cache.h"
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
double devicesOf(const Run& r) {
  const double shards = r.layout.shardsWeights() ? static_cast<double>(r.layout.shards) : 1.0;
  return shards * static_cast<double>(r.layout.tensor * r.layout.pipeline);
}

void addFrozen(const Run& r, std::string_view label, std::string_view source, double parameters) {
  r.book.add(kAlways, ComponentId::weights, label, source,
             {asked("parameters", parameters, Unit::parameters),
              asked("bytes per element of the compute dtype", r.element, Unit::bytes_per_element),
              over(asked("devices that share it", devicesOf(r), Unit::devices))});
}

void addReference(const Run& r) {
  const ReferenceModel reference = r.reinforcement().reference;
  if (reference != ReferenceModel::held && reference != ReferenceModel::offloaded) return;
  const bool waits = reference == ReferenceModel::offloaded;
  const double shards = r.layout.shardsWeights() ? static_cast<double>(r.layout.shards) : 1.0;
  const Factor bytes = derived("bytes of the policy's weights", r.tensors.weightBytes(), Unit::bytes);
  const Factor devices = over(asked("devices that share them", shards, Unit::devices));
  // Where nothing is generated the reference scores between the policy's forward pass and the loss.
  const bool scoresApart = r.reinforcement().rolloutSequences > 0;
  const Moments away = at(scoresApart ? MomentId::rollout : MomentId::loss);
  r.book.add(waits ? away : kAlways, ComponentId::weights, "reference model", waits ? kHostReference : kReference,
             {bytes, devices});
  if (waits)
    r.host.add(ComponentId::weights, "reference model", kHostReference,
               {bytes, devices, derived("ranks", r.rankDevices, Unit::devices)});
}

// A critic is trained as the policy is: each of the policy's own terms again, by the ratio of their sizes.
void addCritic(const Run& r) {
  const double policy = static_cast<double>(r.model.parameters.value());
  if (r.reinforcement().criticParameters <= 0 || policy <= 0) return;
  const double states = r.reinforcement().criticParameters / policy;
  const double kept = std::pow(states, 2.0 / 3.0);
  struct Part {
    ComponentId component;
    std::string_view label;
    double ratio;
  };
  const Part parts[] = {{ComponentId::weights, "critic", states},
                        {ComponentId::adapters, "critic's adapters", states},
                        {ComponentId::gradients, "critic's gradients", states},
                        {ComponentId::master_weights, "critic's master copy", states},
                        {ComponentId::optimizer_states, "critic's optimizer states", states},
                        {ComponentId::activations, "critic's activations", kept},
                        {ComponentId::workspace, "critic's step", states}};
  const std::size_t lines = r.rank.ledger.lines().size();
  for (const Part& part : parts) {
    std::array<double, std::size_t{1} << kMomentCount> bytes{};  // by the moments at which they are alive
    for (std::size_t i = 0; i < lines; ++i)
      if (const Line& line = r.rank.ledger.lines()[i]; line.component == part.component)
        bytes[r.book.when(i)] += static_cast<double>(line.bytes.value());
    for (std::size_t when = 0; when < bytes.size(); ++when)
      r.book.add(static_cast<Moments>(when), part.component, part.label, kCritic,
                 {derived("bytes of the policy's", bytes[when], Unit::bytes),
                  asked("critic's size over the policy's", part.ratio, Unit::ratio)});
  }
  // What the policy's offloading leaves on the host, the critic's leaves there too.
  const std::size_t hostEnd = r.host.lines().size();
  for (const Part& part : parts) {
    double bytes = 0;
    for (std::size_t i = r.hostLines; i < hostEnd; ++i)
      if (const Line& line = r.host.lines()[i]; line.component == part.component)
        bytes += static_cast<double>(line.bytes.value());
    if (bytes > 0)
      r.host.add(part.component, part.label, kCritic,
                 {derived("bytes of the policy's", bytes, Unit::bytes),
                  asked("critic's size over the policy's", part.ratio, Unit::ratio)});
  }
}

void addTeacher(const Run& r) {
  addFrozen(r, "teacher", kTeacher, r.reinforcement().teacherParameters);
  if (r.settings.loss == Loss::fused) return;
  // A chunked divergence holds a chunk of it (an eighth, as the chunked loss).
  const double share = r.settings.loss == Loss::chunked ? 0.125 : 1.0;
  if (r.logits() > 0)
    r.book.add(at(MomentId::loss), ComponentId::logits, "teacher's logits and the divergence", kDivergence,
               {r.tokenFactor(r.lossTokens), fromModel("vocabulary", static_cast<double>(r.model.vocabulary)),
                over(asked("tensor-parallel ranks", static_cast<double>(r.layout.tensor), Unit::devices)),
                constant("bytes per logit", kDivergenceBytes, Unit::bytes_per_element),
                derived("share held at once", share, Unit::ratio)});
}

double cacheBytesPerSequence(const Run& r, std::int64_t tensor) {
  double bytes = 0;
  for (std::size_t k = 0; k < r.model.kinds.size(); ++k) {
    const AttentionSpec& a = r.model.kinds[k].attention;
    const double layers = static_cast<double>(layersOfKind(r.model, k, r.stage.part.layers));
    if (layers > 0)
      bytes += layers * kvBytesPerToken(a, r.settings.kvCache, tensor) *
               static_cast<double>(cachedTokens(a, r.settings.context));
  }
  return bytes;
}

void addRollout(const Run& r) {
  const ReinforcementSettings& s = r.reinforcement();
  const double sequences = static_cast<double>(s.rolloutSequences);
  if (s.rollout == Rollout::server || sequences <= 0) return;
  if (s.rollout == Rollout::generate) {
    r.book.add(at(MomentId::rollout), ComponentId::kv_cache, "keys and values of the completions", kGenerate,
               {asked("completions of a round", sequences, Unit::sequences),
                fromModel("bytes of a full sequence's cache", cacheBytesPerSequence(r, r.layout.tensor), Unit::bytes)});
    if (r.layout.shardsWeights())
      r.book.add(
          at(MomentId::rollout), ComponentId::communication, "weights gathered to generate", kGather,
          {derived("bytes of the weights", r.tensors.weightBytes(), Unit::bytes),
           derived("share that lies on other devices", 1 - 1 / static_cast<double>(r.layout.shards), Unit::ratio)});
    return;
  }
  const Moments when = s.rolloutSleeps ? at(MomentId::rollout) : kAlways;
  const double tensor = static_cast<double>(s.rolloutTensor);
  const double weights = static_cast<double>(r.model.parameters.value()) * r.element / tensor;
  r.book.add(when, ComponentId::weights, "rollout engine's copy of the policy", kRollout,
             {fromModel("parameters", static_cast<double>(r.model.parameters.value()), Unit::parameters),
              asked("bytes per element of the compute dtype", r.element, Unit::bytes_per_element),
              over(asked("devices of one engine", tensor, Unit::devices))});
  if (r.rank.capacity) {
    const double claimed = s.rolloutShare * static_cast<double>(r.rank.capacity->value());
    r.book.add(when, ComponentId::kv_cache, "rollout engine's pool", kRollout,
               {derived("its share of the device less its weights", std::max(0.0, claimed - weights), Unit::bytes)});
  } else {
    r.book.add(when, ComponentId::kv_cache, "rollout engine's pool, of an unnamed device the completions alone",
               kRollout,
               {asked("completions of a round", sequences, Unit::sequences),
                fromModel("bytes of a full sequence's cache", cacheBytesPerSequence(r, s.rolloutTensor), Unit::bytes)});
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
