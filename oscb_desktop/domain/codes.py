"""The code lists: short stable codes with the words that people see, from ``resources/codes``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from oscb_desktop.paths import resource


@dataclass(frozen=True, slots=True)
class Code:
    """One entry: the code as stored, its label, the group heading it stands under.

    ``short`` is an abbreviation where the field has one, such as RR for a rapid review, which also
    starts the references of that kind. ``brief`` are fewer words for a narrow column, where the
    label has too many.
    """

    code: str
    label: str
    group: str = ""
    short: str = ""
    brief: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """One list of codes in the order in which they are offered."""

    name: str
    label: str
    source: str
    codes: tuple[Code, ...]

    def label_of(self, code: str) -> str:
        """Return the words for a code; a code of an older list is shown as it is."""
        return next((entry.label for entry in self.codes if entry.code == code), code)

    def brief_of(self, code: str) -> str:
        """Return the words for a code in a narrow column."""
        return next((entry.brief for entry in self.codes if entry.code == code), "") or (
            self.label_of(code)
        )

    def find(self, typed: str) -> Code | None:
        """Return the entry whose code, label or abbreviation was typed, whatever the capitals."""
        wanted = " ".join(typed.split()).casefold()
        for entry in self.codes:
            if wanted and wanted in map(str.casefold, (entry.code, entry.label, entry.short)):
                return entry
        return None

    def in_order(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Return the codes without repeats, in the order of the list."""
        order = {entry.code: place for place, entry in enumerate(self.codes)}
        return tuple(sorted(set(codes), key=lambda code: (order.get(code, len(order)), code)))


@cache
def code_lists() -> dict[str, CodeList]:
    """Return all code lists by name, read once."""
    found: dict[str, CodeList] = {}
    for path in sorted(resource("codes").glob("*.toml")):
        for name, table in tomllib.loads(path.read_text("utf-8")).items():
            entries = tuple(Code(**entry) for entry in table["codes"])
            found[name] = CodeList(name, table["label"], table.get("source", ""), entries)
    return found


def code_list(name: str) -> CodeList:
    """Return the code list of that name; raises ``KeyError`` for a name that is none."""
    return code_lists()[name]


def label_of(name: str, code: str) -> str:
    """Return the words for a code of the named list."""
    return code_list(name).label_of(code)
