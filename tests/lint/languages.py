"""Whether every text of the window is in ui/languages/*.ts: brings a copy of the translations up to date with the sources
(packaging/languages) and compares. What is new, and what no source has any more, is named."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree


def messages(path):
    found = set()
    for context in ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name")
        for message in context.iter("message"):
            found.add((name, message.findtext("source"), message.findtext("comment") or "", message.get("numerus", "")))
    return found


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    kept = root / "ui" / "languages"
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in kept.glob("*.ts"):
            shutil.copy(path, folder)
        done = subprocess.run([root / "packaging" / "languages", folder], capture_output=True, text=True)
        if done.returncode != 0:
            print(done.stdout + done.stderr)
            return 1
        for path in sorted(kept.glob("*.ts")):
            before, now = messages(path), messages(pathlib.Path(folder) / path.name)
            for what, texts in (("is not in", now - before), ("no source has any more, of", before - now)):
                for context, source, _, _ in sorted(texts):
                    wrong += 1
                    print(f"“{source}” ({context}) {what} {path.name}")
    if wrong:
        print("run packaging/languages, translate what it marks as unfinished, and commit ui/languages/*.ts")
    return 1 if wrong else 0


sys.exit(main())
