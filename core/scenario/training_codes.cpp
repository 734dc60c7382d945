#include "core/scenario/training_codes.h"

#include <algorithm>
#include <array>

namespace headroom {
namespace {

using enum Checkpointing;
constexpr std::string_view kDouble = "bnb_4bit_use_double_quant on unless turned off";

constexpr std::array kRows{
    TrainingCodeRow{.id = "pytorch", .label = "PyTorch", .profile = "pytorch", .package = Package::torch},
    TrainingCodeRow{.id = "deepspeed",
                    .label = "DeepSpeed",
                    .profile = "pytorch",
                    .package = Package::deepspeed,
                    .engine = Engine::deepspeed},
    TrainingCodeRow{.id = "transformers",
                    .label = "Transformers",
                    .profile = "transformers",
                    .package = Package::transformers,
                    .checkpointingSource = "transformers/training_args.py: gradient_checkpointing=False (5.24)"},
    TrainingCodeRow{
        .id = "trl",
        .label = "TRL",
        .profile = "trl",
        .package = Package::trl,
        .checkpointing = full,
        .checkpointingSince = "0.22",
        .checkpointingSource = "trl/trainer/base_config.py: gradient_checkpointing=True (since 0.22)",
        .loss = Loss::chunked,
        .lossSince = "1.15",
        .lossSource = "trl/kernels/chunked_logprob.py: the head in tiles of 4096 tokens × 32768 words (since 1.15)",
        .rank = 16,
        .context = 1024,
        .sizesSource = "trl/trainer/model_config.py: lora_r 16; sft_config.py: max_length 1024 (since 0.16)"},
    TrainingCodeRow{.id = "peft",
                    .label = "PEFT",
                    .profile = "peft",
                    .package = Package::peft,
                    .checkpointingSource = "PEFT leaves checkpointing to its caller (0.21)",
                    .rank = 8,
                    .sizesSource = "peft/tuners/lora/config.py: r 8 (0.21)"},
    TrainingCodeRow{.id = "torchtune",
                    .label = "torchtune",
                    .profile = "torchtune",
                    .package = Package::torchtune,
                    .sharding = Sharding::fsdp2,
                    .loss = Loss::chunked,
                    .lossSource = "torchtune/modules/loss: CEWithChunkedOutputLoss in the published recipes (0.6)",
                    .rank = 8,
                    .sizesSource = "torchtune/models: lora_rank 8 (0.6)"},
    TrainingCodeRow{
        .id = "torchtitan",
        .label = "torchtitan",
        .profile = "torchtitan",
        .package = Package::torchtitan,
        .engine = Engine::fsdp,
        .sharding = Sharding::fsdp2,
        .checkpointing = selective,
        .checkpointingSource = "torchtitan/config/job_config.py: activation_checkpoint.mode selective (0.2)"},
    TrainingCodeRow{.id = "litgpt",
                    .label = "LitGPT",
                    .profile = "litgpt",
                    .package = Package::litgpt,
                    .sharding = Sharding::fsdp,
                    .checkpointingSource = "litgpt/finetune/lora.py: one device recomputes nothing (0.5)",
                    .rank = 8,
                    .sizesSource = "litgpt/finetune/lora.py: lora_r 8 (0.5)"},
    TrainingCodeRow{.id = "ms-swift",
                    .label = "ms-swift",
                    .profile = "ms-swift",
                    .package = Package::ms_swift,
                    .checkpointing = full,
                    .checkpointingSource = "swift/llm/argument/train_args.py: gradient_checkpointing on",
                    .rank = 8,
                    .sizesSource = "swift/llm/argument/tuner_args.py: lora_rank 8",
                    .qlora = NumberFormat::nf4_dq,
                    .qloraSource = kDouble},
    TrainingCodeRow{.id = "axolotl",
                    .label = "Axolotl",
                    .profile = "axolotl",
                    .package = Package::axolotl,
                    .checkpointingSource = "axolotl/utils/schemas/config.py: gradient_checkpointing false (0.19)",
                    .rank = 16,
                    .context = 512,
                    .sizesSource = "axolotl/utils/schemas/config.py: sequence_len 512 (0.19)",
                    .qlora = NumberFormat::nf4_dq,
                    .qloraSource = kDouble},
    TrainingCodeRow{
        .id = "llama-factory",
        .label = "LLaMA-Factory",
        .profile = "transformers",
        .package = Package::llama_factory,
        .checkpointing = full,
        .checkpointingSource = "llamafactory/hparams/model_args.py: disable_gradient_checkpointing false (0.9)",
        .rank = 8,
        .context = 2048,
        .sizesSource = "llamafactory/hparams: lora_rank 8, cutoff_len 2048 (0.9)",
        .qlora = NumberFormat::nf4_dq,
        .qloraSource = kDouble},
    TrainingCodeRow{.id = "unsloth",
                    .label = "Unsloth",
                    .profile = "unsloth",
                    .package = Package::unsloth,
                    .engine = Engine::unsloth,
                    .checkpointing = offloaded,
                    .checkpointingSource = "unsloth/models/loader.py: use_gradient_checkpointing = \"unsloth\"",
                    .loss = Loss::fused,
                    .lossSource = "unsloth_zoo/loss_utils.py: the head and its loss run in chunks",
                    .rank = 16,
                    .context = 2048,
                    .sizesSource = "unsloth/models/loader.py: r 16, max_seq_length 2048 (2026.10)",
                    .qlora = NumberFormat::nf4_dq,
                    .qloraSource = kDouble},
    TrainingCodeRow{.id = "fsdp-qlora",
                    .label = "FSDP + QLoRA",
                    .profile = "fsdp-qlora",
                    .engine = Engine::fsdp,
                    .sharding = Sharding::fsdp},
    TrainingCodeRow{.id = "llama-recipes",
                    .label = "Llama recipes",
                    .profile = "llama-recipes",
                    .engine = Engine::fsdp,
                    .sharding = Sharding::fsdp},
    TrainingCodeRow{
        .id = "megatron",
        .label = "Megatron-LM",
        .profile = "megatron",
        .package = Package::megatron_core,
        .engine = Engine::megatron,
        .checkpointingSource = "megatron/training/arguments.py: --recompute-granularity is off (core 0.16)"},
    TrainingCodeRow{.id = "arctic",
                    .label = "Arctic",
                    .profile = "arctic",
                    .engine = Engine::deepspeed,
                    .sharding = Sharding::zero3},
};

// Other spellings of an id.
struct Alias {
  std::string_view written, id;
};
constexpr std::array kAliases{
    Alias{"huggingface", "transformers"},    Alias{"hf", "transformers"},
    Alias{"hf-trainer", "transformers"},     Alias{"megatron-lm", "megatron"},
    Alias{"megatron-core", "megatron"},      Alias{"swift", "ms-swift"},
    Alias{"llamafactory", "llama-factory"},  Alias{"lit-gpt", "litgpt"},
    Alias{"fsdp_qlora", "fsdp-qlora"},       Alias{"torch", "pytorch"},
    Alias{"llama_factory", "llama-factory"},
};

}  // namespace

std::span<const TrainingCodeRow> trainingCodes() {
  return kRows;
}

const TrainingCodeRow* trainingCode(std::string_view id) {
  const auto alias = std::ranges::find(kAliases, id, &Alias::written);
  const auto row = std::ranges::find(kRows, alias == kAliases.end() ? id : alias->id, &TrainingCodeRow::id);
  return row == kRows.end() ? nullptr : &*row;
}

}  // namespace headroom
