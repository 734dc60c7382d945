from reference import training
from reference.formats import PLAIN
from reference.models import MODELS
from reference.rows import Rows
from reference.split import Part

OPTIMIZERS = ("adamw", "adam", "adamw-8bit", "adamw-4bit", "sgd", "sgd-momentum", "adafactor", "lion", "rmsprop", "muon")
MORE = ("lion-8bit", "rmsprop-bnb", "rmsprop-8bit", "ademamix-8bit", "adagrad", "schedule-free-adamw", "schedule-free-radam", "schedule-free-sgd",
        "stable-adamw")
CODES = ("pytorch", "transformers", "trl", "peft", "torchtune", "torchtitan", "ms-swift", "axolotl", "llama-factory", "unsloth")


def rows():
    r = Rows("states", "Weights, gradients, optimizer states, master weights: every optimizer, code and format.")
    optimizer = r.source("optimizer", "the optimizer's own states (reference/training.py states_per_tensor, each with its paper)")
    blocks = r.source("blocks", "8 and 4 bit: one fp32 for a block of 256 (bitsandbytes) or 128 (torchao), spread over the elements")
    each = r.source("each", "trained parameters x bytes of the format")
    master = r.source("master", "Mixed precision training, arXiv 1710.03740 section 3.1: an fp32 copy of the weights")
    foreach = r.source("foreach", "torch/optim/adamw.py _multi_tensor_adamw: one list of tensors of the states' size (square roots)")

    backward = r.source("backward", "torch register_post_accumulate_grad_hook: one gradient at a time, the largest tensor's")
    offload = r.source("offload", "ZeRO-Offload, arXiv 2101.06840 section 3: the states of all ranks lie in host memory")

    def scenario(name, code, **training_keys):
        return {"model": name, "workload": "full", "engine": "pytorch", "framework": code, "batch": 1, "context": 128,
                "precision": {"weights": "bf16", "compute": "bf16", "gradients": "bf16", "optimizer_states": "fp32",
                              "master_weights": "none"},
                "training": {"checkpointing": "full", **training_keys}}

    def step(part, what, *rest):
        return (f"moment:optimizer step/{what}", *rest)

    for name in ("heads14", "kv5", "qwen2-tied", "qwen3-moe", "gpt2", "mla"):
        c = MODELS[name]
        p = Part(c)
        for o in OPTIMIZERS:
            quantized = o.endswith("bit")
            r.add(f"optimizer/{o}/{name}", scenario(name, "pytorch", optimizer=o),
                  step(p, "optimizer_states", training.states(p, o, 4), blocks if quantized else optimizer),
                  step(p, "gradients", p.elements() * 2, each), step(p, "weights", p.elements() * 2, each))

    for o in MORE:
        p = Part(MODELS["heads14"])
        r.add(f"optimizer/{o}/heads14", scenario("heads14", "pytorch", optimizer=o),
              step(p, "optimizer_states", training.states(p, o, 4), blocks if o.endswith("bit") else optimizer))

    embeddings = r.source("embeddings", "transformers/trainer.py, create_optimizer (since 4.52): optim_bits 32 for nn.Embedding under bitsandbytes' 8 bit")
    for release, wide in (("5.24.0", True), ("4.51.3", False)):
        for name, o in (("qwen2-tied", "adamw-8bit"), ("heads14", "lion-8bit")):
            p = Part(MODELS[name])
            s = scenario(name, "transformers", optimizer=o)
            s["engine_version"] = f"transformers {release}"
            r.add(f"embeddings/{o}/{release}/{name}", s, step(p, "optimizer_states", training.states(p, o, 4, wide), embeddings))

    for o in ("adamw", "muon", "lion", "sgd-momentum"):
        for width in ("bf16", "fp16"):
            s = scenario("kv10", "pytorch", optimizer=o)
            s["precision"]["optimizer_states"] = width
            p = Part(MODELS["kv10"])
            r.add(f"optimizer/{o}/{width}/kv10", s, step(p, "optimizer_states", training.states(p, o, PLAIN[width]), optimizer))

    for code in CODES:
        for name in ("layers61", "qwen3"):
            p = Part(MODELS[name])
            s = scenario(name, code, optimizer="adamw")
            s["precision"].update(gradients="fp32", master_weights="fp32")
            r.add(f"code/{code}/{name}", s, step(p, "weights", p.elements() * 2, each), step(p, "gradients", p.elements() * 4, each),
                  step(p, "master_weights", p.elements() * 4, master),
                  step(p, "optimizer_states", training.states(p, "adamw", 4), optimizer))

    for o, copies in (("adamw", 1), ("adam", 1), ("rmsprop", 1), ("sgd-momentum", 0), ("lion", 0), ("sgd", 0)):
        s = scenario("kv5", "pytorch", optimizer=o)
        s["precision"]["optimizer_states"] = "bf16"
        p = Part(MODELS["kv5"])
        r.add(f"foreach/{o}", s, step(p, "workspace", copies * p.elements() * 2, foreach))

    for name in ("kv5", "qwen3-moe"):
        p = Part(MODELS[name])
        s = scenario(name, "pytorch", optimizer="adamw", optimizer_in_backward=True)
        largest = max(rows_ * columns for t, rows_, columns, _ in p.shapes())
        r.add(f"in-backward/{name}", s, ("moment:backward/gradients", largest * 2, backward))
        # ... of the stage that has the embedding, where no head's gradient stands beside it.
        s = {**scenario(name, "pytorch", optimizer="adamw", optimizer_in_backward=True), "context": 8, "parallel": {"pipeline": 2}}
        r.add(f"in-backward/pp2/{name}", s, ("stage:0/moment:backward/gradients", largest * 2, backward))
    for data in (2, 3):
        p = Part(MODELS["kv10"])
        s = scenario("kv10", "transformers", optimizer="adamw")
        s.update(engine="deepspeed", parallel={"data": data, "sharding": "zero2"}, offload={"optimizer": "cpu"})
        r.add(f"offload/dp{data}", s, step(p, "optimizer_states", 0, offload), ("host/optimizer_states", p.elements() * 8, offload, 2))
    return r
