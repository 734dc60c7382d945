from reference import serving, training
from reference.models import MODELS
from reference.rows import Rows
from reference.split import Part

QV, ATTENTION = ("q", "v"), ("q", "k", "v", "o")


def rows():
    r = Rows("adapters", "LoRA, QLoRA, DoRA, and the slots of servers.")
    lora = r.source("lora", "LoRA, arXiv 2106.09685 section 4.1: rank x (inputs + outputs) beside every target")
    dora = r.source("dora", "DoRA, arXiv 2402.09353: and one magnitude for every output")
    split = r.source("split", "A of a column-parallel matrix is whole and B split, of a row-parallel one the other way round")
    nf4 = r.source("nf4", "QLoRA, arXiv 2305.14314: blocks' Linears in NF4, the rest in 16 bit")
    unpacked = r.source("unpacked", "QLoRA section 3: a matrix is written out in the compute type; the last one is still referenced")
    slots = r.source("slots", "A and B of every Linear for every slot; peft keeps them in fp32 (tuners_utils.py autocast_adapter_dtype)")
    vllm = r.source("vllm", "vllm/lora/layers: the same in 16 bit, and embedding and head, whole on every rank; kernels may pad the"
                    " head's rows to 256, hence the tolerance")
    experts = r.source("experts", "LoRA beside every expert's own Linear (transformers 4.57 holds one Linear per expert)")

    def scenario(name, workload, rank, targets, framework="transformers", **more):
        return {"model": name, "workload": workload, "engine": "pytorch", "framework": framework, "batch": 1, "context": 128,
                "precision": {"compute": "bf16", "gradients": "bf16", "adapters": "bf16", "optimizer_states": "fp32",
                              "weights": "bf16" if workload == "lora" else "nf4"},
                "training": {"optimizer": "adamw", "rank": rank, "targets": targets, "checkpointing": "full", **more}}

    def figures(p, n, source, *rest):
        return [("moment:optimizer step/adapters", n * 2, source), ("moment:optimizer step/gradients", n * 2, source),
                ("moment:optimizer step/optimizer_states", n * 8, source), *rest]

    for name, rank in (("heads14", 7), ("kv5", 16), ("qwen2-tied", 33), ("qwen3", 8), ("mla", 5), ("gemma2", 64), ("one-kv", 1)):
        p = Part(MODELS[name])
        for targets, asked in ((None, "all-linear"), (QV, ["q_proj", "v_proj"]), (ATTENTION, "attention")):
            if name == "mla":
                continue  # whether its router is a Linear differs by release
            n = training.adapter_parameters(p, rank, targets)
            r.add(f"lora/{name}/r{rank}/{'all' if targets is None else ''.join(targets)}", scenario(name, "lora", rank, asked),
                  ("trainable_parameters", n, lora, 0), *figures(p, n, lora))
    for name, rank in (("heads14", 7), ("kv10", 16)):
        p = Part(MODELS[name])
        n = training.adapter_parameters(p, rank, None, True)
        r.add(f"dora/{name}/r{rank}", scenario(name, "lora", rank, "all-linear", dora=True), ("trainable_parameters", n, dora, 0),
              *figures(p, n, dora))
    for name, names in (("mla", ("q_b", "o")), ("qwen3-moe", ("q", "expert.down")), ("mixtral", ("v", "o"))):
        p = Part(MODELS[name])
        n = training.adapter_parameters(p, 11, names)
        asked = {"q_b": "q_b_proj", "o": "o_proj", "q": "q_proj", "v": "v_proj", "expert.down": "down_proj"}
        r.add(f"lora/{name}/r11/{'-'.join(names)}", scenario(name, "lora", 11, [asked[x] for x in names]),
              ("trainable_parameters", n, experts, 0), *figures(p, n, experts))
    for name, rank, ranks in (("heads14", 8, 4), ("kv10", 16, 4), ("kv5", 9, 2), ("one-kv", 8, 8), ("layers61", 8, 3)):
        p = Part(MODELS[name], tensor=ranks)
        n = training.adapter_parameters(p, rank)
        s = scenario(name, "lora", rank, "all-linear")
        s["parallel"] = {"tensor": ranks}
        r.add(f"lora/{name}/r{rank}/tp{ranks}", s, *figures(p, n, split))
    eager_unpacking = r.source("eager_unpacking", "torchao nf4tensor.py in eager mode: 64-bit indices and tables, 14 B per weight at once (traced)")
    prepared = r.source("prepared", "peft/utils/other.py prepare_model_for_kbit_training: what is not 4-bit becomes fp32")
    for code in ("transformers", "torchtune"):
        for name, rank in (("heads14", 7), ("layers61", 16), ("kv5", 8)):
            c = MODELS[name]
            p = Part(c)
            largest = max(rows_ * columns for t, rows_, columns, _ in p.shapes() if t.matrix and t.layers)
            n = training.adapter_parameters(p, rank)
            wide = p.bytes("nf4", "fp32" if code == "transformers" else "bf16")
            # Of a replayed step the matrix that is written out is no part of forward's heaviest moment; traces hold it.
            rest = [("moment:forward/workspace", largest * 14, eager_unpacking, largest * 0.04)] if code == "torchtune" else []
            r.add(f"qlora/{code}/{name}", scenario(name, "qlora", rank, "all-linear", code),
                  ("moment:optimizer step/weights", wide, prepared if code == "transformers" else nf4), *rest, *figures(p, n, lora))
    for engine, width in (("transformers", 4), ("vllm", 2)):
        for name, rank, count, ranks in (("heads14", 16, 3, 2), ("kv10", 64, 1, 4), ("kv5", 32, 5, 1), ("one-kv", 8, 2, 8)):
            p = Part(MODELS[name], tensor=ranks)
            s = {"model": name, "engine": engine, "context": 256, "precision": {"weights": "bf16"}, "parallel": {"tensor": ranks},
                 "lora": {"slots": count, "rank": rank, "targets": "all-linear"}}
            if engine == "vllm":
                s["engine_version"] = "0.18.1"
                s["devices"] = [{"accelerator": "h100-80gb", "count": ranks}]
            r.add(f"slots/{engine}/{name}/r{rank}x{count}/tp{ranks}", s,
                  ("adapters", serving.served_adapters(MODELS[name], p, rank, count, width, engine == "vllm"),
                   *((vllm, 255 * rank * width * count) if engine == "vllm" else (slots,))))
    return r
