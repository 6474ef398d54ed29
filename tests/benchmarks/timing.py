"""Taking the median of several runs, after one that is not counted."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table: our median and the bare library's, in milliseconds."""

    what: str
    ours: float
    bare: float
    than: str

    @property
    def ratio(self) -> float:
        """Return how many times as long as the bare library it takes."""
        return self.ours / self.bare


def median(work: Callable[[], object], runs: int = 7) -> float:
    """Return the median time of a piece of work in milliseconds."""
    work()
    times = []
    for _ in range(runs):
        before = time.perf_counter()
        work()
        times.append((time.perf_counter() - before) * 1000)
    return statistics.median(times)
