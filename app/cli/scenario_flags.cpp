#include "app/cli/scenario_flags.h"

namespace headroom {
namespace {

using K = FlagKind;
constexpr std::string_view kWhat = "What";
constexpr std::string_view kPrecision = "Precision";
constexpr std::string_view kServing = "Serving";
constexpr std::string_view kTraining = "Training";
constexpr std::string_view kParallel = "Parallelism";
constexpr std::string_view kOffload = "Offloading";
constexpr std::string_view kDevices = "Devices";

constexpr ScenarioFlag kFlags[] = {
    {"model", "/model", K::model, kWhat,
     "catalogue id, path (config.json, folder, *.safetensors, *.gguf) or hub:ORG/NAME"},
    {"workload", "/workload", K::text, kWhat, "inference, lora, qlora or full"},
    {"engine", "/engine", K::text, kWhat,
     "transformers, vllm, sglang, llama.cpp; pytorch, deepspeed, fsdp, megatron, unsloth"},
    {"engine-version", "/engine_version", K::text, kWhat, "as printed, such as 0.11.2; the newest known if absent"},
    {"framework", "/framework", K::text, kWhat,
     "training code: transformers, trl, peft, torchtune, axolotl, litgpt, …"},
    {"batch", "/batch", K::text, kWhat, "sequences held at once; training: micro-batch per replica"},
    {"context", "/context", K::tokens, kWhat, "tokens per sequence: 8192, 8k, 128k, 1M"},
    {"method", "/method", K::text, kWhat,
     "detailed, seven-tensors-per-layer, fourteen-tensors-per-block, share-of-weights or bytes-per-parameter"},
    {"name", "/name", K::text, kWhat, "a title for the output"},
    {"gpu", "/devices", K::devices, kDevices,
     "accelerator: ID, ID:COUNT, 2xID or a size such as 24GiB; may be repeated"},
    {"reserve", "/reserve", K::text, kDevices, "share of the memory to keep free, 0 to 1"},
    {"tensor-split", "/tensor_split", K::text, kDevices, "llama.cpp: shares of the devices, 3,1"},
    {"weights", "/precision/weights", K::text, kPrecision, "bf16, fp8, int4, nf4, awq-int4, Q4_K_M, …, or checkpoint"},
    {"kv-cache", "/precision/kv_cache", K::kv, kPrecision, "one format, or two for keys and values: q8_0,f16"},
    {"compute", "/precision/compute", K::text, kPrecision, "format of the activations"},
    {"gradients", "/precision/gradients", K::text, kPrecision, "format of the gradients"},
    {"optimizer-states", "/precision/optimizer_states", K::text, kPrecision, "format of the optimizer's states"},
    {"master-weights", "/precision/master_weights", K::text, kPrecision, "none or a format"},
    {"reduce", "/precision/reduce", K::text, kPrecision, "format in which gradients are reduced"},
    {"adapters", "/precision/adapters", K::text, kPrecision, "format of LoRA adapters"},
    {"prefill-tokens", "/prefill_tokens", K::tokens, kServing,
     "tokens of one forward pass (max_num_batched_tokens, n_ubatch)"},
    {"max-sequences", "/max_sequences", K::text, kServing, "the engine's limit (max_num_seqs, n_seq_max)"},
    {"memory-utilization", "/memory_utilization", K::text, kServing, "share the engine claims up front"},
    {"attention", "/attention", K::text, kServing, "flash or eager"},
    {"logits", "/logits", K::text, kServing, "rows of logits kept in prefill: last or all"},
    {"unified-kv", "/unified_kv", K::boolean, kServing, "llama.cpp: one cache shared by all sequences"},
    {"full-window-cache", "/full_window_cache", K::boolean, kServing, "llama.cpp --swa-full"},
    {"mla-cache", "/mla_cache", K::boolean, kServing, "latent cache of latent attention"},
    {"cuda-graphs", "/cuda_graphs", K::boolean, kServing, "captured graphs (vLLM: not --enforce-eager)"},
    {"task", "/task", K::text, kServing, "generate, or embed for embedding, reranking and classifying models"},
    {"lora-slots", "/lora/slots", K::text, kServing, "adapters on the device at once (max_loras, max_loras_per_batch)"},
    {"lora-rank", "/lora/rank", K::text, kServing, "largest rank of a served adapter (max_lora_rank)"},
    {"lora-targets", "/lora/targets", K::list, kServing,
     "modules the served adapters change: all-linear, attention or names"},
    {"draft-method", "/speculative/method", K::text, kServing,
     "speculative decoding: draft-model, mtp, eagle or ngram"},
    {"draft-model", "/speculative/model", K::model, kServing, "the draft model, given as --model is"},
    {"draft-tokens", "/speculative/tokens", K::text, kServing, "tokens proposed per step"},
    {"images", "/images/per_request", K::text, kServing, "images a request may hold; 0: text only"},
    {"optimizer", "/training/optimizer", K::text, kTraining,
     "adamw, adamw-8bit, paged-adamw, sgd, adafactor, lion, muon, …"},
    {"optimizer-in-backward", "/training/optimizer_in_backward", K::boolean, kTraining,
     "step inside the backward pass"},
    {"accumulation", "/training/accumulation", K::text, kTraining, "micro-batches per step"},
    {"checkpointing", "/training/checkpointing", K::text, kTraining, "none, selective, full or offloaded"},
    {"checkpoint-every", "/training/checkpoint_every", K::text, kTraining,
     "full, offloaded: checkpoint every n-th layer only"},
    {"loss", "/training/loss", K::text, kTraining, "eager, chunked or fused cross entropy"},
    {"rank", "/training/rank", K::text, kTraining, "rank of LoRA adapters"},
    {"targets", "/training/targets", K::list, kTraining, "all-linear, attention or module names: q_proj,v_proj"},
    {"dora", "/training/dora", K::boolean, kTraining, "DoRA"},
    {"compile", "/training/compile", K::boolean, kTraining, "torch.compile"},
    {"reinforcement", "/reinforcement/method", K::text, kTraining, "none, dpo, orpo, simpo, ppo, grpo or distillation"},
    {"reference", "/reinforcement/reference", K::text, kTraining,
     "reference model: none, shared, held, offloaded or precomputed"},
    {"reward", "/reinforcement/reward", K::text, kTraining, "reward model: none, parameters (7e9) or a catalogue id"},
    {"critic", "/reinforcement/critic", K::text, kTraining, "value model of PPO: none, parameters or a catalogue id"},
    {"teacher", "/reinforcement/teacher", K::text, kTraining,
     "teacher of a distillation: parameters or a catalogue id"},
    {"rollout", "/reinforcement/rollout", K::text, kTraining, "who generates: generate, colocated or server"},
    {"rollout-share", "/reinforcement/rollout_share", K::text, kTraining,
     "share of the device a colocated engine claims"},
    {"rollout-sleeps", "/reinforcement/rollout_sleeps", K::boolean, kTraining,
     "the engine gives its memory back while training"},
    {"completion", "/reinforcement/completion", K::tokens, kTraining, "tokens of a sequence that the loss is over"},
    {"generations", "/reinforcement/generations", K::text, kTraining, "completions per prompt (GRPO)"},
    {"data", "/parallel/data", K::text, kParallel, "data-parallel ranks"},
    {"tensor", "/parallel/tensor", K::text, kParallel, "tensor-parallel ranks"},
    {"sequence", "/parallel/sequence", K::boolean, kParallel, "sequence parallelism beside tensor parallelism"},
    {"pipeline", "/parallel/pipeline", K::text, kParallel, "pipeline stages"},
    {"virtual-pipeline", "/parallel/virtual_pipeline", K::text, kParallel,
     "model chunks per stage (interleaved schedule)"},
    {"context-parallel", "/parallel/context", K::text, kParallel, "context-parallel ranks"},
    {"expert", "/parallel/expert", K::text, kParallel, "expert-parallel ranks"},
    {"expert-tensor", "/parallel/expert_tensor", K::text, kParallel, "tensor-parallel ranks of the experts"},
    {"sharding", "/parallel/sharding", K::text, kParallel,
     "none, zero1, zero2, zero3, fsdp, fsdp2 or distributed-optimizer"},
    {"gpu-layers", "/offload/gpu_layers", K::text, kOffload, "llama.cpp: layers on the devices, or all"},
    {"cpu-experts", "/offload/experts", K::text, kOffload, "experts in host memory: none, cpu or a number of layers"},
    {"kv-on-host", "/offload/kv_cache", K::boolean, kOffload, "the KV cache in host memory"},
    {"offload-optimizer", "/offload/optimizer", K::text, kOffload, "none, cpu or nvme"},
    {"offload-parameters", "/offload/parameters", K::text, kOffload, "none, cpu or nvme"},
    {"offload-activations", "/offload/activations", K::text, kOffload, "none, cpu or nvme"},
    {"set", "", K::set, "Any field", "KEY=VALUE with the scenario file's keys: method_options.c=0.3; may be repeated"},
};

}  // namespace

std::span<const ScenarioFlag> scenarioFlags() {
  return kFlags;
}

}  // namespace headroom
