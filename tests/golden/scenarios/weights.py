from fractions import Fraction

from reference import formats, models, serving
from reference.models import MODELS
from reference.rows import Rows
from reference.split import Part

H100 = [{"accelerator": "h100-80gb", "count": 1}]


def devices(n):
    return [{"accelerator": "h100-80gb", "count": n}]


def expert_bytes(c, scheme):
    """Routed experts in a scheme, everything else in 16 bit."""
    return sum((scheme(r, k) if t.name.startswith("expert.") else 2 * r * k) * n for t, r, k, n in Part(c).shapes())


def rows():
    r = Rows("weights", "Parameters and weights: every family, format, engine, split that does not divide.")
    count = r.source("count", "shapes of the family's layers (its paper; Hugging Face modules), tied heads once")
    plain = r.source("plain", "parameters x bytes of the format, tensor by tensor (reference/split.py)")
    scheme = r.source("scheme", "blocks' Linears in the scheme with its scales, the rest in 16 bit (reference/formats.py)")
    nf4 = r.source("nf4", "QLoRA, arXiv 2305.14314 section 3: 4 bit + one fp32 for 64; double: 8 bit for 64 + fp32 for 256")
    mx = r.source("mx", "OCP MX 1.0: 32 elements of 4 bit share a byte; of a mixture the experts only (openai/gpt-oss-20b)")
    split = r.source("split", "Megatron-LM, arXiv 1909.08053 section 3: whole heads, copied KV heads, vocabulary padded to 64")
    stage = r.source("stage", "vllm/distributed/utils.py get_pp_indices: the remainder before the last stage; a tied head twice")
    torch = r.source("torch", "the same tensors, rotary table and what torch's allocator cannot split off (10 MiB, 2 MiB, 1 MiB)")
    sgl = r.source("sgl", "the same tensors and rotary table; SGLang prints 0.11 GiB more (serving_model section 2)")
    channel = r.source("channel", "compressed-tensors fp8: a byte an element and one fp32 per output channel")

    for name, c in MODELS.items():
        p = Part(c)
        r.add(f"count/{name}", {"model": name, "engine": "transformers", "precision": {"weights": "bf16"}, "context": 512},
              ("parameters", models.parameters(c), count, 0), ("weights", p.bytes("bf16"), plain, 0))
        r.add(f"fp32/{name}", {"model": name, "engine": "transformers", "precision": {"weights": "fp32"}, "context": 512},
              ("weights", p.bytes("fp32"), plain, 0))

    for name in ("heads14", "kv5", "odd-width", "qwen3", "mixtral", "mla", "qwen2-tied"):
        c = MODELS[name]
        for fmt in ("nf4", "nf4-dq", "bnb-int8", "awq-int4", "gptq-int4", "gptq-int8"):
            r.add(f"{fmt}/{name}", {"model": name, "engine": "transformers", "precision": {"weights": fmt}, "context": 512},
                  ("weights", Part(c).bytes(fmt), nf4 if fmt.startswith("nf4") else scheme))

        # Of "mla", which projections stay 16 bit, and the copies of kv_b, belong to releases.
    for name in ("heads14", "kv5", "kv10", "layers61", "odd-width", "qwen2-tied", "mixtral", "qwen3-moe"):
        c = MODELS[name]
        for fmt in ("fp8", "nvfp4", "fp8-block"):
            if fmt == "nvfp4" and name in ("kv5", "odd-width"):
                continue  # rows that are no multiple of 16 have no such kernel
            of = {"fp8": formats.fp8_channel, "nvfp4": formats.nvfp4, "fp8-block": formats.fp8_block}[fmt]
            total = serving.sglang_weights(c, Part(c, pads=True), scheme=of, body=Fraction(1, 2) if fmt == "nvfp4" else 1)
            r.add(f"sglang/{fmt}/{name}",
                  {"model": name, "engine": "sglang", "precision": {"weights": fmt, "compute": "bf16", "kv_cache": "bf16"},
                   "context": 512, "devices": devices(1)},
                  ("weights", total, channel if fmt == "fp8" else scheme))

    for name in ("mixtral", "qwen3-moe"):
        r.add(f"mxfp4/{name}", {"model": name, "engine": "transformers", "precision": {"weights": "mxfp4"}, "context": 512},
              ("weights", expert_bytes(MODELS[name], formats.mxfp4), mx))

    for name, ranks in (("heads14", 2), ("heads14", 4), ("heads9", 2), ("heads9", 4), ("kv10", 4), ("kv10", 8), ("kv5", 2),
                        ("kv5", 4), ("one-kv", 2), ("one-kv", 8), ("qwen2-tied", 4), ("qwen2-tied", 8), ("qwen3", 16),
                        ("layers61", 3), ("layers61", 16), ("mixtral", 3), ("qwen3-moe", 8), ("mla", 4), ("gpt2", 8),
                        ("gemma2", 3), ("gemma3", 4)):
        c = MODELS[name]
        p = Part(c, tensor=ranks)
        base = {"model": name, "precision": {"weights": "bf16"}, "context": 512, "parallel": {"tensor": ranks}}
        r.add(f"transformers/tp{ranks}/{name}", {**base, "engine": "transformers"}, ("weights", p.bytes("bf16"), split, 0))
        if name == "gpt2":
            continue
        r.add(f"vllm/tp{ranks}/{name}", {**base, "engine": "vllm", "engine_version": "0.11.2", "devices": devices(ranks)},
              ("weights", serving.loaded_weights(c, p), torch))
        r.add(f"sglang/tp{ranks}/{name}", {**base, "engine": "sglang", "devices": devices(ranks)},
              ("weights", serving.sglang_weights(c, p), sgl))

    for name, ranks in (("qwen3-moe", 8), ("qwen3-moe", 5), ("mixtral", 3)):
        c = MODELS[name]
        p = Part(c, tensor=1, expert=ranks)
        r.add(f"transformers/ep{ranks}/{name}",
              {"model": name, "engine": "transformers", "precision": {"weights": "bf16"}, "context": 512,
               "parallel": {"expert": ranks}}, ("weights", p.bytes("bf16"), split, 0))

    for name, stages in (("layers61", 8), ("layers61", 3), ("heads14", 4), ("qwen2-tied", 5), ("mistral-window", 2),
                         ("qwen3-moe", 6), ("mla", 4), ("gemma2", 4), ("kv5", 30)):
        c = MODELS[name]
        expected = [(f"stage:{s}/weights", Part(c, pipeline=stages, stage=s).bytes("bf16"), stage, 0)
                    for s in (0, stages - 1)]
        r.add(f"transformers/pp{stages}/{name}",
              {"model": name, "engine": "transformers", "precision": {"weights": "bf16"}, "context": 512,
               "parallel": {"pipeline": stages}}, *expected)
    return r
