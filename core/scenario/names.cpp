// The spellings of every enumeration in a scenario: one table each.
#include <algorithm>
#include <array>
#include <cctype>

#include "core/scenario/calibration.h"
#include "core/scenario/scenario.h"

namespace headroom {
namespace {

template <typename E>
struct Name {
  E value;
  std::string_view name;
};

template <typename E>
struct Table;  // names: first spelling of a value is the one written

#define HEADROOM_NAMES(E, ...)                                           \
  template <>                                                            \
  struct Table<E> {                                                      \
    static constexpr auto names = std::to_array<Name<E>>({__VA_ARGS__}); \
  }

HEADROOM_NAMES(Workload, {Workload::inference, "inference"}, {Workload::lora, "lora"}, {Workload::qlora, "qlora"},
               {Workload::full, "full"});
HEADROOM_NAMES(Method, {Method::detailed, "detailed"}, {Method::notebook, "seven-tensors-per-layer"},
               {Method::chapter, "fourteen-tensors-per-block"}, {Method::table, "share-of-weights"},
               {Method::bytes_per_parameter, "bytes-per-parameter"}, {Method::notebook, "notebook"},
               {Method::chapter, "chapter"}, {Method::table, "table"});  // the texts' names, of files up to 0.1
HEADROOM_NAMES(AttentionImplementation, {AttentionImplementation::flash, "flash"},
               {AttentionImplementation::eager, "eager"}, {AttentionImplementation::flash, "sdpa"});
HEADROOM_NAMES(LogitsRows, {LogitsRows::last, "last"}, {LogitsRows::all, "all"});
HEADROOM_NAMES(Checkpointing, {Checkpointing::none, "none"}, {Checkpointing::selective, "selective"},
               {Checkpointing::full, "full"}, {Checkpointing::offloaded, "offloaded"});
HEADROOM_NAMES(Loss, {Loss::eager, "eager"}, {Loss::chunked, "chunked"}, {Loss::fused, "fused"});
HEADROOM_NAMES(Sharding, {Sharding::none, "none"}, {Sharding::zero1, "zero1"}, {Sharding::zero2, "zero2"},
               {Sharding::zero3, "zero3"}, {Sharding::fsdp, "fsdp"}, {Sharding::fsdp2, "fsdp2"},
               {Sharding::distributed_optimizer, "distributed-optimizer"});
HEADROOM_NAMES(OffloadTarget, {OffloadTarget::none, "none"}, {OffloadTarget::cpu, "cpu"},
               {OffloadTarget::nvme, "nvme"});
HEADROOM_NAMES(ReinforcementMethod, {ReinforcementMethod::none, "none"}, {ReinforcementMethod::dpo, "dpo"},
               {ReinforcementMethod::orpo, "orpo"}, {ReinforcementMethod::simpo, "simpo"},
               {ReinforcementMethod::ppo, "ppo"}, {ReinforcementMethod::grpo, "grpo"},
               {ReinforcementMethod::distillation, "distillation"});
HEADROOM_NAMES(ReferenceModel, {ReferenceModel::none, "none"}, {ReferenceModel::shared, "shared"},
               {ReferenceModel::held, "held"}, {ReferenceModel::offloaded, "offloaded"},
               {ReferenceModel::precomputed, "precomputed"});
HEADROOM_NAMES(Rollout, {Rollout::generate, "generate"}, {Rollout::colocated, "colocated"},
               {Rollout::server, "server"});

HEADROOM_NAMES(Task, {Task::generate, "generate"}, {Task::embed, "embed"});
HEADROOM_NAMES(DraftMethod, {DraftMethod::draft_model, "draft-model"}, {DraftMethod::mtp, "mtp"},
               {DraftMethod::eagle, "eagle"}, {DraftMethod::ngram, "ngram"}, {DraftMethod::draft_model, "draft_model"},
               {DraftMethod::eagle, "eagle3"});

// The step in detail. Other spellings are the libraries' own.
HEADROOM_NAMES(OptimizerImplementation, {OptimizerImplementation::foreach, "foreach"},
               {OptimizerImplementation::fused, "fused"}, {OptimizerImplementation::for_loop, "for-loop"},
               {OptimizerImplementation::for_loop, "forloop"}, {OptimizerImplementation::for_loop, "loop"});
HEADROOM_NAMES(CheckpointPlacement, {CheckpointPlacement::inside_unit, "inside the unit"},
               {CheckpointPlacement::around_unit, "around the unit"}, {CheckpointPlacement::inside_unit, "inside"},
               {CheckpointPlacement::around_unit, "around"});
HEADROOM_NAMES(AttentionBackend, {AttentionBackend::sdpa, "sdpa"}, {AttentionBackend::eager, "eager"},
               {AttentionBackend::flash_attention_2, "flash-attention-2"},
               {AttentionBackend::flash_attention_2, "flash_attention_2"});
HEADROOM_NAMES(NormImplementation, {NormImplementation::eager, "eager"}, {NormImplementation::fused, "fused"});
HEADROOM_NAMES(GradientClipping, {GradientClipping::none, "none"}, {GradientClipping::foreach, "foreach"},
               {GradientClipping::for_loop, "for-loop"}, {GradientClipping::for_loop, "forloop"},
               {GradientClipping::for_loop, "loop"});
HEADROOM_NAMES(Lengths, {Lengths::fixed, "fixed"}, {Lengths::packed, "packed"}, {Lengths::padded, "padded"},
               {Lengths::varying, "varying"});
HEADROOM_NAMES(Prefetch, {Prefetch::none, "none"}, {Prefetch::pre, "pre"}, {Prefetch::post, "post"},
               {Prefetch::backward, "backward"}, {Prefetch::none, "no_prefetch"}, {Prefetch::pre, "backward_pre"},
               {Prefetch::post, "backward_post"});
HEADROOM_NAMES(ShardingWrap, {ShardingWrap::block, "block"}, {ShardingWrap::whole, "whole"});
HEADROOM_NAMES(ShardingUnits, {ShardingUnits::apart, "embedding, blocks, norm+head"},
               {ShardingUnits::root, "blocks, root (embedding+norm+head)"}, {ShardingUnits::whole, "root"});
HEADROOM_NAMES(ShardingStrategy, {ShardingStrategy::full_shard, "FULL_SHARD"},
               {ShardingStrategy::shard_grad_op, "SHARD_GRAD_OP"}, {ShardingStrategy::no_shard, "NO_SHARD"});
HEADROOM_NAMES(GradientSync, {GradientSync::every, "every"}, {GradientSync::last, "last"});
HEADROOM_NAMES(PipelineSchedule, {PipelineSchedule::one_f_one_b, "1f1b"}, {PipelineSchedule::gpipe, "gpipe"},
               {PipelineSchedule::interleaved, "interleaved"}, {PipelineSchedule::looped_bfs, "looped-bfs"},
               {PipelineSchedule::zero_bubble, "zero-bubble"}, {PipelineSchedule::dual_pipe, "dual-pipe"},
               {PipelineSchedule::interleaved, "Interleaved1F1B"}, {PipelineSchedule::looped_bfs, "LoopedBFS"},
               {PipelineSchedule::zero_bubble, "InterleavedZeroBubble"},
               {PipelineSchedule::zero_bubble, "ZBVZeroBubble"}, {PipelineSchedule::dual_pipe, "DualPipeV"});

#undef HEADROOM_NAMES

}  // namespace

bool sameName(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

template <typename E>
std::string_view nameOf(E value) {
  return std::ranges::find(Table<E>::names, value, &Name<E>::value)->name;
}

template <typename E>
std::optional<E> valueOf(std::string_view name) {
  for (const Name<E>& entry : Table<E>::names)
    if (sameName(entry.name, name)) return entry.value;
  return std::nullopt;
}

template <typename E>
std::vector<std::string_view> allNames() {
  std::vector<std::string_view> names;
  for (const Name<E>& entry : Table<E>::names)
    if (nameOf(entry.value) == entry.name) names.push_back(entry.name);
  return names;
}

#define HEADROOM_INSTANTIATE(E)                           \
  template std::string_view nameOf<E>(E);                 \
  template std::optional<E> valueOf<E>(std::string_view); \
  template std::vector<std::string_view> allNames<E>()
HEADROOM_INSTANTIATE(Workload);
HEADROOM_INSTANTIATE(Method);
HEADROOM_INSTANTIATE(AttentionImplementation);
HEADROOM_INSTANTIATE(LogitsRows);
HEADROOM_INSTANTIATE(Checkpointing);
HEADROOM_INSTANTIATE(Loss);
HEADROOM_INSTANTIATE(Sharding);
HEADROOM_INSTANTIATE(OffloadTarget);
HEADROOM_INSTANTIATE(ReinforcementMethod);
HEADROOM_INSTANTIATE(ReferenceModel);
HEADROOM_INSTANTIATE(Rollout);
HEADROOM_INSTANTIATE(Task);
HEADROOM_INSTANTIATE(DraftMethod);
HEADROOM_INSTANTIATE(OptimizerImplementation);
HEADROOM_INSTANTIATE(CheckpointPlacement);
HEADROOM_INSTANTIATE(AttentionBackend);
HEADROOM_INSTANTIATE(NormImplementation);
HEADROOM_INSTANTIATE(GradientClipping);
HEADROOM_INSTANTIATE(Lengths);
HEADROOM_INSTANTIATE(Prefetch);
HEADROOM_INSTANTIATE(ShardingWrap);
HEADROOM_INSTANTIATE(ShardingUnits);
HEADROOM_INSTANTIATE(ShardingStrategy);
HEADROOM_INSTANTIATE(GradientSync);
HEADROOM_INSTANTIATE(PipelineSchedule);
#undef HEADROOM_INSTANTIATE

bool Scenario::operator==(const Scenario& o) const {
  return name == o.name && reference == o.reference && workload == o.workload && method == o.method &&
         methodOptions == o.methodOptions && engine == o.engine && framework == o.framework &&
         engineVersion == o.engineVersion && precision == o.precision && batch == o.batch && context == o.context &&
         prefillTokens == o.prefillTokens && maxSequences == o.maxSequences && unifiedKv == o.unifiedKv &&
         kvCacheMemory == o.kvCacheMemory && prefixCaching == o.prefixCaching && engineOptions == o.engineOptions &&
         fullWindowCache == o.fullWindowCache && mlaCache == o.mlaCache && cudaGraphs == o.cudaGraphs &&
         memoryUtilization == o.memoryUtilization && attention == o.attention && logits == o.logits && task == o.task &&
         lora == o.lora && speculative == o.speculative && images == o.images && training == o.training &&
         reinforcement == o.reinforcement && parallel == o.parallel && offload == o.offload && reserve == o.reserve &&
         unmodelled == o.unmodelled && devices == o.devices && tensorSplit == o.tensorSplit &&
         (calibration == o.calibration || (calibration && o.calibration && *calibration == *o.calibration));
}

}  // namespace headroom
