#include "core/scenario/engines.h"

#include <algorithm>
#include <array>

#include "core/scenario/build_number.h"
#include "core/scenario/engine_version.h"
#include "core/scenario/static_share.h"

namespace headroom {
namespace {

using F = Feature;
using P = ShardingProgram;

constexpr F kServes = F::adapters | F::drafts | F::embedding | F::tensor | F::pipeline | F::data | F::kv_format;
constexpr F kTrains = F::tensor | F::pipeline | F::data | F::context | F::expert | F::attention | F::compute;
// ollama server/routes.go: OLLAMA_CONTEXT_LENGTH by the memory of all GPUs since 0.15.5, 4096 since 0.6.7.
constexpr TieredDefault kOllamaContexts[] = {
    {"0.15.5", 47, 262144}, {"0.15.5", 23, 32768}, {"0.6.7", 0, 4096}, {"", 0, 2048}};
// ollama server/sched.go: num_batch by the context since 0.30, 512 before.
constexpr TieredDefault kOllamaBatches[] = {{"0.30", 32769, 2048}, {"0.30", 4097, 1024}, {"", 0, 512}};

// vllm/config.py SchedulerConfig and engine/arg_utils.py (0.6 and 0.7, V0): prompts are read in pieces from 32768
// tokens of context on.
constexpr OlderPrefill kVllmPrefills[] = {{"0.6.5", 32768, 512, 2048}, {"0.8.0", 32768, 2048, 2048}};
constexpr TieredDefault kVllmBatches[] = {{"0.28", 160, 16384}};  // vllm/engine/arg_utils.py, API server

constexpr NumberFormat kMlxFormats[] = {NumberFormat::int4, NumberFormat::int8, NumberFormat::mxfp4,
                                        NumberFormat::nvfp4, NumberFormat::mxfp8};

// docs.vllm.ai installation: CUDA, ROCm and XPU are its own; TPU and Neuron are plugins, Apple silicon is a CPU to it.
constexpr OtherHardware kNotVllm[] = {
    {"Apple", true, "it has no Metal backend: on Apple silicon it runs on the CPU (vllm-metal is another program)"},
    {"Google", false, "on TPU it runs through a plugin with memory rules of its own, which are not known here"},
    {"AWS", false, "on Neuron it runs through a plugin with memory rules of its own, which are not known here"},
    {"Intel", false, "its XPU backend's memory is not on record; it is counted by the rules of CUDA"}};
// docs.sglang.ai platforms: CUDA, ROCm, XPU, TPU; on Apple silicon through MLX (SGLANG_USE_MLX=1, 2026).
constexpr OtherHardware kNotSglang[] = {
    {"Apple", false, "on Apple silicon it runs through MLX, by memory rules that are not known here"},
    {"Google", false, "on TPU it is another program (sglang-jax) with memory rules that are not known here"},
    {"AWS", true, "it has no backend for Neuron"},
    {"Intel", false, "its XPU backend's memory is not on record; it is counted by the rules of CUDA"}};
// ggml/src: backends for CUDA, HIP, Metal, SYCL and Vulkan among others; none for these.
constexpr OtherHardware kNotGgml[] = {{"Google", true, "ggml has no backend for TPU"},
                                      {"AWS", true, "ggml has no backend for Neuron"}};
// ml-explore.github.io/mlx install: Metal, and since 2025 CUDA on Linux (mlx[cuda12]).
constexpr OtherHardware kNotMlx[] = {
    {"NVIDIA", false,
     "MLX is made for Apple silicon; its CUDA backend (mlx[cuda12], Linux) has an allocator of its own, and is counted "
     "by the rules of Metal"},
    {"AMD", true, "MLX has backends for Metal and CUDA only"},
    {"Intel", true, "MLX has backends for Metal and CUDA only"},
    {"Google", true, "MLX has backends for Metal and CUDA only"},
    {"AWS", true, "MLX has backends for Metal and CUDA only"}};
// nvidia.github.io/TensorRT-LLM support matrix.
constexpr OtherHardware kNotTensorRt[] = {{"AMD", true, "it runs on NVIDIA devices only"},
                                          {"Apple", true, "it runs on NVIDIA devices only"},
                                          {"Intel", true, "it runs on NVIDIA devices only"},
                                          {"Google", true, "it runs on NVIDIA devices only"},
                                          {"AWS", true, "it runs on NVIDIA devices only"}};
// mlx_lm/generate.py --kv-bits: 4 or 8 bit (0.32).
constexpr NumberFormat kMlxCaches[] = {NumberFormat::int4, NumberFormat::int8};
// tensorrt_llm/quantization/mode.py QuantAlgo, KV_CACHE_QUANT_ALGO_LIST (1.2).
constexpr NumberFormat kTensorRtFormats[] = {NumberFormat::fp8,      NumberFormat::fp8_block, NumberFormat::nvfp4,
                                             NumberFormat::mxfp4,    NumberFormat::int8,      NumberFormat::int4,
                                             NumberFormat::awq_int4, NumberFormat::gptq_int4, NumberFormat::gptq_int8};
constexpr NumberFormat kTensorRtCaches[] = {NumberFormat::fp8, NumberFormat::int8, NumberFormat::nvfp4};
// vllm/config/cache.py CacheDType (0.6 to 0.33).
constexpr NumberFormat kVllmCaches[] = {NumberFormat::fp8,
                                        NumberFormat::fp8_ds_mla,
                                        NumberFormat::nvfp4,
                                        NumberFormat::fp8_token_head,
                                        NumberFormat::int8_token_head,
                                        NumberFormat::int4_token_head};
// sglang/srt/server_args.py --kv-cache-dtype: fp8_e4m3, fp8_e5m2, fp4_e2m1 and its later names, mxfp8 (0.5).
constexpr NumberFormat kSglangCaches[] = {NumberFormat::fp8, NumberFormat::mxfp4, NumberFormat::nvfp4,
                                          NumberFormat::mxfp8};

// Transformer Engine's primary weights: megatron/training/arguments.py --fp8-param-gather with --fp8-recipe (core
// 0.16).
constexpr NumberFormat kTransformerEngine[] = {NumberFormat::fp8, NumberFormat::fp8_block, NumberFormat::mxfp8};
constexpr std::string_view kTorchExperts =
    "torchtitan/distributed/parallel_dims.py: fsdp × tp is divided by ep × etp (0.2)";

constexpr std::array kRows{
    EngineRow{
        .engine = Engine::transformers,
        .id = "transformers",
        .label = "Transformers",
        .features = kServes | F::attention | F::logits | F::compute | F::prefill_tokens | F::host_kv |
                    F::full_window_cache | F::expert,
        .devices = DevicesImply::layers,
        .dequantizesGguf = true,
        .expertGroup = ExpertGroup::tensor_ranks,
        .expertGroupSource = "transformers/distributed/configuration_utils.py: ep_size is a multiple of tp_size and "
                             "divides tp_size × fsdp_size (5.24); tp_size before",
        .evenExperts = true,
        .prefillsWhole = true,
        .logits = LogitsRows::last,
        .source = "transformers generation/utils.py: prefill in one pass, logits_to_keep=1; device_map=\"auto\" "
                  "gives each device whole layers (4.57)",
        .formatsSource = "transformers modeling_gguf_pytorch_utils.py: GGUF tensors are dequantized on load (4.57)"},
    EngineRow{
        .engine = Engine::vllm,
        .id = "vllm",
        .label = "vLLM",
        .features = kServes | F::claim | F::prefill_tokens | F::max_sequences | F::cuda_graphs | F::images |
                    F::context | F::expert | F::compute | F::prefix_caching | F::options,
        .devices = DevicesImply::tensor,
        .downcasts = true,
        .cacheFormats = kVllmCaches,
        .cacheFormatsWhy = "vLLM's caches are fp8, nvfp4, fp8_ds_mla, or 8 and 4 bit with a scale per token and head",
        .weightsFollowCompute = true,
        .printsComponents = true,
        .maxSequences = 256,
        .smallPrefillTokens = 2048,
        .largeMaxSequences = 1024,
        // vllm/config.py and engine/arg_utils.py: V0 ran 256; V1 ran 1024 until PR 16158 asked the device's size.
        .olderSequences = {OlderSequences{"0.8.0", 256}, OlderSequences{"0.8.5", 1024}},
        .expertGroup = ExpertGroup::all_ranks,
        .expertGroupSource =
            "vllm/model_executor/layers/fused_moe/config.py FusedMoEParallelConfig.make: --enable-expert-parallel "
            "spans all tensor- and data-parallel ranks (0.11)",
        .evenHeads = true,
        .kvHeads = KvHeads::repeated,
        .headsSource = "vllm/config/model.py verify_with_parallel_config; models/llama.py LlamaAttention (0.11)",
        .memoryUtilization = 0.92,
        .olderUtilization = {"0.20", 0.9},
        .utilizationSource = "vllm/config/cache.py: gpu_memory_utilization 0.92 (since 0.20.0, PR 38284; 0.9 before)",
        .opensNestedScales = true,  // model_loader/bitsandbytes_loader.py, _dequantize_dq
        .logits = LogitsRows::last,
        .cachesPrefixesSince = "0.8",
        .cachesStatesSince = "0.26",
        .prefixSource =
            "vllm/config/model.py is_prefix_caching_supported: not for states before 0.26, nor for encoders",
        .modelOptCacheSince = "0.13",    // utils/torch_utils.py resolve_kv_cache_dtype_string
        .compressedCacheSince = "0.15",  // attention/layer.py
        .olderPrefills = kVllmPrefills,
        .cardPrefills = kVllmBatches,
        .contextIsModelMaximum = true,
        .elsewhere = kNotVllm,
        .source =
            "vllm/engine/arg_utils.py, API server: from 70 GiB on and not an A100 8192 tokens and 1024 sequences, "
            "below 2048 and 256 (0.11); from 160 GiB on 16384 (0.28)",
        .formatsSource = "vllm/config/model.py, _get_and_verify_dtype: auto takes fp32 checkpoints in 16 bit (0.11)"},
    EngineRow{.engine = Engine::sglang,
              .id = "sglang",
              .label = "SGLang",
              .features = kServes | F::claim | F::prefill_tokens | F::max_sequences | F::cuda_graphs | F::expert |
                          F::compute | F::options,
              .devices = DevicesImply::tensor,
              .downcasts = true,
              .cacheFormats = kSglangCaches,
              .cacheFormatsWhy = "SGLang's caches are fp8, mxfp8, or 4 bit in mxfp4 and nvfp4",
              .weightsFollowCompute = true,
              .printsComponents = true,
              .maxSequences = 2048,
              .expertGroup = ExpertGroup::inside_tensor,
              .expertGroupSource =
                  "sglang/srt/distributed/parallel_state.py: moe_tp_size = tp_size // ep_size // moe_dp_size (0.5)",
              .evenHeads = true,
              .kvHeads = KvHeads::repeated,
              .headsSource = "sglang/srt/models/llama.py LlamaAttention: asserts both (0.5)",
              .eagleTakesNextToken = true,
              .attentionReplicas = "enable_dp_attention",
              .ownClaim = sglangClaim,
              .utilizationSource = "sglang/srt/server_args.py _handle_gpu_memory_settings, by release and card (0.4 to "
                                   "0.5)",
              .logits = LogitsRows::last,
              .modelOptCacheSince = "0.0",  // model_runner.py
              .contextIsModelMaximum = true,
              .elsewhere = kNotSglang,
              .source = "sglang/srt/server_args.py; requests at once: 2048, up to 4096 by the pool (mem_cache/"
                        "kv_cache_configurator.py, 0.5)",
              .formatsSource = "sglang/srt/configs/model_config.py: auto takes fp32 checkpoints in 16 bit (0.5)"},
    EngineRow{
        .engine = Engine::llama_cpp,
        .id = "llama.cpp",
        .alias = "llamacpp",
        .label = "llama.cpp",
        .features = F::adapters | F::drafts | F::embedding | F::kv_format | F::prefill_tokens | F::max_sequences |
                    F::attention | F::unified_kv | F::full_window_cache | F::mla_cache | F::gpu_layers |
                    F::host_experts | F::host_kv | F::tensor_split | F::logits | F::options,
        .devices = DevicesImply::spread,
        .cacheFormat = NumberFormat::fp16,
        .cacheFollowsCompute = false,
        .readsGguf = true,
        .replaysGraph = true,
        .printsComponents = true,
        .prefillTokens = 512,
        .sequencesFollowBatch = true,
        .logits = LogitsRows::last,
        .contextIsModelMaximum = true,
        // common/common.h: n_ctx 0 since PR 16653 (2025-12-15), flash attention "auto" since PR 15434 (2025-08-30).
        .olderContext = {{7437, 2026, 1}, 4096},
        .flashSince = {6327, 2025, 9},
        .elsewhere = kNotGgml,
        .source = "llama.cpp common/common.h: n_ubatch 512, cache in f16 (2026-08)",
        .formatsSource = "llama.cpp loads GGUF files only"},
    EngineRow{
        .engine = Engine::mlx,
        .id = "mlx",
        .alias = "mlx-lm",
        .label = "MLX",
        .features = F::adapters | F::drafts | F::tensor | F::pipeline | F::kv_format | F::prefill_tokens | F::options,
        .devices = DevicesImply::tensor,
        .ownFormats = kMlxFormats,
        .ownFormatsWhy = "mlx_lm.convert makes affine groups (int4, int8), mxfp4, nvfp4 and mxfp8",
        .cacheFormats = kMlxCaches,
        .cacheFormatsWhy = "its cache is quantized in groups of int4 or int8",
        .prefillTokens = 2048,
        .evenHeads = true,
        .kvHeads = KvHeads::divided,
        .headsSource = "mlx_lm/models/llama.py shard: n_heads //= N, n_kv_heads //= N (0.32)",
        .logits = LogitsRows::last,
        .elsewhere = kNotMlx,
        .source = "mlx_lm/generate.py: prefill_step_size 2048, caches in the model's type (0.32)",
        .formatsSource = "mlx_lm/utils.py load_model: the quantization section of the configuration (0.32)"},
    EngineRow{.engine = Engine::ollama,
              .id = "ollama",
              .label = "Ollama",
              .features = F::adapters | F::drafts | F::embedding | F::kv_format | F::prefill_tokens | F::attention |
                          F::gpu_layers | F::host_experts | F::tensor_split | F::options,
              .devices = DevicesImply::spread,
              .cacheFormat = NumberFormat::fp16,
              .cacheFollowsCompute = false,
              .readsGguf = true,
              .replaysGraph = true,
              .printsComponents = true,
              .prefillTokens = 512,
              .sequencesFollowBatch = true,
              .logits = LogitsRows::last,
              .contexts = kOllamaContexts,
              .prefills = kOllamaBatches,
              .elsewhere = kNotGgml,
              .source = "ollama api/types.go DefaultOptions: num_batch 512, cache in f16 (0.24)",
              .formatsSource = "Ollama loads GGUF files"},
    EngineRow{.engine = Engine::tensorrt_llm,
              .id = "tensorrt-llm",
              .alias = "trtllm",
              .label = "TensorRT-LLM",
              .features = kServes | F::claim | F::prefill_tokens | F::max_sequences | F::cuda_graphs | F::expert |
                          F::compute | F::context | F::options,
              .devices = DevicesImply::tensor,
              .downcasts = true,
              .ownFormats = kTensorRtFormats,
              .ownFormatsWhy = "TensorRT-LLM has fp8, nvfp4, mxfp4, int8, int4, AWQ and GPTQ",
              .cacheFormats = kTensorRtCaches,
              .cacheFormatsWhy = "TensorRT-LLM's caches are fp8, int8 and nvfp4",
              .weightsFollowCompute = true,
              .printsComponents = true,
              .prefillTokens = 8192,
              .maxSequences = 2048,
              .expertGroup = ExpertGroup::inside_tensor,
              .expertGroupSource = "tensorrt_llm/mapping.py: moe_tp_size = tp_size // moe_ep_size (1.2)",
              .evenHeads = true,
              .headsSource =
                  "tensorrt_llm/_torch/modules/attention.py: asserts num_heads % tp_size; key and value heads are "
                  "rounded up (1.2)",
              .memoryUtilization = 0.9,
              .logits = LogitsRows::last,
              .modelOptCacheSince = "0.0",
              .contextIsModelMaximum = true,
              .elsewhere = kNotTensorRt,
              .source = "tensorrt_llm/llmapi/llm_args.py: max_num_tokens 8192, max_batch_size 2048, "
                        "free_gpu_memory_fraction 0.9 (1.2)",
              .formatsSource = "tensorrt_llm/llmapi/llm_args.py: dtype auto is the checkpoint's (1.2)"},
    EngineRow{.engine = Engine::pytorch,
              .id = "pytorch",
              .label = "PyTorch",
              .trains = true,
              .features = kTrains,
              .trainingCode = "pytorch",
              .shards = P::zero | P::fsdp,
              .general = true,
              .expertGroup = ExpertGroup::of_stage,
              .expertGroupSource = kTorchExperts,
              .evenExperts = true,
              .source = "torch.nn.parallel.DistributedDataParallel: every rank keeps everything (2.9)"},
    EngineRow{.engine = Engine::deepspeed,
              .id = "deepspeed",
              .label = "DeepSpeed",
              .trains = true,
              .features = kTrains,
              .trainingCode = "deepspeed",
              .sharding = Sharding::zero2,
              .shards = P::zero,
              .wrapsOneRank = true,
              .keepsMasters = true,
              .expertGroup = ExpertGroup::of_replicas,
              .expertGroupSource = "deepspeed/utils/groups.py: the data-parallel ranks are divided by ep_size, "
                                   "moe/layer.py: so are the experts (0.19)",
              .evenExperts = true,
              .source = "accelerate/utils/dataclasses.py DeepSpeedPlugin: stage 2 where none is named (1.14); "
                        "deepspeed/runtime/bf16_optimizer.py: fp32 masters and states (0.19)"},
    EngineRow{.engine = Engine::fsdp,
              .id = "fsdp",
              .label = "FSDP",
              .trains = true,
              .features = kTrains,
              .trainingCode = "pytorch",
              .sharding = Sharding::fsdp,
              .shards = P::fsdp,
              .expertGroup = ExpertGroup::of_stage,
              .expertGroupSource = kTorchExperts,
              .evenExperts = true,
              .source = "torch/distributed/fsdp: ShardingStrategy.FULL_SHARD is the default (2.9)"},
    EngineRow{.engine = Engine::megatron,
              .id = "megatron",
              .label = "Megatron-LM",
              .trains = true,
              .features = kTrains,
              .trainingCode = "megatron",
              .shards = P::fsdp | P::distributed_optimizer,
              .keepsMasters = true,
              .wideGradients = true,
              .schedulesStages = true,
              .trainedFormats = kTransformerEngine,
              .trainedFormatsSource = "Megatron-LM's --fp8-param-gather keeps them",
              .expertGroup = ExpertGroup::of_stage,
              .expertGroupSource = "megatron/core/parallel_state.py: the ranks are divided by expert × expert_tensor "
                                   "× pipeline; moe_layer.py: the experts by expert (core 0.16)",
              .evenExperts = true,
              .evenHeads = true,
              .kvHeads = KvHeads::repeated,
              .headsSource = "megatron/core/transformer/transformer_config.py: num_attention_heads is a multiple of "
                             "the tensor ranks, num_query_groups a multiple or divisor (core 0.16)",
              .source =
                  "megatron/training/arguments.py: --bf16 accumulates gradients in fp32; megatron/core/optimizer: "
                  "fp32 masters and states; the distributed optimizer is off (core 0.16)"},
    EngineRow{.engine = Engine::unsloth,
              .id = "unsloth",
              .label = "Unsloth",
              .trains = true,
              .features = kTrains,
              .trainingCode = "unsloth",
              .shards = P::zero | P::fsdp,
              .patchesTrainers = true,
              .source = "unsloth/models/loader.py (2026.10)"},
};

}  // namespace

std::int64_t tieredDefault(std::span<const TieredDefault> rows, double amount, const EngineVersion& version) {
  for (const TieredDefault& row : rows) {
    const EngineVersion since = engineVersion(row.since);
    if (amount >= row.least && !version.before(since.major, since.minor, since.patch)) return row.value;
  }
  return 1;
}

std::int64_t olderPrefillOf(const EngineRow& engine, std::int64_t context, const EngineVersion& version) {
  for (const OlderPrefill& older : engine.olderPrefills)
    if (version.before(engineVersion(older.before)))
      return context > older.longBeyond ? older.piece : std::max(context, older.least);
  return 0;
}

bool precedes(const BuildDate& date, std::string_view printed, const EngineVersion& version) {
  constexpr int kFirstYear = 2023;  // "2026-08" is a date, "0.5.0" a release of after
  if (const auto build = buildNumber(printed)) return *build < date.build;
  return version.known && version.major >= kFirstYear && version.before(date.year, date.month);
}

std::int64_t olderContextOf(const EngineRow& engine, std::string_view printed, const EngineVersion& version) {
  return precedes(engine.olderContext.before, printed, version) ? engine.olderContext.tokens : 0;
}

double gibOf(const std::vector<DeviceRequest>& devices) {
  double sum = 0;
  for (const DeviceRequest& d : devices)
    sum += static_cast<double>(d.count) * static_cast<double>(d.capacity().value_or(Bytes(0)).value());
  return sum / static_cast<double>(kGiB);
}

std::span<const EngineRow> engineRows() {
  return kRows;
}

const EngineRow& rowOf(Engine engine) {
  return kRows[static_cast<std::size_t>(engine)];
}

template <>
std::string_view nameOf<Engine>(Engine engine) {
  return rowOf(engine).id;
}

template <>
std::optional<Engine> valueOf<Engine>(std::string_view name) {
  for (const EngineRow& r : kRows)
    if (sameName(r.id, name) || (!r.alias.empty() && sameName(r.alias, name))) return r.engine;
  return std::nullopt;
}

template <>
std::vector<std::string_view> allNames<Engine>() {
  std::vector<std::string_view> names;
  for (const EngineRow& r : kRows) names.push_back(r.id);
  return names;
}

}  // namespace headroom
