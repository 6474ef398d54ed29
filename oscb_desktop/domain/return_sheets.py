"""What other systems ask to be keyed of a review: their fields, in their order."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from oscb_desktop.errors import UserError
from oscb_desktop.paths import resource

COUNT, LIST = "count", "list"
"""Fields that are none of a record: how many there are, and what they are called."""


@dataclass(frozen=True, slots=True)
class ReturnField:
    """A field of such a system: its label, and of which kind of record which field fills it."""

    label: str
    of: str
    field: str


@dataclass(frozen=True, slots=True)
class ReturnPart:
    """Fields that stand together."""

    title: str
    fields: tuple[ReturnField, ...]


@dataclass(frozen=True, slots=True)
class ReturnSheet:
    """A system that is keyed into; ``name`` is how it is asked for."""

    name: str
    label: str
    parts: tuple[ReturnPart, ...]


@cache
def return_sheets() -> tuple[ReturnSheet, ...]:
    """Return every system, in the order of the resource."""
    table = tomllib.loads(resource("return_sheets.toml").read_text("utf-8"))
    return tuple(
        ReturnSheet(
            name,
            entry["label"],
            tuple(
                ReturnPart(
                    part["title"], tuple(ReturnField(**declared) for declared in part["fields"])
                )
                for part in entry["part"]
            ),
        )
        for name, entry in table.items()
    )


def return_sheet(typed: str) -> ReturnSheet:
    """Return a system by its name or label; raises ``UserError`` for one that there is not."""
    wanted = " ".join(typed.split()).casefold()
    for sheet in return_sheets():
        if wanted in (sheet.name, sheet.name.replace("_", "-"), sheet.label.casefold()):
            return sheet
    there = " or ".join(sheet.name for sheet in return_sheets())
    raise UserError(f"There is a return sheet for {there}. Choose one of them.")
