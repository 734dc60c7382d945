#include "core/scenario/settings.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace headroom {
namespace {

// Defaults that differ by engine, each with where the engine says so.
struct EngineDefaults {
  Engine engine;
  std::string_view framework;  // the training code an engine name alone stands for
  std::int64_t prefillTokens;
  std::int64_t maxSequences;
  double memoryUtilization;
  LogitsRows logits;
  bool contextIsModelMaximum;  // absent context: the model's maximum instead of 8192
  std::string_view source;
};
constexpr EngineDefaults kDefaults[] = {
    {Engine::transformers, "", 8192, 1, 1.0, LogitsRows::last, false,
     "transformers generation/utils.py: prefill in one pass, logits_to_keep=1 (4.57)"},
    // Without a known device; settingsOf refines by its memory.
    {Engine::vllm, "", 8192, 256, 0.9, LogitsRows::last, true, "vllm/engine/arg_utils.py (0.11)"},
    {Engine::sglang, "", 8192, 256, 0.88, LogitsRows::last, true, "sglang/srt/server_args.py (0.5)"},
    {Engine::llama_cpp, "", 512, 1, 1.0, LogitsRows::last, false, "llama.cpp common/common.h: n_ubatch 512 (2026-08)"},
    {Engine::pytorch, "pytorch", 8192, 1, 1.0, LogitsRows::all, false, ""},
    {Engine::deepspeed, "transformers", 8192, 1, 1.0, LogitsRows::all, false, ""},
    {Engine::fsdp, "pytorch", 8192, 1, 1.0, LogitsRows::all, false, ""},
    {Engine::megatron, "megatron", 8192, 1, 1.0, LogitsRows::all, false, ""},
    {Engine::unsloth, "unsloth", 8192, 1, 1.0, LogitsRows::all, false, ""},
};

const EngineDefaults& defaultsOf(Engine engine) {
  return *std::ranges::find(kDefaults, engine, &EngineDefaults::engine);
}

WeightFormat defaultWeights(const Scenario& s, bool& assumed) {
  if (s.precision.weights) return *s.precision.weights;
  if (s.workload == Workload::qlora) return NumberFormat::nf4;
  if (s.model->storedBytes || s.model->quantization) return AsStored{};
  assumed = !s.model->dtypeStated;
  return s.model->dtype;
}

// Defaults as TRL 1.10 has them (trl/trainer/dpo_trainer.py, grpo_config.py, experimental/ppo,
// experimental/distillation): a reference model of its own unless adapters can be switched off; none for GRPO, whose KL
// coefficient is 0; models beside the policy as large as it; completions of 512 tokens by the model's own generate().
ReinforcementSettings reinforcementOf(const Scenario& s, std::int64_t context) {
  using M = ReinforcementMethod;
  const Reinforcement& r = s.reinforcement;
  ReinforcementSettings out;
  out.completion = context;
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
  out.rolloutShare = r.rolloutShare.value_or(0.3);
  out.rolloutTensor = r.rolloutTensor.value_or(1);
  out.rolloutSleeps = r.rolloutSleeps.value_or(false);
  // One round generates what one optimizer step is over, in whole groups (steps_per_generation = accumulation).
  const std::int64_t data = std::max<std::int64_t>(1, s.parallel.data);
  const std::int64_t group = r.method == M::grpo ? std::max<std::int64_t>(1, r.generations.value_or(8)) : 1;
  const double all =
      static_cast<double>(s.batch) * static_cast<double>(s.training.accumulation) * static_cast<double>(data);
  const double groups = std::ceil(std::min(all, 1e15) / static_cast<double>(group));
  out.rolloutSequences =
      static_cast<std::int64_t>(std::ceil(groups * static_cast<double>(group) / static_cast<double>(data)));
  return out;
}

}  // namespace

EngineVersion engineVersion(std::string_view printed) {
  EngineVersion v;
  const std::size_t start = printed.find_first_of("0123456789");
  if (start == std::string_view::npos) return v;
  const char* at = printed.data() + start;
  const char* const end = printed.data() + printed.size();
  int* const parts[] = {&v.major, &v.minor, &v.patch};
  int read = 0;
  for (int* part : parts) {
    const auto [next, error] = std::from_chars(at, end, *part);
    if (error != std::errc()) break;
    ++read;
    at = next;
    if (at == end || (*at != '.' && *at != '-')) break;
    ++at;
  }
  v.known = read >= 2;
  return v;
}

Checkpointing defaultCheckpointing(const Scenario& s) {
  if (s.workload == Workload::inference) return Checkpointing::none;
  if (s.framework == "torchtitan") return Checkpointing::selective;
  if (s.framework == "ms-swift") return Checkpointing::full;
  const bool unsloth = s.framework ? *s.framework == "unsloth" : s.engine == Engine::unsloth;
  return unsloth ? Checkpointing::offloaded : Checkpointing::none;
}

Settings settingsOf(const Scenario& s) {
  const Model& m = *s.model;
  const bool training = isTraining(s.workload);
  Settings out;
  out.engine = s.engine.value_or(training ? Engine::pytorch : Engine::transformers);
  const EngineDefaults& d = defaultsOf(out.engine);
  out.version = engineVersion(s.engineVersion);
  out.weights = defaultWeights(s, out.weightsAssumed);
  const auto* weightNumber = std::get_if<NumberFormat>(&out.weights);
  const NumberFormat wide = weightNumber != nullptr && isPlainFloat(*weightNumber) ? *weightNumber : m.dtype;
  out.compute = s.precision.compute.value_or(wide);
  const NumberFormat cache = out.engine == Engine::llama_cpp ? NumberFormat::fp16
                             : isPlainFloat(out.compute)     ? out.compute
                                                             : NumberFormat::bf16;
  out.kvCache = s.precision.kvCache.value_or(KvFormats{cache, cache});
  out.gradients = s.precision.gradients.value_or(wide);
  out.adapters = s.precision.adapters.value_or(out.gradients);
  out.reduce = s.precision.reduce.value_or(out.gradients);
  out.optimizer = s.training.optimizer.value_or(Optimizer::adamw);
  // torch.optim keeps its states in the parameters' own dtype (torch/optim/adamw.py, zeros_like); with fp32 master
  // weights they are the master's.
  if (s.precision.masterWeights && std::holds_alternative<NumberFormat>(*s.precision.masterWeights))
    out.masterWeights = std::get<NumberFormat>(*s.precision.masterWeights);
  out.optimizerStates = s.precision.optimizerStates.value_or(out.masterWeights              ? *out.masterWeights
                                                             : s.workload == Workload::full ? wide
                                                                                            : out.adapters);
  out.batch = s.batch;
  const std::int64_t most = m.maxContext > 0 ? m.maxContext : 8192;
  out.context = s.context.value_or(d.contextIsModelMaximum ? most : std::min<std::int64_t>(8192, most));
  // vLLM's defaults depend on the device (arg_utils.py, API server: from 70 GiB on and not an A100 8192 tokens and 1024
  // sequences, below 2048 and 256).
  std::int64_t sequences = d.maxSequences, batched = d.prefillTokens;
  if (out.engine == Engine::vllm && !s.devices.empty()) {
    const DeviceRequest& device = s.devices.front();
    const Bytes total = device.memory ? *device.memory : device.entry ? device.entry->capacity().bytes : Bytes(0);
    const bool large = total >= Bytes(70 * kGiB) && device.accelerator.find("a100") == std::string::npos;
    if (large) sequences = 1024;
    if (!large && total > Bytes(0)) batched = 2048;
  }
  out.maxSequences = s.maxSequences.value_or(out.engine == Engine::llama_cpp ? s.batch : sequences);
  out.prefillTokens = s.prefillTokens.value_or(out.engine == Engine::transformers ? out.context : batched);
  out.unifiedKv = s.unifiedKv.value_or(false);
  out.fullWindowCache = s.fullWindowCache.value_or(false);
  out.mlaCache = s.mlaCache.value_or(true);
  out.cudaGraphs = s.cudaGraphs.value_or(true);
  out.memoryUtilization = s.memoryUtilization.value_or(d.memoryUtilization);
  out.attention = s.attention.value_or(AttentionImplementation::flash);
  out.logits = s.logits.value_or(d.logits);
  out.generates = !m.encoderOnly && s.task.value_or(Task::generate) == Task::generate;
  out.draftTokens = !training && s.speculative ? s.speculative->tokens : 0;
  const bool unsloth = out.engine == Engine::unsloth || s.framework == "unsloth";
  out.loss = s.training.loss.value_or(unsloth ? Loss::fused : Loss::eager);
  out.reinforcement = reinforcementOf(s, out.context);
  if (training) out.framework = s.framework ? std::string_view(*s.framework) : d.framework;
  return out;
}

}  // namespace headroom
