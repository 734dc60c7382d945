#!/usr/bin/env python3
"""Says which sources can stand in one source that includes them, so that the headers they share are read once.

  bundles.py ROOT MOST FILE...      prints the number of a bundle and a file, "N FILE", line by line

Two files keep apart where a name that one declares for itself (in its unnamed namespace, or by `using`) is a word of
the other or of a header of the project's that the other includes. That is read from the text and may miss one, so whoever uses
bundles has a way on where one does not compile: bundles change what a run costs and never what it says.
"""
import functools
import pathlib
import re
import sys

ANONYMOUS = re.compile(r"^namespace \{\n(.*?)^\}  // namespace$", re.MULTILINE | re.DOTALL)
DECLARED = re.compile(r"^[\w\[].*?[\s*&](\w+)\s*(?:\[.*?\]\s*)?(?=[({=;]|:(?!:)|$)", re.MULTILINE)
LISTED = re.compile(r"^(?:static )?const(?:expr|init)?\b[^;]*;", re.MULTILINE)
IN_A_LIST = re.compile(r"[,\s](\w+)\s*[{=]")
ENUMERATORS = re.compile(r"^enum (?!class).*?\{(.*?)\}", re.MULTILINE | re.DOTALL)
USING = re.compile(r"^using (?:[\w:]+::)?(\w+)(?: = .*)?;$", re.MULTILINE)
ALONE = re.compile(r"^\s*using namespace |^using enum |^void\* operator new|^#define |\.moc\"$", re.MULTILINE)
INCLUDED = re.compile(r'^#include "(.+)"$', re.MULTILINE)
WORD = re.compile(r"\w+")


@functools.cache
def header_words(root, path):
    """The words of a header of the project's, without those of the headers that it includes."""
    text = (root / path).read_text()
    return frozenset(WORD.findall(text)), tuple(INCLUDED.findall(text))


def words_included(root, text):
    """The words of every header of the project's that a text includes, at any depth."""
    words, seen, ahead = set(), set(), INCLUDED.findall(text)
    while ahead:
        path = ahead.pop()
        if path not in seen and (root / path).is_file():
            seen.add(path)
            own, further = header_words(root, path)
            words |= own
            ahead += further
    return words


class Source:
    """A file, the words that it meets, and the names that it declares for itself alone with the line that does."""

    def __init__(self, root, path):
        text = path.read_text()
        self.path, self.alone = path, bool(ALONE.search(text))
        self.words = set(WORD.findall(text)) | words_included(root, text)
        self.names = {m[1]: m[0] for m in USING.finditer(text)}
        for block in ANONYMOUS.findall(text):
            self.names.update((m[1], f"{path}: {m[0]}") for m in DECLARED.finditer(block))
            for text in LISTED.findall(block):
                self.names.update((name, f"{path}: {name}") for name in IN_A_LIST.findall(text))
            for listed in ENUMERATORS.findall(block):
                self.names.update((name, f"{path}: {name}") for name in WORD.findall(listed))

    def bears(self, other):
        """Whether the two can stand in one source: no private name of one means something else in the other."""
        return not any(name in b.words and b.names.get(name) != line
                       for a, b in ((self, other), (other, self)) for name, line in a.names.items())


def bundles(root, files, most):
    """The files in groups of at most `most` that bear each other; each goes into the first group that takes it."""
    groups = []
    for source in (Source(root, path) for path in files):
        for group in groups:
            if not source.alone and not group[0].alone and len(group) < most and all(map(source.bears, group)):
                group.append(source)
                break
        else:
            groups.append([source])
    return [[source.path for source in group] for group in groups]


def main():
    root, most, *names = sys.argv[1:]
    for number, group in enumerate(bundles(pathlib.Path(root), map(pathlib.Path, names), int(most))):
        for path in group:
            print(number, path)


if __name__ == "__main__":
    main()
