"""The tables of the annual report as a workbook, each count with the records behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from oscb_desktop.domain.documents import CountedTable, Money, Value
from oscb_desktop.exchange.cells import LONGEST_CELL, escaped

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_CONTENTS, _COUNTED = "Contents", "Records counted"
_LONGEST_NAME = 31  # of a sheet, Excel's own limit
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_WIDEST, _NARROWEST = 60, 10
_HEAD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_DAY = "d mmm yyyy"
_NUMBERS = ("#,##0", "#,##0.0#")
_POUNDS = ("£#,##0", "£#,##0.00")
_Row = Sequence[Value]


def annual_workbook(title: str, note: str, tables: Sequence[CountedTable]) -> bytes:
    """Return a workbook of every table, a sheet each, and of every count with its references.

    No cell is ever a formula, whatever it begins with.
    """
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = _CONTENTS
    names = _names([table.title for table in tables])
    sheets = zip(names, (table.title for table in tables), strict=True)
    listed: list[_Row] = [(title,), (note,), ("Sheet", "Table"), *sheets]
    _fill(first, [row for row in listed if any(row)])
    for name, table in zip(names, tables, strict=True):
        sheet = book.create_sheet(name)
        _fill(sheet, [table.headings, *table.rows, *((note,) for note in table.notes)])
        sheet.freeze_panes = "B2"
    counted = [entry for table in tables for entry in _counted(table)]
    if counted:
        heads = ("Table", "Line", "Column", "How many", "Records")
        _fill(book.create_sheet(_COUNTED), [heads, *counted])
    book.properties.title = escaped(title)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _counted(table: CountedTable) -> Iterable[_Row]:
    for line, column, references in table.counted:
        yield (table.title, line, column, len(references), ", ".join(references))


def _names(titles: Iterable[str]) -> list[str]:
    """Return a name for each sheet: allowed, short enough, and no two alike."""
    names: list[str] = []
    for title in titles:
        plain = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip("'") or "Table"
        name, number = plain[:_LONGEST_NAME].rstrip(), 2
        while name.casefold() in {_CONTENTS.casefold(), *map(str.casefold, names)}:
            mark = f" {number}"
            name, number = plain[: _LONGEST_NAME - len(mark)].rstrip() + mark, number + 1
        names.append(name)
    return names


def _fill(sheet: Worksheet, rows: Sequence[_Row]) -> None:
    widths: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):  # the first is the head
        for column, said in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            _put(cell, said)
            cell.alignment = _WRAPPED
            if number == 1:
                cell.font = _HEAD
            wide = len(said) if isinstance(said, str) else _NARROWEST
            widths[column] = max(widths.get(column, _NARROWEST), wide + 2)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(width, _WIDEST)


def _put(cell: Cell | MergedCell, said: Value) -> None:
    """Put a number, a sum or a day in a cell as what it is, so that it can be added and sorted."""
    if isinstance(said, str):
        cell.value = escaped(said)[:LONGEST_CELL]
        cell.data_type = "s"  # what begins with = is no formula
    elif isinstance(said, date):
        cell.value, cell.number_format = said, _DAY
    else:
        number = said.pounds if isinstance(said, Money) else said
        formats = _POUNDS if isinstance(said, Money) else _NUMBERS
        cell.value = number
        cell.number_format = formats[0 if number == int(number) else 1]
