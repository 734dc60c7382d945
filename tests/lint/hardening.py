#!/usr/bin/env python3
"""Reads out of built programs what they were hardened with.

  hardening.py READELF --read PROGRAM...         the programs of a build
  hardening.py READELF --build COMPILER FLAG...  a small program that is built with these flags, and with one of them
                                                 left out at a time, which must be seen
"""
import platform
import subprocess
import sys
import tempfile

# An index, a copy into a buffer of a size known at run time alone, a frame of many pages, a call through a pointer.
PROBE = """
#include <cstdlib>
#include <cstring>
#include <vector>
int main(int argc, char** argv) {
  char frame[100000];
  std::vector<int> list(static_cast<unsigned>(argc));
  char* heap = static_cast<char*>(std::malloc(static_cast<unsigned>(argc) * 2u));
  std::memcpy(heap, argv[0], static_cast<unsigned>(std::atoi(argv[0])));
  std::strcpy(frame, argv[0]);
  int (*volatile call)(const char*) = &std::atoi;
  return list[static_cast<unsigned>(call(frame))] + heap[0];
}
"""
X86 = platform.machine() == "x86_64"


def missing(readelf, path, targets=2):
    """What the ELF file lacks; `targets`: how many marks of branch targets it has at least."""
    ask = lambda *what: subprocess.run([readelf, "-W", *what, path], capture_output=True, text=True, check=True).stdout
    header, segments, dynamic, notes, names = ask("-h"), ask("-l"), ask("-d"), ask("-n"), ask("--dyn-syms")
    code = open(path, "rb").read()
    stack = [line for line in segments.splitlines() if "GNU_STACK" in line]
    tests = {
        "position independent code": "DYN" in header,
        "read-only relocations": "GNU_RELRO" in segments,
        "binding at the start": "NOW" in dynamic,
        "a stack that is not executable": len(stack) == 1 and "RWE" not in stack[0],
        "stack protector": "__stack_chk_fail" in names,
        "fortified calls": "_chk@" in names.replace("__stack_chk_fail", ""),
        "library assertions": "__glibcxx_assert_fail" in names,
    }
    if X86:
        # or qword [rsp], 0: each page of a large frame is touched; endbr64: where an indirect branch may go
        tests["stack clash protection"] = b"\x48\x83\x0c\x24\x00" in code
        tests["branch targets"] = code.count(b"\xf3\x0f\x1e\xfa") >= targets
        tests["shadow stack"] = "SHSTK" in notes
    return [name for name, there in tests.items() if not there]


def built(compiler, flags, folder):
    source, program = f"{folder}/probe.cpp", f"{folder}/probe"
    with open(source, "w") as out:
        out.write(PROBE)
    subprocess.run([compiler, "-O2", "-w", "-fPIE", "-pie", *flags, source, "-o", program], check=True)
    return program


def main():
    readelf, mode, *rest = sys.argv[1:]
    wrong = []
    if mode == "--read":
        wrong = [f"{path}: no {what}" for path in rest if path for what in missing(readelf, path, 500)]
        if not any(rest):
            wrong = ["there is no program to read"]
    else:
        with tempfile.TemporaryDirectory() as folder:
            compiler, *flags = rest
            wrong = [f"with all flags: no {what}" for what in missing(readelf, built(compiler, flags, folder))]
            # A check that cannot fail checks nothing.
            off = {"-D_FORTIFY_SOURCE=3": "fortified calls", "-D_GLIBCXX_ASSERTIONS": "library assertions",
                   "-fstack-protector-strong": "stack protector", "-fstack-clash-protection": "stack clash protection",
                   "-Wl,-z,now": "binding at the start"}
            instead = {"-fstack-protector-strong": "-fno-stack-protector", "-Wl,-z,now": "-Wl,-z,lazy",
                       "-fstack-clash-protection": "-fno-stack-clash-protection"}
            for flag, what in off.items():
                if what == "stack clash protection" and not X86:
                    continue
                less = [instead.get(f, "-w") if f == flag else f for f in flags]
                if flag not in flags or what not in missing(readelf, built(compiler, less, folder)):
                    wrong.append(f"without {flag} {what} is there all the same")
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
