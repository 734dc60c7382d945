"""vLLM's pool, planned step by step from its releases' published rules (kv_cache_utils.py, kv_cache_interface.py): what a
layer caches, groups of equal size, blocks, tokens. Written from the rules' tables by release, not from the program."""
from dataclasses import dataclass

from . import serving
from .formats import ceil_div, round_up

# Bytes of `d` elements of one head in the cache.
HEAD = {"bf16": lambda d: 2 * d, "fp8": lambda d: d, "nvfp4": lambda d: d * 9 // 16,  # 4 bit and a byte for 16
        "int8_per_token_head": lambda d: d + 4, "int4_per_token_head": lambda d: d // 2 + 4}  # one fp32 per head


@dataclass
class Kind:
    layers: int
    token: int = 0    # bytes of a token in one layer
    state: int = 0    # bytes of a state in one layer
    window: int = 0
    block: int = 0


def kinds(c, tensor, fmt, draft_tokens, draft_layers):
    """Layers that cache alike; a draft's are counted with the full ones."""
    if c["model_type"] == "deepseek_v3":
        return [Kind(c["num_hidden_layers"] + draft_layers, serving.kv_elements(c, tensor) * (2 if fmt == "bf16" else 1))]
    h, heads = c["hidden_size"], c["num_attention_heads"]
    d = c.get("head_dim", h // heads)
    token = 2 * max(1, ceil_div(c["num_key_value_heads"], tensor)) * HEAD[fmt](d)
    n = c["num_hidden_layers"]
    if c["model_type"] == "qwen3_next":
        full = n // c["full_attention_interval"]
        keys, nv, dv = c["linear_num_key_heads"] * c["linear_key_head_dim"], c["linear_num_value_heads"], c["linear_value_head_dim"]
        inputs = (2 * keys + nv * dv) * (c["linear_conv_kernel_dim"] - 1 + draft_tokens)
        state = (inputs + nv * c["linear_key_head_dim"] * dv) * 2 // tensor
        return [Kind(n - full, state=state), Kind(full + draft_layers, token)]
    windowed = {"gemma2": ceil_div(n, 2), "mistral": n, "mixtral": n if c.get("sliding_window") else 0}.get(c["model_type"], 0)
    out = [Kind(windowed, token, window=c.get("sliding_window", 0))] if windowed else []
    return out + ([Kind(n - windowed + draft_layers, token)] if n - windowed + draft_layers else [])


def tokens(c, release, length, batched, pool, tensor=1, fmt="bf16", block=16, cp=1, mode="none", draft=(0, 0), blocks=None,
           hybrid=True, ahead=True):
    """What the engine prints; release as (0, 26, 0); draft: (tokens, layers); mode of states: none or align."""
    types = kinds(c, tensor, fmt, *draft)
    if not hybrid:
        types = [Kind(sum(t.layers for t in types), types[0].token)]
    state, widest = max(t.state for t in types), max(t.token for t in types)
    if state:  # an attention block holds a state
        block = round_up(max(block, ceil_div(state, widest)), 16)
    page = block * widest
    fewest, most = min(t.layers for t in types), max(t.layers for t in types)
    limit = 1.5 if release >= (0, 18) else 1.25 if release >= (0, 12) else 0
    size = most if most < limit * fewest else fewest
    groups = [ceil_div(t.layers, size) for t in types]
    if blocks is None:
        blocks = pool // (page * size)
    flight = batched * (2 if release >= (0, 26) and ahead else 1)  # the scheduler runs one batch ahead of the device
    need = 0
    for t, n in zip(types, groups):
        if t.state:
            need += n * ((2 if mode == "align" else 1) + draft[0])
        elif t.window:
            need += n * (ceil_div(min(t.window - 1 + flight, length), block) + 1)
        else:
            need += n * ceil_div(ceil_div(length, cp), block)
    if release >= (0, 20, 1):
        return blocks * length // need
    return blocks // sum(groups) * block * cp


def sglang_tokens(c, release, pool, tensor=1, fmt="bf16", window_pool=False, share=0.8, ratio=0.9, page=1):
    """SGLang: bytes of all slots of states first (the share's, whole slots), then tokens of one cell. A window pool holds
    `share` of the tokens; up to 0.5.13 tokens of a common cell are split, later the split cell divides. States are fp32,
    convolutions bf16."""
    if c["model_type"] == "qwen3_next":
        full = c["num_hidden_layers"] // c["full_attention_interval"]
        keys, nv, dv = c["linear_num_key_heads"] * c["linear_key_head_dim"], c["linear_num_value_heads"], c["linear_value_head_dim"]
        inputs = (2 * keys + nv * dv) * (c["linear_conv_kernel_dim"] - 1)
        slot = (c["num_hidden_layers"] - full) * (inputs * 2 + nv * c["linear_key_head_dim"] * dv * 4) // tensor
        pool -= int(pool * ratio / (1 + ratio)) // slot * slot
        return pool // (full * serving.kv_elements(c, tensor) * 2)
    types = kinds(c, tensor, fmt, 0, 0)
    common = sum(t.layers * t.token for t in types)
    if not window_pool:
        return pool // common // page * page
    cell = sum(t.layers * t.token * (share if t.window else 1) for t in types)
    if release < (0, 5, 14):
        return int(pool // common * common / cell) // page * page
    return int(pool / cell) // page * page
