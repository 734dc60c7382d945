#!/usr/bin/env python3
"""Runs clang-tidy over many sources in bundles, so that the headers that they share are read once per bundle.

  tidy.py TIDY CHECKS BUILD PART PARTS FILE...

A bundle is a source of its own that includes its files one after another. A name that one file
declares for itself and another uses keeps the two apart. That is read from the text and may miss one: a bundle that
does not compile is checked in halves, so bundles change what a run costs and never what it says.
"""
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

MOST_IN_A_BUNDLE = 10
ANONYMOUS = re.compile(r"^namespace \{\n(.*?)^\}  // namespace$", re.MULTILINE | re.DOTALL)
DECLARED = re.compile(r"^[\w\[].*?[\s*&](\w+)\s*(?:\[.*?\]\s*)?(?=[({=;]|:(?!:)|$)", re.MULTILINE)
USING = re.compile(r"^using (?:[\w:]+::)?(\w+)(?: = .*)?;$", re.MULTILINE)
ALONE = re.compile(r"^\s*using namespace |^#define ", re.MULTILINE)


class Source:
    """A file, the words in it, and the names that it declares for itself alone with the line that does."""

    def __init__(self, path):
        text = path.read_text()
        self.path, self.words, self.alone = path, set(re.findall(r"\w+", text)), bool(ALONE.search(text))
        self.names = {m[1]: m[0] for m in USING.finditer(text)}
        for block in ANONYMOUS.findall(text):
            self.names.update((m[1], f"{path}: {m[0]}") for m in DECLARED.finditer(block))

    def bears(self, other):
        """Whether the two can stand in one source: no private name of one means something else in the other."""
        return not any(name in b.words and b.names.get(name) != line
                       for a, b in ((self, other), (other, self)) for name, line in a.names.items())


def bundles(files):
    """The files in groups that bear each other; each goes into the first group that takes it."""
    groups = []
    for source in map(Source, files):
        for group in groups:
            if not source.alone and not group[0].alone and len(group) < MOST_IN_A_BUNDLE \
                    and all(source.bears(other) for other in group):
                group.append(source)
                break
        else:
            groups.append([source])
    return [[source.path for source in group] for group in groups]


def flags_of(build, files):
    """What the files are compiled with and clang-tidy needs: macros, folders of headers, the language's standard."""
    wanted, flags = set(map(str, files)), {}
    for row in json.loads((build / "compile_commands.json").read_text()):
        if str(pathlib.Path(row["file"]).resolve()) in wanted:
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
    groups = bundles(files)[int(part)::int(parts)]
    return 0 if all([tidied(tidy, checks, flags, group) for group in groups]) else 1


if __name__ == "__main__":
    sys.exit(main())
