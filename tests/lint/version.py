#!/usr/bin/env python3
"""The project's version stands in CMakeLists.txt; what cannot read it from there has to say the same."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Where each of them says it: the first match is the newest.
SAID = {
    "CHANGELOG.md": r"^## (\S+)",
    "README.md": r"headroom-cli validate`, version (\S+)\)",
    "pyproject.toml": r'^version = "(.+)"',
    "packaging/debian/changelog": r"^headroom \((.+)\)",
    "packaging/linux/headroom.1": r'"Headroom (\S+)"',
    "packaging/linux/headroom-cli.1": r'"Headroom (\S+)"',
    "packaging/linux/io.github.headroom.Headroom.metainfo.xml": r'<release version="(.+?)"',
    "core/api/headroom/version.h": r'"(\S+)"',
    "core/api/headroom/c.h": r'/\* "(\S+)"; static',
    "tests/consumers/c/main.c": r'headroom_version\(\), "(\S+)"',
    "resources/help/peers.md": r"As of (\S+):",
}


def said(name, pattern):
    found = re.search(pattern, (ROOT / name).read_text(), re.M)
    return found.group(1) if found else "nothing"


# What asks for the package asks for the versions that are compatible with it.
COMPATIBLE = ("tests/consumers/cpp/CMakeLists.txt", "resources/help/library.md")

wanted = said("CMakeLists.txt", r"^project\(headroom VERSION (\S+)")
wrong = [f"{name} says {version}" for name, pattern in SAID.items() if (version := said(name, pattern)) != wanted]
wrong += [f"{name} asks for {version}" for name in COMPATIBLE
          if (version := said(name, r"find_package\(Headroom (\S+) REQUIRED")) != wanted.rpartition(".")[0]]
if wrong:
    sys.exit(f"CMakeLists.txt says version {wanted}, but " + ", ".join(wrong))
