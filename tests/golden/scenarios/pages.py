from reference import pages
from reference.models import MODELS
from reference.rows import Rows

POOL = 12_345_678_901


def rows():
    r = Rows("pages", "Tokens of a pool of a given size, as releases of vLLM plan and print them.")
    plan = r.source("plan", "vllm/v1/core/kv_cache_utils.py and kv_cache_interface.py of the release: reference/pages.py")

    def add(name, model, release, length, batched=2048, fmt="bf16", options=None, keys=None, **planned):
        text = ".".join(map(str, release))
        scenario = {"model": model, "engine": "vllm", "engine_version": text, "context": length, "prefill_tokens": batched,
                    "kv_cache_memory_bytes": POOL, "precision": {"weights": "bf16", "kv_cache": fmt},
                    "devices": [{"accelerator": "h200", "count": planned.get("tensor", 1)}], **(keys or {})}
        if planned.get("tensor"):
            scenario["parallel"] = {"tensor": planned["tensor"]}
        if options:
            scenario["engine_options"] = options
        r.add(f"{name}/{model}/{text}/{length}", scenario,
              ("capacity.kv_tokens", pages.tokens(MODELS[model], release, length, batched, POOL, fmt=fmt, **planned), plan, 1))

    for release in ((0, 10, 2), (0, 20, 0), (0, 20, 1), (0, 33, 0)):
        add("full", "kv10", release, 9999)
        add("full", "heads9", release, 777, tensor=2)
    for release in ((0, 11, 0), (0, 20, 1), (0, 25, 1), (0, 26, 0), (0, 30, 0)):
        for length, batched in ((3001, 512), (30001, 8192), (30001, 2048)):
            add(f"windows/{batched}", "gemma2", release, length, batched)
        add("all-windows", "mistral-window", release, 20001)
        add("windows-experts", "mixtral-window", release, 20001)
    for model in ("gemma2", "mixtral-window"):
        add("windows-in-step", model, (0, 26, 0), 20001, options={"async_scheduling": False}, ahead=False)
    for release in ((0, 11, 2), (0, 12, 0), (0, 17, 1), (0, 18, 0)):  # 12 + 13 layers with a draft's: one group or two
        add("draft", "gemma2", release, 8190, keys={"speculative": {"method": "eagle", "tokens": 3}}, draft=(3, 1))
    for release, mode in (((0, 18, 1), "none"), ((0, 25, 1), "none"), ((0, 26, 0), "align"), ((0, 33, 0), "align")):
        add("states", "qwen3-next", release, 20001, mode=mode)
        add("states-tp2", "qwen3-next", release, 20001, tensor=2, mode=mode)
        add("states-drafts", "qwen3-next", release, 9001, mode=mode, draft=(2, 1),
            keys={"speculative": {"method": "mtp", "tokens": 2}})
    add("states-asked", "qwen3-next", (0, 22, 0), 20001, mode="align", keys={"prefix_caching": True})
    add("states-asked", "qwen3-next", (0, 27, 0), 20001, mode="none", keys={"prefix_caching": False})
    for fmt in ("fp8", "int8_per_token_head", "int4_per_token_head", "nvfp4"):
        add(f"format/{fmt}", "qwen3", (0, 26, 0), 4099, fmt=fmt)
    for release, block in (((0, 17, 1), 64), ((0, 18, 0), 16)):
        add("latent", "mla", release, 4099, tensor=8, block=block)
        add("latent-ranks", "mla", release, 4099, tensor=8, block=block, cp=4, options={"decode_context_parallel_size": 4})
    add("latent-8-bit", "mla", (0, 33, 0), 4099, fmt="fp8", block=64)
    add("block", "kv5", (0, 22, 0), 5001, block=128, options={"block_size": 128})
    add("blocks", "gemma2", (0, 22, 0), 5001, blocks=777, options={"num_gpu_blocks_override": 777})
    add("one-manager", "gemma2", (0, 33, 0), 5001, hybrid=False, options={"disable_hybrid_kv_cache_manager": True})

    cells = r.source("cells", "sglang/srt/model_executor/pool_configurator.py and memory_pool.py of the release: reference/pages.py")

    def sglang(name, model, release, options=None, tensor=1, **planned):
        text = ".".join(map(str, release))
        scenario = {"model": model, "engine": "sglang", "engine_version": text, "context": 4000, "kv_cache_memory_bytes": POOL,
                    "precision": {"weights": "bf16", "kv_cache": "bf16"}, "parallel": {"tensor": tensor},
                    "devices": [{"accelerator": "h200", "count": tensor}]}
        if options:
            scenario["engine_options"] = options
        r.add(f"sglang/{name}/{model}/{text}", scenario,
              ("capacity.kv_tokens", pages.sglang_tokens(MODELS[model], release, POOL, tensor, **planned), cells, 0))

    sglang("full", "kv10", (0, 5, 10), tensor=4)
    sglang("pages", "kv5", (0, 5, 18), options={"page_size": 64}, page=64)
    sglang("windows", "gemma2", (0, 5, 5), window_pool=True)
    sglang("windows-share", "gemma2", (0, 5, 5), window_pool=True, options={"swa_full_tokens_ratio": 0.5}, share=0.5)
    sglang("windows", "gemma2", (0, 5, 10))  # no class with a window pool any more
    for release in ((0, 5, 10), (0, 5, 18)):
        sglang("states", "qwen3-next", release)
        sglang("states-tp2", "qwen3-next", release, tensor=2)
    sglang("states-share", "qwen3-next", (0, 5, 18), options={"mamba_full_memory_ratio": 0.4}, ratio=0.4)
    return r
