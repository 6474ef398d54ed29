"""References such as RR-2021-03: the next one, and the order in which people expect them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGITS = re.compile(r"(\d+)", re.ASCII)


def next_reference(prefix: str, year: int | None, taken: Iterable[str]) -> str:
    """Return the reference after the highest one taken: ``RR-2021-03``, or ``AG-004`` with no year.

    A number once given is never given again while a later one stands, so a gap is left a gap.
    """
    stem = f"{prefix}-" if year is None else f"{prefix}-{year:04d}-"
    numbered = re.compile(re.escape(stem) + r"(\d{1,9})", re.ASCII | re.IGNORECASE)
    matches = (numbered.fullmatch(reference.strip()) for reference in taken)
    highest = max((int(match[1]) for match in matches if match), default=0)
    return f"{stem}{highest + 1:0{3 if year is None else 2}d}"


@lru_cache(maxsize=50_000)  # a file of twenty years has no more, and sorts them again and again
def sort_key(reference: str) -> tuple[tuple[int, int, str], ...]:
    """Return the key that sorts numbers by size and words without regard to case."""
    parts = enumerate(_DIGITS.split(reference.strip()))  # words and digits by turns
    return tuple(
        _number(part) if place % 2 else (1, 0, part.casefold()) for place, part in parts if part
    )


def _number(digits: str) -> tuple[int, int, str]:
    # By length and then by digit is by size, without reading a number of any length.
    significant = digits.lstrip("0")
    return 0, len(significant), significant
