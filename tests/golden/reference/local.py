"""MLX, Ollama's own engine and TensorRT-LLM: weights, cells and pools (ollama_trtllm_mlx.md; the sources stand in each line)."""
from fractions import Fraction

from . import models
from .formats import ceil_div, round_up
from .serving import kv_elements, layer_counts, kv_layer
from .split import Part

BITS = {"int4": 4, "int8": 8, "mxfp4": 4, "nvfp4": 4, "mxfp8": 8}
GROUP = {"int4": 64, "int8": 64, "mxfp4": 32, "nvfp4": 16, "mxfp8": 32}
BESIDE = {"int4": 4, "int8": 4, "mxfp4": 1, "nvfp4": 1, "mxfp8": 1}  # bytes of a group: scale and bias in bf16, or one scale


def mlx_weights(c, word):
    """mlx/python/mlx/nn/layers/quantized.py: every Linear and Embedding whose rows are whole groups; the rest in bf16."""
    total = 0
    for t, rows, columns, n in Part(c).shapes():
        if t.matrix and columns % GROUP[word] == 0:
            total += (Fraction(rows * columns * BITS[word], 8) + rows * columns // GROUP[word] * BESIDE[word]) * n
        else:
            total += 2 * rows * columns * n
    return total


def mlx_cells(prompt, generated, step):
    """mlx_lm/models/cache.py KVCache: a piece of n tokens adds ceil(n / 256) x 256 behind what is used; a decoded token 256
    where all are. A prompt's last token goes through alone (generate.py)."""
    used = held = 0
    for n in [min(step, prompt - 1 - i) for i in range(0, prompt - 1, step)] + [1] * (generated + 1):
        if used + n > held:
            held = used + ceil_div(n, 256) * 256
        used += n
    return held


def mlx_cache(c, prompt, generated, step, sequences=1, bits=None, group=64):
    """QuantizedKVCache: packed values, and a scale and a bias in 16 bit for every group of them."""
    each = Fraction(bits, 8) + Fraction(4, group) if bits else 2
    return c["num_hidden_layers"] * kv_elements(c, 1) * each * mlx_cells(prompt, generated, step) * sequences


def ollama_cells(c, context, slots, batch, stop=0):
    """kvcache/causal.go (0.24): slots x length in whole 256; a window's layers slots x window + batch of them where the
    window, with room for a stop token where several sequences stand beside each other (since 0.12.4), is shorter."""
    full, windowed = layer_counts(c, Part(c))
    kept = c.get("sliding_window", 0) + (stop if slots > 1 else 0)
    inside = round_up(slots * kept + batch if kept < context else context * slots, 256)
    return full * round_up(context * slots, 256) + windowed * inside


def ollama_cache(c, context, slots=1, batch=512, stop=0):
    return ollama_cells(c, context, slots, batch, stop) * kv_elements(c, 1) * 2


def trtllm_tokens(c, pool, ranks, fmt="bf16", block=32):
    """resource_manager.py KVCacheManager: whole blocks of 32 tokens (64 up to 0.17) in all the rank's layers."""
    each = c["num_hidden_layers"] * kv_layer(c, ranks, fmt)
    return int(pool // (each * block)) * block


def trtllm_cache(c, context, sequences, ranks=1, fmt="bf16", block=32):
    return c["num_hidden_layers"] * kv_layer(c, ranks, fmt) * round_up(context, block) * sequences
