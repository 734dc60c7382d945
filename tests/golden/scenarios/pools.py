from reference import serving
from reference.models import MODELS
from reference.rows import Rows
from reference.split import Part

GB = 10**9


def rows():
    r = Rows("pools", "Pools of vLLM and SGLang from their parts, and the sampler's peak.")
    static = r.source("static", "sglang model_runner.py profile_max_num_token: share x (total - 0.3 GiB, 0.55 on several ranks)"
                      " - weights as printed (serving_model section 7)")
    cell = r.source("cell", "tokens = pool / bytes of one cell; keys and values of all the rank's layers")
    sampler = r.source("sampler", "serving_model section 5: c x sequences x vocabulary + 2 tokens x hidden + 4 sequences x hidden +"
                       " cuBLAS 32 MiB (8.125 before Hopper); c = 38 to 0.16, 15 since; or one dense forward: tokens x (6 x width + 6 x hidden)")
    budget = r.source("budget", "vllm/v1/worker/gpu_worker.py: pool = share x total - weights - activations - non-torch")
    fp32 = r.source("fp32", "sglang logits_processor.py: 16-bit logits of the sampled rows and their fp32 copy")

    for name, ranks, share, total in (("heads14", 1, 0.8, 24 * GB), ("layers61", 1, 0.85, 80 * GB), ("layers61", 2, 0.7, 80 * GB),
                                      ("kv10", 4, 0.9, 48 * GB), ("kv5", 2, 0.75, 16 * GB), ("one-kv", 8, 0.88, 12 * GB),
                                      ("qwen2-tied", 4, 0.6, 16 * GB), ("qwen3", 1, 0.88, 40 * GB), ("mixtral", 3, 0.83, 80 * GB),
                                      ("qwen3-moe", 8, 0.87, 40 * GB), ("mla", 4, 0.9, 40 * GB), ("heads9", 4, 0.5, 8 * GB)):
        c = MODELS[name]
        p = Part(c, tensor=ranks, pads=True)
        pool = serving.sglang_pool(c, p, total, share, ranks == 1)
        tokens = serving.sglang_tokens(c, p, pool)
        r.add(f"sglang/{name}/tp{ranks}",
              {"model": name, "engine": "sglang", "engine_version": "0.5.5", "context": 4096, "memory_utilization": share,
               "precision": {"weights": "bf16", "kv_cache": "bf16"}, "parallel": {"tensor": ranks},
               "devices": [{"accelerator": "h100-80gb", "count": ranks, "memory_bytes": total}]},
              ("capacity.kv_tokens", tokens, cell, 1), ("capacity.kv_bytes", pool, static, 2))

    for name, batch in (("heads14", 5), ("kv10", 3), ("qwen2-tied", 1)):
        c = MODELS[name]
        r.add(f"sglang/logits/{name}",
              {"model": name, "engine": "sglang", "context": 1000, "batch": batch, "precision": {"weights": "bf16"},
               "devices": [{"accelerator": "h100-80gb", "count": 1}]},
              ("logits", batch * c["vocab_size"] * (2 + 4), fp32, 0))

    for name, version, per_logit, sequences, tokens, card, workspace in (
            ("heads14", "0.11.2", 38, 256, 2048, "h100-80gb", 32), ("kv10", "0.16.0", 38, 128, 4096, "h100-80gb", 32),
            ("qwen3", "0.18.1", 15, 1024, 2048, "h200", 32), ("layers61", "0.18.1", 15, 1024, 4096, "h200", 32),
            ("qwen2-tied", "0.10.2", 38, 160, 1024, "l4", 8.125), ("one-kv", "0.11.2", 38, 333, 999, "a100-80gb", 8.125)):
        c = MODELS[name]
        extra = int(workspace * serving.MIB)
        peak = max(serving.sampler_peak(c, sequences, tokens, per_logit, extra), serving.forward_peak(c, tokens, extra))
        total = 40 * GB
        r.add(f"vllm/sampler/{name}/{version}",
              {"model": name, "engine": "vllm", "engine_version": version, "context": 8192, "prefill_tokens": tokens,
               "max_sequences": sequences, "cuda_graphs": False, "memory_utilization": 0.83,
               "precision": {"weights": "bf16", "kv_cache": "bf16"},
               "devices": [{"accelerator": card, "count": 1, "memory_bytes": total}]},
              ("activations", peak, sampler, 0),
              ("capacity.kv_bytes+weights+activations+runtime", 0.83 * total, budget, 2))
    return r
