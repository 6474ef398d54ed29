"""How large a short document is set: one page or two are read, and only in letters that can be.

The usual size is 10 points, a density of 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

_STRAY = 0.14  # of a page: less than that on the last page looks left over
_LEADING = 14.5  # points from line to line of the text at a density of 1


@dataclass(frozen=True, slots=True)
class Sizes:
    """The densities that a document may be set at, largest first.

    ``alone`` is the least at which one page is better than two of larger letters; the smaller ones
    only spare a page that would hold a few lines. ``pages`` are the most that are read.
    """

    densities: tuple[float, ...]
    alone: float
    pages: int = 2


@dataclass(frozen=True, slots=True)
class Built:
    """A PDF, its pages, and how much of the last is filled: from 0 to 1, and in points."""

    data: bytes
    pages: int
    filled: float = 1.0
    height: float = 0.0
    lines_over: int = 0

    @property
    def strays(self) -> bool:
        """Whether a few lines stand alone on the last page."""
        return self.pages > 1 and self.filled < _STRAY


def fitted(build: Callable[[float], Built], sizes: Sizes) -> Built:
    """Return a document as large as it reads well on the pages that it may take.

    One that takes more even at the smallest says by how many lines.
    """
    built = cache(build)
    if built(sizes.alone).pages == 1:
        alone = (size for size in sizes.densities if size >= sizes.alone)
        return next(built(size) for size in alone if built(size).pages == 1)
    fits = [size for size in sizes.densities if built(size).pages <= sizes.pages]
    return next((built(size) for size in fits if not built(size).strays), None) or (
        built(fits[0]) if fits else _too_long(built(sizes.densities[-1]), sizes)
    )


def _too_long(built: Built, sizes: Sizes) -> Built:
    page = built.height / built.filled if built.filled else built.height
    over = (built.pages - sizes.pages - 1) * page + built.height
    lines = max(1, round(over / (_LEADING * sizes.densities[-1])))
    return Built(built.data, built.pages, built.filled, built.height, lines)
