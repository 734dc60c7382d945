#include "core/estimate/training/impossible_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/estimate/rank_groups.h"
#include "core/model/any_layer.h"
#include "core/scenario/engines.h"
#include "core/scenario/training_codes.h"

namespace headroom::training {
namespace {

// Stages that are no schedule are said to be none, and no replicas of them train together.
void diagnoseStages(EstimateContext& c, const TrainingCodeRow* code) {
  const ParallelSettings& p = c.settings.parallel;
  if (p.pipeline <= 1) return;
  const ShardingRow& sharding = rowOf(p.sharding);
  if (sharding.besideStages != p.sharding)
    c.refuse("sharding-with-stages",
             fmt::format("{} and pipeline stages exclude each other: {}", nameOf(p.sharding), sharding.stagesSource),
             "parallel.sharding");
  if (code == nullptr || code->stagesSource.empty() || rowOf(c.settings.engine).schedulesStages) return;
  c.about("parallel.pipeline", "stages-of-one-process", Severity::assumed,
          fmt::format("The stages of {} are runs of whole layers on the devices of one process, which one micro-batch "
                      "at a time passes: {}.",
                      code->label, code->stagesSource));
  if (!code->replicatesStages && (p.ranks() > p.pipeline || p.sharding != Sharding::none))
    c.refuse("stages-of-one-process",
             fmt::format("{} splits layers over devices of one process, which trains in no distributed mode "
                         "(accelerate/accelerator.py, verify_device_map)",
                         code->label),
             "parallel.pipeline");
}

// Experts that a code splits like everything else unless it is told otherwise, where only whole ones come out even.
void diagnoseExpertTensor(EstimateContext& c, const TrainingCodeRow* code) {
  const ParallelSettings& p = c.settings.parallel;
  const bool experts = hasExperts(c.model);
  const bool follows = code != nullptr && code->expertTensorFollows && !c.scenario.parallel.expertTensor;
  if (!experts || !follows || p.expert <= 1 || p.expertTensor == p.tensor || !c.result.refused.empty()) return;
  c.refuse("expert-group",
           fmt::format("{} splits every expert over as many ranks as a layer, {}, unless it is told otherwise, and {} "
                       "ranks cannot be divided into groups of {} times {}; with expert_tensor 1 they can",
                       code->label, p.tensor, p.tensor * p.context * p.data, p.expert, p.tensor),
           "parallel.expert_tensor");
}

// Copies of the sharded groups (HSDP): torch's device mesh is replicas × shards (torch/distributed/device_mesh.py).
void diagnoseCopies(EstimateContext& c) {
  const ParallelSettings& p = c.settings.parallel;
  if (p.replicate <= 1 || p.data % p.replicate == 0) return;
  c.refuse(
      "uneven-copies",
      fmt::format("{} data-parallel ranks cannot be divided into {} copies of a sharded group", p.data, p.replicate),
      "parallel.replicate");
}

// vLLM inside the training processes: trl/generation/vllm_generation.py (1.15) takes groups of them.
void diagnoseRollout(EstimateContext& c) {
  const ReinforcementSettings& r = c.settings.reinforcement;
  constexpr std::string_view kKey = "reinforcement.rollout_tensor";
  if (r.rollout != Rollout::colocated || r.rolloutTensor <= 1) return;
  const std::int64_t ranks = c.settings.parallel.ranks();
  if (ranks % r.rolloutTensor != 0)
    return c.refuse("rollout-group",
                    fmt::format("The {} that train cannot be divided into groups of {} that generate",
                                ranks == 1 ? "one rank" : fmt::format("{} ranks", ranks), r.rolloutTensor),
                    kKey);
  std::string why = headsRefused(headSplitOf(rowOf(Engine::vllm)), c.model, r.rolloutTensor);
  if (!why.empty()) c.refuse("rollout-group", std::move(why), kKey);
}

// Packed weights have no gradient: transformers/trainer.py refuses a purely quantized model (5.24), torch has no
// derivative for integers. What Transformer Engine keeps in 8-bit floats it trains.
void diagnoseFullTraining(EstimateContext& c, const TrainingCodeRow* code) {
  if (c.scenario.workload != Workload::full || c.scenario.reinforcement.method != ReinforcementMethod::none) return;
  const auto* format = std::get_if<NumberFormat>(&c.settings.weights);
  if (format == nullptr || isPlainFloat(*format)) return;
  const EngineRow& engine = rowOf(c.settings.engine);
  const auto trains = [&](std::span<const NumberFormat> formats) { return std::ranges::count(formats, *format) > 0; };
  const bool byCode = code != nullptr && trains(code->trainedFormats), byEngine = trains(engine.trainedFormats);
  if (byCode || byEngine)
    return c.about(
        "precision.weights", "trained-in-8-bit", Severity::assumed,
        fmt::format("{} is taken for the format of the weights that are trained, as {}; where products alone "
                    "are in 8 bit, the weights are wider (precision.compute).",
                    info(*format).id, byEngine ? engine.trainedFormatsSource : code->trainedFormatsSource));
  const bool eight = info(*format).id.starts_with("fp8") || *format == NumberFormat::mxfp8;
  c.refuse("trains-quantized-weights",
           eight ? fmt::format("{} trains no weights that are kept in {}: its fp8 is that of products "
                               "(precision.compute), and the weights stay in 16 or 32 bit",
                               code != nullptr ? code->label : engine.label, info(*format).id)
                 : fmt::format("{} weights have no gradients, so they cannot be trained in full; adapters on them can "
                               "(qlora)",
                               info(*format).id),
           "precision.weights");
}

// Whose rules say what leaves the device: the sharding's, or on one rank that of the program which would shard.
const ShardingRow& offloaderOf(const Settings& s, const TrainingCodeRow* code) {
  if (s.parallel.sharding != Sharding::none) return rowOf(s.parallel.sharding);
  const Sharding byEngine = rowOf(s.engine).sharding;
  return rowOf(byEngine != Sharding::none ? byEngine : code != nullptr ? code->sharding : Sharding::none);
}

void diagnoseOffloading(EstimateContext& c, const TrainingCodeRow* code) {
  const OffloadSettings& o = c.settings.offload;
  const ShardingRow& row = offloaderOf(c.settings, code);
  const std::string program = row.sharding != Sharding::none
                                  ? std::string(nameOf(row.sharding))
                                  : std::string(code != nullptr ? code->label : rowOf(c.settings.engine).label);
  struct Moved {
    std::string_view key, name;
    OffloadTarget to, farthest;
  };
  // Activations: torch's save_on_cpu and what codes make of it; no code writes them to a drive.
  for (const Moved& m : {Moved{"offload.parameters", "parameters", o.parameters, row.parameters},
                         Moved{"offload.optimizer", "optimizer states", o.optimizer, row.optimizer},
                         Moved{"offload.activations", "activations", o.activations, OffloadTarget::cpu}}) {
    if (m.to <= m.farthest) continue;
    const std::string_view where = m.to == OffloadTarget::nvme ? "on a drive" : "on the host";
    c.about(m.key, "offload-of-another-code", Severity::warning,
            fmt::format("{} keeps no {} {}; the step is counted as one that does.", program, m.name, where));
    c.unmodelled(fmt::format("{} with {} {}, which no run combines", program, m.name, where));
  }
}

// flash_attn's kernels multiply in fp16 and bf16 alone (csrc/flash_attn/flash_api.cpp, mha_fwd). Transformers warns of
// a model in fp32 (modeling_utils.py, _flash_attn_2_can_dispatch) and narrows what it hands on under autocast and for a
// quantized base; else the kernel gets fp32 (integrations/flash_attention.py, target_dtype: the weights').
void diagnoseFlash(EstimateContext& c) {
  const Settings& s = c.settings;
  const auto* format = std::get_if<NumberFormat>(&s.weights);
  if (s.training.attention != AttentionBackend::flash_attention_2 || format == nullptr || !isPlainFloat(*format))
    return;
  const bool casts = s.training.autocast || s.parallel.sharding != Sharding::none || rowOf(s.engine).keepsMasters;
  const bool wide = s.compute == NumberFormat::fp32 || (*format == NumberFormat::fp32 && !casts);
  if (wide)
    c.refuse("flash-attention-in-fp32",
             "FlashAttention 2 multiplies in fp16 and bf16 alone and stops in fp32: narrower weights "
             "(precision.weights), autocast (training.autocast) or sdpa run",
             "training.attention_implementation");
}

// FSDP1 joins a unit's tensors into one, which must be of one floating-point format (torch/distributed/fsdp/
// _flat_param.py, _validate_tensors_to_flatten): what k-bit preparation widens cannot lie beside packed weights.
void diagnoseFlatUnits(EstimateContext& c) {
  const auto* format = std::get_if<NumberFormat>(&c.settings.weights);
  if (c.settings.parallel.sharding != Sharding::fsdp || !c.settings.training.kbitPreparation || format == nullptr ||
      isPlainFloat(*format))
    return;
  c.about("training.kbit_preparation", "unit-of-two-formats", Severity::warning,
          "FSDP1 joins a unit's tensors into one of one format: torch refuses norms in fp32 beside packed weights. The "
          "step is counted without its units.");
  c.unmodelled("FSDP1's units of two formats, which torch refuses");
}

}  // namespace

void diagnoseImpossible(EstimateContext& c) {
  const TrainingCodeRow* code = c.settings.code;
  diagnoseGroups(c);
  diagnoseExpertTensor(c, code);
  diagnoseStages(c, code);
  diagnoseCopies(c);
  diagnoseRollout(c);
  diagnoseFullTraining(c, code);
  diagnoseOffloading(c, code);
  diagnoseFlatUnits(c);
  diagnoseFlash(c);
}

}  // namespace headroom::training
