"""The area that the name of an authority, a partnership or an agency speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BEFORE = ("the", "royal", "london", "metropolitan", "county", "city", "borough", "of")
"""Words with which the name of an authority may begin before that of its area."""

_AFTER = (
    "safeguarding",
    "local",
    "partnership",
    "board",
    "council",
    "county",
    "city",
    "borough",
    "metropolitan",
    "district",
    "unitary",
    "authority",
    "social",
)
"""Words at which the name of the area has ended; so has it at any that begins with "child"."""


def is_of(authority: str, names: Iterable[str]) -> bool:
    """Whether an authority is that of the area of which one of these names speaks.

    A name may speak of several areas: Aldershire and Brookton Safeguarding Partnership.
    """
    wanted = _area(authority)
    return bool(wanted) and any(wanted in _areas(name) for name in names)


def _areas(name: str) -> set[str]:
    whole = " ".join(name.casefold().split())
    return {_area(part) for part in (whole, *re.split(r",|&| and ", whole))}


def _area(name: str) -> str:
    """Return a name in small letters, without what says of what sort the authority is."""
    words = re.findall(r"[\w'’.-]+", name.casefold())
    start = next((at for at, word in enumerate(words) if word not in _BEFORE), len(words))
    end = next((at for at in range(start, len(words)) if _is_after(words[at])), len(words))
    return " ".join(words[start:end])


def _is_after(word: str) -> bool:
    return word in _AFTER or word.startswith("child")
