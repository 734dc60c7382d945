from reference import activations
from reference.models import MODELS
from reference.rows import Rows

ALL = ("q", "k", "v", "o", "gate", "up", "down")
NAMES = {"q": "q_proj", "k": "k_proj", "v": "v_proj", "o": "o_proj", "gate": "gate_proj", "up": "up_proj", "down": "down_proj"}


def rows():
    r = Rows("activations", "What autograd keeps of one block: plain blocks, adapters, eager attention, fp32, ranks, checkpoints.")
    plain = r.source("plain", "operator by operator: norms in fp32, q, k, v, output, log-sum, gate, silu, up, product"
                     " (training_model sections 3 and 4, checked there with torch's saved-tensor hooks)")
    lora = r.source("lora", "a frozen Linear keeps nothing; an adapted one its input once and rank numbers for B")
    eager = r.source("eager", "eager attention: keys and values repeated, probabilities in fp32 and their 16-bit copy")
    checkpoint = r.source("checkpoint", "torch.utils.checkpoint (arXiv 1604.06174): a block keeps its input")
    tensor = r.source("tensor", "norms and the inputs of q, k, v and gate, up whole, the rest divided (training_distribution section 6)")
    shared = r.source("shared", "sequence parallelism divides everything (Reducing activation recomputation, arXiv 2205.05198, section"
                      " 4.2.2); fused norms and SwiGLU keep inputs and outputs")
    ring = r.source("ring", "context parallelism divides the tokens")
    odd = ((1, 1000), (3, 333))

    def left(c, kept, n, fmt="bf16"):
        # What a layer leaves alive: what it keeps, and in 16 bit its output, which no operator keeps; in fp32 the next
        # norm keeps it as its input, which is counted there (training_steps, saved_per_layer_bytes).
        return kept * n + (c["hidden_size"] * 2 * n if fmt == "bf16" else 0)
    dense = ("heads14", "layers61", "kv10", "kv5", "heads9", "one-kv", "qwen2-tied", "qwen3")

    def scenario(name, batch, length, workload="full", framework="transformers", fmt="bf16", **more):
        return {"model": name, "workload": workload, "engine": "pytorch", "framework": framework, "batch": batch, "context": length,
                "attention": "flash", "precision": {"weights": fmt, "compute": fmt, "gradients": fmt, "optimizer_states": fmt},
                **more}

    for name in dense:
        c = MODELS[name]
        for batch, length in odd:
            n = batch * length
            r.add(f"full/{name}/{batch}x{length}", scenario(name, batch, length, training={"checkpointing": "none"}),
                  ("saved:0", left(c, activations.block(c), n), plain))
            for targets in (ALL, ("q", "v"), ("q", "k", "v", "o"), ("down",)):
                rank = 9
                r.add(f"lora/{'-'.join(targets)}/{name}/{batch}x{length}",
                      scenario(name, batch, length, "lora",
                               training={"checkpointing": "none", "rank": rank,
                                         "targets": "all-linear" if targets == ALL else [NAMES[t] for t in targets]}),
                      ("saved:0", left(c, activations.block(c, trained=False, adapters=targets, rank=rank), n), lora))
        r.add(f"eager/{name}", scenario(name, 2, 257, attention="eager", training={"checkpointing": "none"}),
              ("saved:0", left(c, activations.block(c, eager=True, length=257), 2 * 257), eager))
    for name in ("layers61", "kv5"):
        r.add(f"fp32-eager/{name}", scenario(name, 1, 500, fmt="fp32", attention="eager", training={"checkpointing": "none"}),
              ("saved:0", activations.block(MODELS[name], e=4, eager=True, length=500) * 500, eager))

    # Codes whose step is not replayed; one key head is broadcast and never repeated.
    for name in ("heads14", "qwen2-tied", "kv5", "layers61"):
        c = MODELS[name]
        kept = activations.block(c, eager=True, length=257) * 2 * 257
        r.add(f"eager/{name}/axolotl", scenario(name, 2, 257, framework="axolotl", attention="eager",
                                                training={"checkpointing": "none"}), ("saved:0", kept, eager))
        r.add(f"eager/{name}/fsdp2", scenario(name, 2, 257, framework="axolotl", attention="eager", training={"checkpointing": "none"},
                                              parallel={"data": 2, "sharding": "fsdp2"},
                                              devices=[{"accelerator": "h100-80gb", "count": 2}]),
              ("saved:0", kept, eager))

    for code in ("pytorch", "transformers", "trl", "peft", "torchtune", "torchtitan", "ms-swift", "axolotl", "llama-factory",
                 "megatron", "litgpt"):
        for name in ("heads14", "qwen3"):
            c = MODELS[name]
            r.add(f"checkpoint/{code}/{name}", scenario(name, 3, 777, framework=code, training={"checkpointing": "full"}),
                  ("saved:0", c["hidden_size"] * 2 * 3 * 777, checkpoint, 0))

    for ranks in (2, 4, 8):
        c = MODELS["layers61"]
        for sequence in (False, True):
            # With sequence parallelism Megatron gathers again in backward and keeps its shard; torch's DTensor keeps the
            # gathered inputs, which no habit of the program says yet.
            r.add(f"tensor/tp{ranks}/{'sequence' if sequence else 'whole'}",
                  scenario("layers61", 1, 1024, framework="megatron" if sequence else "pytorch",
                           parallel={"tensor": ranks, "sequence": sequence}, training={"checkpointing": "none"}),
                  ("saved:0", (activations.fused_block(c) / ranks if sequence else activations.tensor_parallel(c, ranks)) * 1024,
                   shared if sequence else tensor))
    for ranks in (2, 4):
        r.add(f"context/cp{ranks}", scenario("kv10", 1, 4096, framework="pytorch", parallel={"context": ranks},
                                             training={"checkpointing": "full"}),
              ("saved:0", MODELS["kv10"]["hidden_size"] * 2 * 4096 // ranks, ring, 0))
    return r
