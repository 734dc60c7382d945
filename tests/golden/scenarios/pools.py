from fractions import Fraction

from reference import serving
from reference.models import MODELS
from reference.rows import Rows
from reference.split import Part, stage_layers

GB = 10**9


def rows():
    r = Rows("pools", "Pools of vLLM and SGLang from their parts, and the sampler's peak.")
    static = r.source("static", "sglang model_runner.py profile_max_num_token: share x (total - 0.3 GiB, 0.55 on several ranks)"
                      " - weights as printed (serving_model section 7)")
    cell = r.source("cell", "tokens = pool / bytes of one cell; keys and values of all the rank's layers")
    states = r.source("states", "sglang server_args.py mamba_full_memory_ratio 0.9: the pool of states over that of keys and values (0.5)")
    windows = r.source("windows", "sglang server_args.py swa_full_tokens_ratio 0.8: tokens of a window layer over those of a full one (0.5)")
    ladder = r.source("ladder", "sglang server_args.py _handle_gpu_memory_settings (0.5): 512 MiB + 1.5 x chunk + 2 x graph batch + ranks / 8"
                      " GiB stay free")
    sampler = r.source("sampler", "serving_model section 5: c x sequences x vocabulary + 2 tokens x hidden + 4 sequences x hidden +"
                       " cuBLAS 32 MiB (8.125 before Hopper); c = 38 to 0.16, 14 since with a row of fp32 logits per program; or one dense forward: tokens x (6 x width + 6 x hidden)")
    concurrency = r.source("concurrency", "vllm/v1/core/kv_cache_utils.py get_max_concurrency_for_kv_cache_config (0.11): the pool over the"
                           " whole blocks of a request")
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

    # Their weights are merged tensors here, so that what torch's allocator cannot split off is missing: 200 MiB cover it, and
    # the one state by which a pool of states is rounded.
    for name, share, total in (("qwen3-next", 0.85, 40 * GB), ("qwen3-next", 0.7, 100 * GB)):
        c = MODELS[name]
        pool = serving.sglang_pool(c, Part(c, pads=True), total, share, True)
        r.add(f"sglang/{name}/{share}",
              {"model": name, "engine": "sglang", "engine_version": "0.5.5", "context": 4096, "memory_utilization": share,
               "precision": {"weights": "bf16", "kv_cache": "bf16"},
               "devices": [{"accelerator": "h100-80gb", "count": 1, "memory_bytes": total}]},
              ("capacity.kv_bytes", pool, states, 400 * serving.MIB))

    c = MODELS["mimo"]
    for share, total in ((0.8, 24 * GB), (0.75, 40 * GB)):
        p = Part(c, pads=True)
        pool = serving.sglang_pool(c, p, total, share, True)
        r.add(f"sglang/mimo/{share}",
              {"model": "mimo", "engine": "sglang", "engine_version": "0.5.5", "context": 4096, "memory_utilization": share,
               "precision": {"weights": "bf16", "kv_cache": "bf16"},
               "devices": [{"accelerator": "h100-80gb", "count": 1, "memory_bytes": total}]},
              ("capacity.kv_tokens", serving.sglang_window_tokens(c, p, pool), windows, 1))

    # The engine rounds the share to three digits.
    for name, total, chunk, graphs, ranks in (("kv5", 24 * GB, 4096, 24, 1), ("heads14", 40 * GB, 6144, 32, 2),
                                              ("one-kv", 16 * GB, 3072, 8, 1)):
        c = MODELS[name]
        p = Part(c, tensor=ranks, pads=True)
        share = serving.sglang_share(Fraction(total, serving.GIB), chunk, graphs, ranks)
        r.add(f"sglang/share/{name}",
              {"model": name, "engine": "sglang", "engine_version": "0.5.5", "context": 4096, "prefill_tokens": chunk,
               "precision": {"weights": "bf16", "kv_cache": "bf16"}, "parallel": {"tensor": ranks},
               "devices": [{"accelerator": "h100-80gb", "count": ranks, "memory_bytes": total}]},
              ("capacity.kv_bytes", serving.sglang_pool(c, p, total, float(share), ranks == 1), ladder, total // 1900))

    releases = r.source("releases", "sglang server_args.py mem_fraction_static by release, 0.4.0 to 0.5.18 (serving_versions SG 2)")
    for name, version, gib, chunk, graphs, ranks in (
            ("kv5", "0.4.3", 24, 2048, 8, 1), ("heads14", "0.4.5", 141, 8192, 160, 2), ("kv10", "0.4.6", 141, 8192, 160, 4),
            ("layers61", "0.4.7", 80, 8192, 160, 8), ("kv5", "0.4.9", 24, 2048, 8, 1), ("kv10", "0.5.0", 80, 8192, 160, 2),
            ("qwen3", "0.5.2", 141, 8192, 160, 1), ("kv5", "0.5.3", 24, 2048, 16, 1), ("heads14", "0.5.9", 48, 4096, 32, 2),
            ("kv10", "0.5.12", 48, 4096, 160, 4), ("kv5", "0.5.14", 24, 2048, 24, 1), ("mla", "0.5.16", 79, 8192, 256, 1),
            ("mla", "0.5.14", 79, 8192, 256, 1), ("mla", "0.5.18", 141, 8192, 256, 1), ("kv5", "0.5.23", 24, 4096, 48, 1),
            ("kv10", "0.5.23", 33, 4096, 160, 4)):
        c = MODELS[name]
        p = Part(c, tensor=ranks, pads=True)
        release = tuple(int(n) for n in version.split("."))
        share = serving.sglang_share_by_release(release, gib, chunk, graphs, ranks, latent=name == "mla")
        r.add(f"sglang/release/{version}/{name}",
              {"model": name, "engine": "sglang", "engine_version": version, "context": 4096,
               "precision": {"weights": "bf16", "kv_cache": "bf16"}, "parallel": {"tensor": ranks},
               "devices": [{"accelerator": "h100-80gb", "count": ranks, "memory_bytes": gib * serving.GIB}]},
              ("capacity.kv_bytes", serving.sglang_pool(c, p, gib * serving.GIB, share, ranks == 1), releases, 2))

    for name, version, gib, chunk, graphs, options in (
            ("kv10", "0.5.12", 48, 4096, 32, {"enable_hierarchical_cache": True}), ("kv10", "0.5.16", 48, 4096, 32, {"enable_hierarchical_cache": True}),
            ("heads14", "0.5.14", 48, 4096, 77, {"cuda_graph_max_bs": 77}), ("heads14", "0.5.18", 48, 4096, 41, {"cuda_graph_max_bs_decode": 41})):
        c = MODELS[name]
        release = tuple(int(n) for n in version.split("."))
        p = Part(c, pads=True)
        share = serving.sglang_share_by_release(release, gib, chunk, graphs, 1, host="enable_hierarchical_cache" in options)
        r.add(f"sglang/claim/{version}/{'-'.join(options)}",
              {"model": name, "engine": "sglang", "engine_version": version, "context": 4096, "engine_options": options,
               "precision": {"weights": "bf16", "kv_cache": "bf16"},
               "devices": [{"accelerator": "h100-80gb", "count": 1, "memory_bytes": gib * serving.GIB}]},
              ("capacity.kv_bytes", serving.sglang_pool(c, p, gib * serving.GIB, share, True), releases, 2))

    for name, batch in (("heads14", 5), ("kv10", 3), ("qwen2-tied", 1)):
        c = MODELS[name]
        r.add(f"sglang/logits/{name}",
              {"model": name, "engine": "sglang", "context": 1000, "batch": batch, "precision": {"weights": "bf16"},
               "devices": [{"accelerator": "h100-80gb", "count": 1}]},
              ("logits", batch * c["vocab_size"] * (2 + 4), fp32, 0))

    for name, version, per_logit, sequences, tokens, card, workspace in (
            ("heads14", "0.11.2", 38, 256, 2048, "h100-80gb", 32), ("kv10", "0.16.0", 38, 128, 4096, "h100-80gb", 32),
            ("qwen3", "0.18.1", 14, 1024, 2048, "h200", 32), ("layers61", "0.18.1", 14, 1024, 4096, "h200", 32),
            ("qwen2-tied", "0.10.2", 38, 160, 1024, "l4", 8.125), ("one-kv", "0.11.2", 38, 333, 999, "a100-80gb", 8.125)):
        c = MODELS[name]
        extra = int(workspace * serving.MIB)
        programs = 132 if card == "h200" else 0
        peak = max(serving.sampler_peak(c, sequences, tokens, per_logit, extra, programs), serving.forward_peak(c, tokens, extra))
        total = 40 * GB
        r.add(f"vllm/sampler/{name}/{version}",
              {"model": name, "engine": "vllm", "engine_version": version, "context": 8192, "prefill_tokens": tokens,
               "max_sequences": sequences, "cuda_graphs": False, "memory_utilization": 0.83,
               "precision": {"weights": "bf16", "kv_cache": "bf16"},
               "devices": [{"accelerator": card, "count": 1, "memory_bytes": total}]},
              ("activations", peak, sampler, 0),
              ("capacity.kv_bytes+weights+activations+runtime", 0.83 * total, budget, 2))

    experts = r.source("experts", "vllm/model_executor/layers/fused_moe/fused_moe.py and printed peaks: reference/serving.py")
    for name, tokens in (("mixtral", 8192), ("qwen3-moe", 16384)):
        r.add(f"vllm/experts/{name}",
              {"model": name, "engine": "vllm", "engine_version": "0.18.1", "context": 8192, "prefill_tokens": tokens,
               "max_sequences": 16, "cuda_graphs": False, "precision": {"weights": "bf16", "kv_cache": "bf16"},
               "devices": [{"accelerator": "h200", "count": 1}]},
              ("activations", serving.experts_peak(MODELS[name], tokens), experts, 0))

    graphs = r.source("graphs", "'Graph capturing finished' lines of vLLM 0.17 to 0.20: 0.4 GiB and 0.0063 a layer of the stage")
    charge = r.source("charge", "vllm#30515: from 0.20 three quarters of the graphs leave the pool before they are captured; dense"
                      " models of 0.25 to 0.28 run without the estimate")
    ladder_graphs = r.source("ladder graphs", "printed capture sizes of SGLang: 0.1 GiB and 0.0037 for every sequence of the largest"
                             " captured batch (server_args.py, by device memory and ranks)")
    for name, version, stages, charged in (("kv5", "0.17.1", 1, 0), ("layers61", "0.18.1", 1, 0), ("one-kv", "0.19.0", 1, 0),
                                           ("kv10", "0.20.1", 1, serving.VLLM_GRAPHS_CHARGED),
                                           ("heads14", "0.21.0", 1, serving.VLLM_GRAPHS_CHARGED), ("kv5", "0.26.0", 1, 0),
                                           ("heads9", "0.29.0", 1, serving.VLLM_GRAPHS_CHARGED),
                                           ("layers61", "0.20.2", 2, serving.VLLM_GRAPHS_CHARGED)):
        c, share, total = MODELS[name], 0.83, 80 * GB
        expected = [(f"stage:{i}/cuda_graphs", serving.vllm_graphs(len(stage_layers(c["num_hidden_layers"], stages, i))), graphs)
                    for i in range(stages)]
        if stages == 1:
            held = serving.vllm_graphs(c["num_hidden_layers"])
            expected.append(("capacity.kv_bytes+weights+activations+runtime", share * total - float(charged * held), charge, 2))
        r.add(f"vllm/graphs/{name}/{version}" + ("/pp2" if stages > 1 else ""),
              {"model": name, "engine": "vllm", "engine_version": version, "context": 4096, "memory_utilization": share,
               "precision": {"weights": "bf16", "kv_cache": "bf16"}, "parallel": {"pipeline": stages},
               "devices": [{"accelerator": "h100-80gb", "count": stages, "memory_bytes": total}]}, *expected)
    for name, gib, ranks in (("kv5", 15, 1), ("kv5", 24, 1), ("heads14", 24, 4), ("kv10", 48, 2), ("kv10", 48, 4), ("qwen3", 79, 1),
                             ("layers61", 79, 4), ("layers61", 180, 1)):
        r.add(f"sglang/graphs/{name}/{gib}/tp{ranks}",
              {"model": name, "engine": "sglang", "engine_version": "0.5.5", "context": 4096,
               "precision": {"weights": "bf16", "kv_cache": "bf16"}, "parallel": {"tensor": ranks},
               "devices": [{"accelerator": "h100-80gb", "count": ranks, "memory_bytes": gib * serving.GIB}]},
              ("cuda_graphs", serving.sglang_graphs(serving.sglang_largest_batch(gib, ranks)), ladder_graphs))

    for name, ranks, tokens in (("kv10", 1, 1000), ("heads14", 2, 17), ("kv5", 1, 4097)):
        c = MODELS[name]
        each = serving.kv_blocks(c, Part(c, tensor=ranks), tokens, 1)
        r.add(f"vllm/sequence/{name}/{tokens}",
              {"model": name, "engine": "vllm", "engine_version": "0.11.2", "context": tokens,
               "precision": {"weights": "bf16", "kv_cache": "bf16"}, "parallel": {"tensor": ranks},
               "devices": [{"accelerator": "h200", "count": ranks}]},
              ("capacity.bytes_per_sequence", each, concurrency, each // 1000))  # the pool itself may be whole blocks
    return r
