from reference import serving
from reference.models import MODELS
from reference.rows import Rows
from reference.split import Part


def hybrid_blocks(c, full, whole):
    """Pages one sequence takes: groups of as many layers as attend, the last one padded."""
    size = min(full, c["num_hidden_layers"] - full)
    state_groups = -(-(c["num_hidden_layers"] - full) // size)
    return size * (-(-full // size) * whole + state_groups)


def rows():
    r = Rows("caches", "Keys and values: head copies, windows, latents, whole blocks, formats, stages.")
    kv = r.source("kv", "layers x 2 x max(1, ceil(KV heads / ranks)) x head size x bytes x tokens x sequences")
    window = r.source("window", "a layer with a window keeps no more than its window (Mistral 7B, arXiv 2310.06825 section 2)")
    latent = r.source("latent", "DeepSeek-V2, arXiv 2405.04434 eq. 9: latent and rotary key once, not split over ranks")
    block = r.source("block", "vllm/v1/core/kv_cache_utils.py: whole blocks of 16 tokens for every sequence")
    groups = r.source("groups", "vLLM 0.11 to 0.25: a request's blocks of full layers and of window layers (serving_pages)")
    hybrid = r.source("hybrid", "vLLM 0.11 to 0.25: the attention block grows in steps of 16 tokens until its page holds a state; a state"
                      " takes a page; short groups are padded (serving_model section 4)")
    hybrid_kv = r.source("hybrid_kv", "only layers that attend keep keys and values")
    flash_mla = r.source("flash_mla", "vllm/platforms/cuda.py check_and_update_config (0.11): FlashMLA works on blocks of 64 tokens")
    indexer = r.source("indexer", "DeepSeek-V3.2, vllm/v1/attention/backends/mla/indexer.py: beside the latent an fp8 key of 128 and one"
                       " fp32 scale")
    quantized = r.source("quantized", "transformers cache_utils.py QuantizedLayer (4.57): all but the newest 127 tokens in 4 bit, a scale"
                         " and a shift for 64")
    written = r.source("written", "transformers cache_utils.py QuantizedLayer.update (4.57): one layer's keys and values written out, and"
                       " joined with the newest, beside two hidden states")
    cells = r.source("cells", "sglang model_runner.py profile_max_num_token: one cell per token")

    for name, ranks, batch, tokens in (("heads14", 1, 3, 1000), ("heads14", 2, 3, 1000), ("heads14", 4, 1, 4097),
                                       ("heads9", 2, 5, 777), ("kv10", 4, 2, 8191), ("kv10", 3, 2, 8191), ("kv5", 2, 1, 1),
                                       ("kv5", 8, 7, 333), ("one-kv", 8, 2, 3001), ("qwen2-tied", 8, 9, 15),
                                       ("qwen3", 16, 2, 16385), ("layers61", 3, 4, 12345), ("mixtral", 16, 1, 31999),
                                       ("qwen3-moe", 8, 2, 5000), ("gpt2", 1, 4, 1023), ("gpt2", 8, 4, 1023)):
        c = MODELS[name]
        p = Part(c, tensor=ranks)
        base = {"model": name, "batch": batch, "context": tokens, "parallel": {"tensor": ranks},
                "precision": {"weights": "bf16", "kv_cache": "bf16"}}
        gpu = {"devices": [{"accelerator": "h200", "count": ranks}]}
        r.add(f"transformers/tp{ranks}/{name}/{batch}x{tokens}", {**base, "engine": "transformers"},
              ("kv_cache", serving.kv_exact(c, p, tokens, batch), kv, 0),
              ("kv_bytes_per_token", serving.kv_per_token(c, p), kv, 0))
        if name == "gpt2":
            continue
        r.add(f"sglang/tp{ranks}/{name}/{batch}x{tokens}", {**base, **gpu, "engine": "sglang"},
              ("kv_cache", serving.kv_exact(c, p, tokens, batch), cells, 0))
        r.add(f"vllm/tp{ranks}/{name}/{batch}x{tokens}", {**base, **gpu, "engine": "vllm", "engine_version": "0.11.2"},
              ("kv_cache", serving.kv_blocks(c, p, tokens, batch), block, 0),
              ("kv_bytes_per_token", serving.kv_per_token(c, p), kv, 0))

    for name, tokens in (("gemma2", 4095), ("gemma2", 8190), ("mistral-window", 20001), ("gemma3", 3001), ("mimo", 999),
                         ("mimo", 100)):
        c = MODELS[name]
        for ranks in (1, 3):
            p = Part(c, tensor=ranks)
            r.add(f"transformers/window/tp{ranks}/{name}/{tokens}",
                  {"model": name, "batch": 2, "context": tokens, "parallel": {"tensor": ranks}, "engine": "transformers",
                   "precision": {"weights": "bf16", "kv_cache": "bf16"}},
                  ("kv_cache", serving.kv_exact(c, p, tokens, 2), window, 0))

    for tokens, batched in ((3000, 2048), (20001, 2048), (9999, 8192)):
        c = MODELS["gemma2"]
        r.add(f"vllm/window/gemma2/{tokens}/{batched}",
              {"model": "gemma2", "batch": 3, "context": tokens, "prefill_tokens": batched, "engine": "vllm", "engine_version": "0.18.1",
               "precision": {"weights": "bf16", "kv_cache": "bf16"}, "devices": [{"accelerator": "h200", "count": 1}]},
              ("kv_cache", serving.kv_window_blocks(c, Part(c), tokens, 3, batched), groups, 0))

    c = MODELS["qwen3-next"]
    full = c["num_hidden_layers"] // 4
    block_tokens, page = serving.hybrid_page(c)
    for tokens, batch in ((1000, 3), (544, 1), (32001, 2)):
        base = {"model": "qwen3-next", "batch": batch, "context": tokens, "precision": {"weights": "bf16", "kv_cache": "bf16"}}
        whole = -(-tokens // block_tokens)
        r.add(f"vllm/hybrid/{batch}x{tokens}",
              {**base, "engine": "vllm", "engine_version": "0.18.1", "devices": [{"accelerator": "h200", "count": 1}]},
              ("kv_cache+state_cache", batch * page * hybrid_blocks(c, full, whole), hybrid, 0))
        r.add(f"transformers/hybrid/{batch}x{tokens}", {**base, "engine": "transformers"},
              ("kv_cache", full * tokens * serving.kv_elements(c, 1) * 2 * batch, hybrid_kv, 0))

    for ranks, engine, name in ((1, "sglang", "mla"), (4, "sglang", "mla"), (8, "vllm", "mla"), (1, "sglang", "dsa"),
                                (8, "vllm", "dsa")):
        c = MODELS[name]
        p = Part(c, tensor=ranks)
        tokens, source = 4096, latent if name == "mla" else indexer  # a multiple of every latent block
        r.add(f"{engine}/{'latent' if name == 'mla' else name}/tp{ranks}",
              {"model": name, "batch": 3, "context": tokens, "parallel": {"tensor": ranks}, "engine": engine,
               "precision": {"weights": "bf16", "kv_cache": "bf16"}, "devices": [{"accelerator": "h200", "count": ranks}]},
              ("kv_cache", serving.kv_exact(c, p, tokens, 3), source, 0),
              ("kv_bytes_per_token", serving.kv_per_token(c, p), source, 0))
    c = MODELS["mla"]
    r.add("vllm/latent/blocks",
          {"model": "mla", "batch": 3, "context": 4100, "parallel": {"tensor": 4}, "engine": "vllm", "engine_version": "0.11.2",
           "precision": {"weights": "bf16", "kv_cache": "bf16"}, "devices": [{"accelerator": "h200", "count": 4}]},
          ("kv_cache", serving.kv_blocks(c, Part(c, tensor=4), 4100, 3, block=64), flash_mla, 0))

    for name, ranks, tokens in (("kv10", 4, 1021), ("heads14", 1, 4000), ("one-kv", 2, 99)):
        c = MODELS[name]
        r.add(f"transformers/int4/{name}/{tokens}",
              {"model": name, "batch": 3, "context": tokens, "parallel": {"tensor": ranks}, "engine": "transformers",
               "precision": {"weights": "bf16", "kv_cache": "int4"}},
              ("kv_cache", serving.kv_quantized(c, Part(c, tensor=ranks), tokens, 3, 4), quantized, 3),
              ("moment:decode/activations", 3 * (2 * tokens * serving.kv_layer(c, ranks) + 2 * c["hidden_size"] * 2), written, 0))

    for fmt in ("fp8", "fp16", "fp32"):
        c = MODELS["kv10"]
        p = Part(c, tensor=4)
        r.add(f"transformers/{fmt}/kv10",
              {"model": "kv10", "batch": 1, "context": 1021, "parallel": {"tensor": 4}, "engine": "transformers",
               "precision": {"weights": "bf16", "kv_cache": fmt}},
              ("kv_cache", serving.kv_exact(c, p, 1021, 1, fmt), kv, 0))

    for name, stages, stage in (("layers61", 8, 0), ("layers61", 8, 7), ("kv5", 4, 0), ("kv5", 4, 3), ("heads14", 6, 0)):
        c = MODELS[name]
        p = Part(c, pipeline=stages, stage=stage)
        r.add(f"transformers/pp{stages}/{name}/stage{stage}",
              {"model": name, "batch": 2, "context": 999, "parallel": {"pipeline": stages}, "engine": "transformers",
               "precision": {"weights": "bf16", "kv_cache": "bf16"}},
              (f"stage:{stage}/kv_cache", serving.kv_exact(c, p, 999, 2), kv, 0))
    return r
