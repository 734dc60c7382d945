from fractions import Fraction

from reference import activations
from reference.formats import round_up
from reference.models import MODELS
from reference.rows import Rows


def rows():
    r = Rows("loss", "Logits and cross entropy: bytes per logit of each way, vocabulary split, odd lengths and vocabularies.")
    eager = r.source("eager", "torch cross_entropy on fp32 logits: log-softmax, its gradient and the logits' gradient, 4 bytes each"
                     " (traced: training_steps, 12 per logit in backward)")
    gathered = r.source("gathered", "torch tensor parallel without loss parallel: the head's output is gathered, every rank has all"
                        " logits (training_distribution section 6)")
    megatron = r.source("megatron", "Megatron vocab_parallel_cross_entropy: 16-bit logits and fp32 softmax, the gradient in its place")
    chunked = r.source("chunked", "torchtune CEWithChunkedOutputLoss: 16-bit logits of all chunks, their log-probabilities in fp32, one of eight chunks in"
                       " fp32 as well (traced: 6.5 per logit)")
    pairs = r.source("pairs", "DPO (arXiv 2305.18290): both answers of a pair go through the model at once")
    divergence = r.source("divergence", "TRL generalized_jsd_loss: beyond the student's own loss the teacher's logits and log-softmax, the"
                          " scaled logits and the divergence, each in fp32")
    twice = r.source("twice", "autograd of a chunked head: what is gathered of its gradient and a chunk's own part, 2 bytes each")
    free = r.source("free", "unsloth_zoo/fused_losses/cross_entropy_loss.py: fp32 logits of a chunk fill at most 1 GiB (2025.8), 4 GiB"
                    " (from July 2026); beside them the 16-bit logits and their gradient")
    none = r.source("none", "cut cross entropy (arXiv 2411.09009) and Liger never hold the logits")

    def scenario(name, batch, length, framework, workload="full", **more):
        return {"model": name, "workload": workload, "engine": "pytorch", "framework": framework, "batch": batch, "context": length,
                "precision": {"weights": "bf16", "compute": "bf16"}, **more}

    for code in ("pytorch", "transformers", "trl", "peft", "torchtune", "torchtitan", "axolotl", "llama-factory", "llama-recipes"):
        for name, batch, length in (("heads14", 3, 333), ("kv5", 1, 1001)):
            c = MODELS[name]
            # Transformers' own loss: the logits in 16 bit, in fp32 and their log-softmax before the gradients come.
            own = code in ("transformers", "trl", "peft", "llama-factory", "torchtune", "torchtitan")
            r.add(f"eager/{code}/{name}", scenario(name, batch, length, code, training={"loss": "eager", "checkpointing": "full"}),
                  ("moment:loss/logits", activations.loss(c["vocab_size"], batch * length, 10 if own else 12), eager, 8))
    for code in ("pytorch", "transformers", "trl"):
        c = MODELS["qwen2-tied"]
        r.add(f"eager/lora/{code}", scenario("qwen2-tied", 2, 511, code, "lora", training={"loss": "eager", "rank": 8}),
              (f"moment:{'loss' if code == 'pytorch' else 'backward'}/logits", activations.loss(c["vocab_size"], 2 * 511, 12), eager))
    for ranks in (2, 4):
        for code, per_logit, source in (("pytorch", 10, gathered), ("megatron", 6, megatron)):
            c = MODELS["qwen3"]
            r.add(f"split/{code}/tp{ranks}",
                  scenario("qwen3", 1, 1000, code, parallel={"tensor": ranks}, training={"loss": "eager", "checkpointing": "full"}),
                  ("moment:loss/logits", activations.loss(c["vocab_size"] // (ranks if code == "megatron" else 1), 1000, per_logit), source, 8))
    for name in ("layers61", "kv10"):
        c = MODELS[name]
        logits = c["vocab_size"] * 2 * 801
        r.add(f"chunked/{name}", scenario(name, 2, 801, "torchtune", "lora",
                                          training={"loss": "chunked", "rank": 8, "checkpointing": "full"}),
              ("moment:loss/logits", 2 * logits + 4 * logits + 4 * logits / 8, chunked, logits * 0.05))
    # Sequences split over ranks: no pass is replayed, the chunks are counted by themselves, of a rank's tokens.
    for name, ranks, batch, length in (("layers61", 2, 2, 801), ("kv10", 4, 1, 1501), ("kv5", 8, 3, 333)):
        logits = Fraction(MODELS[name]["vocab_size"] * batch * length, ranks)
        r.add(f"chunked/{name}/cp{ranks}",
              scenario(name, batch, length, "torchtune", parallel={"context": ranks},
                       devices=[{"accelerator": "h100-80gb", "count": ranks}],
                       training={"loss": "chunked", "checkpointing": "full"}),
              ("moment:loss/logits", (2 + 4) * logits + 4 * logits / 8, chunked, 4))
    # ... and the head's gradient twice where chunks of many tokens leave that much beside whole logits.
    c = MODELS["kv5"]
    r.add("chunked/head gradient", scenario("kv5", 4, 3001, "torchtune", parallel={"context": 2},
                                            devices=[{"accelerator": "h100-80gb", "count": 2}],
                                            training={"loss": "chunked", "checkpointing": "full"}),
          ("moment:loss/gradients", 2 * c["vocab_size"] * c["hidden_size"] * 2, twice))
    for version, batch, length, gib in (("2025.8.1", 2, 9001, 1), ("2026.8.1", 2, 32001, 4)):
        r.add(f"free memory/{version}",
              scenario("kv5", batch, length, "unsloth", "lora", engine_version=f"unsloth {version}",
                       devices=[{"accelerator": "h200", "count": 1}], training={"rank": 8}),
              ("moment:loss/logits", gib * 2**30 // 4 * (2 + 4 + 2), free))
    for code in ("transformers", "trl", "axolotl"):
        r.add(f"fused/{code}", scenario("kv5", 2, 800, code, training={"loss": "fused", "checkpointing": "full"}),
              ("moment:loss/logits", 0, none, 0))
    c = MODELS["kv5"]
    r.add("dpo/kv5", scenario("kv5", 2, 500, "trl", "lora", reinforcement={"method": "dpo", "reference": "precomputed"},
                              training={"loss": "eager", "rank": 8, "checkpointing": "full"}),
          ("moment:backward/logits", activations.loss(c["vocab_size"], 2 * 2 * 500, 16) + 4 * 2 * 2 * 500, pairs))
    r.add("distillation/kv5", scenario("kv5", 2, 500, "trl", reinforcement={"method": "distillation"},
                                       training={"loss": "eager", "checkpointing": "full"}),
          ("moment:loss/logits", activations.loss(c["vocab_size"], 2 * 500, 12 + 4 * 4), divergence))
    r.add("pipeline/layers61", scenario("layers61", 1, 500, "pytorch", parallel={"pipeline": 4},
                                        training={"loss": "eager", "checkpointing": "full"}),
          ("stage:0/moment:loss/logits", 0, eager, 0),
          ("stage:3/moment:loss/logits", activations.loss(MODELS["layers61"]["vocab_size"], 500, 10), eager, 8))
    return r
