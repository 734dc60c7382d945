"""Predicted memory beside what a real run takes.

In a Transformers or TRL trainer:

    trainer.add_callback(headroom.callback.MemoryCallback(model.config, trainer.args, workload="full"))

In Lightning the same object goes into Trainer(callbacks=[…]); in a loop of one's own:

    with headroom.callback.watch(model.config, workload="full", batch=4, context=2048) as memory:
        for batch in batches:
            …
            memory.step(model, optimizer)

At the start the predicted peak is printed, after `steps` steps what torch.cuda.memory_stats() says beside it, with the
parts that can be counted in the process itself. `row=PATH` adds the run to a file that `headroom-cli validate PATH` and
the window's Evidence page read: no names, no paths, nothing but the scenario and the figures.
Needs nothing but the standard library and what the run has already.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from typing import Any, Callable, Optional

from . import Estimate, Scenario, estimate

_GIB = 1 << 30


def cuda_counters() -> Optional[dict]:
    """Peaks of PyTorch's allocator on the current device, in bytes; None without CUDA."""
    torch = sys.modules.get("torch")
    if torch is None or not torch.cuda.is_available():
        return None
    stats = torch.cuda.memory_stats()
    out = {"allocated": stats.get("allocated_bytes.all.peak", 0), "reserved": stats.get("reserved_bytes.all.peak", 0)}
    free, total = torch.cuda.mem_get_info()
    out["device"] = total - free
    return out


def _bytes(tensor: Any) -> int:
    """Of a tensor's own storage on this rank: local shards count, what is elsewhere does not."""
    tensor = getattr(tensor, "_local_tensor", tensor)
    return tensor.numel() * tensor.element_size() if hasattr(tensor, "element_size") else 0


def _leaves(value: Any):
    if isinstance(value, dict):
        for v in value.values():
            yield from _leaves(v)
    elif isinstance(value, (list, tuple)):
        for v in value:
            yield from _leaves(v)
    else:
        yield value


def parts_of(model: Any, optimizer: Any = None) -> dict:
    """Bytes of what can be counted in the process: weights, adapters, gradients and optimizer states."""
    parts = {"weights": 0, "gradients": 0, "optimizer_states": 0}
    adapters = 0
    for name, parameter in model.named_parameters():
        size = _bytes(parameter)
        if "lora_" in name:
            adapters += size
        else:
            parts["weights"] += size
        if getattr(parameter, "grad", None) is not None:
            parts["gradients"] += _bytes(parameter.grad)
    if adapters:
        parts["adapters"] = adapters
    for state in getattr(optimizer, "state", {}).values():
        parts["optimizer_states"] += sum(_bytes(leaf) for leaf in _leaves(state))
    return parts


class Watch:
    """Compares one run with its estimate. `counters` stands in for cuda_counters, `out` for the standard output."""

    def __init__(
        self,
        what: Any = None,
        args: Any = None,
        /,
        *,
        steps: int = 3,
        row: Optional[str] = None,
        counters: Callable[[], Optional[dict]] = cuda_counters,
        out: Callable[[str], None] = print,
        **keys: Any,
    ):
        self.estimate: Estimate = estimate(Scenario.of(what, args, **keys))
        self.measured: Optional[dict] = None
        self.parts: dict = {}
        self._steps, self._row, self._counters, self._out = max(1, steps), row, counters, out
        self._seen = 0

    def __enter__(self) -> "Watch":
        self.begin()
        return self

    def __exit__(self, *_: Any) -> None:
        pass

    def begin(self) -> None:
        rank = self.estimate.ranks[0]
        self._out(
            f"headroom: predicted peak {rank.total / _GIB:.2f} GiB (measured runs lie in {rank.low / _GIB:.2f} to "
            f"{rank.high / _GIB:.2f}), at the moment “{rank.peak_moment}”"
        )
        for left in self.estimate.unmodelled:
            self._out(f"headroom: not modelled: {left}")

    def step(self, model: Any = None, optimizer: Any = None) -> None:
        """Call after each optimizer step, before gradients are dropped where they are to be counted."""
        self._seen += 1
        if model is not None and self._seen <= self._steps:
            for key, value in parts_of(model, optimizer).items():
                self.parts[key] = max(self.parts.get(key, 0), value)
        if self._seen == self._steps:
            self._compare()

    def _predicted(self) -> dict:
        components = self.estimate.components
        runtime, cached = components.get("runtime", 0), components.get("fragmentation", 0)
        total = self.estimate.total
        return {"allocated": total - runtime - cached, "reserved": total - runtime, "device": total}

    def _compare(self) -> None:
        self.measured = self._counters()
        if self.measured is None:
            self._out("headroom: no CUDA device here, nothing to compare with")
            return
        predicted = self._predicted()
        for name in ("allocated", "reserved", "device"):
            if self.measured.get(name):
                self._line(name, predicted[name], self.measured[name])
        components = self.estimate.components
        for name, value in self.parts.items():
            if value or components.get(name):
                self._line("  " + name, components.get(name, 0), value)
        counted = sum(self.parts.values())
        if counted and self.measured.get("allocated", 0) > counted:
            known = sum(components.get(name, 0) for name in self.parts)
            self._line("  the rest", predicted["allocated"] - known, self.measured["allocated"] - counted)
        if self._row:
            self.write(self._row)

    def _line(self, name: str, predicted: int, measured: int) -> None:
        apart = f", {100 * (predicted / measured - 1):+.1f} %" if measured else ""
        self._out(f"headroom: {name}: predicted {predicted / _GIB:.3f}, measured {measured / _GIB:.3f} GiB{apart}")

    def row(self) -> dict:
        """The run as a measured row (schema headroom-measured/1) without what names a person, a path or a machine."""
        scenario = self.estimate.scenario.to_dict()
        for private in ("headroom", "name", "model", "resolved_model", "draft", "resolved_draft_model", "calibration"):
            scenario.pop(private, None)
        figures = [{"figure": k, "bytes": int(v)} for k, v in (self.measured or {}).items() if v]
        return {
            "id": "own",
            "model": "own",
            "scenario": scenario,
            "figures": figures,
            "source": "a run of one's own, by headroom.callback",
            "quality": "B",
        }

    def write(self, path: str) -> None:
        """Adds the row to a file of them, which is never left half written."""
        data = {"schema": "headroom-measured/1", "configs": {}, "rows": []}
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                data = json.load(file)
        number = len(data["rows"]) + 1
        row = self.row()
        row["id"] = f"own-{number}"
        document = self.estimate.scenario.to_dict()
        model = document.get("model")
        if isinstance(model, str):
            row["model"] = model
        else:
            resolved = document.get("resolved_model") or {}
            config = (model or {}).get("config") or resolved.get("config") or resolved
            row["model"] = f"own-{number}"
            kept = {k: v for k, v in config.items() if k not in ("_name_or_path", "name_or_path", "name")}
            data.setdefault("configs", {})[row["model"]] = kept
        data["rows"].append(row)
        folder = os.path.dirname(os.path.abspath(path))
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".headroom-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(data, file, indent=1)
                file.write("\n")
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise


def watch(what: Any = None, args: Any = None, /, **options: Any) -> Watch:
    """A Watch for a loop of one's own: `with watch(…) as memory: … memory.step(model, optimizer)`."""
    return Watch(what, args, **options)


class MemoryCallback(Watch):
    """For trainers that call on_train_begin and on_step_end (Transformers, TRL) or Lightning's hooks. Every other event
    of theirs is answered with nothing."""

    def on_train_begin(self, *_: Any, **__: Any) -> None:
        self.begin()

    # Transformers calls it between clipping and the step, when gradients and last step's states are both there.
    def on_pre_optimizer_step(self, args: Any = None, state: Any = None, control: Any = None, **kw: Any) -> None:
        if self._seen < self._steps and kw.get("model") is not None:
            for key, value in parts_of(kw["model"], kw.get("optimizer")).items():
                self.parts[key] = max(self.parts.get(key, 0), value)

    def on_step_end(self, args: Any = None, state: Any = None, control: Any = None, **kw: Any) -> None:
        self.step(kw.get("model"), kw.get("optimizer"))

    # Lightning
    def on_train_start(self, trainer: Any, module: Any) -> None:
        self.begin()

    def on_train_batch_end(self, trainer: Any, module: Any, *_: Any, **__: Any) -> None:
        optimizers = getattr(trainer, "optimizers", None) or [None]
        self.step(module, optimizers[0])

    def __getattr__(self, name: str) -> Any:
        if name.startswith(("on_", "setup", "teardown", "state_dict", "load_state_dict")):
            return lambda *_, **__: None
        raise AttributeError(name)
