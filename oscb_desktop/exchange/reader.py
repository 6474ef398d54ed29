"""Records from a workbook: one sheet a kind of record, its headings the labels of the fields."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import WorkSheetParser

from oscb_desktop.domain.fields.field import Field, RecordKind
from oscb_desktop.domain.fields.registry import TYPED_KINDS
from oscb_desktop.errors import UserError
from oscb_desktop.exchange.cells import plain_text
from oscb_desktop.exchange.package import damaged, safe_package
from oscb_desktop.exchange.sheets import (
    HEADING_ROW,
    Cell,
    Fault,
    Row,
    Sheet,
    Source,
    columns_of,
    field_headed,
    kind_titled,
    listed,
    needed,
    plain_heading,
)
from oscb_desktop.exchange.toml_reader import read_toml

MOST_ROWS = 100_000
README, LISTS = "Read me", "Lists"

_FORMULA = "This is a formula. Replace it by its value: copy the cell and paste it as a value."
_ERROR = "This cell holds an error of the spreadsheet. Type what belongs there."


@dataclass(slots=True)
class Grid:
    """One sheet as it lies: each row that holds anything, and the ranges of merged cells."""

    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)


def read_source(path: Path) -> Source:
    """Read a workbook, or a data file ending in ``.toml``, into plain rows.

    Raises ``UserError`` when it is not such a file at all; what is wrong with its sheets and
    headings are the faults of the source.
    """
    return read_toml(path) if path.suffix.casefold() == ".toml" else read_workbook(path)


def read_workbook(path: Path) -> Source:
    """Read the sheets of a workbook that hold records; formulas are never evaluated.

    Raises ``UserError`` for a file that is no workbook, is damaged, too large, or of another kind.
    """
    package = safe_package(path)
    faults: list[Fault] = []
    sheets: dict[str, Sheet] = {}
    room = MOST_ROWS
    with told_as_damage(path.name):
        book = _book(package, path.name)
        strangers = []
        for worksheet in book.worksheets:
            kind = kind_titled(worksheet.title)
            if kind is None:
                strangers += _stranger(worksheet)
                continue
            grid = grid_of(path.name, worksheet, room)
            room -= len(grid.rows)
            if kind.name in sheets:
                faults.append(Fault(worksheet.title, 0, "", f"There is a second “{kind.plural}”."))
            else:
                sheets[kind.name] = _sheet(worksheet.title, kind, grid, faults)
    if not sheets:
        raise UserError(
            f"{path.name} is a workbook of another kind: none of its sheets is one of ours, "
            "such as “Reviews” or “Actions”. Start from the blank workbook."
        )
    return Source(path.name, tuple(sheets.values()), (*_strange_faults(strangers), *faults))


def _book(package: BytesIO, name: str) -> Workbook:
    """Open a workbook of which every sheet is there: openpyxl leaves out those it does not find."""
    reader = ExcelReader(package, read_only=True, keep_links=False)
    reader.read()
    if len(reader.wb.sheetnames) != len(reader.parser.sheets):
        raise damaged(name)
    return reader.wb


@contextmanager
def told_as_damage(name: str) -> Iterator[None]:
    """Tell whatever a hostile or broken workbook makes the parser do as one sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that we do not read, such as extensions
            yield
    except UserError:
        raise
    except Exception as problem:
        raise damaged(name) from problem


def _stranger(worksheet: Any) -> list[str]:
    ours = (plain_heading(README), plain_heading(LISTS))
    if plain_heading(worksheet.title) in ours:
        return []
    for _, cells in _parser(worksheet).parse():
        if any(cell["value"] is not None for cell in cells):
            return [worksheet.title]
    return []


def _strange_faults(titles: list[str]) -> list[Fault]:
    accepted = listed([kind.plural for kind in TYPED_KINDS])
    sentence = f"No sheet of this name is read. Remove it, or name it as one of: {accepted}."
    return [Fault(title, 0, "", sentence) for title in titles]


def _parser(worksheet: Any) -> WorkSheetParser:
    """Return openpyxl's own parser of a sheet.

    Its public rows hide merged ranges, and fill every gap between rows and columns, which a
    hostile file makes endless.
    """
    book = worksheet.parent
    return WorkSheetParser(
        worksheet._get_source(),  # noqa: SLF001
        worksheet._shared_strings,  # noqa: SLF001
        epoch=book.epoch,
        date_formats=book._date_formats,  # noqa: SLF001
        timedelta_formats=book._timedelta_formats,  # noqa: SLF001
    )


def grid_of(name: str, worksheet: Any, room: int) -> Grid:
    """Return the filled cells of a sheet; raises ``UserError`` when its rows are more than room."""
    grid = Grid()
    parser = _parser(worksheet)
    for number, parsed in parser.parse():
        cells = {entry["column"]: cell for entry in parsed if (cell := _cell(entry)) is not None}
        if not cells:
            continue
        if len(grid.rows) >= room:
            raise UserError(
                f"{name} holds more than {MOST_ROWS:,} rows, which is more than is read at once. "
                f"Sheet “{worksheet.title}” reaches that number; divide the workbook."
            )
        grid.rows[number] = {**grid.rows.get(number, {}), **cells}
    merged = parser.merged_cells
    grid.merged = [entry.ref for entry in merged.mergeCell] if merged else []
    return grid


def _cell(entry: dict[str, Any]) -> Cell | None:
    value, data_type = entry["value"], entry["data_type"]
    if data_type == "f":
        return Cell(problem=_FORMULA)
    if data_type == "e":
        return Cell(problem=_ERROR)
    if isinstance(value, str):
        value = plain_text(value)
        return Cell(value) if value.strip() else None
    return None if value is None else Cell(value)


def _sheet(title: str, kind: RecordKind, grid: Grid, faults: list[Fault]) -> Sheet:
    faults += [_merged(title, reference) for reference in grid.merged]
    if not grid.rows:
        return Sheet(title, kind, {}, ())
    found = _headings(title, kind, grid.rows.get(HEADING_ROW, {}), faults)
    data = {number: cells for number, cells in grid.rows.items() if number > HEADING_ROW}
    headed = {*found, *grid.rows.get(HEADING_ROW, {})}
    faults += _without_heading(title, data, headed)
    rows = tuple(
        Row(number, {found[place].name: cell for place, cell in cells.items() if place in found})
        for number, cells in sorted(data.items())
    )
    columns = {declared.name: get_column_letter(place) for place, declared in found.items()}
    return Sheet(title, kind, columns, rows)


def _merged(title: str, reference: str) -> Fault:
    first = reference.partition(":")[0]
    letters, digits = first.rstrip("0123456789"), first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$")
    return Fault(
        title,
        int(digits) if digits.isdecimal() else 0,
        letters.strip("$"),
        f"The cells {reference} are merged. Unmerge them and fill in each row by itself.",
    )


def _headings(
    title: str, kind: RecordKind, cells: dict[int, Cell], faults: list[Fault]
) -> dict[int, Field]:
    """Return the field of each column; what cannot be matched is a fault."""
    found: dict[int, Field] = {}
    for place, cell in sorted(cells.items()):
        letter = get_column_letter(place)
        declared = None if cell.problem else field_headed(kind, str(cell.content))
        if declared is None:
            faults.append(Fault(title, HEADING_ROW, letter, _unknown_heading(kind, cell)))
        elif declared in found.values():
            sentence = f"There are two columns “{declared.label}”. Keep one."
            faults.append(Fault(title, HEADING_ROW, letter, sentence))
        else:
            found[place] = declared
    missing = [
        declared.label
        for declared in columns_of(kind)
        if needed(kind, declared) and declared not in found.values()
    ]
    if missing:
        sentence = f"Row {HEADING_ROW} lacks the heading {listed(missing)}. Add the column."
        faults.append(Fault(title, HEADING_ROW, "", sentence))
    return found


def _unknown_heading(kind: RecordKind, cell: Cell) -> str:
    accepted = listed([declared.label for declared in columns_of(kind)])
    shown = "A formula" if cell.problem else f"“{' '.join(str(cell.content).split())[:60]}”"
    return f"{shown} is not a heading of this sheet. Accepted are: {accepted}."


def _without_heading(
    title: str, data: dict[int, dict[int, Cell]], headed: set[int]
) -> Iterator[Fault]:
    told = set(headed)
    for number, cells in sorted(data.items()):
        for place in sorted(set(cells) - told):
            told.add(place)
            yield Fault(
                title,
                number,
                get_column_letter(place),
                f"This column has no heading in row {HEADING_ROW}, so what it holds would be lost.",
            )
