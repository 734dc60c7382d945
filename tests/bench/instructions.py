#!/usr/bin/env python3
"""Instructions per call of what headroom_bench measures, and per line of headroom-cli's --jsonl, counted by callgrind: a
figure without noise.

    tests/bench/instructions.py build/release/bin/headroom_bench            against tests/bench/instructions.json
    tests/bench/instructions.py build/release/bin/headroom_bench --record   writes it anew
    tests/bench/instructions.py --ratios RUN.json                           one run of headroom_bench in ratios

Exit 1 where a call takes over 5 % more than is recorded. The record is of the release preset with Debian 12's gcc; every
commit that changes it for good records it. --ratios reads `headroom_bench --benchmark_format=json`: times of one run
divided by one another move with no machine.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

RECORD = pathlib.Path(__file__).with_name("instructions.json")
MOST = 1.05
# The benchmark and the function whose calls it repeats.
CALLS = {
    **{f"estimateOf/{what}": "headroom::estimateInto(" for what in (
        "transformers", "vllm", "sglang", "llama_cpp", "lora", "qlora", "full", "full_zero3", "full_trainer", "lora_trl")},
    "reading": "headroom::readScenario(",
}
REFERENCE = "estimateOf/transformers"
# What other calculators publish for one estimate (resources/help/peers.md), in milliseconds.
PEERS = (0.05, 170)


def counted(bench, name, function, seconds):
    """Instructions inside the function, and how often it was called."""
    with tempfile.NamedTemporaryFile() as out:
        subprocess.run(
            ["valgrind", "--tool=callgrind", f"--toggle-collect={function}*", f"--callgrind-out-file={out.name}", bench,
             f"--benchmark_filter=^{name}$", f"--benchmark_min_time={seconds}"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        names, calls, total, called = {}, 0, 0, ""
        for line in open(out.name, encoding="utf-8", errors="replace"):
            if m := re.match(r"c?fn=\((\d+)\)(?: (.*))?", line):
                if m.group(2):
                    names[m.group(1)] = m.group(2)
                if line.startswith("c"):
                    called = names[m.group(1)]
            elif line.startswith("calls=") and called.startswith(function):
                calls += int(line[6:].split()[0])
            elif line.startswith("totals:"):
                total = int(line.split()[1])
    return total, calls


def measure(bench, name):
    # Two runs of different length: what is done once drops out of their difference.
    (few, a), (many, b) = (counted(bench, name, CALLS[name], s) for s in (0.1, 0.5))
    if b <= a:
        sys.exit(f"{name}: {a} and {b} calls of {CALLS[name]}; the longer run has to have more")
    return round((many - few) / (b - a))


def lines(count):
    """Questions for --jsonl as a sweep asks them. No graph is replayed: that is kept by its question, and noise here."""
    models = ["meta-llama/Llama-3.1-8B", "Qwen/Qwen2.5-7B-Instruct", "mistralai/Mistral-7B-v0.3"]
    for i in range(count):
        workload = ("inference", "lora", "full", "qlora")[i % 4]
        engine = {"engine": ("vllm", "sglang", "transformers")[i // 4 % 3]} if workload == "inference" else {}
        yield json.dumps({"model": models[i % 3], "workload": workload, "batch": 1 + i % 16, "context": 1024 + 64 * (i % 100),
                          "devices": [{"accelerator": "h100-sxm-80gb"}], **engine}) + "\n"


def measure_line(cli):
    """Of one line of `headroom-cli estimate --jsonl --depth 0`: read, estimated, remarked on and written."""
    totals = []
    for count in (480, 2400):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as asked, tempfile.NamedTemporaryFile() as out:
            asked.writelines(lines(count))
            asked.flush()
            subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", cli, "estimate", "--jsonl",
                            asked.name, "--depth", "0"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            totals += [int(line.split()[1]) for line in open(out.name, encoding="utf-8") if line.startswith("totals:")]
    return round((totals[1] - totals[0]) / (2400 - 480))


def ratios(path):
    runs = {r["name"]: r["cpu_time"] * {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}[r["time_unit"]]
            for r in json.load(open(path, encoding="utf-8"))["benchmarks"] if r.get("run_type") == "iteration"}
    if REFERENCE not in runs:
        sys.exit(f"{path} holds no {REFERENCE}")
    print(f"{'benchmark':32}{'ns':>14}{'of one estimate':>18}")
    for name, ns in runs.items():
        print(f"{name:32}{ns:14.0f}{ns / runs[REFERENCE]:18.2f}")
    low, high = (ms * 1e6 / runs[REFERENCE] for ms in PEERS)
    print(f"Other calculators publish {PEERS[0]} to {PEERS[1]} ms an estimate: {low:.0f} to {high:.0f} times as long.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", nargs="?", help="headroom_bench of a release build")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--ratios", metavar="RUN.json")
    asked = parser.parse_args()
    if asked.ratios:
        return ratios(asked.ratios)
    if not asked.bench:
        parser.error("headroom_bench or --ratios is needed")
    now = {name: measure(asked.bench, name) for name in CALLS}
    now["line"] = measure_line(pathlib.Path(asked.bench).with_name("headroom-cli"))
    if asked.record:
        RECORD.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
        return None
    record, grown = json.loads(RECORD.read_text(encoding="utf-8")), False
    print(f"{'benchmark':32}{'instructions':>14}{'recorded':>12}{'ratio':>8}")
    for name, instructions in now.items():
        before = record.get(name)
        ratio = instructions / before if before else 1
        grown |= ratio > MOST
        print(f"{name:32}{instructions:14}{before or '-':>12}{ratio:8.3f}{'  grown' if ratio > MOST else ''}")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
