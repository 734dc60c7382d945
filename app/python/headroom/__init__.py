"""Headroom: how much accelerator memory a transformer needs, byte by byte, before anything is run.

    import headroom
    e = headroom.estimate(model="meta-llama/Llama-3.1-8B", engine="vllm", devices=["l4"])
    print(e.sentence)                      # and in a notebook: e
    headroom.estimate(config, args)        # a Transformers configuration with its TrainingArguments
    headroom.estimate("vllm serve Qwen/Qwen2.5-7B-Instruct --max-model-len 16k")

What a key means stands in Headroom's help (scenario.md); bytes are integers everywhere.
"""

from __future__ import annotations

import html
import json
import os
from typing import Any, Iterable, Mapping, Sequence, Union

from . import _headroom
from ._headroom import (
    AcceleratorEntry,
    Component,
    Diagnostic,
    HeadroomError,
    Limits,
    ModelEntry,
    Rank,
    accelerator,
    accelerators,
    models,
)

__version__ = _headroom.__version__
__all__ = [
    "AcceleratorEntry", "Component", "Diagnostic", "Estimate", "HeadroomError", "Limits", "ModelEntry", "Rank",
    "Scenario", "accelerator", "accelerators", "compare", "estimate", "estimate_all", "explain", "limits", "models",
]

_GIB = 1 << 30


def _plain(value: Any) -> Any:
    """What stands for the value in JSON: dtypes and enumerations by their names."""
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value.value if hasattr(value, "value") else value
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_plain(v) for v in value]
    return str(value).removeprefix("torch.")


def _devices(devices: Any) -> Any:
    """["l4", "2xa100-80gb"] as the scenario writes it."""
    if isinstance(devices, str):
        devices = [devices]
    out = []
    for device in devices:
        if not isinstance(device, str):
            out.append(device)
            continue
        count, times, name = device.partition("x")
        if times and count.isdigit() and accelerator(device) is None:
            out.append({"accelerator": name, "count": int(count)})
        else:
            out.append({"accelerator": device})
    return out


class Scenario:
    """What is asked; immutable. Made by estimate() and its like from whatever they are given, or by hand."""

    def __init__(self, core: _headroom.Scenario):
        self._core = core

    @classmethod
    def of(cls, what: Any = None, args: Any = None, /, **keys: Any) -> "Scenario":
        """From a scenario (a mapping, JSON text, a file's path), keys of one, a launch command, a log or a recipe as
        text, or a Transformers configuration, alone or with TrainingArguments (or any object or mapping of them)."""
        if isinstance(what, cls):
            return what._changed(keys)
        model = None
        if what is not None and not isinstance(what, (str, os.PathLike, Mapping)):
            if not hasattr(what, "to_dict"):
                raise TypeError(f"headroom knows no scenario in a {type(what).__name__}")
            # A model has its configuration with it.
            config = getattr(what, "config", what)
            model = {"config": _plain(config.to_dict()), "name": getattr(config, "_name_or_path", "") or "config"}
        if args is not None:
            said = args if isinstance(args, Mapping) else args.to_dict()
            # What is not set says nothing.
            text = json.dumps({k: _plain(v) for k, v in said.items() if v is not None and v != ""})
            if model is None:
                model = what
            return cls(_headroom.Scenario.recognise(text, "", json.dumps(model)))._changed(keys)
        if isinstance(what, os.PathLike) or (isinstance(what, str) and what.endswith(".headroom.json")):
            return cls(_headroom.Scenario.read_file(os.fspath(what)))._changed(keys)
        if isinstance(what, str) and not what.lstrip().startswith("{"):
            return cls(_headroom.Scenario.recognise(what))._changed(keys)
        if isinstance(what, str):
            what = json.loads(what)
        document = {} if model is not None else dict(what or {})
        if "model" not in document and "model_type" in document:
            document = {"model": {"config": document, "name": "config"}}
        if model is not None:
            document["model"] = model
        if "devices" in document:
            document["devices"] = _devices(document["devices"])
        late = {k: v for k, v in keys.items() if "." in k}
        document.update({k: _devices(v) if k == "devices" else v for k, v in keys.items() if "." not in k})
        return cls(_headroom.Scenario.read(json.dumps(_plain(document))))._changed(late)

    def _changed(self, keys: Mapping[str, Any]) -> "Scenario":
        core = self._core
        for key, value in keys.items():
            core = core._with(key, json.dumps(_plain(_devices(value) if key == "devices" else value)))
        return Scenario(core) if keys else self

    def replaced(self, keys: Mapping[str, Any] = {}, /, **more: Any) -> "Scenario":
        """The same with keys set, nested ones dotted: s.replaced({"training.rank": 32}, batch=4)."""
        return self._changed({**keys, **more})

    def to_dict(self) -> dict:
        return json.loads(self._core.write())

    @property
    def model_id(self) -> str:
        return self._core.model_id

    @property
    def notes(self) -> list:
        return self._core.notes

    def __repr__(self) -> str:
        return f"<headroom.Scenario {self.model_id}>"


class Estimate:
    """The memory a scenario needs. Bytes are integers; `sentence` says whether it fits."""

    def __init__(self, scenario: Scenario, core: _headroom.Estimate):
        self.scenario = scenario
        self._core = core

    def __getattr__(self, name: str) -> Any:
        return getattr(self._core, name)

    @property
    def total(self) -> int:
        """Bytes of the heaviest device."""
        return self._core.ranks[0].total

    @property
    def fits(self) -> Union[bool, None]:
        """None where no capacity is known. True is no promise where `unmodelled` names something."""
        return None if not self._core.verdict else self._core.verdict != "exceeds"

    @property
    def components(self) -> dict:
        """Bytes by component of the heaviest device."""
        return {c.id: c.bytes for c in self._core.ranks[0].components}

    def to_dict(self) -> dict:
        """The whole estimate as in the command line's JSON (headroom-estimate/1), every factor of every line."""
        return json.loads(_headroom.report(self.scenario._core, "json"))

    def to_markdown(self) -> str:
        return _headroom.report(self.scenario._core, "md")

    def to_latex(self) -> str:
        return _headroom.report(self.scenario._core, "latex")

    def __str__(self) -> str:
        return _headroom.report(self.scenario._core, "table")

    def __repr__(self) -> str:
        return f"<headroom.Estimate {self.scenario.model_id}: {self._core.sentence}>"

    def _repr_html_(self) -> str:
        rank = self._core.ranks[0]
        rows = "".join(
            f"<tr><td style='text-align:left'>{html.escape(c.label)}</td><td>{c.bytes / _GIB:.2f}</td>"
            f"<td>{c.low / _GIB:.2f} – {c.high / _GIB:.2f}</td></tr>"
            for c in sorted(rank.components, key=lambda c: -c.bytes)
        )
        notes = [f"Not modelled: {u}" for u in self._core.unmodelled]
        notes += [d.message for d in self._core.diagnostics if d.severity in ("warning", "error", "ignored")]
        said = "".join(f"<li>{html.escape(n)}</li>" for n in notes)
        return (
            f"<div><b>{html.escape(self.scenario.model_id)}</b>: {html.escape(self._core.sentence)}"
            f"<table><thead><tr><th style='text-align:left'>{html.escape(rank.label)}</th><th>GiB</th>"
            f"<th>measured runs lie in</th></tr></thead><tbody>{rows}<tr><td style='text-align:left'><b>Total</b></td>"
            f"<td><b>{rank.total / _GIB:.2f}</b></td><td>{rank.low / _GIB:.2f} – {rank.high / _GIB:.2f}</td></tr>"
            f"</tbody></table>" + (f"<ul>{said}</ul>" if said else "") + "</div>"
        )


def estimate(what: Any = None, args: Any = None, /, **keys: Any) -> Estimate:
    """The memory of a scenario, given in any way that Scenario.of takes."""
    scenario = Scenario.of(what, args, **keys)
    return Estimate(scenario, _headroom.estimate(scenario._core))


def estimate_all(scenarios: Iterable[Any]) -> list:
    """The memory of many scenarios, on all cores, in their order."""
    asked = [Scenario.of(s) for s in scenarios]
    answers = _headroom.estimate_all([s._core for s in asked])
    return [Estimate(s, e) for s, e in zip(asked, answers)]


def limits(what: Any = None, args: Any = None, /, **keys: Any) -> Limits:
    """The largest batch, context, rank and number of sequences that fit, each with the rest as asked."""
    return _headroom.limits(Scenario.of(what, args, **keys)._core)


def explain(what: Any = None, args: Any = None, /, depth: int = 1000, **keys: Any) -> str:
    """Where every byte comes from, as text."""
    return _headroom.explain(Scenario.of(what, args, **keys)._core, depth)


def compare(scenarios: Union[Mapping[str, Any], Sequence[Any]], format: str = "table", unit: str = "gib") -> str:
    """Scenarios side by side: settings that differ, components, verdicts, limits. A mapping gives them labels."""
    named = scenarios if isinstance(scenarios, Mapping) else {str(i + 1): s for i, s in enumerate(scenarios)}
    return _headroom.compare([Scenario.of(s)._core for s in named.values()], list(named), format, unit)
