"""An agency's sheet that came back: what it was made from, and what its rows say now."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from oscb_desktop.domain.date_words import format_date, quoted
from oscb_desktop.domain.fields.field import Field, FieldKind
from oscb_desktop.errors import UserError
from oscb_desktop.exchange.agency_columns import (
    ACTIONS,
    COLUMNS,
    FORMAT,
    LISTS,
    LOCKED,
    MADE_FROM,
    OPEN,
    README,
    MadeFrom,
    MadeRow,
    column_headed,
    mark_of,
    plain,
)
from oscb_desktop.exchange.cells import to_text
from oscb_desktop.exchange.package import safe_package
from oscb_desktop.exchange.reader import MOST_ROWS, Grid, grid_of, told_as_damage
from oscb_desktop.exchange.sheets import Cell, Fault, listed

_MACROS = "xl/vbaProject.bin"
_SEARCHED = 20
_MADE_ROWS = 8  # what stands above the actions in the hidden sheet, its headings included
_REFERENCE = LOCKED[0]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row that came back: its number, its reference, and its filled open cells by name."""

    number: int
    reference: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole sheet that came back.

    ``columns`` gives the letter of each column by name. ``faults`` name what could not be read and
    where; ``remarks`` are sentences that hold nothing up.
    """

    name: str
    digest: str
    made: MadeFrom
    columns: Mapping[str, str]
    rows: tuple[AnswerRow, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]


def read_answer(path: Path) -> Answer:
    """Read a sheet that came back; formulas and macros are never carried out.

    Raises ``UserError`` for a file that is no such sheet, is damaged, protected or far too large.
    """
    package = safe_package(path)
    digest = hashlib.sha256(package.getvalue()).hexdigest()
    with told_as_damage(path.name):
        with ZipFile(package) as parts:
            has_macros = _MACROS in parts.namelist()
        book = load_workbook(package, read_only=True, keep_links=False)
        grids: dict[str, Grid] = {}
        room = MOST_ROWS
        for worksheet in book.worksheets:
            if plain(worksheet.title) not in (README, LISTS):
                grids[plain(worksheet.title)] = grid_of(path.name, worksheet, room)
                room -= len(grids[plain(worksheet.title)].rows)
    try:
        made = _made_from(grids.pop(MADE_FROM))
    except (KeyError, ValueError) as problem:
        what = "gone" if MADE_FROM in str(problem) else "not as it was made"
        raise UserError(
            f"{path.name} does not say from which file it was made: its hidden sheet "
            f"“{MADE_FROM}” is {what}. Ask for the workbook that was sent, filled in and saved as "
            "an Excel workbook (.xlsx)."
        ) from problem
    title, grid = _actions(path.name, grids)
    return _Reading(path.name, title, grid, made).answer(digest, has_macros=has_macros)


def _made_from(grid: Grid) -> MadeFrom:
    """Return what a sheet was made from; raises ``ValueError`` where its mark does not fit it."""
    rows = {number: _words(cells) for number, cells in grid.rows.items()}
    head = {cells.get(1, ""): cells.get(2, "") for at, cells in rows.items() if at < _MADE_ROWS}
    below = [rows[number] for number in sorted(rows) if number > _MADE_ROWS]
    lines = [tuple(cells.get(column, "") for column in range(1, 7)) for cells in below]
    mark = mark_of(head.get("Nonce", ""), head.get("File", ""), head.get("Agency", ""), lines)
    if head.get("Format") != FORMAT or head.get("Sheet") != mark:
        raise ValueError("the mark does not fit")
    return MadeFrom(
        head["File"],
        head["Agency"],
        head.get("Reference", ""),
        date.fromisoformat(head["Made on"]),
        mark,
        {line[0]: _made_row(line) for line in lines},
    )


def _made_row(line: tuple[str, ...]) -> MadeRow:
    _, version, due_on, delivery, outcome, checksums = line
    marks = zip((column.name for column in LOCKED), checksums.split(), strict=True)
    return MadeRow(
        int(version),
        date.fromisoformat(due_on) if due_on else None,
        delivery,
        outcome,
        dict(marks),
    )


def _words(cells: Mapping[int, Cell]) -> dict[int, str]:
    return {place: str(cell.content) for place, cell in cells.items()}


def _actions(name: str, grids: Mapping[str, Grid]) -> tuple[str, Grid]:
    """Return the sheet with the actions, under another title too."""
    ordered = sorted(grids, key=lambda title: title != ACTIONS)
    for title in ordered:
        if _heading_row(grids[title]):
            return title, grids[title]
    raise UserError(
        f"{name} has no sheet with the heading “{_REFERENCE.label}”, so its rows cannot be told "
        "apart. Put the headings back as they were sent."
    )


def _heading_row(grid: Grid) -> int:
    for number in sorted(grid.rows)[:_SEARCHED]:
        found = [_headed(cell) for cell in grid.rows[number].values()]
        if _REFERENCE in found and len([one for one in found if one]) > 1:
            return number
    return 0


def _headed(cell: Cell) -> Field | None:
    return None if cell.problem else column_headed(str(cell.content))


class _Reading:
    """One sheet while it is read."""

    def __init__(self, name: str, title: str, grid: Grid, made: MadeFrom) -> None:
        self.name = name
        self.title = title
        self.grid = grid
        self.made = made
        self.faults: list[Fault] = []
        self.top = _heading_row(grid)
        self.places: dict[int, Field] = {}

    def answer(self, digest: str, *, has_macros: bool) -> Answer:
        """Return what was read."""
        self._read_headings()
        self._tell_merged()
        rows = tuple(self._rows())
        remarks = [self._gone(rows)] if self._missing(rows) else []
        if has_macros:
            remarks.append(f"{self.name} holds macros. They were not run; only values were read.")
        columns = {field.name: get_column_letter(at) for at, field in self.places.items()}
        return Answer(
            self.name, digest, self.made, columns, rows, tuple(self.faults), tuple(remarks)
        )

    def _read_headings(self) -> None:
        for place, cell in sorted(self.grid.rows[self.top].items()):
            field = _headed(cell)
            if field is None:
                self._tell_strange(place, cell)
            elif field in self.places.values():
                self._fault(self.top, place, f"There are two columns “{field.label}”. Keep one.")
            else:
                self.places[place] = field
        there = self.places.values()
        missing = [field.label for field in COLUMNS if field not in there]
        if missing:
            sentence = f"The heading {listed(missing)} is gone, so nothing is read of it."
            self._fault(self.top, 0, sentence)
        self._tell_headless()

    def _tell_strange(self, place: int, cell: Cell) -> None:
        shown = "A formula" if cell.problem else quoted(str(cell.content))
        self._fault(
            self.top,
            place,
            f"{shown} is none of the headings that were sent, so this column is not read.",
        )

    def _tell_headless(self) -> None:
        told = set(self.grid.rows[self.top])
        for number, cells in self._below():
            for place in sorted(set(cells) - told):
                told.add(place)
                self._fault(number, place, "This column has no heading, so it is not read.")

    def _tell_merged(self) -> None:
        for reference in self.grid.merged:
            sentence = f"The cells {reference} are merged; only the first of them is read."
            self.faults.append(Fault(self.title, 0, "", sentence))

    def _rows(self) -> Iterator[AnswerRow]:
        place = next(at for at, field in self.places.items() if field is _REFERENCE)
        below = list(self._below())
        counts = Counter(_reference(cells.get(place)) for _, cells in below)
        for number, cells in below:
            reference = _reference(cells.get(place))
            filled = {
                self.places[at].name: cell
                for at, cell in cells.items()
                if at in self.places and self.places[at] in OPEN
            }
            if not reference:
                if set(cells) & set(self.places):
                    self._fault(number, place, self._lost(cells, "has no reference"))
            elif counts[reference] > 1:
                self._fault(number, place, f"{reference} stands in several rows; none is read.")
            elif reference not in self.made.rows:
                self._fault(
                    number,
                    place,
                    self._lost(cells, f"{quoted(reference)} is no action of this sheet"),
                )
            else:
                self._tell_edited(number, reference, cells)
                yield AnswerRow(number, reference, filled)

    def _lost(self, cells: Mapping[int, Cell], what: str) -> str:
        """Say why a row is not read, and which action it was where its other cells tell."""
        words = {self.places[at].name: cell for at, cell in cells.items() if at in self.places}
        text = _said(words.get("text"))
        known = [ref for ref, row in self.made.rows.items() if row.is_as_made("text", text)]
        begun = "This row" if what.startswith("has") else ""
        sentence = f"{begun} {what}, so the row is not read.".strip()
        if len(known) == 1:
            return f"{sentence} By its text it was {known[0]}: put that back."
        return sentence

    def _tell_edited(self, number: int, reference: str, cells: Mapping[int, Cell]) -> None:
        made = self.made.rows[reference]
        for place, field in self.places.items():
            if field not in LOCKED or field is _REFERENCE:
                continue
            if not made.is_as_made(field.name, _said(cells.get(place))):
                self._fault(
                    number,
                    place,
                    f"“{field.label}” of {reference} was changed in the sheet. It is not read "
                    "back: what the file holds stands.",
                )

    def _missing(self, rows: tuple[AnswerRow, ...]) -> list[str]:
        there = {row.reference for row in rows}
        return [reference for reference in self.made.rows if reference not in there]

    def _gone(self, rows: tuple[AnswerRow, ...]) -> str:
        missing = self._missing(rows)
        shown = ", ".join(missing[:10]) + (" and others" if len(missing) > 10 else "")
        return f"{self.name} has no row that could be read for {shown}: nothing changes there."

    def _below(self) -> list[tuple[int, dict[int, Cell]]]:
        return [(at, cells) for at, cells in sorted(self.grid.rows.items()) if at > self.top]

    def _fault(self, row: int, place: int, sentence: str) -> None:
        column = get_column_letter(place) if place else ""
        self.faults.append(Fault(self.title, row, column, sentence))


def _reference(cell: Cell | None) -> str:
    return plain(_said(cell))


def _said(cell: Cell | None) -> str:
    """Return what a locked cell says; a day that a program made of its text says the same."""
    if cell is None or cell.problem:
        return ""
    if isinstance(cell.content, date):
        return format_date(cell.content)
    if isinstance(cell.content, time | timedelta):
        return str(cell.content)
    field = Field("cell", "Cell", FieldKind.LONG_TEXT)
    return to_text(field, cell)
