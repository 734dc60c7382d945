#include "ui/document/keyed_setting.h"

#include <QtGlobal>
#include <algorithm>
#include <array>
#include <utility>

#define NAME(text) QT_TRANSLATE_NOOP("headroom::ui", text)
#define TIP(text) QT_TRANSLATE_NOOP("headroom::ui", text)

namespace headroom::ui {
namespace {

using enum Section;

constexpr KeyedSetting kSettings[] = {
    {"precision.reduce", precision, NAME("Reduction"), TIP("Format gradients travel in between ranks.")},
    {"kv_cache_memory_bytes", engine, NAME("KV pool bytes"),
     TIP("Bytes of the pools on one device, instead of what the claim leaves (--kv-cache-memory-bytes).")},
    {"prefix_caching", engine, NAME("Prefix caching"),
     TIP("Keeps the cache of prompts for later requests; recurrent states then take more blocks.")},
    {"task", engine, NAME("Task"), TIP("Embedding, reranking and classifying models sample nothing: no logits.")},
    {"method_options.activation_factor", engine, NAME("Activation factor"),
     TIP("7 tensors / layer in training: hidden-sized tensors that a layer keeps.")},
    {"method_options.c", engine, NAME("Tensors per block"),
     TIP("14 tensors / block in training: hidden-sized tensors that a block keeps, c.")},
    {"method_options.k", engine, NAME("Checkpoint divisor"),
     TIP("Share of weights in training: what checkpointing divides activations by, K.")},
    {"method_options.preserved_layers", engine, NAME("Preserved layers"),
     TIP("Share of weights in training: layers whose activations are kept.")},
    {"method_options.activation_share", engine, NAME("Activation share"),
     TIP("Rules of thumb in serving: activations as a share of the weights.")},
    {"method_options.workspace_share", engine, NAME("Workspace share"),
     TIP("Rules of thumb: workspace as a share of everything else.")},

    {"lora", extras, NAME("Serve adapters"),
     TIP("The server keeps low-rank adapters beside the model (--enable-lora).")},
    {"lora.slots", extras, NAME("Adapter slots"), TIP("Adapters on the device at once (max_loras).")},
    {"lora.rank", extras, NAME("Largest rank"), TIP("Every slot is as wide as the largest adapter (max_lora_rank).")},
    {"lora.targets", extras, NAME("Adapted modules"),
     TIP("all-linear, attention, or module names with commas between them.")},
    {"lora.format", extras, NAME("Adapter format"), TIP("Number format of the served adapters.")},
    {"speculative", extras, NAME("Speculative decoding"),
     TIP("Something small proposes tokens that the model checks; it takes weights and cache of its own.")},
    {"speculative.method", extras, NAME("Proposed by"),
     TIP("A draft model, the checkpoint's own next-token layers, an EAGLE head, or the text itself.")},
    {"speculative.tokens", extras, NAME("Tokens proposed"), TIP("Proposed per step.")},
    {"speculative.model", extras, NAME("Draft model"), TIP("A model of the catalogue by its id.")},
    {"images", extras, NAME("Limit images"), TIP("How many images a request of a multimodal server may hold.")},
    {"images.per_request", extras, NAME("Images per request"), TIP("0: text only; the encoder is not run.")},
    {"images.width", extras, NAME("Image width"),
     TIP("Pixels of the largest image. Empty: the most its processor takes.")},
    {"images.height", extras, NAME("Image height"),
     TIP("Pixels of the largest image. Empty: the most its processor takes.")},

    {"training.optimizer_implementation", step, NAME("Optimizer walks"),
     TIP("Lists of parameters with a temporary beside them (foreach), one kernel without (fused), or one by one.")},
    {"training.checkpoint_reentrant", step, NAME("Reentrant checkpoints"), TIP("torch's older way to recompute.")},
    {"training.checkpoint_placement", step, NAME("Checkpoints lie"),
     TIP("Inside or around the units of FSDP: whether gathered weights wait for the recomputation.")},
    {"training.selective_option", step, NAME("Selective by"),
     TIP("op: the dear operators are kept; a number n: every n-th layer is recomputed whole.")},
    {"training.attention_implementation", step, NAME("Attention by"),
     TIP("The attention kernel of the step; eager holds the scores.")},
    {"training.norm_implementation", step, NAME("Norms by"),
     TIP("Operator by operator, which keeps a wide copy of the hidden states, or one fused kernel.")},
    {"training.autocast", step, NAME("Autocast"),
     TIP("Weights keep their format and operators run in the compute format; cast copies live for a while.")},
    {"training.use_cache", step, NAME("Forward fills a cache"), TIP("The forward pass of the step fills a KV cache.")},
    {"training.dropout", step, NAME("Dropout"), TIP("Of hidden states, 0 … 1; above 0 its masks are kept.")},
    {"training.adapter_dropout", step, NAME("Adapter dropout"),
     TIP("Of the adapters' inputs, 0 … 1; above 0 each adapter keeps its own input and mask.")},
    {"training.rslora", step, NAME("rsLoRA"), TIP("Scales by the root of the rank; takes no memory.")},
    {"training.modules_to_save", step, NAME("Trained whole"),
     TIP("Modules trained whole beside the adapters: lm_head, embed_tokens.")},
    {"training.kbit_preparation", step, NAME("k-bit preparation"),
     TIP("What is not quantized becomes fp32 (prepare_model_for_kbit_training).")},
    {"training.holds_logits", step, NAME("Logits outlive the loss"),
     TIP("A variable keeps the logits until the backward pass has ended.")},
    {"training.loss_rows", step, NAME("Loss rows at a time"), TIP("Rows the loss takes at a time; 0: all.")},
    {"training.loss_chunks", step, NAME("Loss chunks"), TIP("Parts the loss is cut into; 0: not cut.")},
    {"training.head_chunk_tokens", step, NAME("Head tokens at a time"),
     TIP("Tokens the output head takes at a time; 0: all.")},
    {"training.compiled_loss", step, NAME("Compiled loss"), TIP("torch.compile of the loss.")},
    {"training.gradient_clipping", step, NAME("Gradient clipping"),
     TIP("How the norm of all gradients is taken; lists need a temporary.")},
    {"training.lengths", step, NAME("Lengths"),
     TIP("Of micro-batches: all alike, rows filled with samples, padded, or as long as the longest sample.")},

    {"reinforcement.reward", reinforcement, NAME("Reward model"),
     TIP("none, a number of parameters, or a model of the catalogue.")},
    {"reinforcement.critic", reinforcement, NAME("Critic"),
     TIP("PPO's value model, trained as the policy is: none, a number of parameters, or a model of the catalogue.")},
    {"reinforcement.rollout_tensor", reinforcement, NAME("Engine's tensor ranks"),
     TIP("Tensor-parallel ranks of the engine that generates.")},
    {"reinforcement.generations", reinforcement, NAME("Generations"), TIP("Completions per prompt.")},

    {"parallel.strategy", sharding, NAME("FSDP1 strategy"),
     TIP("FULL_SHARD shares weights, gradients and states; SHARD_GRAD_OP keeps gathered weights; NO_SHARD nothing.")},
    {"parallel.wrap", sharding, NAME("Wrapped"), TIP("FSDP: every block is a unit, or the whole model is one.")},
    {"parallel.units", sharding, NAME("Units"), TIP("FSDP: what of embedding, norm and head is a unit of its own.")},
    {"parallel.reshard_after_forward", sharding, NAME("Free after forward"),
     TIP("FSDP: gathered weights are freed after a unit's forward pass.")},
    {"parallel.root_reshard_after_forward", sharding, NAME("… the root's too"), TIP("FSDP2: those of the root unit.")},
    {"parallel.head_reshard_after_forward", sharding, NAME("… the head's too"),
     TIP("FSDP2: those of the unit of norm and head.")},
    {"parallel.reshard_after_backward", sharding, NAME("Free after backward"),
     TIP("FSDP2: gathered weights are freed after each micro-batch's backward pass.")},
    {"parallel.prefetch", sharding, NAME("Prefetch"), TIP("FSDP: when the next unit's weights are gathered.")},
    {"parallel.replicate", sharding, NAME("Replicas of groups"), TIP("FSDP: copies of the group that shards (HSDP).")},
    {"parallel.gradient_sync", sharding, NAME("Gradients reduced"),
     TIP("In every micro-batch, or in the last alone, which keeps whole gradients until then.")},
    {"parallel.original_parameters", sharding, NAME("Original parameters"), TIP("FSDP1: use_orig_params.")},
    {"parallel.limit_all_gathers", sharding, NAME("Limit all-gathers"), TIP("FSDP1: limit_all_gathers.")},
    {"parallel.adapters_own_unit", sharding, NAME("Adapters apart"), TIP("FSDP: adapters are units of their own.")},
    {"parallel.bucket_bytes", sharding, NAME("Bucket bytes"), TIP("DDP: bytes of a bucket of gradients.")},
    {"parallel.gradient_as_bucket_view", sharding, NAME("Gradients are views"),
     TIP("DDP: gradients are views of the buckets instead of copies beside them.")},
    {"parallel.static_graph", sharding, NAME("Static graph"), TIP("DDP: static_graph.")},
    {"parallel.loss_parallel", sharding, NAME("Loss parallel"),
     TIP("Tensor parallelism: the vocabulary stays split in the loss.")},
    {"parallel.pipeline_schedule", sharding, NAME("Schedule"),
     TIP("Of a pipeline: how many micro-batches' activations are alive on a stage.")},
    {"parallel.micro_batches", sharding, NAME("Micro-batches"), TIP("A pipeline's step is cut into so many.")},
    {"parallel.reduce_bucket_elements", sharding, NAME("Reduce bucket"),
     TIP("DeepSpeed: reduce_bucket_size, elements.")},
    {"parallel.allgather_bucket_elements", sharding, NAME("All-gather bucket"),
     TIP("DeepSpeed stage 1 and 2: allgather_bucket_size, elements.")},
    {"parallel.prefetch_bucket_elements", sharding, NAME("Prefetch bucket"),
     TIP("DeepSpeed stage 3: stage3_prefetch_bucket_size, elements.")},
    {"parallel.persistence_threshold_elements", sharding, NAME("Kept whole below"),
     TIP("DeepSpeed stage 3: stage3_param_persistence_threshold, elements.")},
    {"parallel.max_live_elements", sharding, NAME("Live at most"),
     TIP("DeepSpeed stage 3: stage3_max_live_parameters, elements.")},
    {"parallel.max_reuse_distance_elements", sharding, NAME("Kept when reused within"),
     TIP("DeepSpeed stage 3: stage3_max_reuse_distance, elements.")},
    {"parallel.overlap_communication", sharding, NAME("Overlap"), TIP("DeepSpeed: overlap_comm.")},
    {"parallel.contiguous_gradients", sharding, NAME("Contiguous gradients"), TIP("DeepSpeed: contiguous_gradients.")},

    {"tensor_split", reserve, NAME("Tensor split"), TIP("llama.cpp: shares of the devices, 3, 1 (--tensor-split).")},
    {"unmodelled", reserve, NAME("Not modelled"),
     TIP("What takes memory and has no setting here; it stands in the verdict. Several with ; between them.")},
};

constexpr auto kKeys = std::to_array<std::pair<Field, std::string_view>>({
    {Field::model, "model"},
    {Field::workload, "workload"},
    {Field::devices, "devices"},
    {Field::batch, "batch"},
    {Field::context, "context"},
    {Field::rank, "training.rank"},
    {Field::weights, "precision.weights"},
    {Field::kv_cache, "precision.kv_cache"},
    {Field::kv_keys, "precision.kv_cache.k"},
    {Field::kv_values, "precision.kv_cache.v"},
    {Field::compute, "precision.compute"},
    {Field::gradients, "precision.gradients"},
    {Field::optimizer_states, "precision.optimizer_states"},
    {Field::master_weights, "precision.master_weights"},
    {Field::adapters, "precision.adapters"},
    {Field::engine, "engine"},
    {Field::framework, "framework"},
    {Field::engine_version, "engine_version"},
    {Field::engine_options, "engine_options"},
    {Field::method, "method"},
    {Field::attention, "attention"},
    {Field::logits, "logits"},
    {Field::prefill_tokens, "prefill_tokens"},
    {Field::max_sequences, "max_sequences"},
    {Field::memory_utilization, "memory_utilization"},
    {Field::cuda_graphs, "cuda_graphs"},
    {Field::unified_kv, "unified_kv"},
    {Field::full_window_cache, "full_window_cache"},
    {Field::mla_cache, "mla_cache"},
    {Field::optimizer, "training.optimizer"},
    {Field::optimizer_in_backward, "training.optimizer_in_backward"},
    {Field::accumulation, "training.accumulation"},
    {Field::checkpointing, "training.checkpointing"},
    {Field::checkpoint_every, "training.checkpoint_every"},
    {Field::loss, "training.loss"},
    {Field::targets, "training.targets"},
    {Field::dora, "training.dora"},
    {Field::compile, "training.compile"},
    {Field::data, "parallel.data"},
    {Field::tensor, "parallel.tensor"},
    {Field::pipeline, "parallel.pipeline"},
    {Field::virtual_pipeline, "parallel.virtual_pipeline"},
    {Field::context_parallel, "parallel.context"},
    {Field::expert, "parallel.expert"},
    {Field::expert_tensor, "parallel.expert_tensor"},
    {Field::sequence, "parallel.sequence"},
    {Field::sharding, "parallel.sharding"},
    {Field::reserve, "reserve"},
    {Field::gpu_layers, "offload.gpu_layers"},
    {Field::expert_layers, "offload.experts"},
    {Field::kv_offload, "offload.kv_cache"},
    {Field::optimizer_offload, "offload.optimizer"},
    {Field::parameter_offload, "offload.parameters"},
    {Field::activation_offload, "offload.activations"},
    {Field::device_memory, "devices.memory_bytes"},
    {Field::compute_capability, "devices.compute_capability"},
    {Field::reinforcement, "reinforcement.method"},
    {Field::reference, "reinforcement.reference"},
    {Field::side_model, "reinforcement.teacher"},
    {Field::rollout, "reinforcement.rollout"},
    {Field::rollout_share, "reinforcement.rollout_share"},
    {Field::rollout_sleeps, "reinforcement.rollout_sleeps"},
    {Field::completion, "reinforcement.completion"},
    {Field::calibration, "calibration"},
    {Field::name, "name"},
    {Field::dimensions, "model.dimensions"},
});

}  // namespace

std::span<const KeyedSetting> keyedSettings() {
  return kSettings;
}

Field fieldOf(const KeyedSetting& setting) {
  return static_cast<Field>(static_cast<int>(Field::keyed) + static_cast<int>(&setting - kSettings));
}

const KeyedSetting* keyedSetting(Field field) {
  return field < Field::keyed ? nullptr : &kSettings[static_cast<int>(field) - static_cast<int>(Field::keyed)];
}

std::string_view keyOf(Field field) {
  if (const KeyedSetting* setting = keyedSetting(field)) return setting->key;
  const auto* at = std::ranges::find(kKeys, field, &std::pair<Field, std::string_view>::first);
  return at == kKeys.end() ? std::string_view() : at->second;
}

}  // namespace headroom::ui
