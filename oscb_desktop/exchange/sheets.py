"""A workbook or data file as plain rows: what was read, where, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import TypeAlias

from oscb_desktop.domain.fields.field import Field, RecordKind
from oscb_desktop.domain.fields.registry import RECORD_KINDS, TYPED_KINDS, record_kind

Content: TypeAlias = str | int | float | date | time | timedelta | tuple[str, ...]
"""What a cell can hold; a tuple is a list of a data file, of codes or of references."""

HEADING_ROW = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where it stands, and what would be accepted instead.

    ``row`` is 0 for a whole sheet and ``column`` empty for a whole row; a column is a letter of the
    workbook or a key of the data file.
    """

    sheet: str
    row: int
    column: str
    sentence: str

    def words(self) -> str:
        """Return the fault as one line."""
        where = [f"Sheet “{self.sheet}”"]
        if self.row:
            where.append(f"row {self.row}")
        if self.column:
            where.append(f"column {self.column}")
        return f"{', '.join(where)}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell; ``problem`` is a sentence where what it holds cannot be taken at all."""

    content: Content = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds anything: its number as the person sees it and its cells by field name."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one kind of record, and the column in which each field stands."""

    title: str
    kind: RecordKind
    columns: Mapping[str, str]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A whole file that was read: one sheet a kind of record, and what is wrong with its build."""

    name: str
    sheets: tuple[Sheet, ...] = ()
    faults: tuple[Fault, ...] = field(default=())

    def in_order(self) -> tuple[Sheet, ...]:
        """Return the sheets with owners before what they own."""
        order = {name: place for place, name in enumerate(RECORD_KINDS)}
        return tuple(sorted(self.sheets, key=lambda sheet: order[sheet.kind.name]))


def plain_heading(heading: str) -> str:
    """Return a heading or title as it is compared: one spacing, no capitals, no mark of need."""
    return " ".join(heading.split()).casefold().removesuffix("*").rstrip()


def kind_titled(title: str) -> RecordKind | None:
    """Return the kind of record that a sheet of this title holds, by its plural, label or name."""
    wanted = plain_heading(title)
    for kind in TYPED_KINDS:
        if wanted in (plain_heading(kind.plural), plain_heading(kind.label), kind.name):
            return kind
    return None


def columns_of(kind: RecordKind) -> tuple[Field, ...]:
    """Return the fields that a sheet has columns for.

    What only an act can make, such as an attached file, has no sheet, and so no column names it.
    """
    return tuple(
        declared
        for declared in kind.fields
        if not (declared.is_link and record_kind(declared.to).made_by_act)
    )


def field_headed(kind: RecordKind, heading: str) -> Field | None:
    """Return the field that a column of this heading holds, by its label or its name."""
    wanted = plain_heading(heading)
    for declared in columns_of(kind):
        if wanted in (plain_heading(declared.label), declared.name):
            return declared
    return None


def needed(kind: RecordKind, declared: Field) -> bool:
    """Whether a row must fill a field: the key, so that the row finds its record again, and more.

    A required field with a default need not be filled.
    """
    return declared.name in kind.key or (declared.required and not declared.default)


def listed(words: list[str]) -> str:
    """Return words in quotation marks, as they stand in a sentence."""
    return ", ".join(f"“{word}”" for word in words)
