#include "core/scenario/reinforcement_settings.h"

#include <algorithm>
#include <cmath>

#include "core/model/classifier.h"

namespace headroom {

// Defaults as TRL 1.10 has them (trl/trainer/dpo_trainer.py, grpo_config.py, experimental/ppo,
// experimental/distillation): a reference model of its own unless adapters can be switched off; none for GRPO, whose KL
// coefficient is 0; models beside the policy as large as it; completions of 512 tokens by the model's own generate().
ReinforcementSettings reinforcementOf(const Scenario& s, std::int64_t context, std::int64_t batch, std::int64_t data) {
  using M = ReinforcementMethod;
  const Reinforcement& r = s.reinforcement;
  ReinforcementSettings out;
  out.completion = context;
  out.rolloutShare = r.rolloutShare.value_or(0.3);
  out.rolloutTensor = r.rolloutTensor.value_or(1);
  out.rolloutSleeps = r.rolloutSleeps.value_or(false);
  // TRL trains a classifier of one output as a reward model, on both answers of a pair (trl/trainer/reward_trainer.py,
  // 0.24 to 1.16).
  const bool rewards =
      isTraining(s.workload) && s.framework && sameName(*s.framework, "trl") && labelsOf(*s.model) == 1;
  if (rewards && r.method == M::none) out.sequencesPerSample = 2;
  if (!isTraining(s.workload) || r.method == M::none) return out;
  out.method = r.method;
  const bool adapters = s.workload != Workload::full;
  const bool compares = r.method == M::dpo || r.method == M::ppo || r.method == M::grpo;
  if (compares) {
    const ReferenceModel usual = adapters ? ReferenceModel::shared : ReferenceModel::held;
    out.reference = r.reference.value_or(r.method == M::grpo ? ReferenceModel::none : usual);
    if (out.reference == ReferenceModel::shared && !adapters) out.reference = ReferenceModel::held;
    // Completions that do not exist yet cannot be scored beforehand.
    if (out.reference == ReferenceModel::precomputed && r.method != M::dpo) out.reference = usual;
  }
  const double policy = static_cast<double>(s.model->parameters.value());
  const auto size = [](const std::optional<SideModel>& m, double usual) { return m ? m->parameters : usual; };
  if (r.method == M::ppo || r.method == M::grpo) out.rewardParameters = size(r.reward, r.method == M::ppo ? policy : 0);
  if (r.method == M::ppo) out.criticParameters = size(r.critic, policy);
  if (r.method == M::distillation) out.teacherParameters = size(r.teacher, policy);
  if (r.method == M::dpo || r.method == M::orpo || r.method == M::simpo) out.sequencesPerSample = 2;
  if (r.method == M::grpo) out.completion = std::min(context, r.completion.value_or(512));
  if (r.method == M::distillation) out.completion = std::min(context, r.completion.value_or(context));
  if (r.method != M::ppo && r.method != M::grpo) return out;
  out.rollout = r.rollout.value_or(Rollout::generate);
  // One round generates what one optimizer step is over, in whole groups (steps_per_generation = accumulation).
  const std::int64_t group = r.method == M::grpo ? std::max<std::int64_t>(1, r.generations.value_or(8)) : 1;
  const double all =
      static_cast<double>(batch) * static_cast<double>(s.training.accumulation.value_or(1)) * static_cast<double>(data);
  const double groups = std::ceil(std::min(all, 1e15) / static_cast<double>(group));
  out.rolloutSequences =
      static_cast<std::int64_t>(std::ceil(groups * static_cast<double>(group) / static_cast<double>(data)));
  return out;
}

}  // namespace headroom
