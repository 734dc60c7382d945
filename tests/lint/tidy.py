#!/usr/bin/env python3
"""Runs clang-tidy over many sources in bundles, so that the headers that they share are read once per bundle.

  tidy.py TIDY CHECKS BUILD PART PARTS FILE...

A bundle is a source of its own that includes its files one after another (packaging/bundles.py says which). One that
does not compile is checked in halves.
"""
import json
import pathlib
import shlex
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "packaging"))
from bundles import bundles  # noqa: E402  (the build's own)

MOST_IN_A_BUNDLE = 10


def flags_of(build, files):
    """What the files are compiled with and clang-tidy needs: macros, folders of headers, the language's standard.

    A file that the build compiles in a bundle stands there under the bundle's name, which lies beside its target's objects.
    """
    wanted, flags = set(map(str, files)), {}
    for row in json.loads((build / "compile_commands.json").read_text()):
        if str(pathlib.Path(row["file"]).resolve()) in wanted or "headroom_core.dir/Unity/" in row["file"]:
            words = shlex.split(row["command"])
            flags.update(((word if before != "-isystem" else f"-isystem{word}"), None)
                         for before, word in zip(words, words[1:])
                         if word.startswith(("-D", "-I", "-std=")) or before == "-isystem")
    return list(flags)


def tidied(tidy, checks, flags, files):
    """Whether clang-tidy finds nothing; what it finds is printed. Halves of a bundle where it does not compile."""
    with tempfile.TemporaryDirectory() as folder:
        source = files[0]
        if len(files) > 1:
            source = pathlib.Path(folder) / "bundle.cpp"
            source.write_text("".join(f'#include "{file}"\n' for file in files))
        run = subprocess.run([tidy, "--quiet", "--warnings-as-errors=*", "--config-file=.clang-tidy", f"--checks={checks}",
                              source, "--", *flags], capture_output=True, text=True, check=False)
    if len(files) > 1 and "clang-diagnostic-error" in run.stdout:
        half = len(files) // 2
        return all([tidied(tidy, checks, flags, files[:half]), tidied(tidy, checks, flags, files[half:])])
    if run.returncode != 0:
        print(run.stdout, run.stderr, sep="")
    return run.returncode == 0


def main():
    tidy, checks, build, part, parts, *names = sys.argv[1:]
    files = [pathlib.Path(name).resolve() for name in names]
    flags = flags_of(pathlib.Path(build), files)
    groups = bundles(pathlib.Path.cwd(), files, MOST_IN_A_BUNDLE)[int(part)::int(parts)]
    return 0 if all([tidied(tidy, checks, flags, group) for group in groups]) else 1


if __name__ == "__main__":
    sys.exit(main())
