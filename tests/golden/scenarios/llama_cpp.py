from reference import llama_cpp
from reference.models import MODELS
from reference.rows import Rows


def rows():
    r = Rows("llama_cpp", "llama.cpp: file types, buffers, layers on the device, cells, windows, latents, quantized caches.")
    mix = r.source("mix", "llama-quant.cpp: the file type's mix and its fallbacks; ggml-common.h blocks; ggml-cuda.cu: rows to 512, tensors"
                   " to 128 (llamacpp sections 2 to 4)")
    layers = r.source("layers", "llama-model.cpp: -ngl k offloads the output and the last k - 1 layers")
    cells = r.source("cells", "llama-kv-cache.cpp: n_ctx padded to 256, one stream per sequence unless unified")
    window = r.source("window", "llama-kv-cache-iswa.cpp: window layers keep PAD(min(n_ctx, window + n_ubatch), 256) cells")
    latent = r.source("latent", "llama-kv-cache.cpp: latent models have one head of rank + rotary and no values")
    quantized = r.source("quantized", "ggml-common.h: q8_0 34 bytes for 32, q4_0 18; rows to 512 elements on the device")
    recurrent = r.source("recurrent", "llama-hparams.cpp, llama-memory-recurrent.cpp: convolution and state in fp32 per sequence (301.50 MiB"
                         " printed for Qwen3-Next and four sequences follow from it)")
    output = r.source("output", "llama-context.cpp output_reserve: fp32 logits of a token per sequence")

    base = {"engine": "llama.cpp", "devices": [{"accelerator": "h100-80gb", "count": 1}]}
    for name in ("heads14", "layers61", "kv10", "one-kv", "qwen2-tied", "heads9"):
        c = MODELS[name]
        for file_type in ("F16", "Q8_0", "Q4_0", "Q4_K_M", "Q5_K_M", "Q6_K"):
            r.add(f"{file_type}/{name}", {**base, "model": name, "context": 1000, "precision": {"weights": file_type}},
                  ("weights", llama_cpp.device_weights(c, file_type), mix),
                  ("kv_cache", llama_cpp.cache(c, 1000), cells, 0), ("host/output", llama_cpp.output_buffer(c, 1), output, 0))
    for name, count in (("layers61", 20), ("layers61", 1), ("heads14", 61), ("qwen2-tied", 28), ("kv10", 41)):
        c = MODELS[name]
        own = range(max(0, c["num_hidden_layers"] + 1 - count), c["num_hidden_layers"])
        r.add(f"offload/{name}/ngl{count}",
              {**base, "model": name, "context": 777, "precision": {"weights": "Q4_K_M"}, "offload": {"gpu_layers": count}},
              ("weights", llama_cpp.device_weights(c, "Q4_K_M", count), layers),
              ("kv_cache", llama_cpp.cache(c, 777, layers=own), layers, 0))
    for name, context, sequences, unified in (("heads14", 4097, 3, False), ("kv10", 255, 5, False), ("kv5", 257, 1, False),
                                              ("layers61", 8191, 4, True), ("heads14", 8300, 3, True), ("one-kv", 30000, 2, False), ("heads9", 1, 1, False)):
        c = MODELS[name]
        r.add(f"cells/{name}/{sequences}x{context}{'/unified' if unified else ''}",
              {**base, "model": name, "context": context, "batch": sequences, "unified_kv": unified, "precision": {"weights": "F16"}},
              ("kv_cache", llama_cpp.cache(c, context, sequences, unified), cells, 0),
              ("host/output", llama_cpp.output_buffer(c, sequences), output, 0))
    for context, ubatch in ((8190, 512), (3000, 512), (20000, 2048)):
        r.add(f"window/gemma2/{context}/ub{ubatch}",
              {**base, "model": "gemma2", "context": context, "prefill_tokens": ubatch, "precision": {"weights": "F16"}},
              ("kv_cache", llama_cpp.cache(MODELS["gemma2"], context, micro_batch=ubatch), window, 0))
    r.add("latent/mla", {**base, "model": "mla", "context": 5000, "precision": {"weights": "Q8_0"}},
          ("kv_cache", llama_cpp.cache(MODELS["mla"], 5000), latent, 0))
    for sequences, context in ((1, 1000), (4, 513)):
        c = MODELS["qwen3-next"]
        r.add(f"hybrid/{sequences}x{context}",
              {**base, "model": "qwen3-next", "context": context, "batch": sequences, "precision": {"weights": "Q8_0"}},
              ("kv_cache", llama_cpp.cache(c, context, sequences), cells, 0),
              ("state_cache", llama_cpp.recurrent_state(c, sequences), recurrent, 0))
    for name in ("layers61", "kv10", "heads14"):
        for kind in ("q8_0", "q4_0"):
            r.add(f"cache/{kind}/{name}",
                  {**base, "model": name, "context": 3333, "precision": {"weights": "F16", "kv_cache": kind}},
                  ("kv_cache", llama_cpp.cache(MODELS[name], 3333, kind=kind.upper()), quantized, 0))
    return r
