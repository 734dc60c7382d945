"""What autograd keeps of one block, from what each operator must keep (training_model.md section 3; checked there with
torch's saved-tensor hooks). Bytes per token; e = bytes of the compute type."""
from . import models


def norm(h, e, trained, reads_linear_trained=True):
    """RMSNorm written out with an fp32 cast: fp32 copy of the input and one fp32 number; the normalised value where its
    weight trains; its output where a Linear behind it needs its input."""
    return 4 * h + 4 + (e * h if trained else 0) + (e * h if reads_linear_trained else 0)


def block(c, e=2, trained=True, adapters=None, rank=0, length=None, eager=False):
    """A pre-norm block with gated MLP and sdpa/flash attention whose kernel takes grouped heads (transformers >= 4.54).

    adapters: names of the Linears with an adapter in the compute type (the base is frozen then)."""
    h, heads, kv, d = models.geometry(c)
    i = c["intermediate_size"]
    has = (lambda *names: trained or any(n in adapters for n in names))
    total = norm(h, e, trained, has("q", "k", "v")) + norm(h, e, trained, has("gate", "up"))
    if c["model_type"] == "qwen3":  # norms over the heads of q and k; their outputs feed the rotation
        total += (heads + kv) * (4 * d + 4 + (e * d if trained else 0))
    if eager:  # keys and values repeated; probabilities in fp32 and their 16-bit copy
        total += 3 * heads * d * e + heads * length * (4 + (e if e != 4 else 0)) + heads * d * e
    else:
        total += (heads + 2 * kv) * d * e + heads * d * e + 4 * heads
    # gate, silu(gate), up; the product is down's input
    total += 3 * i * e + (i * e if has("down") else 0)
    if adapters:
        total += len(adapters) * rank * e
    return total




def fused_block(c, e=2):
    """The same with fused norms and a fused SwiGLU, everything trained: a norm keeps its input, one fp32 number and its
    output, the MLP gate, up and the product."""
    h, heads, kv, d = models.geometry(c)
    return 2 * (2 * e * h + 4) + 2 * (heads + kv) * d * e + 4 * heads + 3 * c["intermediate_size"] * e


def tensor_parallel(c, ranks, e=2):
    """Without sequence parallelism norms and the inputs of q, k, v and of gate, up stay whole, the rest is divided
    (training_distribution.md section 6, traced to the byte)."""
    whole = 2 * norm(c["hidden_size"], e, True)
    return whole + (block(c, e) - whole) / ranks


def loss(vocabulary, tokens, per_logit):
    return vocabulary * tokens * per_logit
