from fractions import Fraction

from reference import local, llama_cpp
from reference.models import MODELS
from reference.rows import Rows


def rows():
    r = Rows("local", "MLX, Ollama and TensorRT-LLM: groups, cells that grow in steps, windows, blocks and shares.")
    groups = r.source("groups", "mlx.nn.quantize: embedding, head and every Linear in groups with a scale and a bias; mx and nv forms"
                      " with a scale alone (mlx-lm 0.32, truth/mlx.jsonl)")
    steps = r.source("steps", "mlx_lm/models/cache.py KVCache.update_and_fetch: steps of 256 behind what is used (0.32)")
    packed = r.source("packed", "mlx_lm/models/cache.py QuantizedKVCache: bits of a value and 4 bytes for a group (0.32)")
    cells = r.source("cells", "ollama kvcache/causal.go: slots x length, padded to 256; windows slots x window + batch (0.24)")
    server = r.source("server", "ollama llm/llama_server.go: -c num_ctx x slots -np slots, not unified (0.30)")
    context = r.source("context", "ollama server/routes.go: 2048, from 0.6.7 4096, from 0.15.5 by the memory of all GPUs")
    mix = r.source("mix", "the GGUF file's tensors (llamacpp sections 2 to 4)")
    blocks = r.source("blocks", "tensorrt_llm resource_manager.py: blocks of 32 tokens, 64 up to 0.17, in every layer")
    left = r.source("left", "tensorrt_llm _util.py: the share is of what the dry run leaves of the device")
    logits = r.source("logits", "tensorrt_llm model_engine.py: the last token of every sequence in fp32")

    whole = r.source("whole", "tensorrt_llm/models: use_parallel_embedding is off by default; a tied head is a split copy (0.17)")
    fused = r.source("fused", "tensorrt_llm/models/deepseek_v2/convert.py: fused_q_proj = q_b x keys of kv_b, heads x (rank + rotary) x q rank")

    def mlx(name, **more):
        return {"model": name, "engine": "mlx", "devices": [{"accelerator": "m3-max-16c-128gb", "count": 1}], **more}

    for name in ("layers61", "kv5", "heads9", "qwen2-tied", "qwen3", "odd-width"):
        for word in local.BITS:
            r.add(f"mlx/{word}/{name}", mlx(name, context=512, precision={"weights": word}),
                  ("weights", local.mlx_weights(MODELS[name], word), groups, 0))
    for name, prompt, generated, step, sequences in (("layers61", 5000, 300, 2048, 1), ("kv5", 1001, 30, 512, 3), ("one-kv", 255, 1, 2048, 2),
                                                     ("kv10", 4097, 600, 1000, 1), ("qwen3", 3000, 1, 300, 1)):
        r.add(f"mlx/cache/{name}/{prompt}+{generated}",
              mlx(name, context=prompt + generated, prefill_tokens=step, batch=sequences, engine_options={"max_tokens": generated}),
              ("kv_cache", local.mlx_cache(MODELS[name], prompt, generated, step, sequences), steps, 0))
    for name, bits, group in (("layers61", 4, 64), ("kv5", 8, 32), ("kv10", 6, 64)):
        r.add(f"mlx/cache/{bits} bit/{name}",
              mlx(name, context=3333, engine_options={"max_tokens": 33, "kv_bits": bits, "kv_group_size": group, "quantized_kv_start": 1}),
              ("kv_cache", local.mlx_cache(MODELS[name], 3300, 33, 2048, bits=bits, group=group), packed, 0))

    def ollama(name, version, **more):
        return {"model": name, "engine": "ollama", "engine_version": version, "precision": {"weights": "Q4_K_M"},
                "devices": [{"accelerator": "h100-80gb", "count": 1}], **more}

    for name, version, length, slots in (("qwen3", "0.12.3", 4097, 1), ("qwen3", "0.13.5", 1000, 3), ("gemma3", "0.9.0", 3000, 1),
                                         ("gemma3", "0.12.11", 9000, 2), ("gemma3", "0.24.0", 300, 4)):
        r.add(f"ollama/own/{name}/{version}/{slots}x{length}", ollama(name, version, context=length, batch=slots, prefill_tokens=512),
              ("kv_cache", local.ollama_cache(MODELS[name], length, slots, stop=0 if version in ("0.9.0", "0.12.3") else 1), cells, 0))
    for name, length, slots in (("layers61", 4097, 1), ("kv5", 1000, 3), ("heads14", 8192, 2)):
        r.add(f"ollama/server/{name}/{slots}x{length}", ollama(name, "0.31.2", context=length, batch=slots),
              ("kv_cache", llama_cpp.cache(MODELS[name], length, slots), server, 0),
              ("weights", llama_cpp.device_weights(MODELS[name], "Q4_K_M"), mix))
    for version, gib, length in (("0.5.0", 24, 2048), ("0.6.6", 24, 2048), ("0.6.7", 80, 4096), ("0.15.4", 80, 4096), ("0.15.5", 24, 32768),
                                 ("0.16.1", 16, 4096), ("0.15.5", 79, 32768)):  # 262,144, and at most what the model was made for
        r.add(f"ollama/context/{version}/{gib} GiB",
              {**ollama("one-kv", version), "devices": [{"accelerator": "h100-80gb", "count": 1, "memory_bytes": gib * 2**30}]},
              ("kv_cache", llama_cpp.cache(MODELS["one-kv"], length, 4 if version == "0.5.0" else 4 if version == "0.6.6" else
                                           2 if version == "0.6.7" else 1), context, 0))

    def trt(name, version, **more):
        return {"model": name, "engine": "tensorrt-llm", "engine_version": version,
                "precision": {"weights": "bf16", "kv_cache": "bf16"}, **more}

    for name, version, length, sequences, ranks, block in (("layers61", "1.1.0", 1000, 3, 1, 32), ("kv10", "1.2.0", 4097, 1, 2, 32),
                                                           ("heads14", "0.17.0", 65, 5, 1, 64), ("one-kv", "1.0.0", 33, 7, 4, 32)):
        c = MODELS[name]
        pool = 5 * 10**9 + 12345
        r.add(f"trtllm/blocks/{name}/tp{ranks}",
              trt(name, version, context=length, batch=sequences, parallel={"tensor": ranks}, kv_cache_memory_bytes=pool,
                  devices=[{"accelerator": "h100-80gb", "count": ranks}]),
              ("kv_cache", local.trtllm_cache(c, length, sequences, ranks, block=block), blocks, 0),
              ("capacity.kv_tokens", local.trtllm_tokens(c, pool, ranks, block=block), blocks, 0))
    for name, ranks in (("layers61", 2), ("kv10", 4), ("heads9", 3)):
        c = MODELS[name]
        rows_held = Fraction(1) if c["tie_word_embeddings"] else 1 - Fraction(1, ranks)
        r.add(f"trtllm/built/{name}/tp{ranks}",
              trt(name, "0.17.0", context=1024, parallel={"tensor": ranks}, devices=[{"accelerator": "h100-80gb", "count": ranks}]),
              ("line:weights/embedding, whole", c["vocab_size"] * c["hidden_size"] * 2 * rows_held, whole))
    for ranks in (1, 4):
        c = MODELS["mla"]
        r.add(f"trtllm/built/mla/tp{ranks}",
              trt("mla", "0.17.0", context=1024, parallel={"tensor": ranks}, devices=[{"accelerator": "h100-80gb", "count": ranks}]),
              ("line:weights/fused query", c["num_hidden_layers"] * (c["num_attention_heads"] // ranks) *
               (c["kv_lora_rank"] + c["qk_rope_head_dim"]) * c["q_lora_rank"] * 2, fused))
    for name, sequences, tokens in (("heads14", 64, 2048), ("kv5", 512, 100)):
        r.add(f"trtllm/left/{name}",
              trt(name, "1.2.0", context=2048, max_sequences=sequences, prefill_tokens=tokens, memory_utilization=1.0,
                  devices=[{"accelerator": "h100-80gb", "count": 1, "memory_bytes": 40 * 10**9}]),
              ("capacity.kv_bytes+weights+activations+logits+runtime+cuda_graphs", 40 * 10**9, left, 2),
              ("logits", min(sequences, tokens) * MODELS[name]["vocab_size"] * 4, logits, 0))
    return r
