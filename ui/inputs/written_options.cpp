// The settings that have a behaviour of their own: one macro-free table.
#include <QStringList>
#include <algorithm>

#include "core/open/catalogue.h"
#include "core/open/scenario_json.h"
#include "core/scenario/choices.h"
#include "core/scenario/engines.h"
#include "core/scenario/training_codes.h"
#include "ui/inputs/option_support.h"
#include "ui/inputs/option_tables.h"
#include "ui/languages/language.h"
#include "ui/languages/tr.h"

#define TIP(text) QT_TRANSLATE_NOOP("headroom::ui", text)

namespace headroom::ui {
namespace {

using namespace options;
using Kind = Option::Kind;
using S = const Snapshot&;
using Choices = std::vector<OptionChoice>;
constexpr std::int64_t kMaxParallel = 65536;
constexpr auto kNoChoices = [](S) { return Choices{}; };

Choices kvChoices(S s) {
  using enum NumberFormat;
  if (llamaCpp(s)) return formats({fp32, fp16, bf16, q8_0, q5_1, q5_0, q4_1, q4_0, iq4_nl});
  return formats({fp32, bf16, fp16, fp8, int8, int4});
}
QString kvValue(S s) {
  const auto& kv = s.scenario.precision.kvCache;
  return kv ? text(info(kv->k).id) : QString();
}
QString setKv(Scenario& s, const QString& value) {
  const auto f = numberFormat(value.toStdString());
  s.precision.kvCache = f ? std::optional(KvFormats{*f, *f}) : std::nullopt;
  return {};
}

Choices engineChoices(S s) {
  Choices out;
  for (const EngineRow& row : engineRows())
    if (row.trains == training(s)) out.push_back({text(row.id), text(row.label)});
  return out;
}
Choices frameworkChoices(S) {
  Choices out;
  for (const TrainingCodeRow& row : trainingCodes()) out.push_back({text(row.id), text(row.label)});
  return out;
}
Choices masterChoices(S) {
  Choices out = formats({NumberFormat::fp32, NumberFormat::bf16});
  out.insert(out.begin(), {QStringLiteral("none"), QStringLiteral("none")});
  return out;
}
QString masterValue(S s) {
  const auto& m = s.scenario.precision.masterWeights;
  if (!m) return {};
  return std::holds_alternative<Precision::None>(*m) ? QStringLiteral("none")
                                                     : text(info(std::get<NumberFormat>(*m)).id);
}
QString setMaster(Scenario& s, const QString& value) {
  auto& m = s.precision.masterWeights;
  m.reset();
  if (value == QLatin1String("none")) m = Precision::None{};
  if (const auto f = numberFormat(value.toStdString())) m = *f;
  return {};
}
QString targetsValue(S s) {
  const Targets& t = *s.settings.training.targets;
  if (t.kind == Targets::Kind::all_linear) return QStringLiteral("all-linear");
  if (t.kind == Targets::Kind::attention) return QStringLiteral("attention");
  QStringList names;
  for (const std::string& n : t.names) names << QString::fromStdString(n);
  return names.join(QStringLiteral(", "));
}
QString setTargets(Scenario& s, const QString& value) {
  Targets t;
  const QString v = value.trimmed();
  if (v == QLatin1String("attention")) {
    t.kind = Targets::Kind::attention;
  } else if (!v.isEmpty() && v != QLatin1String("all-linear")) {
    t.kind = Targets::Kind::named;
    for (const QString& n : v.split(QLatin1Char(','), Qt::SkipEmptyParts))
      if (!n.trimmed().isEmpty()) t.names.push_back(n.trimmed().toStdString());
  }
  s.training.targets = std::move(t);
  return {};
}
Choices targetChoices(S s) {
  Choices out{{QStringLiteral("all-linear"), tr("all linear layers")},
              {QStringLiteral("attention"), QStringLiteral("attention")},
              {QStringLiteral("q_proj, v_proj"), QStringLiteral("q_proj, v_proj")}};
  const QString now = targetsValue(s);
  if (std::ranges::find(out, now, &OptionChoice::id) == out.end()) out.push_back({now, now});
  return out;
}
QString setShare(double& target, const QString& value, double most) {
  const ParsedShare parsed = parseShare(value, most);
  if (parsed.value) target = *parsed.value;
  return parsed.problem;
}
QString percent(double share) {
  return localNumber(share * 100, 'g', 4) + QStringLiteral(" %");
}

ReinforcementMethod method(S s) {
  return s.settings.reinforcement.method;
}
bool generates(S s) {
  return method(s) == ReinforcementMethod::ppo || method(s) == ReinforcementMethod::grpo;
}
bool comparesWithReference(S s) {
  return method(s) == ReinforcementMethod::dpo || generates(s);
}
bool colocated(S s) {
  return generates(s) && s.settings.reinforcement.rollout == Rollout::colocated;
}
QString teacherValue(S s) {
  const auto& teacher = s.scenario.reinforcement.teacher;
  if (!teacher) return {};
  return teacher->id.empty() ? localNumber(teacher->parameters / 1e9, 'g', 6) : QString::fromStdString(teacher->id);
}
// A model of the catalogue, or billions of parameters: "70", "7.5".
QString setTeacher(Scenario& s, const QString& value) {
  const QString v = value.trimmed();
  if (v.isEmpty()) return s.reinforcement.teacher.reset(), QString();
  bool isNumber = false;
  const double billions = plainNumber(v).toDouble(&isNumber);
  if (isNumber) {
    if (billions < 0 || billions > 1e6) return tr("Between 0 and 1 000 000 billion.");
    return s.reinforcement.teacher = SideModel{billions * 1e9, {}}, QString();
  }
  const CatalogueEntry* entry = findCatalogueModel(v.toStdString());
  if (entry == nullptr) return tr("Not a model of the catalogue.");
  return s.reinforcement.teacher = SideModel{static_cast<double>(entry->parameters.value()), entry->id}, QString();
}

// One macro-free table; the lambdas are the whole behaviour of a row.
const Option kOptions[] = {
    // Precision
    {Field::kv_cache, Section::precision, Kind::choice,
     TIP("Number format of cached keys and values. Halving it halves the KV cache."), inference, kvValue, kvChoices,
     setKv, true},
    {Field::compute, Section::precision, Kind::choice, TIP("Format the layers compute in; sizes activations."),
     [](S s) { return !llamaCpp(s); }, [](S s) { return formatId(s.scenario.precision.compute); },
     [](S) {
       return formats({NumberFormat::fp32, NumberFormat::bf16, NumberFormat::fp16});
     },
     [](Scenario& s, const QString& v) { return setFormat(s.precision.compute, v); }, true},
    {Field::adapters, Section::precision, Kind::choice, TIP("Format of the LoRA matrices."), adapters,
     [](S s) { return formatId(s.scenario.precision.adapters); },
     [](S) {
       return formats({NumberFormat::fp32, NumberFormat::bf16, NumberFormat::fp16});
     },
     [](Scenario& s, const QString& v) { return setFormat(s.precision.adapters, v); }, true},
    {Field::gradients, Section::precision, Kind::choice,
     TIP("Format gradients are kept in, one per trainable parameter."), training,
     [](S s) { return formatId(s.scenario.precision.gradients); },
     [](S) {
       return formats({NumberFormat::fp32, NumberFormat::bf16, NumberFormat::fp16});
     },
     [](Scenario& s, const QString& v) { return setFormat(s.precision.gradients, v); }, true},
    {Field::optimizer_states, Section::precision, Kind::choice, TIP("Format of the optimizer's moments."), training,
     [](S s) { return formatId(s.scenario.precision.optimizerStates); },
     [](S) {
       return formats({NumberFormat::fp32, NumberFormat::bf16});
     },
     [](Scenario& s, const QString& v) { return setFormat(s.precision.optimizerStates, v); }, true},
    {Field::master_weights, Section::precision, Kind::choice,
     TIP("A second copy of the trained weights that the optimizer updates (mixed precision)."), training, masterValue,
     masterChoices, setMaster, true},

    // Engine and runtime
    {Field::engine, Section::engine, Kind::choice,
     TIP("The program that runs it. Each has its own buffers, cache layout and defaults."), [](S) { return true; },
     [](S s) { return s.scenario.engine ? text(nameOf(*s.scenario.engine)) : QString(); }, engineChoices,
     [](Scenario& s, const QString& v) {
       chooseEngine(s, v.isEmpty() ? std::nullopt : valueOf<Engine>(v.toStdString()));
       return QString();
     },
     true},
    {Field::framework, Section::engine, Kind::choice,
     TIP("The training code, whose habits differ: what it keeps in fp32, how it computes the loss."), training,
     [](S s) { return QString::fromStdString(s.scenario.framework.value_or("")); }, frameworkChoices,
     [](Scenario& s, const QString& v) {
       s.framework = v.isEmpty() ? std::nullopt : std::optional(v.toStdString());
       return QString();
     },
     true},
    {Field::engine_version, Section::engine, Kind::text,
     TIP("As the engine prints it; picks rules that changed between versions. Empty: the newest known."),
     [](S) { return true; }, [](S s) { return QString::fromStdString(s.scenario.engineVersion); }, kNoChoices,
     [](Scenario& s, const QString& v) { return s.engineVersion = v.trimmed().toStdString(), QString(); }, true},
    {Field::attention, Section::engine, Kind::choice,
     TIP("Flash attention never holds the scores; eager attention holds them for the whole context."),
     [](S s) { return !pooled(s); },
     [](S s) { return s.scenario.attention ? text(nameOf(*s.scenario.attention)) : QString(); },
     [](S) { return namesOf<AttentionImplementation>(); },
     [](Scenario& s, const QString& v) { return setName(s.attention, v), QString(); }, true},
    {Field::logits, Section::engine, Kind::choice,
     TIP("Rows of logits kept in prefill: the last token's, or one for every token."), inference,
     [](S s) { return s.scenario.logits ? text(nameOf(*s.scenario.logits)) : QString(); },
     [](S) { return namesOf<LogitsRows>(); },
     [](Scenario& s, const QString& v) { return setName(s.logits, v), QString(); }, true},
    {Field::prefill_tokens, Section::engine, Kind::number,
     TIP("Tokens of one prefill step (vLLM max_num_batched_tokens, llama.cpp n_ubatch); sizes activations."), inference,
     [](S s) { return shown(s.scenario.prefillTokens); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setCount(s.prefillTokens, v, 1, kMaxContext); }, true},
    {Field::max_sequences, Section::engine, Kind::number, TIP("Sequences the engine sizes its buffers for."),
     [](S s) { return pooled(s) || llamaCpp(s); }, [](S s) { return shown(s.scenario.maxSequences); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setCount(s.maxSequences, v, 1, kMaxBatch); }, true},
    {Field::memory_utilization, Section::engine, Kind::number,
     TIP("Share of the device the engine claims when it starts."), pooled,
     [](S s) { return s.scenario.memoryUtilization ? percent(*s.scenario.memoryUtilization) : QString(); }, kNoChoices,
     [](Scenario& s, const QString& v) {
       if (v.trimmed().isEmpty()) return s.memoryUtilization.reset(), QString();
       double share = 0;
       const QString problem = setShare(share, v, 1);
       if (problem.isEmpty()) s.memoryUtilization = share;
       return problem;
     },
     true},
    {Field::cuda_graphs, Section::engine, Kind::toggle,
     TIP("Captured CUDA graphs keep buffers of their own (off: --enforce-eager)."), pooled,
     [](S s) { return flag(s.settings.cudaGraphs); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setFlag(s.cudaGraphs, v); }, false},
    {Field::unified_kv, Section::engine, Kind::toggle, TIP("One cache shared by all sequences (kv_unified)."), llamaCpp,
     [](S s) { return flag(s.settings.unifiedKv); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setFlag(s.unifiedKv, v); }, false},
    {Field::full_window_cache, Section::engine, Kind::toggle,
     TIP("Sliding-window layers keep the whole context too (--swa-full)."),
     [](S s) { return llamaCpp(s) && hasAttention(s, AttentionKind::sliding); },
     [](S s) { return flag(s.settings.fullWindowCache); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setFlag(s.fullWindowCache, v); }, false},
    {Field::mla_cache, Section::engine, Kind::toggle,
     TIP("The cache holds the latent, not the expanded keys and values."),
     [](S s) { return llamaCpp(s) && hasAttention(s, AttentionKind::latent); },
     [](S s) { return flag(s.settings.mlaCache); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setFlag(s.mlaCache, v); }, false},
    {Field::method, Section::engine, Kind::choice,
     TIP("Detailed: byte by byte. The others are published rules of thumb, for comparison."), [](S) { return true; },
     [](S s) { return text(nameOf(s.scenario.method)); }, [](S) { return namesOf<Method>(); },
     [](Scenario& s, const QString& v) { return setName(s.method, v, Method::detailed), QString(); }, false},

    // Training
    {Field::optimizer, Section::training, Kind::choice,
     TIP("Decides how many states each trained parameter carries, and in how many bits."), training,
     [](S s) { return named(s.scenario.training.optimizer); }, [](S) { return namesOf<Optimizer>(); },
     [](Scenario& s, const QString& v) { return setName(s.training.optimizer, v), QString(); }, true},
    {Field::checkpointing, Section::training, Kind::choice,
     TIP("Recomputes activations in the backward pass instead of keeping them."), training,
     [](S s) { return named(s.scenario.training.checkpointing); }, [](S) { return namesOf<Checkpointing>(); },
     [](Scenario& s, const QString& v) { return setName(s.training.checkpointing, v), QString(); }, true},
    {Field::checkpoint_every, Section::training, Kind::number,
     TIP("1 checkpoints every layer; with 2, every second one keeps all it computed and is not run again."),
     [](S s) {
       const Checkpointing c = s.settings.training.checkpointing;
       return training(s) && (c == Checkpointing::full || c == Checkpointing::offloaded);
     },
     [](S s) { return shown(s.scenario.training.checkpointEvery); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setCount(s.training.checkpointEvery, v, 1, 10'000); }, true},
    {Field::loss, Section::training, Kind::choice,
     TIP("Cross entropy over the vocabulary: all logits at once, in chunks, or fused with the head."), training,
     [](S s) { return s.scenario.training.loss ? text(nameOf(*s.scenario.training.loss)) : QString(); },
     [](S) { return namesOf<Loss>(); },
     [](Scenario& s, const QString& v) { return setName(s.training.loss, v), QString(); }, true},
    {Field::accumulation, Section::training, Kind::number,
     TIP("Micro-batches whose gradients are added up before a step."), training,
     [](S s) { return shown(s.scenario.training.accumulation); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setCount(s.training.accumulation, v, 1, kMaxBatch); }, true},
    {Field::targets, Section::training, Kind::choice, TIP("Which linear layers get adapters."), adapters, targetsValue,
     targetChoices, setTargets, false},
    {Field::optimizer_in_backward, Section::training, Kind::toggle,
     TIP("Steps each parameter as soon as its gradient is there, so that gradients never pile up."), training,
     [](S s) { return flag(s.settings.training.optimizerInBackward); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setFlag(s.training.optimizerInBackward, v); }, false},
    {Field::dora, Section::training, Kind::toggle,
     TIP("Weight-decomposed adapters: a magnitude vector per target and more activations."), adapters,
     [](S s) { return flag(s.settings.training.dora); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setFlag(s.training.dora, v); }, false},
    {Field::compile, Section::training, Kind::toggle,
     TIP("torch.compile fuses elementwise operations, which saves fewer intermediates."), training,
     [](S s) { return flag(s.settings.training.compile); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setFlag(s.training.compile, v); }, false},

    // Preference and reinforcement training
    {Field::reinforcement, Section::reinforcement, Kind::choice,
     TIP("Preference training holds pairs and a reference model; reinforcement learning adds reward and value models "
         "and "
         "an engine that generates; distillation adds a teacher."),
     training, [](S s) { return text(nameOf(s.scenario.reinforcement.method)); },
     [](S) { return namesOf<ReinforcementMethod>(); },
     [](Scenario& s, const QString& v) {
       return setName(s.reinforcement.method, v, ReinforcementMethod::none), QString();
     },
     false},
    {Field::reference, Section::reinforcement, Kind::choice,
     TIP("The policy to compare with: a copy, the frozen base without its adapter, on the host, or its answers alone."),
     comparesWithReference,
     [](S s) {
       return s.scenario.reinforcement.reference ? text(nameOf(*s.scenario.reinforcement.reference)) : QString();
     },
     [](S) { return namesOf<ReferenceModel>(); },
     [](Scenario& s, const QString& v) { return setName(s.reinforcement.reference, v), QString(); }, true},
    {Field::side_model, Section::reinforcement, Kind::text,
     TIP("The teacher: a model of the catalogue or billions of parameters."),
     [](S s) { return method(s) == ReinforcementMethod::distillation; }, teacherValue, kNoChoices, setTeacher, true},
    {Field::rollout, Section::reinforcement, Kind::choice,
     TIP("Who generates completions: the model itself, an engine on the same device, or a server elsewhere."),
     generates,
     [](S s) { return s.scenario.reinforcement.rollout ? text(nameOf(*s.scenario.reinforcement.rollout)) : QString(); },
     [](S) { return namesOf<Rollout>(); },
     [](Scenario& s, const QString& v) { return setName(s.reinforcement.rollout, v), QString(); }, true},
    {Field::rollout_share, Section::reinforcement, Kind::number, TIP("Share of the device the rollout engine claims."),
     colocated,
     [](S s) {
       const auto& share = s.scenario.reinforcement.rolloutShare;
       return share ? percent(*share) : QString();
     },
     kNoChoices,
     [](Scenario& s, const QString& v) {
       if (v.trimmed().isEmpty()) return s.reinforcement.rolloutShare.reset(), QString();
       double share = 0;
       const QString problem = setShare(share, v, 1);
       if (problem.isEmpty() && share > 0) s.reinforcement.rolloutShare = share;
       return problem;
     },
     true},
    {Field::rollout_sleeps, Section::reinforcement, Kind::toggle,
     TIP("The rollout engine gives its memory back while the policy trains (vLLM sleep mode)."), colocated,
     [](S s) { return flag(s.settings.reinforcement.rolloutSleeps); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setFlag(s.reinforcement.rolloutSleeps, v); }, false},
    {Field::completion, Section::reinforcement, Kind::number,
     TIP("Tokens of a sequence that the loss is over; they have logits."),
     [](S s) { return method(s) == ReinforcementMethod::grpo || method(s) == ReinforcementMethod::distillation; },
     [](S s) { return shown(s.scenario.reinforcement.completion); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setCount(s.reinforcement.completion, v, 1, kMaxContext); }, true},

    // Parallelism
    {Field::tensor, Section::parallel, Kind::number, TIP("Splits every layer over this many devices."),
     [](S) { return true; }, [](S s) { return shown(s.scenario.parallel.tensor); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setCount(s.parallel.tensor, v, 1, kMaxParallel); }, true},
    {Field::pipeline, Section::parallel, Kind::number, TIP("Gives each device a run of whole layers."),
     [](S) { return true; }, [](S s) { return shown(s.scenario.parallel.pipeline); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setCount(s.parallel.pipeline, v, 1, kMaxParallel); }, true},
    {Field::virtual_pipeline, Section::parallel, Kind::number,
     TIP("Chunks of layers per pipeline stage (interleaved schedule)."),
     [](S s) { return engineIs(s, Engine::megatron); }, [](S s) { return shown(s.scenario.parallel.virtualPipeline); },
     kNoChoices, [](Scenario& s, const QString& v) { return setCount(s.parallel.virtualPipeline, v, 1, kMaxParallel); },
     true},
    {Field::data, Section::parallel, Kind::number, TIP("Replicas that see different data; what sharding splits over."),
     [](S) { return true; }, [](S s) { return shown(s.scenario.parallel.data); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setCount(s.parallel.data, v, 1, kMaxParallel); }, true},
    {Field::sharding, Section::parallel, Kind::choice,
     TIP("What data-parallel replicas share instead of each keeping it: optimizer states, gradients, weights."),
     training, [](S s) { return named(s.scenario.parallel.sharding); }, [](S) { return namesOf<Sharding>(); },
     [](Scenario& s, const QString& v) { return setName(s.parallel.sharding, v), QString(); }, true},
    {Field::context_parallel, Section::parallel, Kind::number, TIP("Splits each sequence over this many devices."),
     training, [](S s) { return shown(s.scenario.parallel.context); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setCount(s.parallel.context, v, 1, kMaxParallel); }, true},
    {Field::expert, Section::parallel, Kind::number, TIP("Spreads whole experts over this many devices."), hasExperts,
     [](S s) { return shown(s.scenario.parallel.expert); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setCount(s.parallel.expert, v, 1, kMaxParallel); }, true},
    {Field::expert_tensor, Section::parallel, Kind::number, TIP("Tensor parallelism inside the experts."),
     [](S s) { return hasExperts(s) && engineIs(s, Engine::megatron); },
     [](S s) { return shown(s.scenario.parallel.expertTensor); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setCount(s.parallel.expertTensor, v, 1, kMaxParallel); }, true},
    {Field::sequence, Section::parallel, Kind::toggle,
     TIP("Splits norms and residuals over the tensor-parallel group as well."), training,
     [](S s) { return flag(s.settings.parallel.sequence); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setFlag(s.parallel.sequence, v); }, false},

    // Reserve and offload
    {Field::reserve, Section::reserve, Kind::number, TIP("Share of the device's memory to keep free."),
     [](S) { return true; }, [](S s) { return percent(s.settings.reserve); }, kNoChoices,
     [](Scenario& s, const QString& v) {
       double share = 0;
       const QString problem = setShare(share, v, 0.95);
       if (problem.isEmpty()) s.reserve = share;
       return problem;
     },
     false},
    {Field::gpu_layers, Section::reserve, Kind::number,
     TIP("Layers kept on the device (--n-gpu-layers). Empty: all of them."), llamaCpp,
     [](S s) { return shown(s.scenario.offload.gpuLayers); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setCount(s.offload.gpuLayers, v, 0, 100000); }, true},
    {Field::expert_layers, Section::reserve, Kind::number,
     TIP("Layers whose experts stay in host memory (--n-cpu-moe). Empty: none."),
     [](S s) { return llamaCpp(s) && hasExperts(s); }, [](S s) { return shown(s.scenario.offload.expertLayers); },
     kNoChoices, [](Scenario& s, const QString& v) { return setCount(s.offload.expertLayers, v, 0, 100000); }, true},
    {Field::kv_offload, Section::reserve, Kind::toggle, TIP("Keeps the KV cache in host memory."), inference,
     [](S s) { return flag(s.settings.offload.kvCache); }, kNoChoices,
     [](Scenario& s, const QString& v) { return setFlag(s.offload.kvCache, v); }, false},
    {Field::optimizer_offload, Section::reserve, Kind::choice, TIP("Where optimizer states lie between steps."),
     training, [](S s) { return named(s.scenario.offload.optimizer); }, [](S) { return namesOf<OffloadTarget>(); },
     [](Scenario& s, const QString& v) { return setName(s.offload.optimizer, v), QString(); }, true},
    {Field::parameter_offload, Section::reserve, Kind::choice, TIP("Where weights lie until a layer needs them."),
     training, [](S s) { return named(s.scenario.offload.parameters); }, [](S) { return namesOf<OffloadTarget>(); },
     [](Scenario& s, const QString& v) { return setName(s.offload.parameters, v), QString(); }, true},
    {Field::activation_offload, Section::reserve, Kind::choice, TIP("Where checkpoints wait for the backward pass."),
     training, [](S s) { return named(s.scenario.offload.activations); }, [](S) { return namesOf<OffloadTarget>(); },
     [](Scenario& s, const QString& v) { return setName(s.offload.activations, v), QString(); }, true},
};

}  // namespace

std::span<const Option> writtenOptions() {
  return kOptions;
}

}  // namespace headroom::ui
