#!/usr/bin/env python3
"""Writes tests/golden/*.json from the reference: python3 tests/golden/generate.py [--check]

The JSON is data for tests/core/golden_test.cpp; never edit it. With --check nothing is written and the exit code says
whether the files are what the reference gives.
"""
import importlib
import pathlib
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
TOPICS = ["weights", "caches", "pools", "prefill", "states", "distribution", "activations", "loss", "adapters", "pages",
          "llama_cpp", "local", "layouts"]


def main():
    check = "--check" in sys.argv[1:]
    stale = count = 0
    for topic in TOPICS:
        rows = importlib.import_module("scenarios." + topic).rows()
        text, path = rows.text(), HERE / (topic + ".json")
        count += len(rows.rows)
        if check:
            if not path.exists() or path.read_text() != text:
                stale += 1
                print(f"{path.name} is not what the reference gives: run {HERE.name}/generate.py")
        else:
            path.write_text(text)
            print(f"{topic}: {len(rows.rows)} scenarios")
    print(f"{count} scenarios")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
