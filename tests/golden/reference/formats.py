"""Bytes of numbers: what N elements take in a format, worked out from each format's own definition."""
from fractions import Fraction


def ceil_div(a, b):
    return -(-a // b)


def round_up(a, b):
    return ceil_div(a, b) * b


PLAIN = {"fp32": 4, "fp16": 2, "bf16": 2, "fp8": 1}  # IEEE 754, bfloat16, OCP FP8

# ggml/src/ggml-common.h: (elements of a block, bytes of a block); written out from the struct members.
GGML = {
    "F32": (1, 4), "F16": (1, 2),
    "Q4_0": (32, 2 + 16), "Q4_1": (32, 2 + 2 + 16), "Q5_0": (32, 2 + 4 + 16), "Q5_1": (32, 2 + 2 + 4 + 16),
    "Q8_0": (32, 2 + 32),
    "Q2_K": (256, 16 + 64 + 2 + 2), "Q3_K": (256, 32 + 64 + 12 + 2), "Q4_K": (256, 2 + 2 + 12 + 128),
    "Q5_K": (256, 2 + 2 + 12 + 32 + 128), "Q6_K": (256, 128 + 64 + 16 + 2),
}


def plain(elements, fmt):
    return elements * PLAIN[fmt]


def ggml(elements, fmt):
    block, size = GGML[fmt]
    assert elements % block == 0, (elements, fmt)
    return elements // block * size


def nf4(rows, columns):
    """QLoRA (arXiv 2305.14314) section 3: two elements a byte, one fp32 absmax for 64 elements."""
    n = rows * columns
    return ceil_div(n, 2) + 4 * ceil_div(n, 64)


def nf4_double(rows, columns):
    """... the absmax of 64 elements in 8 bit, one fp32 for 256 of those."""
    n = rows * columns
    return ceil_div(n, 2) + ceil_div(n, 64) + 4 * ceil_div(n, 64 * 256)


def bnb_int8(rows, columns):
    """LLM.int8() (arXiv 2208.07339): a byte an element, one fp32 absmax for an output row."""
    return rows * columns + 4 * rows


def fp8_block(rows, columns):
    """DeepSeek-V3 (arXiv 2412.19437) section 3.3: one fp32 scale for a tile of 128 x 128."""
    return rows * columns + 4 * ceil_div(rows, 128) * ceil_div(columns, 128)


def fp8_channel(rows, columns):
    """compressed-tensors, dynamic fp8: one fp32 scale for an output channel (reference rows of Red Hat's models)."""
    return rows * columns + 4 * rows


def awq(rows, columns):
    """AWQ (arXiv 2306.00978), groups of 128: 4 bit, an fp16 scale and a 4-bit zero point."""
    groups = rows * ceil_div(columns, 128)
    return Fraction(rows * columns, 2) + 2 * groups + Fraction(groups, 2)


def gptq(rows, columns, bits=4):
    """GPTQ (arXiv 2210.17323), symmetric, groups of 128, as an engine's kernel keeps it: no zero points, no g_idx."""
    return Fraction(rows * columns * bits, 8) + 2 * rows * ceil_div(columns, 128)


def mxfp4(rows, columns):
    """OCP MX 1.0: 32 elements of 4 bit share an 8-bit exponent."""
    return Fraction(rows * columns, 2) + rows * ceil_div(columns, 32)


def nvfp4(rows, columns):
    """16 elements of 4 bit share an e4m3 scale."""
    return Fraction(rows * columns, 2) + rows * ceil_div(columns, 16)


QUANTIZED = {
    "nf4": nf4, "nf4-dq": nf4_double, "bnb-int8": bnb_int8, "fp8-block": fp8_block, "awq-int4": awq,
    "gptq-int4": gptq, "gptq-int8": lambda r, c: gptq(r, c, 8), "nvfp4": nvfp4,
}


def matrix(rows, columns, fmt):
    """Bytes of one matrix; plain formats, or a scheme with its scales."""
    return rows * columns * PLAIN[fmt] if fmt in PLAIN else QUANTIZED[fmt](rows, columns)
