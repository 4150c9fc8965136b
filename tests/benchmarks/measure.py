"""Measuring, and printing what was measured as JSON: each figure beside its floor of the same run."""

from __future__ import annotations

import json
import platform
import statistics
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def worked(what: Callable[[], Any]) -> tuple[float, float]:
    """How long something took, in milliseconds: by the clock, and of this thread's processor alone."""
    began, work = time.perf_counter(), time.thread_time()
    what()
    return (time.perf_counter() - began) * 1000, (time.thread_time() - work) * 1000


def timed(what: Callable[[], Any]) -> float:
    """How long something took, in milliseconds."""
    began = time.perf_counter()
    what()
    return (time.perf_counter() - began) * 1000


def median(times: Iterable[float]) -> float:
    """The middle one, in milliseconds with two places."""
    return round(statistics.median(times), 2)


def figure(name: str, ms: float, limit: float, floor: float, **more: Any) -> dict[str, Any]:
    """One measured figure beside what it may cost and what the bare minimum cost in the same run."""
    held = {"figure": name, "ms": round(ms, 2), "limit_ms": round(limit, 2), "passes": bool(ms <= limit)}
    return {**held, "floor_ms": round(floor, 2), "times_floor": round(ms / floor, 2) if floor else None, **more}


def figure_of(
    name: str, times: Iterable[tuple[float, float]], limit: float, floor: float, **more: Any
) -> dict[str, Any]:
    """The same from pairs of `worked`: judged by the clock; the processor's share tells a busy machine apart."""
    walls, works = zip(*times, strict=True)
    return figure(name, median(walls), limit, floor, processor_ms=median(works), **more)


def show(benchmark: str, figures: list[dict[str, Any]], **more: Any) -> int:
    """Print all of it; the exit code is 0 when every figure keeps its limit."""
    passes = all(each["passes"] for each in figures)
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    told = {"benchmark": benchmark, "machine": machine, "passes": passes, "figures": figures, **more}
    print(json.dumps(told, indent=1, ensure_ascii=False))
    return 0 if passes else 1
