"""llama.cpp: which tensor of a GGUF file has which type, what lies on the device, cells of the cache.

llamacpp.md sections 3 to 5 (llama-quant.cpp, llama-model.cpp, llama-kv-cache.cpp, ggml-cuda.cu of 2026-08), for the plain
llama layout: fused nothing, norms and biases in F32, no importance matrix."""
from . import models
from .formats import GGML, ceil_div, ggml, round_up

FALLBACK = {"Q4_K": "Q5_0", "Q5_K": "Q5_1", "Q6_K": "Q8_0", "Q3_K": "Q4_0", "Q2_K": "Q4_0"}
DEFAULT = {"F16": "F16", "Q8_0": "Q8_0", "Q4_0": "Q4_0", "Q5_1": "Q5_1", "Q6_K": "Q6_K", "Q4_K_M": "Q4_K", "Q5_K_M": "Q5_K"}


def more_bits(i, n):
    return i < n // 8 or i >= 7 * n // 8 or (i - n // 8) % 3 == 2


def fitting(kind, columns):
    """A row must be whole blocks: the type's fallback, then F16."""
    if columns % GGML[kind][0] == 0:
        return kind
    kind = FALLBACK.get(kind, kind)
    return kind if columns % GGML[kind][0] == 0 else "F16"


def type_of(name, layer, layers, file_type, columns):
    kind = DEFAULT[file_type]
    if file_type == "F16":
        return "F16"
    if name == "output":
        if file_type == "Q8_0" or columns % GGML["Q6_K"][0] != 0:
            return fitting("Q8_0", columns)
        return "Q6_K"
    if file_type in ("Q4_K_M", "Q5_K_M") and name in ("v", "down") and more_bits(layer, layers):
        kind = "Q6_K"
    return fitting(kind, columns)


def allocated(rows, columns, kind):
    """A tensor in a CUDA buffer: quantised rows are read 512 elements at a time, tensors start at multiples of 128."""
    size = ggml(rows * columns, kind)
    if kind not in ("F32", "F16") and columns % 512 != 0:
        size += ceil_div(512 - columns % 512, GGML[kind][0]) * GGML[kind][1]
    return round_up(size, 128)


def device_weights(c, file_type, on_device=None):
    """Bytes of the device buffer with `on_device` of layers + 1 offloaded: the output counts as the last one and goes first
    (-ngl k: the output and the last k - 1 layers)."""
    layers = c["num_hidden_layers"]
    first = 0 if on_device is None else max(0, layers + 1 - on_device)
    total = 0
    for t in models.tensors(c):
        if t.name == "tokens" and c["tie_word_embeddings"] and (on_device is None or on_device > 0):
            total += allocated(t.rows, t.columns, type_of("output", 0, layers, file_type, t.columns))
        if t.name == "head" and (on_device is None or on_device > 0):
            total += allocated(t.rows, t.columns, type_of("output", 0, layers, file_type, t.columns))
        if t.name == "final norm" and (on_device is None or on_device > 0):
            total += allocated(1, t.rows, "F32")
        for layer in t.layers:
            if layer < first:
                continue
            if t.name == "block norms":
                total += t.copies * allocated(1, t.rows, "F32")
            elif t.columns == 1:
                total += allocated(1, t.rows, "F32")
            else:
                total += allocated(t.rows, t.columns, type_of(t.name, layer, layers, file_type, t.columns))
    return total


def cells(context):
    return round_up(context, 256)


def cache(c, context, sequences=1, unified=False, kind="F16", micro_batch=512, layers=None):
    """Keys and values on the device: every tensor one row of KV heads x head size per cell and stream."""
    windowed = models.window_layers(c) if c["model_type"] == "gemma2" else ()
    streams = 1 if unified else sequences
    total = 0
    for layer in range(c["num_hidden_layers"]) if layers is None else layers:
        own = cells(context)
        if layer in windowed:
            own = round_up(min(own, c["sliding_window"] * (sequences if unified else 1) + micro_batch), 256)
        if c["model_type"] == "qwen3_next" and (layer + 1) % c["full_attention_interval"] != 0:
            continue
        if c["model_type"] == "deepseek_v3":  # the latent once, no values
            widths = (c["kv_lora_rank"] + c["qk_rope_head_dim"],)
        else:
            _, _, kv, d = models.geometry(c)
            widths = (kv * d, kv * d)
        for width in widths:
            total += allocated(own * streams, width, kind)
    return total


def recurrent_state(c, sequences):
    """llama-hparams.cpp: fp32, (kernel - 1) inputs of the convolution and the state, for every sequence and recurrent
    layer."""
    inner = c["linear_num_value_heads"] * c["linear_value_head_dim"]
    groups, state = c["linear_num_key_heads"], c["linear_key_head_dim"]
    each = (c["linear_conv_kernel_dim"] - 1) * (inner + 2 * groups * state) + state * inner
    recurrent = c["num_hidden_layers"] - c["num_hidden_layers"] // c["full_attention_interval"]
    return recurrent * each * 4 * sequences


def output_buffer(c, sequences):
    """llama-context.cpp output_reserve: fp32 logits of one token per sequence, on the host."""
    return sequences * c["vocab_size"] * 4
