#include <algorithm>

#include "core/estimate/training/loss/own_loss.h"
#include "core/estimate/training/replay/dated_releases.h"
#include "core/estimate/training/replay/own_attention.h"
#include "core/estimate/training/replay/replay.h"
#include "core/model/any_layer.h"
#include "core/model/classifier.h"
#include "core/scenario/liger.h"
#include "core/scenario/optimizers.h"
#include "core/scenario/step_defaults.h"

namespace headroom::training {
namespace {

int release(const EngineVersion& v, int newest) {
  return v.known ? v.major * 10000 + v.minor * 100 + v.patch : newest;
}

// As the qwen3_next and qwen3_5 classes spell it; their loops of before are not written down.
bool knowsDeltaNet(const LayerKind& k) {
  return k.state.kind == StateKind::gated_delta_net && std::ranges::none_of(k.tensors, [](const Tensor& t) {
           return t.name.find("linear_attn.q_proj") != t.name.npos;
         });
}

// Mixers that Transformers' program writes out, and MLPs that are a layer by themselves.
bool knowsAlone(const LayerKind& k) {
  if (k.attention.kind != AttentionKind::none || k.crossAttention.kind != AttentionKind::none) return false;
  return k.state.kind == StateKind::mamba2 || k.state.kind == StateKind::short_conv || knowsDeltaNet(k) ||
         (k.state.kind == StateKind::none && k.mlp.kind == MlpKind::plain);
}

// As deepseek_v2 and deepseek_v3 spell it; another latent attention has other projections (deepseek_v4).
bool knowsLatent(const LayerKind& k) {
  const auto has = [&](TensorRole role) {
    return std::ranges::any_of(k.tensors, [role](const Tensor& t) { return t.role == role && !t.bias; });
  };
  using enum TensorRole;
  return k.attention.kind == AttentionKind::latent && k.attention.indexerHeads == 0 && has(kv_a_proj) &&
         has(kv_b_proj) && has(o_proj) && (has(q_proj) || (has(q_a_proj) && has(q_b_proj)));
}

bool knows(const Model& model, bool alone = false) {
  // Code that stands beside a checkpoint (Qwen-1) is none of the library's classes. A model that sees is trained on
  // text here (diagnoseImages), which passes by its tower.
  if (model.encoderDecoder || model.encoderOnly || ((model.visionSpec || labelsOf(model) > 0) && !alone) ||
      model.narrowLogits)
    return false;
  if (model.layers() == 0) return false;  // a tower or a codec by itself
  return std::ranges::all_of(model.kinds, [alone](const LayerKind& k) {
    using enum AttentionKind;
    if (k.unreadTensors) return false;
    if (alone && knowsAlone(k)) return true;
    if (alone && knowsLatent(k)) return true;
    const bool attends = k.attention.kind == full || k.attention.kind == sliding;
    // Keys that are values, or another layer's (Gemma 3n, Gemma 4).
    if (k.attention.keyIsValue || !k.attention.ownsCache) return false;
    return attends && k.state.kind == StateKind::none && k.crossAttention.kind == none &&
           (alone || !k.attention.outputGate) && (alone || !k.attention.sinks) &&
           k.attention.valueDim == k.attention.headDim;
  });
}

// The parts in which a loss takes a job's rows one after another are replayed so, as long as they can be counted.
bool countable(const Settings& s) {
  constexpr double kMostParts = 1 << 16;
  const TrainingSettings& t = s.training;
  const auto parts = [&](double rows, std::int64_t size) { return size > 0 ? rows / static_cast<double>(size) : 1; };
  const auto context = static_cast<double>(s.context), tokens = static_cast<double>(s.batch) * context;
  return std::max(parts(tokens, t.lossRows), parts(context, t.headChunkTokens)) <= kMostParts &&
         std::min(static_cast<double>(t.lossChunks), context) <= kMostParts;
}

bool plainOrFourBit(const Settings& s) {
  const auto* f = std::get_if<NumberFormat>(&s.weights);
  return f != nullptr && (isPlainFloat(*f) || *f == NumberFormat::nf4 || *f == NumberFormat::nf4_dq);
}

StepOptimizer optimizerOf(Optimizer o) {
  if (o == Optimizer::adamw || o == Optimizer::adam) return StepOptimizer::adamw;
  if (o == Optimizer::adafactor) return StepOptimizer::adafactor;
  return rowOf(o).foreach ? StepOptimizer::foreach : StepOptimizer::other;
}

AttentionPath pathOf(AttentionBackend b) {
  switch (b) {
    case AttentionBackend::eager:
      return AttentionPath::eager;
    case AttentionBackend::flash_attention_2:
      return AttentionPath::flash_attention_2;
    case AttentionBackend::sdpa:
      break;
  }
  return AttentionPath::sdpa;
}

StepLoop loopOf(OptimizerImplementation i) {
  switch (i) {
    case OptimizerImplementation::foreach:
      return StepLoop::foreach;
    case OptimizerImplementation::for_loop:
      return StepLoop::each;
    case OptimizerImplementation::fused:
      break;
  }
  return StepLoop::fused;
}

// One device by itself, with everything on it; activations may go to the host where a program has a way for them.
bool alone(const Run& r, bool offloads) {
  const Settings& s = r.settings;
  return r.layout.shards == 1 && r.layout.tensor == 1 && r.layout.pipeline == 1 && r.layout.context == 1 &&
         r.layout.expert == 1 && s.parallel.data == 1 && s.offload.optimizer == OffloadTarget::none &&
         s.offload.parameters == OffloadTarget::none && (offloads || s.offload.activations == OffloadTarget::none);
}

// A step in which all layers are treated alike and one optimizer step ends it.
bool uniform(const Settings& s) {
  const Checkpointing c = s.training.checkpointing;
  return !s.training.compile && !s.training.optimizerInBackward && s.training.checkpointEvery == 1 &&
         !s.masterWeights && (c == Checkpointing::none || c == Checkpointing::full);
}

// Adapters of routed experts where these are one parameter, by names that PEFT does not follow there.
bool adaptsExperts(const Run& r, int transformers) {
  return r.adapters != nullptr && r.adapters->rule.fusedAdapters == FusedAdapters::none && transformers >= 50000 &&
         std::ranges::any_of(r.adapters->kinds, [](const KindAdapters& k) { return (k.roles & kExpertRoles) != 0; });
}

// How the loss is computed, where a program knows the way. TRL's own head works in tiles since 1.15.
std::optional<StepLoss> lossOf(const Run& r) {
  const Settings& s = r.settings;
  const bool trl = r.profile.id == "trl";
  using M = ReinforcementMethod;
  const M method = s.reinforcement.method;
  // Classifiers have no words to cut into chunks: their few outputs are scored whole, whatever is asked for.
  if (labelsOf(r.model) > 0) return method == M::none ? std::optional(StepLoss::eager) : std::nullopt;
  // Their trainers have the head as a whole to this day (trl/experimental, 1.16).
  if (trl && (method == M::orpo || method == M::simpo)) return StepLoss::paired;
  if (trl && s.loss == Loss::chunked)
    return method == M::none || method == M::dpo || method == M::grpo ? std::optional(StepLoss::tiled) : std::nullopt;
  if (s.loss == Loss::fused && s.reinforcement.method == M::none && ligerRelease(r.scenario, s) > 0) {
    // TRL keeps its own loss since 1.15 and takes the layers' kernels alone (trl/trainer/sft_trainer.py).
    constexpr int kOwnLoss = 11500;
    const EngineVersion version = versionOf(s.packages, Package::trl);
    return trl && release(version, kOwnLoss) >= kOwnLoss ? StepLoss::tiled : StepLoss::fused;
  }
  if (s.loss != Loss::eager) return {};
  if (method == M::none) return StepLoss::eager;
  if (trl && method == M::dpo) return StepLoss::paired;
  if (trl && method == M::grpo) return StepLoss::scored;
  return {};
}

// The programs of other codes than Transformers, by profile.
struct OwnProgram {
  std::string_view profile;
  StepCode code;
  Package package;
  std::span<const DatedRelease> releases;  // the newest is last
};
constexpr OwnProgram kOwnPrograms[] = {{"litgpt", StepCode::litgpt, Package::litgpt, kLitGptReleases},
                                       {"torchtune", StepCode::torchtune, Package::torchtune, kTorchtuneReleases},
                                       {"torchtitan", StepCode::torchtitan, Package::torchtitan, kTorchtitanReleases}};

RoleMask adaptedBy(const AdapterPlan& plan, const Targets& targets) {
  RoleMask roles = plan.head ? bit(TensorRole::head) : 0;
  for (const KindAdapters& k : plan.kinds) roles |= k.roles;
  // Of a fused projection the parts that were asked for.
  if ((roles & bit(TensorRole::qkv_proj)) != 0) {
    RoleMask parts = targets.kind == Targets::Kind::named ? 0 : kQueryKeyValue;
    for (const std::string& name : targets.names)
      if (const TargetName* known = targetName(name)) parts |= (known->called | known->standsFor) & kQueryKeyValue;
    roles |= parts != 0 ? parts : kQueryKeyValue;
  }
  // These codes adapt an MLP as a whole, experts too, which gate_proj stands for.
  if ((roles & (bit(TensorRole::gate_proj) | bit(TensorRole::up_proj) | bit(TensorRole::down_proj) | kExpertRoles)) !=
      0)
    roles |= bit(TensorRole::gate_proj);
  return roles;
}

bool dense(const Model& model) {
  return !hasExperts(model);
}

// What these programs and Transformers' are asked alike.
StepQuestion commonQuestion(const Run& r) {
  const Settings& s = r.settings;
  const NumberFormat weights = *std::get_if<NumberFormat>(&s.weights);
  StepQuestion q;
  q.model = &r.model;
  q.batch = static_cast<double>(s.batch), q.context = static_cast<double>(s.context);
  q.computeWidth = r.element;
  q.fourBit = !isPlainFloat(weights);
  q.weightWidth = q.fourBit ? q.computeWidth : info(weights).blockBytes;
  q.normWidth = q.embeddingWidth = q.weightWidth;
  q.trainsWeights = r.trainsWeights();
  q.checkpointing = s.training.checkpointing != Checkpointing::none;
  q.gradientsThere = s.training.accumulation > 1;
  q.optimizer = optimizerOf(s.optimizer);
  q.loop = loopOf(s.training.optimizerImplementation);
  const OptimizerRow& optimizer = rowOf(s.optimizer);
  q.stateWidth = optimizer.stateBytes > 0 ? optimizer.stateBytes : info(s.optimizerStates).blockBytes;
  q.states = static_cast<std::uint8_t>(optimizer.factored || optimizer.paged ? 0 : optimizer.states);
  q.stepTensors = static_cast<std::uint8_t>(optimizer.stepTensors);
  return q;
}

std::optional<StepQuestion> ownQuestion(const Run& r, const OwnProgram& program) {
  const Settings& s = r.settings;
  const TrainingSettings& t = s.training;
  const bool titan = program.code == StepCode::torchtitan, tune = program.code == StepCode::torchtune;
  const bool offloads = t.checkpointing == Checkpointing::offloaded || s.offload.activations != OffloadTarget::none;
  const bool ways = (!t.optimizerInBackward || tune) && (!offloads || tune) && !t.compile && !s.masterWeights &&
                    (t.checkpointEvery == 1) && (t.checkpointing != Checkpointing::selective || titan);
  if (!alone(r, tune) || !ways || !plainOrFourBit(s) || !knows(r.model)) return {};
  if (!dense(r.model) && program.code != StepCode::litgpt) return {};
  if (s.loss == Loss::fused || s.reinforcement.method != ReinforcementMethod::none) return {};
  if (titan && !r.trainsWeights()) return {};
  if (r.age.before(2024)) return {};  // lit-gpt before its first release
  StepQuestion q = commonQuestion(r);
  q.code = program.code;
  q.release = release(versionOf(s.packages, program.package), releaseAt(program.releases, r.age));
  q.autocast = q.weightWidth > q.computeWidth;
  q.selective = t.checkpointing == Checkpointing::selective;
  if (q.selective) q.everyLayer = static_cast<double>(t.selective.every);
  q.pagedStates = rowOf(s.optimizer).paged;
  if (q.pagedStates) q.optimizer = StepOptimizer::adamw;
  q.optimizerInBackward = t.optimizerInBackward;
  q.offloadsActivations = offloads;
  q.headChunkTokens = static_cast<double>(t.headChunkTokens);                           // 0: the head takes all at once
  q.lossRows = t.lossRows > 0 ? static_cast<double>(t.lossRows) : q.batch * q.context;  // 0: all at once
  q.lossChunks = t.lossChunks > 0 && s.loss != Loss::eager ? static_cast<double>(t.lossChunks) : 1;
  if (q.trainsWeights) return q;
  q.rank = static_cast<double>(t.rank);
  q.adapted = adaptedBy(*r.adapters, *t.targets);
  q.adapterWidth = info(s.adapters).blockBytes;
  q.adapterDropout = t.adapterDropout > 0;
  q.dora = t.dora;
  return q;
}

bool standsOnTransformers(const FrameworkProfile& profile) {
  return profile.id == "transformers" || profile.id == "trl" || profile.id == "peft";
}

}  // namespace

bool knowsLayers(const Model& model) {
  return knows(model, true);
}

bool hasProgram(const FrameworkProfile& profile) {
  return standsOnTransformers(profile) || std::ranges::count(kOwnPrograms, profile.id, &OwnProgram::profile) > 0;
}

std::optional<StepQuestion> stepQuestionOf(const Run& r) {
  if (!countable(r.settings)) return {};
  if (std::optional<StepQuestion> q = distributedQuestionOf(r)) return q;
  for (const OwnProgram& program : kOwnPrograms)
    if (r.profile.id == program.profile) return ownQuestion(r, program);
  const Settings& s = r.settings;
  if (!standsOnTransformers(r.profile)) return {};
  const std::optional<StepLoss> loss = lossOf(r);
  if (!loss || !alone(r, false) || !uniform(s) || !plainOrFourBit(s) || !knows(r.model, true)) return {};
  // Sinks: the eager way, with all experts at once.
  const bool sinks = std::ranges::any_of(r.model.kinds, [](const LayerKind& k) { return k.attention.sinks; });
  const int transformers = release(versionOf(s.packages, Package::transformers), 52400);
  if (adaptsExperts(r, transformers)) return {};
  if (sinks && (s.training.attention != AttentionBackend::eager || transformers < 50000)) return {};
  constexpr int kDeltaRule = 52400;
  const auto delta = [](const LayerKind& k) { return k.state.kind == StateKind::gated_delta_net; };
  if (transformers < kDeltaRule && std::ranges::any_of(r.model.kinds, delta)) return {};
  if (*loss == StepLoss::eager && labelsOf(r.model) == 0 && narrowLoss(r.model, s.packages)) return {};
  StepQuestion q = commonQuestion(r);
  q.transformers = transformers;
  q.peft = release(versionOf(s.packages, Package::peft), 2102);
  // Of a pair both answers; what of them is an answer no key says: a half.
  q.batch = static_cast<double>(s.batch * s.reinforcement.sequencesPerSample);
  q.loss = *loss;
  q.liger = ligerRelease(r.scenario, s);
  if (q.loss == StepLoss::fused && r.adapters != nullptr && r.adapters->head) return {};  // reads the weight alone
  q.rebindsLogits = computesOwnLoss(r.model, s.packages);
  q.learnsChosen = s.reinforcement.method == ReinforcementMethod::orpo;
  if (s.reinforcement.method == ReinforcementMethod::dpo) {
    q.scoredShare = 0.5;
    q.outputsStates = *loss == StepLoss::paired;
    const ReferenceModel reference = s.reinforcement.reference;
    q.referencePass = reference == ReferenceModel::shared || reference == ReferenceModel::held;
  }
  // SFTTrainer.compute_loss measures the entropy of what it has learnt from (trl/trainer/sft_trainer.py, 0.22 to 0.29).
  const EngineVersion trl = versionOf(s.packages, Package::trl);
  if (r.profile.id == "trl" && s.reinforcement.method == ReinforcementMethod::none && *loss == StepLoss::eager &&
      labelsOf(r.model) == 0 && trl.known && release(trl, 0) >= 2200)
    q.metricRows = 128;
  if (s.reinforcement.method == ReinforcementMethod::grpo) {
    q.scoredShare = static_cast<double>(s.reinforcement.completion) / q.context;
    if (*loss == StepLoss::scored) q.metricRows = 128;  // its entropy
  }
  if (q.fourBit && s.training.kbitPreparation) q.normWidth = q.embeddingWidth = 4;
  q.autocast = s.training.autocast;
  q.reentrant = s.training.checkpointReentrant;
  // The Trainer turns off the cache of the configuration that it sees (trainer.py, 5.24), which is not that of the text
  // inside another; TRL asks each pass for none.
  const bool ofText = r.model.visionSpec && r.profile.id != "trl";
  q.useCache = (s.training.useCache || ofText) && !q.checkpointing;
  q.attention = pathOf(s.training.attention);
  q.ownAttention = ownAttentionOf(r.model, s.packages, q.attention);
  // Who says flash means a kernel that holds no scores: torch's own path has none for fp32 heads in groups.
  const bool wide = (q.fourBit ? q.normWidth : q.weightWidth) == 4 && !q.autocast && q.transformers >= 45400;
  const auto grouped = [](const LayerKind& k) { return k.attention.kvHeads != k.attention.heads; };
  if (wide && std::ranges::any_of(r.model.kinds, grouped) && r.scenario.attention == AttentionImplementation::flash &&
      !r.scenario.training.attentionImplementation)
    q.attention = AttentionPath::flash_attention_2;
  const Dropouts dropouts = dropoutsOf(r.scenario, s);
  q.hiddenDropout = dropouts.hidden > 0, q.attentionDropout = dropouts.attention > 0;
  q.embeddingDropout = dropouts.embedding > 0;
  if (q.trainsWeights) return q;
  q.inputsRequireGrad = q.checkpointing;  // prepare_model_for_kbit_training asks for it where it checkpoints
  q.adapters.rank = static_cast<double>(s.training.rank);
  q.adapters.width = info(s.adapters).blockBytes;
  q.adapters.dora = s.training.dora;
  q.adapters.dropout = s.training.adapterDropout > 0;
  q.adapters.savesHead = r.adapters->savesHead;
  q.adapters.savesEmbedding = r.adapters->savesEmbedding;
  q.adapters.head = r.adapters->head;
  q.adapters.fusedExperts = r.adapters->rule.fusedAdapters != FusedAdapters::none;
  for (const KindAdapters& k : r.adapters->kinds) q.adapters.roles |= k.roles;
  return q;
}

}  // namespace headroom::training
