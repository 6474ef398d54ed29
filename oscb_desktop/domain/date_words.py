"""How a date is written for a person, the same on every machine and in every language setting."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

# strftime would follow the machine's language; these never do.
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST_YEAR, LAST_YEAR = 1900, 2199

_LONGEST_QUOTE = 40
_LONGEST_TYPED = 240
_DASHES = str.maketrans(dict.fromkeys("–—‐‑−", "-"))  # word processors write these for a hyphen


def format_date(day: date) -> str:
    """Write a day as ``03 Jun 2022``."""
    return f"{day.day:02d} {format_month(day)}"


def format_month(day: date) -> str:
    """Write the month that a day lies in as ``Jun 2022``."""
    return f"{MONTH_NAMES[day.month - 1][:3]} {day.year:04d}"


def full_date(day: date) -> str:
    """Write a day as it stands in running text, ``3 June 2022``."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year:04d}"


def weekday_date(day: date) -> str:
    """Write a day with its weekday, ``Fri 03 Jun 2022``."""
    return f"{WEEKDAY_NAMES[day.weekday()][:3]} {format_date(day)}"


def plain(typed: str) -> str:
    """Return what somebody typed in lower case, with plain digits and dashes and single spaces."""
    text = unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED]).translate(_DASHES)
    return " ".join(text.casefold().split())


def quoted(text: str) -> str:
    """Put what somebody typed in quotation marks, shortened and without unprintable characters."""
    # Direction marks and line breaks would garble the sentence that the quotation stands in.
    shown = "".join(char if char.isprintable() else " " for char in text[:500])
    shown = " ".join(shown.split())
    if len(shown) > _LONGEST_QUOTE:
        shown = shown[: _LONGEST_QUOTE - 1] + "…"
    return f"“{shown}”"


def drifted(days: int) -> str:
    """Write by how much a day has moved, ``38 days later`` or ``4 days earlier``."""
    return f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def counted(number: int, noun: str) -> str:
    """Write a number with its noun, ``1 day`` or ``2 days``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(words: Iterable[str]) -> str:
    """Write words as they stand in a sentence, ``a, b and c``."""
    *first, last = tuple(words) or ("",)
    return f"{', '.join(first)} and {last}" if first else last
