from reference import layouts, models
from reference.models import MODELS
from reference.rows import Rows
from reference.split import Part

LINEAR = {"targets": ["Linear"]}


def compressed(weights, fmt, inputs=None, ignore=("lm_head",)):
    group = {**LINEAR, "weights": weights, "input_activations": inputs}
    return {"quant_method": "compressed-tensors", "format": fmt, "config_groups": {"group_0": group}, "ignore": list(ignore)}


SECTIONS = {
    "gptq 3 bit": ({"quant_method": "gptq", "bits": 3, "group_size": 128, "sym": True, "desc_act": False},
                   lambda o, i: layouts.gptq(o, i, 3, 128)),
    "gptq 8 bit, one group": ({"quant_method": "gptq", "bits": 8, "group_size": -1, "sym": True},
                              lambda o, i: layouts.gptq(o, i, 8, -1)),
    "auto-round 4 bit": ({"quant_method": "auto-round", "bits": 4, "group_size": 32, "sym": True,
                          "packing_format": "auto_round:auto_gptq"}, lambda o, i: layouts.gptq(o, i, 4, 32, index=False)),
    "awq": ({"quant_method": "awq", "bits": 4, "group_size": 64, "zero_point": True}, lambda o, i: layouts.awq(o, i, 64)),
    "nf4": ({"quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": "nf4"},
            lambda o, i: layouts.bnb4(o, i, False)),
    "nf4, double": ({"quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": "nf4",
                     "bnb_4bit_use_double_quant": True}, lambda o, i: layouts.bnb4(o, i, True)),
    "int8": ({"quant_method": "bitsandbytes", "load_in_8bit": True}, layouts.bnb8),
    "packed 4 bit, zero points": (compressed({"num_bits": 4, "type": "int", "symmetric": False, "strategy": "group",
                                              "group_size": 128}, "pack-quantized"),
                                  lambda o, i: layouts.packed(o, i, 4, 128, True)),
    "packed 8 bit, rows": (compressed({"num_bits": 8, "type": "int", "symmetric": True, "strategy": "channel"}, "pack-quantized"),
                           lambda o, i: layouts.packed(o, i, 8, 0, False)),
    "fp8, rows": (compressed({"num_bits": 8, "type": "float", "symmetric": True, "strategy": "channel"}, "float-quantized",
                             {"num_bits": 8, "type": "float", "strategy": "token", "dynamic": True}),
                  lambda o, i: layouts.channel(o, i, 0)),
    "fp8, tiles": ({"quant_method": "fp8", "activation_scheme": "dynamic", "weight_block_size": [128, 128]},
                   lambda o, i: layouts.blocks(o, i, 128, 128)),
    "nvfp4": ({"quant_method": "modelopt", "quantization": {"quant_algo": "NVFP4", "group_size": 16, "exclude_modules": ["lm_head"]}},
              lambda o, i: layouts.nvfp4(o, i, 8)),
    "quanto int4": ({"quant_method": "quanto", "weights": "int4"}, lambda o, i: layouts.quanto(o, i, 4)),
    "higgs": ({"quant_method": "higgs", "bits": 4, "group_size": 256, "modules_to_not_convert": ["lm_head"]},
              lambda o, i: layouts.higgs(o, i, 4, 256)),
    "aqlm": ({"quant_method": "aqlm", "num_codebooks": 2, "nbits_per_codebook": 8, "in_group_size": 8, "out_group_size": 1,
              "linear_weights_not_to_quantize": ["lm_head.weight"]}, lambda o, i: layouts.aqlm(o, i, 2, 8, 8)),
    "hqq 3 bit": ({"quant_method": "hqq", "quant_config": {"weight_quant_params": {"nbits": 3, "group_size": 64, "axis": 1}},
                   "skip_modules": ["lm_head"]}, lambda o, i: layouts.hqq(o, i, 3, 64)),
    "hqq 4 bit": ({"quant_method": "hqq", "quant_config": {"weight_quant_params": {"nbits": 4, "group_size": 64, "axis": 1}},
                   "skip_modules": ["lm_head"]}, lambda o, i: layouts.hqq(o, i, 4, 64)),
    "bitnet": ({"quant_method": "bitnet"}, layouts.bitnet),
}
# Shapes that no block of the scheme divides, where the library takes them.
UNEVEN = {"gptq 3 bit", "nf4", "nf4, double", "int8", "fp8, rows", "fp8, tiles", "packed 8 bit, rows"}


def held(c, law, at, experts=True):
    """Bytes of a model: the law over its blocks' Linears, 16 bit for the rest. experts: whether the law reaches them."""
    total = 0
    for t, o, i, n in Part(c).shapes():
        converted = models.quantizable(t) and (experts or not t.name.startswith("expert."))
        total += (law(o, i)[at] if converted else 2 * o * i) * n
    return total


def head(c, law, at):
    """The head converted as well: AQLM's list names weights, 5.24 holds it against modules."""
    return law(c["vocab_size"], c["hidden_size"])[at] - 2 * c["vocab_size"] * c["hidden_size"]


def beside(c, scheme, value, at):
    """What the law does not say. transformers 4.57 hands HQQ no dtype: the Linears it skips come out in fp32."""
    if scheme == "aqlm" and at == 2:
        return head(c, value, at)
    return 2 * c["vocab_size"] * c["hidden_size"] if scheme.startswith("hqq") and at == 1 else 0


def rows():
    r = Rows("layouts", "Quantized checkpoints as files and two releases of Transformers hold them.")
    law = r.source("law", "the tensors that each library registers for a Linear (reference/layouts.py)")
    stacked = r.source("stacked", "transformers 5.24: experts are one parameter that the scheme passes by; 4.57: one Linear each")
    routed = r.source("router", "transformers 4.57: the router of Qwen3-MoE is a Linear, in 5.24 a parameter")

    def add(name, base, section, value, at, source, release, experts=True, extra=0):
        MODELS[name] = {**MODELS[base], "quantization_config": section}
        r.add(f"{name}/{release}", {"model": name, "engine": "transformers", "engine_version": f"transformers {release}",
                                    "context": 512},
              ("weights", held(MODELS[base], value, at, experts) + extra, source),
              ("weight_bytes", held(MODELS[base], value, 0), law))

    for scheme, (section, value) in SECTIONS.items():
        for base in ("kv10", "odd-width") if scheme in UNEVEN else ("kv10",):
            for at, release in ((1, "4.57.6"), (2, "5.24.0")):
                add(f"{base} {scheme}", base, section, value, at, law, release,
                    extra=beside(MODELS[base], scheme, value, at))
    c = MODELS["qwen3-moe"]
    routers = c["num_experts"] * c["hidden_size"]
    nf4, fp8 = SECTIONS["nf4"], SECTIONS["fp8, rows"]
    scaled = layouts.bnb4(c["num_experts"], c["hidden_size"], False)[1]
    for scheme, (section, value), router in (("nf4", nf4, scaled), ("fp8, rows", fp8, routers + 2 * c["num_experts"])):
        name = f"qwen3-moe {scheme}"
        add(name, "qwen3-moe", section, value, 2, stacked, "5.24.0", experts=False)
        add(name, "qwen3-moe", section, value, 1, routed, "4.57.6",
            extra=c["num_hidden_layers"] * (router - 2 * routers))
    tiles = SECTIONS["fp8, tiles"]
    add("qwen3-moe fp8, tiles", "qwen3-moe", tiles[0], tiles[1], 2, law, "5.24.0")
    return r
