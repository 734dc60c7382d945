"""What one rank holds: tensor parallelism, pipeline stages, and the formats of its tensors."""
from . import formats, models
from .formats import ceil_div, round_up


def share(t, c, ranks, pads=False):
    """Rows and columns of a tensor on the first (heaviest) of `ranks` tensor-parallel ranks.

    Megatron-LM (arXiv 1909.08053) section 3; vLLM layers/linear.py: attention is split by whole heads, a key or value head
    is copied where there are fewer than ranks; columns of the second matrix of each pair follow the rows of the first.
    vLLM vocab_parallel_embedding.py: the vocabulary is padded to 64 rows first (`pads`: also on one rank). Nothing else is
    split.
    """
    if t.split == "vocabulary" and (pads or ranks > 1):
        return ceil_div(round_up(t.rows, 64), ranks), t.columns
    if ranks == 1:
        return t.rows, t.columns
    if t.split in ("q", "o", "kv", "qkv"):
        gpt2 = c["model_type"] == "gpt2"
        heads = c["n_head"] if gpt2 else c["num_attention_heads"]
        kv = heads if gpt2 else models.geometry(c)[2]
        own, own_kv = ceil_div(heads, ranks), max(1, ceil_div(kv, ranks))
        if t.split == "q":
            return t.rows // heads * own, t.columns
        if t.split == "kv":
            return t.rows // kv * own_kv, t.columns
        if t.split == "qkv":
            return t.rows // (heads + 2 * kv) * (own + 2 * own_kv), t.columns
        return t.rows, t.columns // heads * own
    if t.split in ("rows", "experts-rows"):
        return ceil_div(t.rows, ranks), t.columns
    if t.split in ("columns", "experts-columns"):
        return t.rows, ceil_div(t.columns, ranks)
    return t.rows, t.columns


def stages(layers, ranks):
    """Layers of every pipeline stage: vLLM distributed/utils.py get_pp_indices. The remainder goes to the stages from the
    last but one backwards, because the last one has the head."""
    own = [layers // ranks] * ranks
    for i in range(layers % ranks):
        own[ranks - 2 - i] += 1
    return own


def stage_layers(layers, ranks, stage):
    own = stages(layers, ranks)
    first = sum(own[:stage])
    return range(first, first + own[stage])


class Part:
    """The part of a model on one rank: tensor-parallel ranks, expert-parallel ranks, pipeline stages and which of them;
    `pads`: of an engine that pads the vocabulary on one rank as well (vLLM, SGLang)."""

    def __init__(self, config, tensor=1, expert=1, pipeline=1, stage=0, pads=False):
        self.c, self.tensor, self.expert, self.pipeline, self.stage = config, tensor, expert, pipeline, stage
        count = config.get("num_hidden_layers", config.get("n_layer"))
        self.layers = stage_layers(count, pipeline, stage)
        self.first, self.last = stage == 0, stage == pipeline - 1
        self.pads = pads

    def times(self, t):
        """How often a tensor lies on this rank."""
        if t.layers:
            return sum(l in self.layers for l in t.layers)
        if t.group == "head" or t.name == "final norm":
            return int(self.last)
        if t.name == "tokens" and self.c["tie_word_embeddings"] and self.last and not self.first:
            return 1  # the tied head's copy
        return int(self.first)

    def shapes(self):
        """(tensor, rows, columns, how many) of everything on this rank."""
        for t in models.tensors(self.c):
            times = self.times(t)
            if times == 0:
                continue
            if t.name.startswith("expert.") and self.expert > 1:
                yield t, t.rows, t.columns, times * ceil_div(t.copies, self.expert)
            else:
                rows, columns = share(t, self.c, self.tensor, self.pads)
                yield t, rows, columns, times * t.copies

    def elements(self, want=lambda t: True):
        return sum(r * k * n for t, r, k, n in self.shapes() if want(t))

    def bytes(self, fmt, wide="bf16", scheme=None):
        """Weights in a format; quantized ones leave everything but the blocks' Linears in `wide`."""
        scheme = scheme or (lambda r, k: formats.matrix(r, k, fmt))
        total = 0
        for t, r, k, n in self.shapes():
            if fmt in formats.PLAIN and fmt != "fp8":
                total += formats.plain(r * k * n, fmt)
            elif models.quantizable(t):
                total += scheme(r, k) * n
            else:
                total += formats.plain(r * k * n, wide)
        return total
