"""What the serving engines hold: weights as they load them, caches as they page them, pools as they size them."""
from fractions import Fraction

from . import models
from .formats import PLAIN, ceil_div, round_up

GIB, MIB = 1 << 30, 1 << 20


def kv_elements(c, ranks, windowed=False):
    """Elements of keys and values of one token in one layer on one rank. Attention as published: K heads of d, keys and
    values; a head is copied where there are fewer than ranks. Latent (arXiv 2405.04434 eq. 9): rank + rotary part once,
    never split. MiMo-V2: a value is narrower than its key, window layers have heads of their own."""
    if models.latent(c):
        return c["kv_lora_rank"] + c["qk_rope_head_dim"]
    if c["model_type"] == "mimo_v2_flash":
        prefix = "swa_" if windowed else ""
        each = c[prefix + "head_dim"] + c[prefix + "v_head_dim"]
        return max(1, ceil_div(c[prefix + "num_key_value_heads"], ranks)) * each
    if c["model_type"] == "gpt2":
        return 2 * max(1, ceil_div(c["n_head"], ranks)) * (c["n_embd"] // c["n_head"])
    _, _, kv, d = models.geometry(c)
    return 2 * max(1, ceil_div(kv, ranks)) * d


def layer_counts(c, part):
    """(layers that keep every token, layers that keep a window) of a part."""
    windowed = models.window_layers(c)
    return sum(l not in windowed for l in part.layers), sum(l in windowed for l in part.layers)


def index_key(c):
    """DeepSeek-V3.2's indexer: a key in fp8 and one fp32 scale for every 128 of its elements."""
    if c["model_type"] != "deepseek_v32":
        return 0
    return c["index_head_dim"] + 4 * ceil_div(c["index_head_dim"], 128)


def kv_layer(c, ranks, fmt="bf16", windowed=False):
    """Bytes of one token in one layer on one rank."""
    return kv_elements(c, ranks, windowed) * PLAIN[fmt] + index_key(c)


def kv_per_token(c, part, fmt="bf16"):
    """Bytes of one token in all layers whose cache grows with the context."""
    return layer_counts(c, part)[0] * kv_layer(c, part.tensor, fmt)


def kv_exact(c, part, tokens, sequences, fmt="bf16"):
    """A cache of exactly the tokens there are, windows capped: transformers' DynamicCache."""
    full, windowed = layer_counts(c, part)
    inside = windowed * min(tokens, c.get("sliding_window", tokens)) * kv_layer(c, part.tensor, fmt, True)
    return (full * tokens * kv_layer(c, part.tensor, fmt) + inside) * sequences


def kv_quantized(c, part, tokens, sequences, bits, newest=127, group=64):
    """transformers cache_utils.py QuantizedLayer (4.57): the newest tokens wait in the compute type; once the next one makes
    them residual_length = 128 all are quantized. Groups of 64 have a scale and a shift in the compute type."""
    assert layer_counts(c, part)[1] == 0
    waiting = min(newest, tokens)
    elements = layer_counts(c, part)[0] * kv_elements(c, part.tensor) * sequences
    return elements * ((tokens - waiting) * (Fraction(bits, 8) + Fraction(2 * 2, group)) + waiting * 2)


def kv_blocks(c, part, tokens, sequences, fmt="bf16", block=16):
    """vLLM: whole blocks for every sequence (serving_pages rules; uniform models)."""
    full, windowed = layer_counts(c, part)
    assert windowed == 0
    return full * round_up(tokens, block) * kv_elements(c, part.tensor) * PLAIN[fmt] * sequences


def kv_window_blocks(c, part, tokens, sequences, batched, fmt="bf16", block=16):
    """vLLM 0.11 to 0.25, full and window layers in groups of their own: a request needs ceil(n / block) blocks of the one
    and ceil(min(window - 1 + batched tokens, n) / block) + 1 of the other (serving_pages)."""
    full, windowed = layer_counts(c, part)
    needed = full * ceil_div(tokens, block) + windowed * (ceil_div(min(c["sliding_window"] - 1 + batched, tokens), block) + 1)
    return needed * block * kv_elements(c, part.tensor) * PLAIN[fmt] * sequences


def delta_net_state(c, kind_bytes=2):
    """A gated delta net's state of one sequence: the last kernel - 1 inputs of the convolution over queries, keys and
    values, and a key x value matrix per value head (serving_model section 4)."""
    keys, nv, dv = c["linear_num_key_heads"] * c["linear_key_head_dim"], c["linear_num_value_heads"], c["linear_value_head_dim"]
    convolution = (2 * keys + nv * dv) * (c["linear_conv_kernel_dim"] - 1)
    return (convolution + nv * c["linear_key_head_dim"] * dv) * kind_bytes


def hybrid_page(c):
    """(tokens of an attention block, bytes of a page): the block grows by 16 until its page holds a state."""
    each = kv_elements(c, 1) * 2
    block = round_up(ceil_div(delta_net_state(c), each), 16)
    return block, block * each


def rotary_table(c):
    """vllm rotary_embedding/base.py: cosine and sine of every position, in the compute type; latent attention's in fp32."""
    if c["model_type"] == "gpt2":
        return 0
    if models.latent(c):
        return c["max_position_embeddings"] * c["qk_rope_head_dim"] * 4
    tables = 2 if c["model_type"] in ("gemma3_text",) else 1
    rotated = int(models.geometry(c)[3] * c.get("partial_rotary_factor", 1))
    return tables * c["max_position_embeddings"] * rotated * 2


# Matrices that vLLM stores as one parameter (models/llama.py QKVParallelLinear, MergedColumnParallelLinear; fused_moe
# w13; deepseek_v2.py fused_qkv_a_proj).
FUSED = {"q": "qkv", "k": "qkv", "v": "qkv", "gate": "gate_up", "up": "gate_up", "expert.gate": "w13", "expert.up": "w13",
         "shared.gate": "shared gate_up", "shared.up": "shared gate_up", "q_a": "qkv_a", "kv_a": "qkv_a"}


def slack(size):
    """What torch's caching allocator charges beyond a request: from 10 MiB on it asks the driver for whole 2 MiB and
    splits the rest off only if more than 1 MiB is left (c10/cuda/CUDACachingAllocator.cpp)."""
    left = round_up(size, 2 * MIB) - size
    return left if size >= 10 * MIB and left <= MIB else 0


def loaded_weights(c, part, fmt="bf16", scheme=None, body=2):
    """Weights of one rank as torch counts them after loading: the tensors, the rotary table and what its allocator cannot
    split off. A scheme's scales are tensors of their own; `body` are bytes of an element without them."""
    total, stored = 0, {}
    for t, rows, columns, n in part.shapes():
        quantized = scheme is not None and models.quantizable(t)
        total += (scheme(rows, columns) if quantized else rows * columns * PLAIN[fmt]) * n
        fused = FUSED.get(t.name) if t.matrix else None
        times = part.times(t)
        size = stored.setdefault((fused or t.name, t.layers), [0, times])
        size[0] += rows * columns * (n // max(1, times)) * (body if quantized else PLAIN[fmt])
    return total + rotary_table(c) + sum(slack(size) * times for size, times in stored.values())


def sglang_weights(c, part, fmt="bf16", scheme=None, body=2):
    """The same; SGLang prints a difference of free memory, 0.11 GiB more (serving_model.md section 2)."""
    return loaded_weights(c, part, fmt, scheme, body) + SGLANG_LOSS


SGLANG_LOSS = round(0.11 * GIB)
SGLANG_CONTEXT = {True: 0.3 * GIB, False: 0.55 * GIB}  # one rank, several (serving_model.md section 7)


def sglang_pool(c, part, total, share, alone):
    """profile_max_num_token: share of what is free before loading, less the weights as printed."""
    weights = sglang_weights(c, part)
    return share * (total - SGLANG_CONTEXT[alone]) - weights


def sglang_cell(c, part, fmt="bf16"):
    """One cell per token: keys and values of all the rank's layers."""
    return len(part.layers) * kv_elements(c, part.tensor) * PLAIN[fmt]


def sglang_tokens(c, part, pool, fmt="bf16"):
    return int(pool // sglang_cell(c, part, fmt))


def sglang_window_tokens(c, part, pool, fmt="bf16"):
    """server_args.py swa_full_tokens_ratio, model_runner.py set_num_token_hybrid (0.5): window layers hold 0.8 tokens for
    every one of a full layer."""
    full, windowed = layer_counts(c, part)
    cell = full * kv_elements(c, part.tensor) + Fraction(8, 10) * windowed * kv_elements(c, part.tensor, True)
    return int(pool / (cell * PLAIN[fmt]))


def sglang_share(gib, chunk, graph_batch, ranks):
    """server_args.py _handle_gpu_memory_settings (0.5), below 60 GiB: MiB kept free for activations and graphs."""
    reserved = 512 + Fraction(3, 2) * max(chunk, 2048) + 2 * graph_batch + Fraction(ranks * 1024, 8)
    return 1 - reserved / (gib * 1024)


def sglang_captures(release, latent=False, groups=False, lora=False, host=False):
    """server_args.py of 0.5.10, 0.5.14, 0.5.16 to 0.5.18: prefill is captured by default, but not with groups of attention
    or adapters before 0.5.17, not with parameters or caches in host memory before 0.5.16, and not of latent attention in
    0.5.16 and 0.5.17, the first whose graphs break into segments."""
    if release < (0, 5, 10):
        return False
    if (0, 5, 16) <= release < (0, 5, 18) and latent:
        return False
    return not (release < (0, 5, 17) and (groups or lora)) and not (release < (0, 5, 16) and host)


def sglang_share_by_release(release, gib, chunk, graph_batch, tensor, stages=1, latent=False, groups=1, lora=False, host=False):
    """server_args.py (serving_versions.md SG 2): until 0.4.8 by ranks, and 13 GiB on cards above 80 GiB since 0.4.6; until
    0.5.2 GiB by card; then by use, at least 10 GiB above 60 GiB, and since 0.5.10 8 MiB for every size of a prefill
    that is captured (1.5 GiB for latent attention)."""
    ranks = tensor * stages
    if release < (0, 4, 9):
        by = 0.79 if tensor >= 16 else 0.81 if tensor >= 8 else 0.85 if tensor >= 4 else 0.87 if tensor >= 2 else 0.88
        return by if release < (0, 4, 6) or gib <= 80 else round((gib - 13) / gib, 3)
    if release < (0, 5, 3):
        kept = 2.8 + ranks / 10 if gib < 35 else 9.5 + ranks / 2 if gib < 90 else 12 + ranks / 2 if gib < 160 else 32
        return round(1 - kept / gib, 3)
    kept = 512 + 1.5 * max(chunk, 2048) + 2 * graph_batch + 128 * ranks
    if groups > 1:
        kept += graph_batch * groups * (4.5 if graph_batch > 300 else 3)
    if sglang_captures(release, latent, groups > 1, lora, host):
        sizes = [*range(4, 33, 4), *range(48, 257, 16), *range(288, 513, 32), *range(576, 1025, 64), *range(1280, 4097, 256),
                 *range(4608, 1 << 17, 512)]
        kept += 1536 if latent else 8 * sum(n <= chunk for n in sizes)
    return round(1 - (max(kept, 10240) if gib > 60 else kept) / (gib * 1024), 3)


def sampler_peak(c, sequences, tokens, per_logit, workspace=32 * MIB, programs=0):
    """serving_model.md section 5: the dummy sampler run over full-vocabulary logits, the last hidden states of the profile
    run and the selected rows; 38 bytes per logit with the sort of top-k/top-p. Without it (0.17 and later) 14, and fp32
    logits of one row for every program of the kernel, of which there is one per multiprocessor (topk_topp_triton.py)."""
    h, v = c["hidden_size"], c["vocab_size"]
    return per_logit * sequences * v + 4 * min(programs, sequences) * v + 2 * tokens * h + 4 * sequences * h + workspace


def forward_peak(c, tokens, workspace=32 * MIB):
    """... or one dense forward pass of the profile run: gate_up and product (6 bytes per unit of width), three tensors of
    the hidden size, the workspace."""
    return tokens * (6 * c["intermediate_size"] + 6 * c["hidden_size"]) + workspace


def experts_peak(c, tokens, workspace=32 * MIB):
    """... or one layer of 16-bit experts since 0.13 (TritonExperts.workspace_shapes): for every chosen expert one cache that
    gate-up and down share and one for the product or what goes in; beside them seven tensors of the hidden size, as
    printed peaks of models with experts say."""
    h, width = c["hidden_size"], c.get("moe_intermediate_size", c["intermediate_size"])
    return tokens * 2 * (c["num_experts_per_tok"] * (max(h, 2 * width) + max(h, width)) + 7 * h) + workspace


def next_logits(c, batch, tokens, every):
    """transformers generation/utils.py (4.57): logits in the compute type, of all rows or of the last, and the last row's
    copy in fp32."""
    return batch * c["vocab_size"] * (2 * (tokens if every else 1) + 4)


def one_expert(c, ranks):
    """modeling_qwen3_moe.py (4.57), bytes per token while the experts run one by one: the expert's share of the tokens going
    in, gate, up, product and coming out; the sum over experts; the router's logits; and which expert was chosen as one-hot
    int64, chosen x experts."""
    h, chosen = c["hidden_size"], c["num_experts_per_tok"]
    count = c.get("num_experts") or c["num_local_experts"]
    width = ceil_div(c.get("moe_intermediate_size", c["intermediate_size"]), ranks)
    return Fraction(chosen, count) * (3 * width + 2 * h) * 2 + 2 * h + 2 * count + 8 * chosen * count


def transformers_prefill(c, batch, tokens, ranks=1, eager=False):
    """Peak moments of one forward pass of modeling_llama.py in 16 bit, per rank, beside weights and cache.

    attention: q, k, v and the output of one layer (eager: k, v repeated to all heads; fp32 softmax, masked scores and
    the cast, length x length), MLP: gate, up and their product; both beside the residual and the normalised states."""
    h, heads, kv, d = models.geometry(c)
    own, own_kv = ceil_div(heads, ranks), ceil_div(kv, ranks)
    n = batch * tokens
    widths = own * d + 2 * (own if eager else own_kv) * d + own * d
    attention = n * widths * 2 + (batch * own * tokens * tokens * (2 * 2 + 4) if eager else 0)
    mlp = 3 * n * ceil_div(c["intermediate_size"], ranks) * 2
    if c["model_type"] in ("mixtral", "qwen3_moe"):
        mlp = n * one_expert(c, ranks)
    residual = 2 * n * h * 2
    return {"prefill: attention": attention + residual, "prefill: MLP": mlp + residual}


def served_adapters(c, part, rank, slots, width, vocabulary=False):
    """LoRA slots (arXiv 2106.09685): A is rank x inputs, B outputs x rank, beside every Linear of the blocks, for every
    slot. Of a column-parallel matrix A is whole and B split, of a row-parallel one the other way round. `vocabulary`: vLLM
    prepares embedding and head as well, whole on every rank."""
    total = sum(rank * (rows + columns) * n for t, rows, columns, n in part.shapes() if t.matrix and t.layers)
    if vocabulary:
        total += 2 * rank * (c["vocab_size"] + c["hidden_size"])
    return total * slots * width


# "Graph capturing finished" lines: 0.4 GiB of a dense model whatever its depth and 0.0063 more for every layer (vLLM 0.17 to
# 0.20); SGLang 0.1 GiB and 0.0037 for every sequence of the largest captured batch (0.11, 0.11 and 1.06 GiB at 8, 24, 256).
def vllm_graphs(layers):
    return (Fraction(4, 10) + Fraction(63, 10000) * layers) * GIB


def sglang_graphs(sequences):
    return (Fraction(1, 10) + Fraction(37, 10000) * sequences) * GIB


def sglang_largest_batch(gib, ranks):
    """server_args.py _handle_gpu_memory_settings (0.5): the largest captured batch by device memory, from four ranks on more."""
    for below, few, many in ((20, 8, 8), (35, 24, 80), (60, 32, 160), (160, 256, 512)):
        if gib < below:
            return few if ranks < 4 else many
    return 512


VLLM_GRAPHS_CHARGED = Fraction(3, 4)  # vllm#30515, 0.20: the profile sees three quarters of what is printed later
