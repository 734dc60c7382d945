"""Bytes of one matrix of o outputs and i inputs as quantization libraries hold it: the sums of the tensors they register.

Every function gives (in the file, in memory under Transformers 4.57, under 5.24). Written from the libraries' classes, named
in each line.
"""
from fractions import Fraction

from .formats import ceil_div


def same(n):
    return n, n, n


def gptq(o, i, bits, group, index=True):
    """gptqmodel 7.7.0 nn_modules/qlinear: qweight, qzeros (int32 words), scales (fp16), g_idx (int32)."""
    groups = ceil_div(i, group) if group > 0 else 1
    return same(4 * ceil_div(i * bits, 32) * o + 4 * groups * ceil_div(o * bits, 32) + 2 * groups * o + (4 * i if index else 0))


def awq(o, i, group):
    """gptqmodel 7.7.0 AWQ gemm: eight outputs in a word, scales fp16, no index."""
    groups = ceil_div(i, group)
    return same(4 * i * ceil_div(o, 8) + 4 * groups * ceil_div(o, 8) + 2 * groups * o)


def bnb4(o, i, double):
    """bitsandbytes 0.50.2 functional.py: absmax per 64, nested in fp32 per 256; code tables of 16 and 256 fp32 values."""
    blocks = ceil_div(o * i, 64)
    body = ceil_div(o * i, 2) + (blocks + 4 * ceil_div(blocks, 256) + 64 + 1024 if double else 4 * blocks + 64)
    loaded = body + (4 if double else 0)
    return body + (168 if double else 81), loaded, loaded


def bnb8(o, i):
    """bitsandbytes 0.50.2 Linear8bitLt: int8 and an fp32 SCB per row; the file says its weight_format in a byte."""
    return o * i + 4 * o + 1, o * i + 4 * o, o * i + 4 * o


def packed(o, i, bits, group, zeros):
    """compressed-tensors 0.20.1 pack-quantized: words along the row, 16-bit scales, packed zero points, the shape."""
    groups = ceil_div(i, group) if group else 1
    return same(4 * o * ceil_div(i * bits, 32) + 2 * o * groups + (4 * ceil_div(o * bits, 32) * groups if zeros else 0) + 16)


def channel(o, i, fixed):
    """compressed-tensors 0.20.1 float- and int-quantized: one 16-bit scale per row, `fixed` for static inputs."""
    return same(o * i + 2 * o + fixed)


def blocks(o, i, rows, columns, scale=4):
    """transformers 5.24 FP8Linear: an fp32 scale per tile."""
    return same(o * i + scale * ceil_div(o, rows) * ceil_div(i, columns))


def nvfp4(o, i, fixed):
    """modelopt, compressed-tensors: half a byte, an e4m3 scale per 16, fp32 scales of the tensor."""
    return same(o * ceil_div(i, 2) + o * ceil_div(i, 16) + fixed)


def hqq(o, i, bits, group):
    """hqq 0.2.8: scale and zero per group, 16 bit in a file, fp32 as transformers 4.57 loads it; 3 bits: ten in a word."""
    groups = ceil_div(o * i, group)
    body = 4 * group * ceil_div(groups, 10) if bits == 3 else Fraction(o * i * bits, 8)
    return body + 4 * groups, body + 8 * groups, body + 4 * groups


def quanto(o, i, bits):
    """optimum-quanto 0.2.7 qmodule.py: groups of the first of 128, 96, 64, 32 that divides the row; two 16-bit buffers."""
    group = next((g for g in (128, 96, 64, 32) if i % g == 0), i)
    return same(Fraction(o * i * bits, 8) + 4 * o * (i // group) + 4)


def higgs(o, i, bits, group):
    """transformers 5.24 HiggsLinear: int16 weights, 16-bit scales, a table of 2^b and one of 2 x 4^b values."""
    return same(2 * (o * bits // 16) * i + 2 * o * ceil_div(i, group) + 2 * 2 ** bits + 4 * 4 ** bits)


def aqlm(o, i, books, bits, inner):
    """aqlm 1.1.7 QuantizedLinear: codes of one or two bytes, codebooks and scales in 16 bit."""
    return same(ceil_div(i, inner) * o * books * (1 if bits <= 8 else 2) + 2 * books * inner * 2 ** bits + 2 * o)


def bitnet(o, i):
    """transformers 5.24 BitLinear: four outputs in a byte and one 16-bit scale."""
    return same(ceil_div(o, 4) * i + 2)


def exl3(o, i, bits):
    """exllamav3 1.6.5 LinearEXL3: features filled up to 128, 16-bit vectors on both sides, a mark of four bytes."""
    o, i = 128 * ceil_div(o, 128), 128 * ceil_div(i, 128)
    return same(Fraction(o * i * bits, 8) + 2 * o + 2 * i + 4)
