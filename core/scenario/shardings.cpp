#include "core/scenario/shardings.h"

#include <array>
#include <cstddef>

namespace headroom {
namespace {

using enum Sharding;
using P = ShardingProgram;
using To = OffloadTarget;

constexpr std::string_view kStages =
    "deepspeed/runtime/pipe/engine.py: ZeRO-2 and ZeRO-3 are incompatible with pipeline parallelism (0.19)";
constexpr std::string_view kZero =
    "deepspeed/runtime/zero/offload_config.py: parameters with stage 3 alone, states with every stage (0.19); "
    "stage_1_and_2.py: states go to the host, stage3.py: and to a drive";
constexpr std::string_view kFsdp =
    "torch/distributed/fsdp: CPUOffload, CPUOffloadPolicy hold parameters, gradients and states on the host (2.9)";
constexpr std::string_view kPlain = "torchao/optim/cpu_offload.py: CPUOffloadOptimizer holds states on the host";
constexpr std::string_view kMegatron = "megatron/training/arguments.py: --optimizer-cpu-offload (core 0.16)";

constexpr std::array kRows{
    ShardingRow{none, P::none, none, {}, To::none, To::cpu, kPlain},
    ShardingRow{zero1, P::zero, zero1, {}, To::none, To::cpu, kZero},
    ShardingRow{zero2, P::zero, zero1, kStages, To::none, To::cpu, kZero},
    ShardingRow{zero3, P::zero, zero1, kStages, To::nvme, To::nvme, kZero},
    ShardingRow{fsdp, P::fsdp, fsdp, {}, To::cpu, To::cpu, kFsdp},
    ShardingRow{fsdp2, P::fsdp, fsdp2, {}, To::cpu, To::cpu, kFsdp},
    ShardingRow{
        distributed_optimizer, P::distributed_optimizer, distributed_optimizer, {}, To::none, To::cpu, kMegatron},
};

}  // namespace

const ShardingRow& rowOf(Sharding sharding) {
  return kRows[static_cast<std::size_t>(sharding)];
}

std::string_view labelOf(ShardingProgram program) {
  return program == P::zero ? "DeepSpeed" : program == P::fsdp ? "FSDP" : "Megatron-LM's distributed optimizer";
}

}  // namespace headroom
