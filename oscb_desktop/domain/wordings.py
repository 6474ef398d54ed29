"""Wordings with placeholders, as a partnership words its statements and letters."""

from __future__ import annotations

import re
from collections.abc import Mapping

from oscb_desktop.domain.date_words import quoted

PLACEHOLDERS = (
    "known_as",
    "organisation",
    "subgroup",
    "review_kind",
    "published_on",
    "planned_on",
    "report_address",
    "press_contact",
    "contact",
)
"""What a wording may ask for, each in braces."""

_PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")


def unknown_placeholder(wording: str) -> str:
    """Return a sentence that names what a wording asks for in vain, or nothing."""
    names = (found[1] for found in _PLACEHOLDER.finditer(wording))
    odd = next((name for name in names if name.lower() not in PLACEHOLDERS), "")
    if not odd:
        return ""
    offered = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    return f"There is no {quoted(f'{{{odd}}}')} to fill in. There are: {offered}."


def worded(wording: str, said: Mapping[str, str]) -> tuple[str, ...]:
    """Return the lines of a wording, filled in; a line that asks for what is not said is left out.

    ``said`` holds every name of ``PLACEHOLDERS``, empty where nothing is recorded. What is filled
    in is not searched for placeholders again.
    """
    lines = []
    for line in wording.splitlines():
        asked = [found[1].lower() for found in _PLACEHOLDER.finditer(line)]
        if line.strip() and all(said[name].strip() for name in asked):
            lines.append(_PLACEHOLDER.sub(lambda found: said[found[1].lower()], line).strip())
    return tuple(lines)
