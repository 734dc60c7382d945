from reference import training
from reference.models import MODELS
from reference.rows import Rows
from reference.split import Part

LINES = 6  # a component is a sum of lines, each rounded to a byte


def scenario(name, engine, parallel, framework="pytorch", context=128, **training_keys):
    return {"model": name, "workload": "full", "engine": engine, "framework": framework, "batch": 1, "context": context,
            "precision": {"weights": "bf16", "compute": "bf16", "gradients": "bf16", "optimizer_states": "fp32",
                          "master_weights": "fp32", "reduce": "bf16"},
            "training": {"checkpointing": "full", "optimizer": "adamw", **training_keys}, "parallel": parallel}


def at(moment, component, *rest):
    return (f"moment:{moment}/{component}", *rest)


def rows():
    r = Rows("distribution", "ZeRO, FSDP, DDP, DeepSpeed, Megatron; tensor, pipeline and expert ranks in training.")
    zero = r.source("zero", "ZeRO, arXiv 1910.02054 section 5: stage 1 divides states, 2 gradients, 3 weights; FSDP as stage 3")
    ddp = r.source("ddp", "torch DistributedDataParallel: buckets hold a copy of all gradients from construction on, unless"
                   " gradient_as_bucket_view")
    bucket = r.source("bucket", "DeepSpeed zero/config.py: reduce_bucket_size 5e8 elements, in the gradients' type, through backward")
    widened = r.source("widened", "DeepSpeed zero/stage_1_and_2.py allreduce_bucket: a bucket and its copy in communication_data_type")
    live = r.source("live", "DeepSpeed zero/config.py: stage3_max_live_parameters 1e9 stay gathered, beside the reduce bucket")
    units = r.source("units", "FSDP2: embedding, norm and head gathered; in a block's backward the block and the prefetched one, its"
                     " gradients and their reduction (training_distribution sections 2, 4, 5)")
    split = r.source("split", "Megatron-LM, arXiv 1909.08053 section 3: whole heads, copied KV heads; norms on every rank")
    stage = r.source("stage", "a stage holds its layers, the first the embedding, the last norm and head (a tied head again)")
    flight = r.source("flight", "1F1B, arXiv 2104.04473 section 2.2: stage k of p keeps min(p - k, micro-batches) inputs of a layer")
    chunks = r.source("chunks", "interleaved: (v - 1) p + 2 (p - k - 1) + 1 chunks of L / (p v) layers (Megatron-LM schedules.py)")
    context = r.source("context", "CUDA context 1 GiB (0.47 to 1.4, ml-engineering debug/pytorch.md; 1343 MiB with torch 1.10), the first"
                       " collective 0.5 GiB (ml-engineering)")
    shared_experts = r.source("shared_experts", "Megatron-LM core/optimizer (0.16): states of experts are divided over the expert-data-parallel"
                              " ranks, data / expert, those of everything else over all")
    experts = r.source("experts", "whole experts on expert-parallel ranks, everything else on every rank")

    ways = (("deepspeed", "transformers", "zero1"), ("deepspeed", "transformers", "zero2"), ("deepspeed", "transformers", "zero3"),
            ("fsdp", "pytorch", "fsdp"), ("fsdp", "pytorch", "fsdp2"), ("megatron", "megatron", "distributed-optimizer"))
    for engine, framework, sharding in ways:
        for name, data in (("kv10", 3), ("qwen3", 7)):
            p, d = Part(MODELS[name]), training.divided(data, sharding)
            n = p.elements()
            gathered = p.elements(lambda t: t.rows * t.columns <= training.DEEPSPEED_PERSISTENT) if sharding == "zero3" else 0
            # What DeepSpeed's step makes of its gradients is replayed and held to its own traces.
            own = [] if engine == "deepspeed" else [at("optimizer step", "gradients", n * 2 / d["gradients"], zero)]
            r.add(f"{sharding}/{name}/dp{data}", scenario(name, engine, {"data": data, "sharding": sharding}, framework),
                  at("optimizer step", "weights", n * 2 / d["weights"] + gathered * 2, zero, LINES), *own,
                  at("optimizer step", "optimizer_states", n * 8 / d["states"], zero),
                  at("optimizer step", "master_weights", n * 4 / d["states"], zero))

    for name, data, width in (("kv5", 2, 2), ("heads14", 8, 2), ("qwen2-tied", 3, 2), ("kv5", 5, 4)):
        n = Part(MODELS[name]).elements()
        s = scenario(name, "pytorch", {"data": data})
        s["precision"]["gradients"] = {2: "bf16", 4: "fp32"}[width]
        r.add(f"ddp/{name}/dp{data}/{width}", s, at("forward", "communication", n * width, ddp),
              at("optimizer step", "communication", n * width, ddp))

    def on_host(s, target="cpu"):
        # Buckets of a step that is not replayed: states on the host; under ZeRO-3 on a disk.
        return {**s, "offload": {"optimizer": target}}

    for name, data, sharding in (("kv10", 4, "zero1"), ("kv10", 4, "zero2"), ("layers61", 8, "zero2"), ("mla", 3, "zero1")):
        r.add(f"bucket/{sharding}/{name}/dp{data}",
              on_host(scenario(name, "deepspeed", {"data": data, "sharding": sharding}, "transformers")),
              at("backward", "communication", training.DEEPSPEED_BUCKET * 2, bucket, 0))
    for name, sharding in (("kv10", "zero2"), ("layers61", "zero1")):
        s = scenario(name, "deepspeed", {"data": 4, "sharding": sharding}, "transformers")
        s["precision"]["reduce"] = "fp32"
        r.add(f"bucket/{sharding}/{name}/fp32", on_host(s),
              at("backward", "communication", training.DEEPSPEED_BUCKET * (2 + 4), widened, 0))
    for name, data in (("kv10", 4), ("layers61", 16)):
        r.add(f"bucket/zero3/{name}/dp{data}",
              on_host(scenario(name, "deepspeed", {"data": data, "sharding": "zero3"}, "transformers"), "nvme"),
              at("backward", "communication", (training.DEEPSPEED_BUCKET + training.DEEPSPEED_LIVE) * 2, live, 0))

    for name, data, reduce_bytes in (("kv10", 8, 2), ("layers61", 16, 4), ("mistral-window", 5, 4)):
        c = MODELS[name]
        p = Part(c)
        outside = p.elements(lambda t: not t.layers)
        block = (p.elements() - outside) // c["num_hidden_layers"]
        s = scenario(name, "fsdp", {"data": data, "sharding": "fsdp2"})
        s["precision"]["reduce"] = {2: "bf16", 4: "fp32"}[reduce_bytes]
        r.add(f"units/{name}/dp{data}/{reduce_bytes}", s,
              at("backward", "communication", 2 * outside + (2 * 2 + 2 + reduce_bytes) * block, units, 4))

    for name, ranks in (("heads14", 4), ("heads9", 2), ("kv10", 8), ("kv5", 4), ("one-kv", 4), ("qwen2-tied", 8), ("layers61", 3),
                        ("mixtral", 3), ("mla", 4), ("gpt2", 8)):
        p = Part(MODELS[name], tensor=ranks)
        n = p.elements()
        r.add(f"tensor/{name}/tp{ranks}", scenario(name, "pytorch", {"tensor": ranks}),
              at("optimizer step", "weights", n * 2, split, LINES), at("optimizer step", "gradients", n * 2, split, 2),
              at("optimizer step", "optimizer_states", n * 8, split, 2))
    for o in ("adafactor", "muon", "adamw-8bit"):
        p = Part(MODELS["kv10"], tensor=4)
        r.add(f"tensor/{o}/kv10/tp4", scenario("kv10", "pytorch", {"tensor": 4}, optimizer=o),
              at("optimizer step", "optimizer_states", training.states(p, o, 4), split, 2))

    for name, ranks, tensor in (("qwen3-moe", 8, 1), ("qwen3-moe", 5, 1), ("mla", 3, 1)):
        p = Part(MODELS[name], expert=ranks, tensor=tensor)
        r.add(f"expert/{name}/ep{ranks}", scenario(name, "megatron", {"expert": ranks, "data": ranks}, "megatron"),
              at("optimizer step", "weights", p.elements() * 2, experts, LINES))

    # A rank of e expert-parallel ones holds the e-th of the experts, as do the ranks it shares their states with.
    for name, data, expert in (("qwen3-moe", 8, 4), ("mixtral", 6, 2), ("mla", 9, 3)):
        p = Part(MODELS[name], expert=expert)
        routed = p.elements(lambda t: t.name.startswith("expert."))
        dense = p.elements() - routed
        r.add(f"distributed-optimizer/{name}/dp{data}/ep{expert}",
              scenario(name, "megatron", {"expert": expert, "data": data, "sharding": "distributed-optimizer"}, "megatron"),
              at("optimizer step", "optimizer_states", dense * 8 / data + routed * 8 * expert / data, shared_experts, 2),
              at("optimizer step", "master_weights", dense * 4 / data + routed * 4 * expert / data, shared_experts, 2))

    for name, stages, micro in (("layers61", 8, 16), ("layers61", 8, 3), ("layers61", 3, 2), ("qwen2-tied", 5, 8), ("kv5", 4, 1),
                                ("mistral-window", 2, 4), ("layers61", 16, 32), ("mla", 6, 12), ("heads14", 14, 14)):
        c = MODELS[name]
        tokens = 1001
        expected = []
        for s in training.first_of_each_kind(c["num_hidden_layers"], stages, micro):
            p = Part(c, pipeline=stages, stage=s)
            kept = len(p.layers) * c["hidden_size"] * 2 * tokens * training.in_flight(stages, s, micro)
            expected += [(f"stage:{s}/moment:optimizer step/weights", p.elements() * 2, stage, LINES),
                         (f"stage:{s}/moment:optimizer step/optimizer_states", p.elements() * 8, stage, 2),
                         (f"stage:{s}/moment:loss/activations", kept, flight)]
        r.add(f"pipeline/{name}/pp{stages}/m{micro}",
              scenario(name, "pytorch", {"pipeline": stages}, context=tokens, accumulation=micro), *expected)
    for stages, virtual in ((4, 2), (2, 5), (8, 5)):
        c = MODELS["kv10"]
        tokens, expected = 512, []
        for s in range(stages):
            count = (virtual - 1) * stages + 2 * (stages - s - 1) + 1
            kept = count * c["num_hidden_layers"] // (stages * virtual) * c["hidden_size"] * 2 * tokens
            expected.append((f"stage:{s}/moment:loss/activations", kept, chunks, 2))
        r.add(f"interleaved/pp{stages}/v{virtual}",
              scenario("kv10", "megatron", {"pipeline": stages, "virtual_pipeline": virtual}, "megatron", context=tokens,
                       accumulation=64), *expected)

    for name, parallel, engine_version, expected in (
            ("kv5", {}, None, training.CONTEXT), ("kv5", {"data": 2}, None, training.CONTEXT + training.NCCL),
            ("kv5", {"tensor": 2}, None, training.CONTEXT + training.NCCL),
            ("layers61", {"pipeline": 2}, None, training.CONTEXT + training.NCCL),
            ("kv5", {}, "torch 1.10, 2022", training.CONTEXT_2022)):
        s = scenario(name, "pytorch", parallel)
        if engine_version:
            s["engine_version"] = engine_version
        r.add(f"runtime/{name}/{'-'.join(parallel) or 'one'}{'-2022' if engine_version else ''}", s, ("runtime", expected, context, 0))
    return r
