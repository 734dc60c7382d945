from reference import serving
from reference.models import MODELS
from reference.rows import Rows


def rows():
    r = Rows("prefill", "Transformers: the heavier moment of one forward pass, and the CUDA context beside it.")
    peak = r.source("peak", "modeling_llama.py: gate, up and product of one MLP, or q, k, v and output of one attention layer (eager:"
                    " and its square scores), beside residual and normalised states")
    experts = r.source("experts", "modeling_qwen3_moe.py, modeling_mixtral.py (4.57): one expert's tokens, the sum, router logits and a"
                       " one-hot mask in int64, beside residual and normalised states")
    context = r.source("context", "ml-engineering debug/pytorch.md: 0.71 GiB outside the allocator after import (CUDA context)")

    logits = r.source("logits", "transformers generation/utils.py (4.57): logits in the compute type, the last row again in fp32")

    for name, batch, tokens, every in (("heads14", 3, 333, False), ("kv5", 1, 1001, True), ("one-kv", 2, 97, True),
                                       ("qwen2-tied", 5, 1, False)):
        c = MODELS[name]
        r.add(f"logits/{name}/{batch}x{tokens}/{'all' if every else 'last'}",
              {"model": name, "engine": "transformers", "batch": batch, "context": tokens, "logits": "all" if every else "last",
               "precision": {"weights": "bf16"}},
              ("moment:prefill: logits/logits", serving.next_logits(c, batch, tokens, every), logits, 0),
              ("moment:decode/logits", serving.next_logits(c, batch, tokens, False), logits, 0))

    for name, batch, tokens, ranks, eager in (
            ("heads14", 1, 1000, 1, False), ("heads14", 3, 333, 2, False), ("heads14", 3, 333, 4, False), ("layers61", 1, 1111, 3, False), ("kv5", 2, 555, 4, False), ("kv10", 2, 4097, 4, False),
            ("layers61", 1, 8191, 1, False), ("layers61", 4, 2047, 16, False), ("kv5", 7, 1234, 1, False), ("heads9", 1, 4095, 3, False),
            ("one-kv", 2, 2222, 8, False), ("qwen2-tied", 5, 3001, 1, False), ("qwen3", 1, 6001, 2, False),
            ("mistral-window", 1, 9999, 1, False), ("gemma2", 2, 2001, 1, False), ("mixtral", 1, 4001, 1, False),
            ("qwen3-moe", 3, 1777, 1, False), ("mixtral", 2, 999, 3, False),
            ("heads14", 1, 1000, 1, True), ("kv10", 2, 777, 4, True), ("kv5", 1, 1501, 1, True), ("one-kv", 2, 601, 8, True)):
        c = MODELS[name]
        moments = serving.transformers_prefill(c, batch, tokens, ranks, eager)
        scenario = {"model": name, "engine": "transformers", "batch": batch, "context": tokens, "logits": "last",
                    "precision": {"weights": "bf16"}, "parallel": {"tensor": ranks}}
        if eager:
            scenario["attention"] = "eager"
        r.add(f"{'eager' if eager else 'flash'}/{name}/{batch}x{tokens}/tp{ranks}", scenario,
              *[(f"moment:{m}/activations", b, experts if name in ("mixtral", "qwen3-moe") else peak) for m, b in moments.items()],
              ("activations", max(moments.values()), peak), ("runtime", 0.71 * serving.GIB, context))
    return r
