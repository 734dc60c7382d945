"""Rows of the golden files: a scenario and what is expected of its estimate, with the source of each figure."""
import json
from fractions import Fraction

from .models import MODELS


class Rows:
    def __init__(self, topic, about):
        self.topic, self.about, self.sources, self.rows, self.names = topic, about, {}, [], set()

    def source(self, key, text):
        self.sources[key] = text
        return key

    def add(self, name, scenario, *expected):
        """expected: (what, bytes, source[, tolerance]); what: see tests/core/golden_test.cpp."""
        assert name not in self.names, name
        self.names.add(name)
        entries = []
        for what, value, source, *tolerance in expected:
            assert source in self.sources, source
            entry = {"what": what, "bytes": nearest(value), "source": source}
            if tolerance:
                entry["tolerance"] = tolerance[0]
            entries.append(entry)
        self.rows.append({"name": name, "scenario": scenario, "expect": entries})

    def text(self):
        used = sorted({r["scenario"]["model"] for r in self.rows})
        lines = ["{", f' "about": {json.dumps(self.about)},', ' "sources": {']
        lines += joined(f'  {json.dumps(k)}: {json.dumps(v)}' for k, v in self.sources.items())
        lines += [" },", ' "models": {']
        lines += joined(f'  {json.dumps(m)}: {json.dumps(MODELS[m])}' for m in used)
        lines += [" },", ' "rows": [']
        lines += joined("  " + json.dumps(r) for r in self.rows)
        return "\n".join(lines + [" ]", "}", ""])


def joined(items):
    items = list(items)
    return [item + ("," if i + 1 < len(items) else "") for i, item in enumerate(items)]


def nearest(value):
    """Half up, exactly."""
    return int((Fraction(value) + Fraction(1, 2)).__floor__())
