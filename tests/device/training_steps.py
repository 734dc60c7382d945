"""Runs training steps of Hugging Face's Trainer on a CUDA device with random weights and prints, one JSON object a line,
what the allocator and the device held. One process per step, so that none inherits another's cache.

    python3 training_steps.py                  # all steps below
    python3 training_steps.py NAME             # one of them
"""
import json
import os
import subprocess
import sys

LLAMA = dict(model_type="llama", hidden_size=2048, intermediate_size=8192, num_hidden_layers=16, num_attention_heads=32,
             num_key_value_heads=8, head_dim=64, vocab_size=128256, tie_word_embeddings=True, max_position_embeddings=131072)
QWEN = dict(model_type="qwen2", hidden_size=896, intermediate_size=4864, num_hidden_layers=24, num_attention_heads=14,
            num_key_value_heads=2, vocab_size=151936, tie_word_embeddings=True, max_position_embeddings=32768)
QWEN3 = dict(model_type="qwen3", hidden_size=2560, intermediate_size=9728, num_hidden_layers=12, num_attention_heads=32,
             num_key_value_heads=8, head_dim=128, vocab_size=151936, tie_word_embeddings=True, max_position_embeddings=40960)
GEMMA = dict(model_type="gemma3_text", hidden_size=1152, intermediate_size=6912, num_hidden_layers=26, num_attention_heads=4,
             num_key_value_heads=1, head_dim=256, vocab_size=262144, sliding_window=512, max_position_embeddings=32768)
GPT2 = dict(model_type="gpt2", n_embd=1024, n_layer=24, n_head=16, n_positions=1024, vocab_size=50257)
STEPS = {
    "llama-bf16": dict(config=LLAMA, weights="bfloat16", batch=2, context=2048),
    "llama-bf16-long": dict(config=LLAMA, weights="bfloat16", batch=1, context=16384),
    "llama-bf16-checkpointed": dict(config=LLAMA, weights="bfloat16", batch=4, context=8192, checkpointing=True),
    "llama-amp": dict(config=LLAMA, weights="float32", bf16=True, batch=2, context=2048),
    "llama-amp-checkpointed": dict(config=LLAMA, weights="float32", bf16=True, batch=4, context=4096, checkpointing=True),
    "llama-lora": dict(config=LLAMA, weights="bfloat16", bf16=True, batch=4, context=2048, rank=16, targets=["q_proj", "v_proj"]),
    "llama-lora-all-checkpointed": dict(config=LLAMA, weights="bfloat16", bf16=True, batch=8, context=4096, rank=16,
                                        targets="all-linear", checkpointing=True),
    "qwen-amp-accumulated": dict(config=QWEN, weights="float32", bf16=True, batch=8, context=1024, accumulation=2),
    "qwen-bf16": dict(config=QWEN, weights="bfloat16", batch=8, context=2048),
    "qwen3-bf16-checkpointed": dict(config=QWEN3, weights="bfloat16", batch=2, context=8192, checkpointing=True),
    "gemma-bf16": dict(config=GEMMA, weights="bfloat16", batch=2, context=4096),
    "gpt2-amp": dict(config=GPT2, weights="float32", bf16=True, batch=16, context=1024),
}


def run(name):
    import torch
    import transformers
    step = STEPS[name]
    config = transformers.AutoConfig.for_model(**step["config"])
    torch.set_default_dtype(getattr(torch, step["weights"]))
    with torch.device("cuda"):
        model = transformers.AutoModelForCausalLM.from_config(config, dtype=getattr(torch, step["weights"]))
    torch.set_default_dtype(torch.float32)
    versions = {"torch": torch.__version__, "transformers": transformers.__version__}
    if "rank" in step:
        import peft
        versions["peft"] = peft.__version__
        model = peft.get_peft_model(model, peft.LoraConfig(r=step["rank"], target_modules=step["targets"], task_type="CAUSAL_LM"))
    vocabulary, context = config.vocab_size, step["context"]
    rows = [{"input_ids": (t := torch.randint(0, vocabulary, (context,))), "labels": t.clone()} for _ in range(256)]
    peaks = []

    class Peaks(transformers.TrainerCallback):
        def on_step_begin(self, *_, **__):
            torch.cuda.reset_peak_memory_stats()

        def on_step_end(self, *_, **__):
            peaks.append((torch.cuda.max_memory_allocated(), torch.cuda.max_memory_reserved()))

    arguments = transformers.TrainingArguments(
        output_dir="/tmp/out", max_steps=4, per_device_train_batch_size=step["batch"], report_to=[], save_strategy="no",
        logging_strategy="no", bf16=step.get("bf16", False), gradient_checkpointing=step.get("checkpointing", False),
        gradient_accumulation_steps=step.get("accumulation", 1), dataloader_num_workers=0)
    trainer = transformers.Trainer(model=model, args=arguments, train_dataset=rows, callbacks=[Peaks()])
    trainer.train()
    free, total = torch.cuda.mem_get_info()
    print(json.dumps({"name": name, "step": {k: v for k, v in step.items() if k != "config"}, "config": step["config"],
                      "versions": versions, "optimizer": str(arguments.optim), "allocated": peaks[-1][0],
                      "reserved": peaks[-1][1], "steps": peaks, "device_used": total - free, "device_total": total,
                      "optimizer_class": type(trainer.optimizer.optimizer if hasattr(trainer.optimizer, "optimizer") else trainer.optimizer).__name__}),
          flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(sys.argv[1])
    else:
        for name in STEPS:
            done = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True, timeout=150,
                                  env=dict(os.environ, HF_HUB_OFFLINE="1"))
            lines = [l for l in done.stdout.splitlines() if l.startswith("{\"name\"")]
            print(lines[-1] if lines else json.dumps({"name": name, "error": done.stderr[-600:]}), flush=True)
