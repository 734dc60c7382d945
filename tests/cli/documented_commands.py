#!/usr/bin/env python3
"""Runs every command line that README, the help pages, the manual and `headroom-cli COMMAND --help` show, in a folder
that holds the files they name.   documented_commands.py BINARY REPOSITORY"""

import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile

binary, root = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
SHOWN = re.compile(r"^(?:    |  )?\$? ?(headroom-cli +[a-z].*)$", re.M)
SLOW = ("validate --constants",)  # a refit for every source; tests/core holds its numbers


def gguf(path):
    """A llama of two layers."""
    def text(s):
        return struct.pack("<Q", len(s)) + s.encode()

    pairs = {
        "general.architecture": "llama", "llama.block_count": 2, "llama.embedding_length": 64,
        "llama.feed_forward_length": 128, "llama.attention.head_count": 4, "llama.attention.head_count_kv": 2,
        "llama.context_length": 2048, "llama.vocab_size": 100, "llama.rope.dimension_count": 16,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
    }
    tensors = {"token_embd.weight": (64, 100), "output_norm.weight": (64,), "output.weight": (64, 100)}
    for i in range(2):
        b = f"blk.{i}."
        tensors |= {b + "attn_norm.weight": (64,), b + "ffn_norm.weight": (64,), b + "attn_q.weight": (64, 64),
                    b + "attn_k.weight": (64, 32), b + "attn_v.weight": (64, 32), b + "attn_output.weight": (64, 64),
                    b + "ffn_gate.weight": (64, 128), b + "ffn_up.weight": (64, 128), b + "ffn_down.weight": (128, 64)}
    out = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(pairs))
    for key, value in pairs.items():
        kind = 8 if isinstance(value, str) else 6 if isinstance(value, float) else 4
        out += text(key) + struct.pack("<I", kind)
        out += text(value) if kind == 8 else struct.pack("<f" if kind == 6 else "<I", value)
    offset = 0
    for name, shape in tensors.items():
        out += text(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape)
        out += struct.pack("<IQ", 0, offset)
        size = 4
        for n in shape:
            size *= n
        offset += (size + 31) // 32 * 32
    out += b"\0" * (-len(out) % 32) + b"\0" * offset
    path.write_bytes(out)


def fixtures(folder):
    scenario = {"model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "context": 8192,
                "devices": [{"accelerator": "l4"}]}
    trained = {"model": "meta-llama/Llama-3.1-8B", "workload": "qlora", "framework": "trl", "context": 2048}
    for name in ("a", "b", "llama"):
        (folder / f"{name}.headroom.json").write_text(json.dumps(scenario))
    (folder / "scenario.headroom.json").write_text(json.dumps(trained | {"devices": [{"accelerator": "rtx-4090"}]}))
    (folder / "scenarios.jsonl").write_text(json.dumps(scenario) + "\n" + json.dumps(trained) + "\n")
    for log in ("vllm.log", "server.log"):
        shutil.copy(root / "tests/data/logs/vllm-0.11.log", folder / log)
    recipe = "model_name_or_path: meta-llama/Llama-3.1-8B\nload_in_4bit: true\nuse_peft: true\nlora_r: 16\n"
    for name in ("qlora.yml", "mine.yaml"):
        (folder / name).write_text(recipe)
    (folder / "docker-compose.yml").write_text(
        "services:\n  vllm:\n    image: vllm/vllm-openai\n    command: --model Qwen/Qwen3-8B --max-model-len 8192\n")
    (folder / "my-runs.json").write_text(json.dumps({"schema": "headroom-measured/1", "rows": [
        {"id": "own-1", "model": "meta-llama/Llama-3.2-1B", "source": "own", "quality": "B",
         "scenario": {"workload": "full", "batch": 1, "context": 512},
         "figures": [{"figure": "allocated", "bytes": 15000000000}]}]}))
    (folder / "path/to").mkdir(parents=True, exist_ok=True)
    shutil.copy(root / "tests/data/llama-3.1-8b/config.json", folder / "path/to/config.json")
    gguf(folder / "path/to/model.gguf")
    gguf(folder / "model.gguf")
    (folder / "home/.config/fish/completions").mkdir(parents=True, exist_ok=True)


def shown(environment):
    pages = [root / "README.md", root / "packaging/linux/headroom-cli.1", *sorted((root / "resources/help").glob("*.md"))]
    texts = {page.name: page.read_text() for page in pages}
    listed = subprocess.run(["headroom-cli", "--help"], text=True, capture_output=True, env=environment, check=True).stdout
    texts["headroom-cli --help"] = listed
    for command in re.findall(r"^  ([a-z]+) +[A-Z]", listed, re.M):
        texts[f"{command} --help"] = subprocess.run(["headroom-cli", command, "--help"], text=True, capture_output=True,
                                                    env=environment, check=True).stdout
    for place, text in texts.items():
        for line in SHOWN.findall(text):
            yield place, line
        for line in re.findall(r"^ +(source <\(headroom-cli .*)$", text, re.M):
            yield place, line


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        fixtures(folder)
        environment = dict(os.environ, PATH=f"{binary.parent}:{os.environ['PATH']}", HOME=str(folder / "home"),
                           HF_HUB_OFFLINE="1", XDG_CONFIG_HOME=str(folder / "home/.config"))
        lines, failed = list(dict.fromkeys(shown(environment))), 0
        for place, line in lines:
            if any(slow in line for slow in SLOW):
                continue
            fixtures(folder)  # what an earlier line wrote over
            done = subprocess.run(["bash", "-c", line], cwd=folder, env=environment, text=True, capture_output=True,
                                  timeout=120)
            # What does not fit is an answer where it is asked for.
            if done.returncode not in ((0, 1) if "--check" in line else (0,)):
                failed += 1
                print(f"{place}: {line}\n  exit {done.returncode}: {done.stderr.strip()[:400]}")
        print(f"{len(lines)} command lines, {failed} failed")
        return 1 if failed or len(lines) < 50 else 0


sys.exit(main())
