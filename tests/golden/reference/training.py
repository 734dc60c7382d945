"""Static parts of a training step: weights, gradients, optimizer states, what sharding divides and what it gathers."""
from .split import stage_layers

GIB, MIB = 1 << 30, 1 << 20


def states_per_tensor(optimizer, rows, columns, matrix, hidden, width, wide=False):
    """Bytes of an optimizer's states for one tensor; `width` of a plain state, `wide` where 8-bit states stay fp32.

    AdamW (arXiv 1711.05101) two moments; SGD none, with momentum one; Lion (arXiv 2302.06675) one, in fp32 (bitsandbytes); RMSprop one square;
    8 bit (arXiv 2110.02861; bitsandbytes): a byte and one fp32 absmax for 256 elements, tensors below 4096 elements in
    fp32; 4 bit (torchao, its own block of 128): half a byte and one fp32; Adafactor (arXiv 1804.04235): a row and a
    column of fp32 per matrix, whole for vectors; Muon (kellerjordan.github.io/posts/muon): one momentum for hidden
    matrices, AdamW for embeddings, head and vectors; AdEMAMix (arXiv 2409.03137) three; Adagrad one sum; schedule-free (schedulefree
    1.4) a copy of the weights and, but for SGD, a second moment; StableAdamW (optimi 0.3) two, of 16-bit weights a third."""
    n = rows * columns
    small = n < 4096 or wide
    counts = {"lion-8bit": 1, "rmsprop-8bit": 1, "adamw-8bit": 2, "paged-adamw-8bit": 2, "paged-lion-8bit": 1, "ademamix-8bit": 3}
    if optimizer in ("adamw", "adam", "paged-adamw"):
        return 2 * n * width
    if optimizer in counts:
        return counts[optimizer] * (4 * n if small else n + 4 * n / 256)
    if optimizer == "adamw-4bit":
        return 2 * (4 * n if small else n / 2 + 4 * n / 128)
    if optimizer == "sgd":
        return 0
    if optimizer in ("sgd-momentum", "rmsprop", "adagrad", "schedule-free-sgd"):
        return n * width
    if optimizer in ("schedule-free-adamw", "schedule-free-radam"):
        return 2 * n * width
    if optimizer == "stable-adamw":
        return 3 * n * width  # the rows' weights are 16 bit
    if optimizer in ("lion", "rmsprop-bnb", "paged-lion"):
        return 4 * n
    if optimizer == "adafactor":
        return 4 * (rows + columns) if matrix else 4 * n
    if optimizer == "muon":
        return (1 if hidden else 2) * n * width
    raise ValueError(optimizer)


def states(part, optimizer, width, wide_embeddings=False):
    total = 0
    for t, rows, columns, n in part.shapes():
        matrix = columns > 1
        hidden = matrix and t.group not in ("embedding", "head")
        wide = wide_embeddings and matrix and t.group == "embedding"
        total += states_per_tensor(optimizer, rows, columns, matrix, hidden, width, wide) * n
    return total


def divided(data, sharding):
    """What each way divides by the number of ranks: ZeRO (arXiv 1910.02054) sections 5.1-5.3; FSDP as stage 3."""
    stage = {"none": 0, "zero1": 1, "distributed-optimizer": 1, "zero2": 2, "zero3": 3, "fsdp": 3, "fsdp2": 3}[sharding]
    return {"weights": data if stage >= 3 else 1, "gradients": data if stage >= 2 else 1,
            "states": data if stage >= 1 else 1}


def adapter_parameters(part, rank, targets=None, dora=False):
    """LoRA (arXiv 2106.09685): rank x (inputs + outputs) beside every target; DoRA (arXiv 2402.09353) one magnitude for
    every output. Routers, embeddings and the head are no targets."""
    total = 0
    for t, rows, columns, n in part.shapes():
        if t.matrix and t.layers and (targets is None or t.name in targets):
            total += (rank * (rows + columns) + (rows if dora else 0)) * n
    return total


def in_flight(stages, stage, micro_batches):
    """1F1B (arXiv 2104.04473 section 2.2): stage k of p keeps min(p - k, micro-batches)."""
    return min(stages - stage, micro_batches)


def first_of_each_kind(layers, stages, micro_batches):
    """Stages that differ from the one before in layers or in micro-batches in flight; the ends, with embedding and head, always do."""
    def same(a, b):
        return (len(stage_layers(layers, stages, a)) == len(stage_layers(layers, stages, b)) and
                in_flight(stages, a, micro_batches) == in_flight(stages, b, micro_batches))
    return [s for s in range(stages) if s < 2 or s == stages - 1 or not same(s - 1, s)]


DEEPSPEED_BUCKET = 5 * 10**8  # elements; deepspeed/runtime/zero/config.py reduce_bucket_size
DEEPSPEED_PERSISTENT = 10**5   # elements of a parameter that stays gathered; stage3_param_persistence_threshold
DEEPSPEED_LIVE = 10**9        # elements; stage3_max_live_parameters
CONTEXT = 1 * GIB             # CUDA context and libraries, torch 2.x (ml-engineering debug/pytorch.md: 0.47 to 1.4 GiB)
CONTEXT_2022 = 1343 * MIB     # torch 1.10 (Hugging Face perf_train_gpu_one)
NCCL = GIB // 2               # first collective of a process (ml-engineering: NV 0.55 GiB)
