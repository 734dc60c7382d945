#include "core/scenario/step_defaults.h"

#include <algorithm>
#include <array>

#include "core/base/word_list.h"
#include "core/scenario/engines.h"
#include "core/scenario/liger.h"
#include "core/scenario/optimizers.h"

namespace headroom {
namespace {

using S = const Scenario&;
using T = const Settings&;
using K = StepKey;
using P = Package;

template <typename E>
constexpr double number(E value) {
  return static_cast<double>(static_cast<int>(value));
}
constexpr double kForeach = number(OptimizerImplementation::foreach);
constexpr double kFused = number(OptimizerImplementation::fused);
constexpr double kForLoop = number(OptimizerImplementation::for_loop);
constexpr double kOff = 0, kOn = 1;
constexpr std::string_view kAny;  // code or release

// The Trainer of transformers, and codes that run it.
constexpr std::string_view kTrainer = "transformers trl peft axolotl llama-factory ms-swift unsloth";

bool adapted(S s, T) {
  return s.workload != Workload::full;
}
bool adamw(S, T t) {
  return t.optimizer == Optimizer::adamw || t.optimizer == Optimizer::adam;
}
// Libraries that step one parameter at a time (Adafactor, bitsandbytes' and torchao's kernels): all but torch's own
// and those that step as torch does.
bool ownLoop(S, T t) {
  using enum Optimizer;
  constexpr Optimizer kTorch[] = {
      adamw, adam, sgd, sgd_momentum, rmsprop, adagrad, schedule_free_adamw, schedule_free_radam};
  return std::ranges::find(kTorch, t.optimizer) == std::end(kTorch);
}
bool unchecked(S, T t) {
  return t.training.checkpointing == Checkpointing::none;
}
bool layerNorm(const Model& m) {
  return std::ranges::any_of(m.kinds, [](const LayerKind& k) { return k.norm == NormKind::layer; });
}
bool fsdp1(T t) {
  return t.parallel.sharding == Sharding::fsdp;
}
bool fsdp2(T t) {
  return t.parallel.sharding == Sharding::fsdp2;
}
bool flat(S, T t) {
  return fsdp1(t);
}
bool perParameter(S, T t) {
  return fsdp2(t);
}
bool inUnits(S, T t) {
  return fsdp1(t) || fsdp2(t);
}
bool narrow(NumberFormat compute) {
  return info(compute).blockBytes <= 2;
}
// Weights that are not quantized, or adapters, in a format wider than operators run in.
bool wider(S s, T t) {
  const auto* number = std::get_if<NumberFormat>(&t.weights);
  const bool base = number != nullptr && *number == NumberFormat::fp32;
  const bool adapters = adapted(s, t) && t.adapters == NumberFormat::fp32;
  return narrow(t.compute) && (base || adapters);
}
bool sharded(S, T t) {
  return fsdp1(t) || fsdp2(t) || rowOf(t.engine).wrapsOneRank;  // its own optimizer, on one rank too
}
bool supervised(S s, T) {
  return s.reinforcement.method == ReinforcementMethod::none;
}

constexpr StepDefault kRows[] = {
    {K::optimizer_implementation, kForLoop, "the library's optimizer steps one tensor at a time", kAny, P::unknown,
     kAny, ownLoop},
    {K::optimizer_implementation,
     kForeach,
     "adamw_torch_fused is taken with torch 2.8 or newer only",
     kTrainer,
     P::unknown,
     {},
     [](S s, T t) { return adamw(s, t) && t.packages[P::torch].before(2, 8); }},
    {K::optimizer_implementation, kFused, "transformers/training_args.py: optim adamw_torch_fused (since 4.54)",
     kTrainer, P::transformers, "4.54", adamw},
    {K::optimizer_implementation, kFused, "axolotl/utils/schemas/config.py: optimizer adamw_torch_fused", "axolotl",
     P::unknown, kAny, adamw},
    {K::optimizer_implementation, kFused, "torchtune's recipes: optimizer fused: True (0.6)", "torchtune", P::unknown,
     kAny, adamw},
    {K::optimizer_implementation, kFused, "torchtitan/config: optimizer.implementation fused", "torchtitan", P::unknown,
     kAny, adamw},
    {K::optimizer_implementation, kFused, "Megatron-Core steps with a fused Adam", "megatron", P::unknown, kAny, adamw},
    {K::optimizer_implementation, kForeach, "torch/optim/optimizer.py: foreach where every tensor is on the GPU"},

    {K::checkpoint_reentrant, kOn, "axolotl: supervised training is reentrant (0.19)", "axolotl", P::unknown, kAny,
     supervised},
    {K::checkpoint_reentrant,
     kOn,
     "llamafactory/hparams: use_reentrant_gc true (0.9)",
     "llama-factory",
     P::unknown,
     {},
     [](S, T t) { return !fsdp2(t); }},
    {K::checkpoint_reentrant,
     kOn,
     "swift: reentrant except under plain DDP (4.6)",
     "ms-swift",
     P::unknown,
     {},
     [](S, T t) { return t.parallel.data == 1 || t.parallel.sharding != Sharding::none; }},
    {K::checkpoint_reentrant, kOn, "unsloth_zoo/gradient_checkpointing.py: an autograd function of its own", "unsloth"},
    {K::checkpoint_reentrant, kOn, "megatron/core/tensor_parallel/random.py: CheckpointFunction", "megatron"},
    {K::checkpoint_reentrant, kOff, "trl/trainer: use_reentrant false (since 0.27)", "trl", P::trl, "0.27"},
    {K::checkpoint_reentrant, kOff, "transformers/modeling_utils.py: use_reentrant false (since 5.0)",
     "transformers peft trl axolotl arctic", P::transformers, "5.0"},
    {K::checkpoint_reentrant, kOn, "transformers/modeling_utils.py: use_reentrant true (until 4.57)",
     "transformers peft trl axolotl arctic"},
    {K::checkpoint_reentrant, kOff, "torch's checkpoint wrapper: NO_REENTRANT"},

    {K::checkpoint_placement, number(CheckpointPlacement::around_unit),
     "transformers/modeling_layers.py: a layer checkpoints its own call, and FSDP2's hooks run in it", kTrainer,
     P::unknown, kAny, perParameter},
    {K::checkpoint_placement, number(CheckpointPlacement::inside_unit),
     "transformers/modeling_layers.py: GradientCheckpointingLayer inside FSDP1's wrapper (since 4.52)", kTrainer,
     P::transformers, "4.52"},
    {K::checkpoint_placement, number(CheckpointPlacement::around_unit),
     "transformers' model classes checkpoint the wrapped layer (until 4.51)", kTrainer},
    {K::checkpoint_placement, number(CheckpointPlacement::inside_unit),
     "blocks are checkpointed before they are sharded"},

    {K::selective_option, 0, "torchtitan: lists of operators (since 0.3)", "torchtitan", P::torchtitan, "0.3"},
    {K::selective_option, 2, "torchtitan: activation_checkpoint.selective_ac_option \"2\" (until 0.2)", "torchtitan"},
    {K::selective_option, 0, "selective checkpointing is by operators"},

    {K::norm_implementation, number(NormImplementation::fused), "torchtitan: torch.nn.RMSNorm", "torchtitan"},
    {K::norm_implementation, number(NormImplementation::fused), "unsloth/kernels/rms_layernorm.py", "unsloth"},
    {K::norm_implementation,
     number(NormImplementation::fused),
     "TransformerEngine's norms",
     "megatron",
     P::unknown,
     {},
     [](S, T t) { return t.attention != AttentionImplementation::eager; }},
    {K::norm_implementation, number(NormImplementation::fused),
     "liger_kernel/transformers/monkey_patch.py: Liger's norms come with its loss", kAny, P::unknown, kAny,
     [](S s, T t) { return ligerRelease(s, t) > 0; }},
    {K::norm_implementation, number(NormImplementation::eager), "the code's own norm, operator by operator"},

    {K::autocast, kOff, "FSDP and DeepSpeed cast parameters themselves", kAny, P::unknown, kAny, sharded},
    {K::autocast, kOn, "trl/trainer: bf16 true (since 0.19)", "trl", P::trl, "0.19",
     [](S, T t) { return narrow(t.compute); }},
    {K::autocast, kOn, "axolotl: bf16 auto", "axolotl", P::unknown, {}, [](S, T t) { return narrow(t.compute); }},
    {K::autocast,
     kOn,
     "swift: autocast in the format of the weights",
     "ms-swift",
     P::unknown,
     {},
     [](S, T t) { return narrow(t.compute); }},
    {K::autocast,
     kOn,
     "unsloth: autocast around its matrices",
     "unsloth",
     P::unknown,
     {},
     [](S, T t) { return narrow(t.compute); }},
    {K::autocast, kOff, "torchtune and Megatron-Core have none", "torchtune megatron"},
    {K::autocast, kOn, "weights are wider than operators run in", kAny, P::unknown, kAny, wider},
    {K::autocast, kOff, "weights are in the format operators run in"},

    {K::use_cache, kOff, "trl/trainer/sft_trainer.py: use_cache false (since 0.22)", "trl", P::trl, "0.22"},
    {K::use_cache, kOff, "transformers/training_args.py: use_cache false (since 5.0)", kTrainer, P::transformers,
     "5.0"},
    {K::use_cache, kOff, "axolotl, unsloth: use_cache false on the model", "axolotl unsloth"},
    {K::use_cache, kOn, "transformers' models fill a cache (until 4.57)", kTrainer, P::unknown, kAny, unchecked},
    {K::use_cache, kOff, "no cache is filled"},

    {K::dropout,
     0.1,
     "megatron/core/transformer/transformer_config.py: hidden_dropout 0.1 (models with layer norm)",
     "megatron",
     P::unknown,
     {},
     [](S s, T) { return layerNorm(*s.model); }},
    {K::dropout,
     StepDefault::kOfModel,
     "the model's configuration: Transformers' layers drop as it says",
     kTrainer,
     P::unknown,
     {},
     [](S s, T) { return s.model->hiddenDropout > 0; }},
    {K::dropout, 0, "the model's configuration asks for none"},

    {K::adapter_dropout, 0.05, "trl/trainer/model_config.py: lora_dropout 0.05", "trl"},
    {K::adapter_dropout, 0.05, "litgpt/finetune/lora.py: lora_dropout 0.05 (0.5)", "litgpt"},
    {K::adapter_dropout, 0.05, "swift/llm/argument/tuner_args.py: lora_dropout 0.05", "ms-swift"},
    {K::adapter_dropout, 0.1, "fsdp_qlora/train.py: lora_dropout 0.1", "fsdp-qlora"},
    {K::adapter_dropout, 0, "peft/tuners/lora/config.py: lora_dropout 0"},

    {K::rslora, kOff, "peft/tuners/lora/config.py: use_rslora false"},

    {K::kbit_preparation,
     kOff,
     "only a base that bitsandbytes quantizes is prepared; a GPTQ one keeps its formats (peft/utils/other.py)",
     {},
     P::unknown,
     {},
     [](S s, T t) {
       const auto* format = std::get_if<NumberFormat>(&t.weights);
       const bool byBits = format != nullptr && (*format == NumberFormat::nf4 || *format == NumberFormat::nf4_dq ||
                                                 *format == NumberFormat::bnb_int8);
       return s.workload != Workload::qlora || !byBits;
     }},
    {K::kbit_preparation,
     kOff,
     "deepspeed/runtime/engine.py: whatever is not quantized is cast to the compute format as a whole",
     {},
     P::unknown,
     {},
     [](S, T t) { return rowOf(t.engine).keepsMasters && narrow(t.compute); }},
    {K::kbit_preparation, kOff,
     "torch/distributed/fsdp/_flat_param.py: a unit's tensors are of one format; trl/trainer/sft_trainer.py prepares "
     "nothing that is sharded (is_sharded_qlora)",
     kAny, P::unknown, kAny, inUnits},
    {K::kbit_preparation, kOff, "trl/trainer: none (since 0.26)", "trl", P::trl, "0.26"},
    {K::kbit_preparation, kOn, "trl/trainer: prepare_model_for_kbit_training (until 0.25)", "trl"},
    {K::kbit_preparation, kOff,
     "axolotl/loaders/model.py: norms and embeddings go back to the compute format for the attention kernel",
     "axolotl"},
    {K::kbit_preparation, kOn, "PEFT's recipe calls prepare_model_for_kbit_training", "peft transformers"},
    {K::kbit_preparation, kOff, "the code leaves what is not quantized in its format"},

    {K::holds_logits, kOn, "litgpt: the script's variable holds fp32 logits until the next iteration", "litgpt"},
    {K::holds_logits, kOff, "trl/trainer/sft_trainer.py: the loss takes the head itself (since 1.7)", "trl", P::trl,
     "1.7"},
    {K::holds_logits, kOn, "trl/trainer/sft_trainer.py: outputs are kept for accuracy and entropy", "trl", P::trl,
     "0.15", supervised},
    {K::holds_logits, kOn, "fsdp_qlora/train.py: the loop's variable holds the output until the iteration ends",
     "fsdp-qlora"},
    {K::holds_logits, kOff, "logits go with the loss"},

    {K::loss_rows, 128, "litgpt/utils.py: chunked_cross_entropy chunk_size 128", "litgpt"},
    {K::loss_rows, 4096, "trl: tiles of 4096 tokens (since 1.15)", "trl", P::trl, "1.15"},
    {K::loss_rows, 256, "trl: chunked_nll takes 256 tokens at a time (since 1.7)", "trl", P::trl, "1.7", supervised},
    {K::loss_rows, 0, "the loss takes all rows at once"},

    {K::loss_chunks,
     8,
     "torchtune/modules/loss: num_output_chunks 8",
     "torchtune",
     P::unknown,
     {},
     [](S, T t) { return t.loss == Loss::chunked; }},
    {K::loss_chunks, 8, "torchtitan/components/loss.py: 8 chunks (since 0.3)", "torchtitan", P::torchtitan, "0.3",
     [](S, T t) { return t.loss == Loss::chunked; }},
    {K::loss_chunks, 0, "the loss is not cut into parts"},

    {K::head_chunk_tokens, 128, "litgpt/finetune/lora.py: lm_head_chunk_size 128", "litgpt", P::unknown, kAny, adapted},
    {K::head_chunk_tokens, 0, "the head takes all tokens at once"},

    {K::compiled_loss,
     kOn,
     "the recipe compiles the loss with the model",
     "torchtune torchtitan",
     P::unknown,
     {},
     [](S, T t) { return t.training.compile; }},
    {K::compiled_loss, kOn, "unsloth_zoo/loss_utils.py: compiled", "unsloth"},
    {K::compiled_loss, kOff, "the loss runs operator by operator"},

    {K::gradient_clipping, number(GradientClipping::foreach), "transformers/training_args.py: max_grad_norm 1.0",
     kTrainer},
    {K::gradient_clipping, number(GradientClipping::foreach), "torchtitan/config: training.max_norm 1.0", "torchtitan"},
    {K::gradient_clipping, number(GradientClipping::foreach), "megatron: --clip-grad 1.0", "megatron"},
    {K::gradient_clipping, number(GradientClipping::none), "gradients are not clipped unless asked"},

    {K::lengths, number(Lengths::varying), "the collator pads a batch to its longest sample", kTrainer},
    {K::lengths, number(Lengths::varying), "batches are padded to their longest sample", "torchtune litgpt"},
    {K::lengths, number(Lengths::packed), "rows are filled with samples", "torchtitan megatron"},
    {K::lengths, number(Lengths::fixed), "every micro-batch is as long as the context"},

    {K::strategy,
     number(ShardingStrategy::shard_grad_op),
     "weights stay gathered",
     {},
     P::unknown,
     {},
     [](S s, T) { return s.parallel.reshardAfterForward == false; }},
    {K::strategy, number(ShardingStrategy::full_shard), "torch FSDP: FULL_SHARD"},

    {K::wrap, number(ShardingWrap::block), "every block is a unit"},

    {K::units,
     number(ShardingUnits::whole),
     "the whole model is one unit",
     {},
     P::unknown,
     {},
     [](S, T t) { return t.parallel.wrap == ShardingWrap::whole; }},
    {K::units, number(ShardingUnits::apart), "torchtitan: embedding, blocks, norm and head", "torchtitan", P::unknown,
     kAny, perParameter},
    {K::units, number(ShardingUnits::apart),
     "accelerate/utils/fsdp_utils.py: embedding and norm + head apart (since 1.14)", kTrainer, P::accelerate, "1.14",
     perParameter},
    {K::units, number(ShardingUnits::root), "what is in no block is the root unit's"},

    {K::reshard_after_forward,
     kOff,
     "SHARD_GRAD_OP keeps weights gathered",
     {},
     P::unknown,
     {},
     [](S, T t) { return t.parallel.strategy != ShardingStrategy::full_shard; }},
    {K::reshard_after_forward,
     kOff,
     "torchtitan: stages of a pipeline keep their weights gathered",
     "torchtitan",
     P::unknown,
     {},
     [](S, T t) { return t.parallel.pipeline > 1; }},
    {K::reshard_after_forward, kOn, "torch fully_shard: reshard_after_forward"},

    {K::root_reshard_after_forward, kOff, "torch fully_shard: the root stays gathered"},
    {K::head_reshard_after_forward, kOff, "the head's unit is needed again at once"},
    {K::reshard_after_backward, kOn, "torch fully_shard: reshard_after_backward"},

    {K::prefetch, number(Prefetch::backward), "torch fully_shard gathers the next unit of backward", kAny, P::unknown,
     kAny, perParameter},
    {K::prefetch, number(Prefetch::pre),
     "peft/examples/sft/configs/fsdp_config_qlora.yaml: fsdp_backward_prefetch BACKWARD_PRE", "peft", P::unknown, kAny,
     flat},
    {K::prefetch, number(Prefetch::none), "accelerate: fsdp_backward_prefetch NO_PREFETCH", kTrainer},
    {K::prefetch, number(Prefetch::pre), "torch FSDP: BACKWARD_PRE", kAny, P::unknown, kAny, flat},
    {K::prefetch, number(Prefetch::none), "nothing is gathered"},

    {K::replicate, 1, "one group shards"},

    {K::gradient_sync,
     number(GradientSync::every),
     "DeepSpeed's stages 2 and 3 reduce every micro-batch",
     {},
     P::unknown,
     {},
     [](S, T t) { return t.parallel.sharding == Sharding::zero2 || t.parallel.sharding == Sharding::zero3; }},
    {K::gradient_sync, number(GradientSync::last), "accelerate: no_sync until the last micro-batch", kTrainer},
    {K::gradient_sync, number(GradientSync::last), "Fabric: no_backward_sync until the last micro-batch", "litgpt"},
    {K::gradient_sync, number(GradientSync::last), "Megatron-Core: no_sync until the last micro-batch", "megatron"},
    {K::gradient_sync, number(GradientSync::every), "every backward reduces unless told otherwise"},

    {K::original_parameters, kOff, "peft/examples/sft/configs/fsdp_config_qlora.yaml: fsdp_use_orig_params false",
     "peft", P::unknown, kAny, flat},
    {K::original_parameters, kOn, "transformers/training_args.py: fsdp use_orig_params true", kTrainer},
    {K::original_parameters, kOn, "Fabric's FSDP: use_orig_params true", "litgpt"},
    {K::original_parameters, kOn, "fully_shard keeps parameters", kAny, P::unknown, kAny, perParameter},
    {K::original_parameters, kOff, "torch FSDP: use_orig_params false"},

    {K::limit_all_gathers, kOn, "torch FSDP: limit_all_gathers true"},

    {K::adapters_own_unit,
     kOff,
     "adapters are in their block's unit",
     {},
     P::unknown,
     {},
     [](S s, T t) { return !adapted(s, t) || !(fsdp1(t) || fsdp2(t)); }},
    {K::adapters_own_unit, kOn, "peft/utils/other.py: fsdp_auto_wrap_policy wraps every trained leaf",
     "transformers trl peft axolotl llama-factory ms-swift unsloth fsdp-qlora llama-recipes", P::unknown, kAny, flat},
    {K::adapters_own_unit, kOn, "litgpt/finetune/lora.py: trained Linears are units (since 0.5.13)", "litgpt",
     P::litgpt, "0.5.13"},
    {K::adapters_own_unit, kOff, "adapters are in their block's unit"},

    {K::bucket_bytes, 26'214'400, "torch DDP: bucket_cap_mb 25"},
    {K::gradient_as_bucket_view, kOff, "torch DDP: gradient_as_bucket_view false"},
    {K::static_graph, kOff, "torch DDP: static_graph false"},

    {K::loss_parallel, kOn, "torchtitan: the vocabulary stays split in the loss", "torchtitan"},
    {K::loss_parallel, kOn, "megatron/core/tensor_parallel/cross_entropy.py", "megatron"},
    {K::loss_parallel, kOff, "logits are gathered"},

    {K::pipeline_schedule,
     number(PipelineSchedule::interleaved),
     "several chunks per stage",
     {},
     P::unknown,
     {},
     [](S, T t) { return t.parallel.virtualPipeline > 1; }},
    {K::pipeline_schedule, number(PipelineSchedule::one_f_one_b), "one forward, one backward"},

    {K::reduce_bucket_elements, 5e8, "deepspeed/runtime/zero/config.py: reduce_bucket_size"},
    {K::allgather_bucket_elements, 5e8, "deepspeed/runtime/zero/config.py: allgather_bucket_size"},
    {K::prefetch_bucket_elements, 5e7, "deepspeed/runtime/zero/config.py: stage3_prefetch_bucket_size"},
    {K::persistence_threshold_elements, 1e5, "deepspeed/runtime/zero/config.py: stage3_param_persistence_threshold"},
    {K::max_live_elements, 1e9, "deepspeed/runtime/zero/config.py: stage3_max_live_parameters"},
    {K::max_reuse_distance_elements, 1e9, "deepspeed/runtime/zero/config.py: stage3_max_reuse_distance"},
    {K::overlap_communication,
     kOn,
     "deepspeed/runtime/zero/config.py: overlap_comm in stage 3",
     {},
     P::unknown,
     {},
     [](S, T t) { return t.parallel.sharding == Sharding::zero3; }},
    {K::overlap_communication, kOff, "deepspeed/runtime/zero/config.py: overlap_comm"},
    {K::contiguous_gradients, kOn, "deepspeed/runtime/zero/config.py: contiguous_gradients"},
};

}  // namespace

std::span<const StepDefault> StepDefault::all() {
  return kRows;
}

Dropouts dropoutsOf(const Scenario& scenario, const Settings& settings) {
  const double all = settings.training.dropout;
  const bool configured =
      !scenario.training.dropout && settings.code != nullptr && listsCode(kTrainer, settings.code->id);
  const Model& m = *scenario.model;
  return configured ? Dropouts{all, m.attentionDropout, m.embeddingDropout} : Dropouts{all, all, all};
}

// Unsloth's groups parameters by learning rates of its own where embeddings are trained (unsloth/trainer.py, 2024 on).
bool makesTrainersOptimizer(const TrainingCodeRow* code) {
  constexpr std::string_view kCodes = "transformers trl peft axolotl llama-factory ms-swift";
  return code != nullptr && listedIn(kCodes, code->id);
}

}  // namespace headroom
