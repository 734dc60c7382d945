#include "core/scenario/training_codes.h"

#include <algorithm>
#include <array>
#include <string>

namespace headroom {
namespace {

using enum Checkpointing;
using P = ShardingProgram;
constexpr Feature kTorchSplits = Feature::tensor | Feature::pipeline | Feature::context | Feature::expert;
constexpr Feature kTrainerSplits = Feature::tensor | Feature::pipeline | Feature::context;
constexpr std::string_view kTrainer =
    "transformers/training_args.py: fsdp, deepspeed, parallelism_config (tp_size, cp_size); device_map splits layers";
constexpr std::string_view kQueriesAndValues = "q_proj v_proj";
constexpr std::string_view kMapping =
    "peft/utils/constants.py: queries and values of most model types, or the projection that holds them";
constexpr std::string_view kDeviceMap = "device_map (accelerate/hooks.py: a layer's input goes to its device)";
constexpr NumberFormat kTransformerEngine[] = {NumberFormat::fp8, NumberFormat::fp8_block, NumberFormat::mxfp8};
constexpr std::array kFsdp{Engine::pytorch, Engine::fsdp};
constexpr std::array kSharders{Engine::pytorch, Engine::fsdp, Engine::deepspeed};
constexpr std::array kTrainers{Engine::pytorch, Engine::fsdp, Engine::deepspeed,
                               Engine::unsloth};  // Unsloth patches these
constexpr std::array kSwift{Engine::pytorch, Engine::fsdp, Engine::deepspeed, Engine::megatron, Engine::unsloth};
constexpr std::string_view kDouble = "bnb_4bit_use_double_quant on unless turned off";

// litgpt/finetune/lora.py --quantize; torchtune/modules/low_precision: torchao's NF4;
// llama_recipes/configs/quantization.py.
constexpr NumberFormat kBitsAndBytes[] = {NumberFormat::nf4, NumberFormat::nf4_dq, NumberFormat::fp4,
                                          NumberFormat::bnb_int8};
constexpr NumberFormat kNf4[] = {NumberFormat::nf4, NumberFormat::nf4_dq};

constexpr std::array kRows{
    TrainingCodeRow{.id = "pytorch",
                    .label = "PyTorch",
                    .profile = "pytorch",
                    .package = Package::torch,
                    .splits = kTorchSplits,
                    .shards = P::zero | P::fsdp,
                    .hosts = kSharders,
                    .layoutSource = "torch.distributed: tensor.parallel, pipelining, fsdp; ZeRO by whoever calls it",
                    .trainedFormats = kTransformerEngine,
                    .trainedFormatsSource = "Transformer Engine's quantized_model_init keeps them"},
    TrainingCodeRow{
        .id = "deepspeed",
        .label = "DeepSpeed",
        .profile = "pytorch",
        .package = Package::deepspeed,
        .engine = Engine::deepspeed,
        .splits = kTorchSplits,
        .shards = P::zero,
        .hosts = {},
        .layoutSource = "deepspeed: runtime/pipe, moe, sequence (Ulysses), AutoTP for training (since 0.16)"},
    TrainingCodeRow{.id = "transformers",
                    .label = "Transformers",
                    .profile = "transformers",
                    .package = Package::transformers,
                    .splits = kTrainerSplits,
                    .shards = P::zero | P::fsdp,
                    .hosts = kTrainers,
                    .layoutSource = kTrainer,
                    .stagesSource = kDeviceMap,
                    .replicatesStages = false,
                    .checkpointingSource = "transformers/training_args.py: gradient_checkpointing=False (5.24)",
                    .fusedLossIsLiger = true,
                    .targets = kQueriesAndValues,
                    .targetsSource = kMapping},
    TrainingCodeRow{
        .id = "trl",
        .label = "TRL",
        .profile = "trl",
        .package = Package::trl,
        .splits = kTrainerSplits,
        .shards = P::zero | P::fsdp,
        .hosts = kTrainers,
        .layoutSource = kTrainer,
        .stagesSource = kDeviceMap,
        .replicatesStages = false,
        .checkpointing = full,
        .checkpointingSince = "0.22",
        .checkpointingSource = "trl/trainer/base_config.py: gradient_checkpointing=True (since 0.22)",
        .loss = Loss::chunked,
        .fusedLossIsLiger = true,
        .lossSince = "1.15",
        .lossSource = "trl/kernels/chunked_logprob.py: the head in tiles of 4096 tokens × 32768 words (since 1.15)",
        .rank = 16,
        .context = 1024,
        .sizesSource = "trl/trainer/model_config.py: lora_r 16; sft_config.py: max_length 1024 (since 0.16)",
        .targets = kQueriesAndValues,
        .targetsSource = kMapping},
    TrainingCodeRow{.id = "peft",
                    .label = "PEFT",
                    .profile = "peft",
                    .package = Package::peft,
                    .splits = kTrainerSplits,
                    .shards = P::zero | P::fsdp,
                    .hosts = kTrainers,
                    .layoutSource = kTrainer,
                    .stagesSource = kDeviceMap,
                    .replicatesStages = false,
                    .checkpointingSource = "PEFT leaves checkpointing to its caller (0.21)",
                    .fusedLossIsLiger = true,
                    .rank = 8,
                    .sizesSource = "peft/tuners/lora/config.py: r 8 (0.21)",
                    .targets = kQueriesAndValues,
                    .targetsSource = kMapping},
    TrainingCodeRow{
        .id = "torchtune",
        .label = "torchtune",
        .profile = "torchtune",
        .package = Package::torchtune,
        .sharding = Sharding::fsdp2,
        .splits = Feature::tensor,
        .shards = P::fsdp,
        .hosts = kFsdp,
        .layoutSource = "recipes/full_finetune_distributed.py: tensor_parallel_dim (since 0.6), fully_shard",
        .evenHeads = true,
        .kvHeads = KvHeads::divided,
        .headsSource = "torchtune/training/_distributed.py prepare_mha_for_tp: both kinds of heads (0.6)",
        .ownAttention = true,
        .loss = Loss::chunked,
        .lossSource = "torchtune/modules/loss: CEWithChunkedOutputLoss in the published recipes (0.6)",
        .rank = 8,
        .sizesSource = "torchtune/models: lora_rank 8 (0.6)",
        .targets = "q_proj v_proj o_proj gate_proj up_proj down_proj",
        .targetsSource = "torchtune recipes/configs: lora_attn_modules q_proj, v_proj, output_proj and the MLP (0.6)",
        .bases = kNf4,
        .basesWhy = "torchtune quantizes to torchao's NF4 alone"},
    TrainingCodeRow{
        .id = "torchtitan",
        .label = "torchtitan",
        .profile = "torchtitan",
        .package = Package::torchtitan,
        .engine = Engine::fsdp,
        .sharding = Sharding::fsdp2,
        .splits = kTorchSplits,
        .shards = P::fsdp,
        .layoutSource = "torchtitan/config/job_config.py: parallelism",
        .ownAttention = true,
        .checkpointing = selective,
        .checkpointingSource = "torchtitan/config/job_config.py: activation_checkpoint.mode selective (0.2)"},
    TrainingCodeRow{.id = "litgpt",
                    .label = "LitGPT",
                    .profile = "litgpt",
                    .package = Package::litgpt,
                    .sharding = Sharding::fsdp,
                    .shards = P::fsdp,
                    .hosts = kFsdp,
                    .layoutSource = "litgpt/finetune/*.py: FSDPStrategy over devices",
                    .ownAttention = true,
                    .checkpointingSource = "litgpt/finetune/lora.py: one device recomputes nothing (0.5)",
                    .rank = 8,
                    .sizesSource = "litgpt/finetune/lora.py: lora_r 8 (0.5)",
                    .targets = kQueriesAndValues,
                    .targetsSource = "litgpt/finetune/lora.py: lora_query and lora_value (0.5)",
                    .bases = kBitsAndBytes,
                    .basesWhy = "LitGPT quantizes by bitsandbytes alone: nf4, nf4-dq, fp4 and int8"},
    TrainingCodeRow{.id = "ms-swift",
                    .label = "ms-swift",
                    .profile = "ms-swift",
                    .package = Package::ms_swift,
                    .splits = kTorchSplits,
                    .shards = P::zero | P::fsdp | P::distributed_optimizer,
                    .hosts = kSwift,
                    .layoutSource = "swift/megatron; sequence_parallel_size, deepspeed_autotp_size, device_map",
                    .stagesSource = kDeviceMap,
                    .checkpointing = full,
                    .checkpointingSource = "swift/llm/argument/train_args.py: gradient_checkpointing on",
                    .fusedLossIsLiger = true,
                    .rank = 8,
                    .sizesSource = "swift/llm/argument/tuner_args.py: lora_rank 8",
                    .qlora = NumberFormat::nf4_dq,
                    .qloraSource = kDouble},
    TrainingCodeRow{
        .id = "axolotl",
        .label = "Axolotl",
        .profile = "axolotl",
        .package = Package::axolotl,
        .splits = kTrainerSplits,
        .shards = P::zero | P::fsdp,
        .hosts = kSharders,
        .layoutSource =
            "axolotl/utils/schemas/config.py: tensor_parallel_size, context_parallel_size, fsdp_config, deepspeed",
        .stagesSource = kDeviceMap,
        .replicatesStages = false,
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
        .splits = kTrainerSplits,
        .shards = P::zero | P::fsdp,
        .hosts = kTrainers,
        .layoutSource = kTrainer,
        .stagesSource = kDeviceMap,
        .replicatesStages = false,
        .checkpointing = full,
        .checkpointingSource = "llamafactory/hparams/model_args.py: disable_gradient_checkpointing false (0.9)",
        .fusedLossIsLiger = true,
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
                    .splits = Feature::pipeline,
                    .layoutSource = "unsloth/models/loader.py: device_map (\"balanced\" splits layers); torchrun gives "
                                    "replicas, nothing is sharded",
                    .stagesSource = kDeviceMap,
                    .replicatesStages = false,
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
                    .sharding = Sharding::fsdp,
                    .shards = P::fsdp,
                    .layoutSource = "AnswerDotAI/fsdp_qlora train.py: FSDP over all ranks"},
    TrainingCodeRow{.id = "llama-recipes",
                    .label = "Llama recipes",
                    .profile = "llama-recipes",
                    .engine = Engine::fsdp,
                    .sharding = Sharding::fsdp,
                    .shards = P::fsdp,
                    .layoutSource = "llama_recipes/finetuning.py: FSDP over all ranks, HSDP",
                    .bases = kBitsAndBytes,
                    .basesWhy = "Llama recipes quantize by bitsandbytes alone, in 4 or 8 bits"},
    TrainingCodeRow{
        .id = "megatron",
        .label = "Megatron-LM",
        .profile = "megatron",
        .package = Package::megatron_core,
        .engine = Engine::megatron,
        .splits = kTorchSplits,
        .shards = P::fsdp | P::distributed_optimizer,
        .hosts = {},
        .layoutSource = "megatron/training/arguments.py: *_model_parallel_size, use_megatron_fsdp",
        .expertTensorFollows = true,  // arguments.py: expert_tensor_parallel_size None is the tensor-parallel size
        .checkpointingSource = "megatron/training/arguments.py: --recompute-granularity is off (core 0.16)"},
    TrainingCodeRow{.id = "arctic",
                    .label = "Arctic",
                    .profile = "arctic",
                    .engine = Engine::deepspeed,
                    .sharding = Sharding::zero3,
                    .splits = Feature::context,
                    .shards = P::zero,
                    .hosts = {},
                    .layoutSource = "ArcticTraining on DeepSpeed; Ulysses over the sequence (ALST)",
                    .fusedLossIsLiger = true},
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

FormatSupport supports(const TrainingCodeRow& code, const WeightFormat& format) {
  const auto* number = std::get_if<NumberFormat>(&format);
  if (code.bases.empty() || number == nullptr || isPlainFloat(*number) ||
      std::ranges::find(code.bases, *number) != code.bases.end())
    return {};
  return {false, code.basesWhy};
}

bool listsCode(std::string_view ids, std::string_view id) {
  for (std::size_t at = ids.find(id); at != ids.npos; at = ids.find(id, at + 1)) {
    const std::size_t end = at + id.size();
    if ((at == 0 || ids[at - 1] == ' ') && (end == ids.size() || ids[end] == ' ')) return true;
  }
  return false;
}

bool runsOn(const TrainingCodeRow& code, Engine engine) {
  return engine == code.engine || std::ranges::count(code.hosts, engine) > 0;
}

const TrainingCodeRow* trainingCode(std::string_view id) {
  const auto alias = std::ranges::find(kAliases, id, &Alias::written);
  const auto row = std::ranges::find(kRows, alias == kAliases.end() ? id : alias->id, &TrainingCodeRow::id);
  if (row != kRows.end()) return &*row;
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (std::ranges::none_of(id, capital)) return nullptr;
  std::string lower(id);  // as its makers spell it: "TRL", "LLaMA-Factory"
  for (char& c : lower)
    if (capital(c)) c = static_cast<char>(c - 'A' + 'a');
  return trainingCode(lower);
}

}  // namespace headroom
