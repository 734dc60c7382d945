"""The tensors of the golden models, family by family, from the families' published layer definitions.

A tensor is one row of `tensors(config)`: where it lies, how tensor parallelism splits it, and what it is for. Shapes are
(rows = outputs, columns = inputs). Sources per family: the model's paper and its Hugging Face module list.
"""
from dataclasses import dataclass


@dataclass(frozen=True)
class Tensor:
    name: str
    group: str          # embedding, attention, mlp, experts, router, norm, head, state
    rows: int
    columns: int = 1
    split: str = "whole"  # whole | q | kv | o | rows | columns | vocabulary | experts-rows | experts-columns
    layers: tuple = ()    # indices of its layers; empty: outside the blocks
    copies: int = 1       # experts, norms of a block
    matrix: bool = True   # a Linear's weight (what schemes quantize and adapters join)

    @property
    def elements(self):
        return self.rows * self.columns * self.copies


def geometry(c):
    h, heads = c["hidden_size"], c["num_attention_heads"]
    return h, heads, c.get("num_key_value_heads", heads), c.get("head_dim", h // heads)


def _attention(c, layers):
    h, heads, kv, d = geometry(c)
    bias = c["model_type"] == "qwen2"
    out = [Tensor("q", "attention", heads * d, h, "q", layers), Tensor("k", "attention", kv * d, h, "kv", layers),
           Tensor("v", "attention", kv * d, h, "kv", layers), Tensor("o", "attention", h, heads * d, "o", layers)]
    if bias:
        out += [Tensor("q.bias", "attention", heads * d, 1, "q", layers, matrix=False),
                Tensor("k.bias", "attention", kv * d, 1, "kv", layers, matrix=False),
                Tensor("v.bias", "attention", kv * d, 1, "kv", layers, matrix=False)]
    if c["model_type"] in ("qwen3", "qwen3_moe", "gemma3_text"):  # RMSNorm over a head
        out += [Tensor("q_norm", "norm", d, layers=layers, matrix=False),
                Tensor("k_norm", "norm", d, layers=layers, matrix=False)]
    return out


def _latent(c, layers):
    """DeepSeek-V2 (arXiv 2405.04434) section 2.1: down- and up-projections of queries and of keys and values."""
    h, heads = c["hidden_size"], c["num_attention_heads"]
    q, kv, rope = c["q_lora_rank"], c["kv_lora_rank"], c["qk_rope_head_dim"]
    nope, v = c["qk_nope_head_dim"], c["v_head_dim"]
    return [Tensor("q_a", "attention", q, h, "whole", layers),
            Tensor("q_a_norm", "norm", q, layers=layers, matrix=False),
            Tensor("q_b", "attention", heads * (nope + rope), q, "q", layers),
            Tensor("kv_a", "attention", kv + rope, h, "whole", layers),
            Tensor("kv_a_norm", "norm", kv, layers=layers, matrix=False),
            Tensor("kv_b", "attention", heads * (nope + v), kv, "q", layers),
            Tensor("o", "attention", h, heads * v, "o", layers), *_indexer(c, layers)]


def _indexer(c, layers):
    """DeepSeek-V3.2 (its inference/model.py, Indexer): queries from the query latent, one key with a
    LayerNorm, a weight per index head; on every rank whole."""
    if c["model_type"] != "deepseek_v32":
        return []
    heads, d = c["index_n_heads"], c["index_head_dim"]
    return [Tensor("index_q", "attention", heads * d, c["q_lora_rank"], "whole", layers),
            Tensor("index_k", "attention", d, c["hidden_size"], "whole", layers),
            Tensor("index_k_norm", "norm", d, layers=layers, copies=2, matrix=False),
            Tensor("index_weights", "attention", heads, c["hidden_size"], "whole", layers)]


def _mimo(c):
    """MiMo-V2-Flash (its modeling_mimo_v2_flash.py): window layers with heads of their own and a sink for every head, values
    narrower than keys, experts where moe_layer_freq says so. Counted; not split over ranks here."""
    h, every = c["hidden_size"], tuple(range(c["num_hidden_layers"]))
    windowed = window_layers(c)
    out = [Tensor("tokens", "embedding", c["vocab_size"], h, "vocabulary")]
    for layers, prefix in ((tuple(l for l in every if l not in windowed), ""), (windowed, "swa_")):
        heads, kv = c[prefix + "num_attention_heads"], c[prefix + "num_key_value_heads"]
        d, v = c[prefix + "head_dim"], c[prefix + "v_head_dim"]
        out += [Tensor("q", "attention", heads * d, h, "q", layers), Tensor("k", "attention", kv * d, h, "kv", layers),
                Tensor("v", "attention", kv * v, h, "kv", layers), Tensor("o", "attention", h, heads * v, "o", layers)]
        if prefix:
            out.append(Tensor("sinks", "attention", heads, layers=layers, matrix=False))
    routed = tuple(l for l in every if c["moe_layer_freq"][l])
    out += _gated(c, tuple(l for l in every if l not in routed), c["intermediate_size"])
    out += _experts(c, routed, c["n_routed_experts"], c["moe_intermediate_size"])
    return out + [Tensor("block norms", "norm", h, layers=every, copies=2, matrix=False),
                  Tensor("final norm", "norm", h, matrix=False), Tensor("head", "head", c["vocab_size"], h, "vocabulary")]


def _gated(c, layers, width, group="mlp", prefix=""):
    h = c["hidden_size"]
    return [Tensor(prefix + "gate", group, width, h, "rows", layers), Tensor(prefix + "up", group, width, h, "rows", layers),
            Tensor(prefix + "down", group, h, width, "columns", layers)]


def _experts(c, layers, count, width):
    h = c["hidden_size"]
    return [Tensor("router", "router", count, h, "whole", layers, matrix=False),
            Tensor("expert.gate", "experts", width, h, "experts-rows", layers, count),
            Tensor("expert.up", "experts", width, h, "experts-rows", layers, count),
            Tensor("expert.down", "experts", h, width, "experts-columns", layers, count)]


def _gpt2(c):
    """Radford et al. 2019: fused qkv, biases everywhere, learned positions, LayerNorm, head tied."""
    h, layers = c["n_embd"], tuple(range(c["n_layer"]))
    def vector(name, n, group, split="whole"):
        return Tensor(name, group, n, 1, split, layers, matrix=False)
    return [Tensor("tokens", "embedding", c["vocab_size"], h, "vocabulary"), Tensor("positions", "embedding", c["n_positions"], h),
            Tensor("qkv", "attention", 3 * h, h, "qkv", layers), vector("qkv.bias", 3 * h, "attention", "qkv"),
            Tensor("o", "attention", h, h, "o", layers), vector("o.bias", h, "attention"),
            Tensor("up", "mlp", 4 * h, h, "rows", layers), vector("up.bias", 4 * h, "mlp", "rows"),
            Tensor("down", "mlp", h, 4 * h, "columns", layers), vector("down.bias", h, "mlp"),
            Tensor("norms", "norm", h, layers=layers, copies=4, matrix=False),  # weight and bias each
            Tensor("final norm", "norm", h, copies=2, matrix=False)]


def _qwen3_next(c):
    """Qwen3-Next: every fourth layer attends (queries with an output gate, norms over heads), the others are gated delta
    nets (arXiv 2412.06464); experts with a shared one and its gate in all of them. Counted; not split over ranks here."""
    h, heads, kv, d = geometry(c)
    every = tuple(range(c["num_hidden_layers"]))
    full = tuple(l for l in every if (l + 1) % c["full_attention_interval"] == 0)
    linear = tuple(l for l in every if l not in full)
    keys = c["linear_num_key_heads"] * c["linear_key_head_dim"]
    nv, dv = c["linear_num_value_heads"], c["linear_value_head_dim"]
    mixer = h * (2 * keys + 2 * nv * dv) + 2 * h * nv + (2 * keys + nv * dv) * c["linear_conv_kernel_dim"] + 2 * nv + dv + nv * dv * h
    m, e, s = c["moe_intermediate_size"], c["num_experts"], c["shared_expert_intermediate_size"]
    return [Tensor("tokens", "embedding", c["vocab_size"], h, "vocabulary"),
            Tensor("attention", "attention", 2 * heads * d + 2 * kv * d + heads * d, h, layers=full),
            Tensor("head norms", "norm", 2 * d, layers=full, matrix=False), Tensor("mixer", "state", mixer, layers=linear),
            Tensor("experts", "experts", 3 * m, h, layers=every, copies=e), Tensor("router", "router", e, h, layers=every),
            Tensor("shared", "experts", 3 * s, h, layers=every), Tensor("shared gate", "experts", 1, h, layers=every),
            Tensor("block norms", "norm", h, layers=every, copies=2), Tensor("final norm", "norm", h),
            Tensor("head", "head", c["vocab_size"], h, "vocabulary")]


def tensors(c):
    if c["model_type"] == "gpt2":
        return _gpt2(c)
    if c["model_type"] == "qwen3_next":
        return _qwen3_next(c)
    if c["model_type"] == "mimo_v2_flash":
        return _mimo(c)
    h, count = c["hidden_size"], c["num_hidden_layers"]
    every = tuple(range(count))
    out = [Tensor("tokens", "embedding", c["vocab_size"], h, "vocabulary")]
    out += _latent(c, every) if latent(c) else _attention(c, every)
    if c["model_type"] == "mixtral":
        out += _experts(c, every, c["num_local_experts"], c["intermediate_size"])
    elif c["model_type"] == "qwen3_moe":
        out += _experts(c, every, c["num_experts"], c["moe_intermediate_size"])
    elif latent(c):
        dense, routed = every[:c["first_k_dense_replace"]], every[c["first_k_dense_replace"]:]
        out += _gated(c, dense, c["intermediate_size"])
        out += _experts(c, routed, c["n_routed_experts"], c["moe_intermediate_size"])
        out += _gated(c, routed, c["n_shared_experts"] * c["moe_intermediate_size"], "experts", "shared.")
    else:
        out += _gated(c, every, c["intermediate_size"])
    norms = 4 if c["model_type"] in ("gemma2", "gemma3_text") else 2
    out.append(Tensor("block norms", "norm", h, layers=every, copies=norms, matrix=False))
    out.append(Tensor("final norm", "norm", h, matrix=False))
    if not c["tie_word_embeddings"]:
        out.append(Tensor("head", "head", c["vocab_size"], h, "vocabulary"))
    return out


def parameters(c):
    return sum(t.elements * max(1, len(t.layers)) for t in tensors(c))


def quantizable(t):
    """What loaders convert: the blocks' Linears; embedding, head, norms, biases and routers stay (transformers'
    quantizers, vLLM's schemes)."""
    return t.matrix and t.group not in ("embedding", "head", "router", "norm")


def latent(c):
    """Multi-head latent attention."""
    return c.get("model_type") in ("deepseek_v3", "deepseek_v32")


def window_layers(c):
    """Layers that see a window only: gemma2 every other one from the first, gemma3 all but every sixth, mistral all,
    MiMo-V2 where its pattern says so."""
    if c.get("model_type") == "gemma3_text":
        return tuple(l for l in range(c["num_hidden_layers"]) if (l + 1) % 6 != 0)
    if c.get("model_type") == "mimo_v2_flash":
        return tuple(l for l in range(c["num_hidden_layers"]) if c["hybrid_layer_pattern"][l])
    if c.get("model_type") == "gemma2":
        return tuple(range(0, c["num_hidden_layers"], 2))
    if c.get("model_type") in ("mistral", "mixtral") and c.get("sliding_window"):
        return tuple(range(c["num_hidden_layers"]))
    return ()


def _llama(h, heads, kv, i, layers, vocabulary, tied=False, kind="llama", **more):
    return {"model_type": kind, "hidden_size": h, "num_attention_heads": heads, "num_key_value_heads": kv,
            "intermediate_size": i, "num_hidden_layers": layers, "vocab_size": vocabulary,
            "max_position_embeddings": 32768, "tie_word_embeddings": tied, "torch_dtype": "bfloat16", **more}


# Shapes chosen so that nothing divides where something may be rounded: odd vocabularies, 14 and 9 heads, 10, 5, 3, 2 and
# 1 KV heads, 61 and 31 layers, widths that are no multiple of 64 x ranks.
MODELS = {
    "heads14": _llama(896, 14, 2, 4864, 61, 151937),
    "layers61": _llama(4096, 32, 8, 14336, 61, 128257),
    "kv10": _llama(5120, 40, 10, 17920, 40, 100353),
    "kv5": _llama(2560, 20, 5, 6910, 31, 50001),
    "heads9": _llama(576, 9, 3, 1536, 30, 49153, tied=True),
    "odd-width": _llama(1002, 6, 2, 2731, 23, 32003, head_dim=62),  # no matrix is a multiple of 64 elements
    "one-kv": _llama(2048, 16, 1, 5632, 22, 32003),
    "qwen2-tied": _llama(1536, 12, 2, 8960, 28, 151937, tied=True, kind="qwen2"),
    "qwen3": _llama(2560, 32, 8, 9728, 36, 151936, tied=True, kind="qwen3", head_dim=128),
    "gemma2": _llama(2304, 8, 4, 9216, 26, 256000, tied=True, kind="gemma2", head_dim=256, query_pre_attn_scalar=256,
                     sliding_window=4096, attn_logit_softcapping=50.0, final_logit_softcapping=30.0),
    "mistral-window": _llama(4096, 32, 8, 14336, 31, 32001, kind="mistral", sliding_window=4096),
    "mixtral": _llama(4096, 32, 8, 14336, 31, 32001, kind="mixtral", num_local_experts=8, num_experts_per_tok=2),
    "mixtral-window": _llama(4096, 32, 8, 14336, 31, 32001, kind="mixtral", num_local_experts=8, num_experts_per_tok=2,
                             sliding_window=4096),
    "qwen3-moe": _llama(2048, 32, 4, 6144, 47, 151937, kind="qwen3_moe", head_dim=128, num_experts=128,
                        num_experts_per_tok=8, moe_intermediate_size=768, decoder_sparse_step=1, mlp_only_layers=[],
                        norm_topk_prob=True),
    "mla": _llama(2048, 16, 16, 10944, 27, 102401, kind="deepseek_v3", q_lora_rank=1536, kv_lora_rank=512,
                  qk_rope_head_dim=64, qk_nope_head_dim=128, v_head_dim=128, first_k_dense_replace=1,
                  n_routed_experts=64, num_experts_per_tok=6, n_shared_experts=2, moe_intermediate_size=1408,
                  moe_layer_freq=1, n_group=1, topk_group=1, num_nextn_predict_layers=0),
    "dsa": _llama(2048, 16, 16, 10944, 27, 102401, kind="deepseek_v32", q_lora_rank=1536, kv_lora_rank=512,
                  qk_rope_head_dim=64, qk_nope_head_dim=128, v_head_dim=128, first_k_dense_replace=1,
                  n_routed_experts=64, num_experts_per_tok=6, n_shared_experts=2, moe_intermediate_size=1408,
                  moe_layer_freq=1, n_group=1, topk_group=1, num_nextn_predict_layers=0, index_n_heads=12,
                  index_head_dim=128, index_topk=2048),
    "gemma3": _llama(1152, 4, 1, 6912, 26, 262144, tied=True, kind="gemma3_text", head_dim=256, query_pre_attn_scalar=256,
                     sliding_window=512, sliding_window_pattern=6),
    "mimo": _llama(2048, 32, 4, 8192, 13, 50001, kind="mimo_v2_flash", head_dim=192, v_head_dim=128, sliding_window=128,
                   swa_num_attention_heads=32, swa_num_key_value_heads=8, swa_head_dim=192, swa_v_head_dim=128,
                   hybrid_layer_pattern=[0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1],
                   moe_layer_freq=[0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], moe_intermediate_size=1024, n_routed_experts=32,
                   n_shared_experts=None, num_experts_per_tok=8, add_swa_attention_sink_bias=True,
                   add_full_attention_sink_bias=False, partial_rotary_factor=0.334),
    "qwen3-next": _llama(2048, 16, 2, 5120, 47, 151937, kind="qwen3_next", head_dim=256, full_attention_interval=4,
                         linear_num_key_heads=16, linear_key_head_dim=128, linear_num_value_heads=32, linear_value_head_dim=128,
                         linear_conv_kernel_dim=4, num_experts=64, num_experts_per_tok=10, moe_intermediate_size=512,
                         shared_expert_intermediate_size=512, decoder_sparse_step=1, mlp_only_layers=[]),
    "gpt2": {"model_type": "gpt2", "n_embd": 768, "n_head": 12, "n_layer": 12, "n_positions": 1024, "vocab_size": 50257,
             "tie_word_embeddings": True, "torch_dtype": "bfloat16"},
}
