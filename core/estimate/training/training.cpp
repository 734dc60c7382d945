// Training and fine-tuning: what is alive at each moment of a step, on each kind of rank.
#include <algorithm>
#include <string>

#include "core/estimate/training/adapters/fused_expert_targets.h"
#include "core/estimate/training/impossible_runs.h"
#include "core/estimate/training/replay/replay.h"
#include "core/estimate/training/run.h"
#include "core/estimate/training/uncounted_keys.h"
#include "core/model/any_layer.h"
#include "core/model/classifier.h"
#include "core/model/weight_bytes.h"
#include "core/scenario/liger.h"

namespace headroom {
namespace {

using namespace training;

// FP8 and narrower compute keeps its activations in bf16; only the matrix products are narrower.
NumberFormat activationFormat(const Settings& s) {
  return isPlainFloat(s.compute) ? s.compute : NumberFormat::bf16;
}

// Tokens of one micro-batch on a device: sequences × tokens of each, at least one.
Factor tokensOf(FactorTree& tree, const Settings& s, const Layout& layout, std::string_view symbol,
                const Factor& each) {
  const double answers = static_cast<double>(s.reinforcement.sequencesPerSample);
  const Factor tokens = Product(tree, symbol, Unit::tokens)
                            .times(asked("sequences", static_cast<double>(s.batch), Unit::sequences))
                            .times(constant("answers of a pair", answers, Unit::count, "chosen and rejected"))
                            .sharedBy("context-parallel ranks", static_cast<double>(layout.context))
                            .times(each)
                            .close();
  if (tokens.value >= 1) return tokens;
  return tree.largest(symbol, Unit::tokens, {tokens, constant("at least", 1, Unit::tokens, "a rank has one token")});
}

std::string labelOf(const Layout& layout, const Stage& stage) {
  if (layout.pipeline == 1) return "every device";
  if (stage.count == 1) return "stage " + std::to_string(stage.index);
  if (stage.count == layout.pipeline - 2) return "middle stages";
  return "stages " + std::to_string(stage.index) + "–" + std::to_string(stage.index + stage.count - 1);
}

// Targets that no adapter is counted for: a head or an embedding, which is trained beside its frozen original, and
// names that no module has.
void diagnoseTargets(EstimateContext& c, const AdapterPlan& plan) {
  if (!plan.matched)
    c.about("training.targets", "no-adapter-target", Severity::warning,
            "No module of the model answers to the adapter targets, so no adapter is counted.");
  for (const std::string& name : c.settings.training.targets->names) {
    if ((answersTo(c.model, name) && !passedOver(c.model, plan, name)) || namesHead(name)) continue;
    const bool outside = name.ends_with("embed_tokens");
    if (outside) c.unmodelled("what training " + name + " keeps");
    if (outside || plan.matched)
      c.about("training.targets", outside ? "target-not-counted" : "target-matches-nothing",
              outside ? Severity::warning : Severity::ignored,
              outside ? "Nothing is counted for the target " + name + ", which lies outside the layers."
                      : "No module of the model answers to the target '" + name + "'; nothing is counted for it.");
  }
}

// Modules that are trained whole beside the adapters and counted nowhere.
void diagnoseSaved(EstimateContext& c) {
  for (const std::string& name : *c.settings.training.modulesToSave) {
    if (namesHead(name) || namesEmbedding(name)) continue;
    if (labelsOf(c.model) > 0 && (name == "score" || name == "classifier")) continue;  // a few rows
    c.unmodelled("the trained copy of " + name);
    c.about("training.modules_to_save", "saved-module-not-counted", Severity::warning,
            "Nothing is counted for " + name + " of modules_to_save, which is trained whole.");
  }
}

// Programs run torch's own operators, closed forms count the kernels of packages beside it.
void diagnoseRecurrent(EstimateContext& c, bool replayed) {
  const auto scans = [](const LayerKind& k) {
    return k.state.kind != StateKind::none && k.state.kind != StateKind::short_conv;
  };
  if (std::ranges::none_of(c.model.kinds, scans)) return;
  if (replayed) {
    c.note("recurrent-layers",
           "What recurrent layers keep is counted as the code's own operators keep it; with the fused kernels of "
           "mamba-ssm, causal-conv1d or flash-linear-attention installed it is less.");
    return;
  }
  c.warn("recurrent-layers",
         "What recurrent layers keep is counted as their fused kernels keep it; without those (mamba-ssm, "
         "causal-conv1d, flash-linear-attention) the code's plain loops keep several times as much.");
  c.unmodelled("what recurrent layers keep without their kernels");
}

// Blocks that no program writes out and that closed forms take for the usual ones.
void diagnoseSharedKeys(EstimateContext& c, bool replayed) {
  const auto shares = [](const LayerKind& k) { return k.attention.keyIsValue || !k.attention.ownsCache; };
  if (!replayed && std::ranges::any_of(c.model.kinds, shares))
    c.unmodelled("what layers keep whose keys and values are shared");
}

// Images are not counted in training: neither what a tower keeps of them nor the tokens they become.
void diagnoseImages(EstimateContext& c) {
  if (!c.model.visionSpec) return;
  if (c.scenario.images && c.scenario.images->perRequest > 0) {
    c.about("images", "images-not-counted", Severity::warning,
            "Nothing is counted for images in training: neither what the vision tower keeps of them nor their tokens.");
    c.unmodelled("what the vision tower keeps of images");
    return;
  }
  c.note("text-alone",
         "A step on text alone is estimated; images add what the vision tower keeps of them, and tokens.");
}

// Layers that are taken for the nearest usual ones, in programs as in formulas.
void diagnoseLayers(EstimateContext& c) {
  if (knowsLayers(c.model) && !c.model.ownForward) return;
  c.warn("unknown-layers",
         "What layers of this class keep is not written down; they are counted as the usual ones with as many and as "
         "large tensors.");
  c.unmodelled("what layers of this class keep");
}

// Nor has the encoder beside a decoder a length of its own here, and no trace confirms what both keep.
void diagnoseEncoder(EstimateContext& c) {
  if (!c.model.encoderDecoder) return;
  c.warn("encoder-decoder",
         "Encoder and decoder are taken to be equally long, and what they keep is counted by formulas that no trace of "
         "such a model confirms.");
  c.unmodelled("what an encoder beside its decoder keeps");
}

// PEFT adapts experts that Transformers 5 holds as one parameter in a way that programs alone write out.
void diagnoseFusedExperts(EstimateContext& c, const FrameworkProfile& profile, bool replayed) {
  if (profile.fusedExperts == FusedExperts::separate || !adaptsFusedExperts(c.model, c.settings)) return;
  if (replayed && fusedAdaptersOf(c.model, c.settings) != FusedAdapters::none) {
    c.note("adapted-experts",
           "PEFT adapts the experts too, which Transformers 5 holds as one parameter: a copy of all of a layer's, "
           "adapters added, is made for every pass and kept.");
    return;
  }
  c.about("training.targets", "adapted-experts", Severity::warning,
          "PEFT adapts the experts too, which Transformers 5 holds as one parameter: a copy of all of a layer's, "
          "adapters added, is made for every pass and kept. Nothing is counted for that copy.");
  c.unmodelled("what adapters of a layer's fused experts take");
}

void diagnose(EstimateContext& c, const Layout& layout, const ProfileChoice& choice, const AdapterPlan* adapters) {
  if (!choice.known) {
    c.about("framework", "unknown-framework", Severity::warning,
            "The framework '" + std::string(c.settings.framework) +
                "' has no profile; it is estimated as a plain PyTorch loop with a wider band.");
    c.unmodelled("the habits of " + std::string(c.settings.framework));
  }
  if (adapters != nullptr) diagnoseTargets(c, *adapters), diagnoseSaved(c);
  if (c.settings.offload.optimizer == OffloadTarget::nvme)
    c.unmodelled("the host's pinned buffers of an optimizer that is swapped to a drive");
  const FrameworkProfile& profile = *choice.profile;
  if (layout.context > 1 && !profile.exchangesHeads && !profile.contextExchange && !profile.contextMeasured)
    c.unmodelled("what context-parallel ranks exchange in attention");
  if (layout.expert > 1 && !profile.expertMeasured) c.unmodelled("what expert-parallel ranks exchange");
  diagnoseImpossible(c);
  const bool refused =
      std::ranges::any_of(c.result.diagnostics, [](const Diagnostic& d) { return d.code == "heads-not-divisible"; });
  for (const LayerKind& k : c.model.kinds) {
    if (!refused && k.attention.heads > 0 && k.attention.heads % layout.tensor != 0) {
      c.warn("tensor-parallel-heads", "Tensor parallelism of " + std::to_string(layout.tensor) +
                                          " does not divide the " + std::to_string(k.attention.heads) +
                                          " attention heads; the first rank's larger share is shown.");
      break;
    }
  }
  const Reinforcement& asked = c.scenario.reinforcement;
  if (asked.reference && *asked.reference != c.settings.reinforcement.reference)
    c.note("reference-model", "The reference model cannot be '" + std::string(nameOf(*asked.reference)) + "' with " +
                                  std::string(nameOf(asked.method)) + " here; '" +
                                  std::string(nameOf(c.settings.reinforcement.reference)) + "' is estimated.");
  const PrintedAge age = c.scenario.engineVersion.empty() ? PrintedAge{} : ageOf(c.scenario.engineVersion);
  const bool routed = hasExperts(c.model);
  if (routed && adapters != nullptr && fusedExpertsOf(*choice.profile, c.settings, age) == FusedExperts::wide)
    c.note("fused-experts",
           "transformers 5 holds a layer's experts as one tensor, which bitsandbytes does not quantize: they are "
           "estimated in 16 bit.");
  // monkey_patch.py lets a class it does not know be, with a line in the log: its logits are whole then.
  if (lossOfLiger(c.settings) && ligerClass(c.model) == nullptr) {
    c.about("training.loss", "liger-class", Severity::warning,
            "Whether Liger-Kernel has kernels for this class, and what they keep, is not known here: its fused loss is "
            "counted, the class' own operators elsewhere.");
    c.unmodelled("what Liger-Kernel does to this class");
  }
  if (c.model.encoderOnly && !choice.profile->encoderHasVocabularyLoss)
    c.note("encoder-loss", "The model is an encoder; a loss over classes is assumed, not one over the vocabulary.");
}

// What the framework's scenario leaves open: which compiler torch.compile and the loss get, in which chunks, how a code
// other than Megatron divides what tensor parallelism leaves whole, and the length of samples that ms-swift feeds to
// Megatron.
bool leavesOpen(const Run& r) {
  if (r.profile.id == "ms-swift") return r.layout.tensor > 1;
  if (r.profile.id == "megatron")
    return r.scenario.engineVersion.find("swift") != std::string::npos || !r.trainsWeights();
  return r.layout.tensor > 1 ||
         (r.profile.loss.eagerCompiled < r.profile.loss.eager ? r.compiledLoss() || r.settings.loss == Loss::chunked
                                                              : r.layout.shards > 1);
}

// The band follows how the account was made, not the code alone. A step replayed operator by operator, as traces of the
// code confirm it, is off by what the allocator and the context add, under FSDP1 also by what wrapping and NCCL do;
// DeepSpeed's ZeRO by the order of its gathers;
// closed forms and replayed passes by what no trace checked, as widely as the code's own runs were seen to differ.
Band bandOf(const Run& r) {
  const AllocatorHabit& a = r.profile.allocator;
  if (r.age.before(2023)) return fittedBand(ConstantId::band_torch1_low, ConstantId::band_torch1_high);
  const ConstantId own = a.lowRatio.fitted();
  const bool loop = own == ConstantId::band_plain_low, padded = own == ConstantId::band_padded_low;
  const bool trainer = padded || own == ConstantId::band_fixed_low || own == ConstantId::band_changing_low;
  const Sharding sharding = r.layout.sharding;
  const bool zero = sharding == Sharding::zero1 || sharding == Sharding::zero2 || sharding == Sharding::zero3;
  if (zero && (loop || trainer)) return fittedBand(ConstantId::band_trainer_low, ConstantId::band_trainer_high);
  const bool script = own == ConstantId::band_fsdp_qlora_low, recipe = script || own == ConstantId::band_torchtune_low;
  const bool flat = sharding == Sharding::fsdp;
  // Shards on the host were never traced; runs of one script alone confirm them.
  if (r.replayed && flat && trainer && r.settings.offload.parameters != OffloadTarget::none)
    return fittedBand(ConstantId::band_host_low, ConstantId::band_host_high);
  if (r.replayed && flat && (loop || trainer || recipe))
    return fittedBand(ConstantId::band_flat_low, ConstantId::band_flat_high);
  const bool confirmed = r.replayed && !r.model.ownForward;
  if (confirmed && !padded && (loop || trainer || recipe))
    return fittedBand(ConstantId::band_fixed_low, ConstantId::band_fixed_high);
  if (trainer && !confirmed) return fittedBand(ConstantId::band_changing_low, ConstantId::band_changing_high);
  if (a.openLow > 0 && leavesOpen(r)) return {a.openLow, a.openHigh};
  return {a.lowRatio, a.highRatio};
}

// A sum of the book, which knows the bytes alone; an open ledger is asked for the lines that they are made of.
Factor totalOf(std::string_view symbol, Bytes bytes) {
  return bytes == Bytes(0) ? none(symbol, Unit::bytes)
                           : summed(symbol, static_cast<double>(bytes.value()), Unit::bytes);
}
Factor aliveAt(const Run& r, std::string_view symbol, MomentId m) {
  if (!r.rank.ledger.open()) return totalOf(symbol, r.book.total(m));
  return sumOfLines(r.rank.ledger, symbol, [&](std::size_t line) { return (r.book.when(line) & at(m)) != 0; });
}

// Gradients that are alive at the end of the backward pass and not yet at the loss.
Factor laterGradients(const Run& r) {
  const auto alive = [&](std::string_view symbol, MomentId m) {
    if (!r.rank.ledger.open()) return totalOf(symbol, r.book.at(m, ComponentId::gradients));
    return sumOfLines(r.rank.ledger, symbol, [&](std::size_t i) {
      return r.rank.ledger.lines()[i].component == ComponentId::gradients && (r.book.when(i) & at(m)) != 0;
    });
  };
  return r.rank.ledger.sum(
      "gradients that come after the loss", Unit::bytes,
      {alive("gradients at the end of backward", r.replayed ? MomentId::step : MomentId::backward_end),
       less(alive("gradients at the loss", MomentId::loss))});
}

// In fp32 torch's sdpa has no kernel for heads in groups; who says flash is taken at his word, and both are said.
void diagnoseWideHeads(EstimateContext& c, const StepAccount& account) {
  const Settings& s = c.settings;
  const bool program = account.step == StepCode::transformers || account.passes == StepCode::transformers;
  const bool stored = s.weights == WeightFormat(NumberFormat::fp32) && s.parallel.sharding == Sharding::none;
  // Until 4.53 Transformers repeats keys and values for every head (integrations/sdpa_attention.py).
  const bool shared = !versionOf(s.packages, Package::transformers).before(4, 54);
  const bool wide = shared && (s.compute == NumberFormat::fp32 || stored) && !s.training.autocast;
  const auto grouped = [](const LayerKind& k) {
    return k.attention.kvHeads > 0 && k.attention.kvHeads != k.attention.heads;
  };
  if (!program || s.training.attention != AttentionBackend::sdpa || !wide ||
      std::ranges::none_of(c.model.kinds, grouped))
    return;
  const bool asked = c.scenario.attention && !c.scenario.training.attentionImplementation;
  c.about("attention", "wide-heads", Severity::note,
          asked
              ? "Flash is taken for a kernel that holds no scores. In fp32 torch's own attention has none for heads in "
                "groups, and holds them where nobody says flash."
              : "In fp32 torch's own attention has no fused kernel for heads in groups: their scores are held, unless "
                "attention is said to be flash.");
}

StepAccount estimateStage(EstimateContext& c, const FrameworkProfile& profile, const ProfileChoice& choice,
                          const Layout& layout, const Stage& stage, const AdapterPlan* adapters,
                          const PrintedAge& age) {
  const Scenario& s = c.scenario;
  RankEstimate& rank = c.addRank();
  rank.label = labelOf(layout, stage);
  rank.stage = static_cast<int>(stage.index);
  rank.devices = stage.count * layout.data * layout.context * layout.tensor;
  if (!s.devices.empty()) rank.capacity = s.devices.front().capacity();
  const RankScope scope{c.model, c.settings,          profile,  layout,
                        stage,   c.settings.training, adapters, fusedExpertsOf(profile, c.settings, age)};
  const RankTensors tensors = rankTensorsOf(scope);
  const RankFactors factors(rank.ledger, scope, tensors);
  const ReinforcementSettings& reinforcement = c.settings.reinforcement;
  MomentBook book(rank, reinforcement.rolloutSequences > 0);
  const Factor microBatch =
      tokensOf(rank.ledger, c.settings, layout, "tokens of a micro-batch",
               asked("tokens of a sequence", static_cast<double>(c.settings.context), Unit::tokens));
  const Factor lossRows =
      tokensOf(rank.ledger, c.settings, layout, "tokens of a micro-batch with logits",
               asked("tokens of a sequence with logits", static_cast<double>(reinforcement.completion), Unit::tokens));
  const Factor compute = bytesOf(activationFormat(c.settings), "bytes per element of the compute dtype");
  Run run{s,
          c.model,
          c.settings,
          profile,
          layout,
          stage,
          scope,
          tensors,
          factors,
          adapters,
          age,
          rank,
          c.result.host,
          book,
          compute,
          bytesOf(c.settings.adapters, "bytes per element of the adapters"),
          microBatch,
          lossRows,
          microBatchesInFlight(rank.ledger, layout, stage),
          compute.value,
          microBatch.value};
  run.hostLines = c.result.host.lines().size();
  const std::optional<StepQuestion> question = stepQuestionOf(run);
  const std::optional<StepQuestion> passes = question ? std::nullopt : passesQuestionOf(run);
  run.replayed = question.has_value(), run.passesReplayed = passes.has_value();
  const Band band = bandOf(run);
  const double widen = choice.known ? 1.0 : 1.5;
  run.bandLow = 1 - (1 - band.lowRatio) * widen;
  run.bandHigh = 1 + (band.highRatio - 1) * widen;
  if (stage.index == 0) sayOfPlainAttention(c, run, run.replaysPasses());
  addStates(run);
  if (question) {
    if (reinforcement.method != ReinforcementMethod::none) addReinforcement(run);
    if (question->code == StepCode::distributed) addHeldBuffers(run);
    addReplayedStep(run, *question);
  } else {
    if (passes)
      addReplayedPasses(run, *passes);
    else
      addActivations(run);
    if (reinforcement.method != ReinforcementMethod::none) addReinforcement(run);
    if (!passes || passes->withoutLogits) addLoss(run);
    addCommunication(run);
  }
  addWorkspace(run);
  const ProcessBytes bytes{aliveAt(run, "allocated at the peak", book.peak()),
                           aliveAt(run, "allocated at the loss", MomentId::loss), laterGradients(run),
                           question ? replayedCache(run, *question) : std::nullopt};
  book.close();
  addProcess(run, bytes);
  return {question ? std::optional(question->code) : std::nullopt, passes ? std::optional(passes->code) : std::nullopt};
}

// Experts are one parameter of a layer since Transformers 5 (integrations/moe.py, January 2026).
TargetRule targetRuleOf(const FrameworkProfile& profile, const Model& model, const Settings& settings) {
  const EngineVersion release = versionOf(settings.packages, Package::transformers);
  const bool five = release.known && release.major >= 5;
  const bool fused = five && profile.fusedExperts != FusedExperts::separate;
  return {profile.adaptsProjectionsOnly, profile.adaptsByRole, fused,
          fused ? fusedAdaptersOf(model, settings) : FusedAdapters::none};
}

// PEFT makes adapters fp32 and leaves trained copies of modules as the model is; so are their states.
double savedFormat(const FrameworkProfile& profile, const Settings& s) {
  const auto* const weights = std::get_if<NumberFormat>(&s.weights);
  const bool peft = profile.id == "transformers" || profile.id == "peft" || profile.id == "trl";
  if (!peft || weights == nullptr || s.optimizerStates != s.adapters) return 1;
  const bool packed = !isPlainFloat(*weights);
  const double model = !packed                      ? info(*weights).blockBytes
                       : s.training.kbitPreparation ? 4.0
                                                    : info(s.compute).blockBytes;
  return model / info(s.adapters).blockBytes;
}

}  // namespace

void estimateTraining(EstimateContext& c) {
  const Scenario& s = c.scenario;
  const ProfileChoice choice = profileOf(c.settings);
  const FrameworkProfile& profile = *choice.profile;
  Layout layout = layoutOf(c.model, c.settings);
  if (profile.zero2KeepsGathered && layout.sharding == Sharding::zero2)
    layout.sharding = Sharding::fsdp2, layout.keepsGathered = true;
  if (profile.zero2KeepsGathered && layout.sharding == Sharding::zero3) layout.sharding = Sharding::fsdp2;
  AdapterPlan plan;
  const AdapterPlan* adapters = nullptr;
  if (s.workload != Workload::full) {
    plan = adapterPlanOf(c.model, c.settings.training, targetRuleOf(profile, c.model, c.settings));
    plan.savedFormat = savedFormat(profile, c.settings);
    adapters = &plan;
  }
  diagnose(c, layout, choice, adapters);
  c.result.trainableParameters =
      adapters != nullptr ? Parameters(static_cast<std::int64_t>(plan.parameters)) : c.model.parameters;
  const PrintedAge age = s.engineVersion.empty() ? PrintedAge{} : ageOf(s.engineVersion);
  layout.oneByOne = layout.oneByOne || profile.naivePipeline;
  StepAccount account;  // the plainest of the stages'
  for (std::int64_t i = 0; i < layout.pipeline;) {
    const Stage stage = stageFrom(c.model, layout, i);
    const StepAccount one = estimateStage(c, profile, choice, layout, stage, adapters, age);
    if (i == 0 || !one.step) account = one;
    i += stage.count;
  }
  const bool replayed = account.step.has_value();
  sayUncounted(c, account);
  diagnoseWideHeads(c, account);
  const std::size_t before = c.result.unmodelled.size();
  diagnoseRecurrent(c, replayed), diagnoseSharedKeys(c, replayed), diagnoseEncoder(c);
  if (c.result.unmodelled.size() == before) diagnoseLayers(c);
  diagnoseImages(c);
  if (adapters != nullptr) diagnoseFusedExperts(c, profile, replayed);
  c.result.weightBytes = weightBytes(c.model, c.settings.weights);
}

}  // namespace headroom
