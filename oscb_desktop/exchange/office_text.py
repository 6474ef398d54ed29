"""The words of a finished workbook or Word file: every part of it, whatever no page of it shows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from xml.etree import ElementTree

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.errors import UserError

_NO_OFFICE = "This file cannot be read as a workbook or a Word file, so it was not checked."
_WHOLE = frozenset({"p", "si", "is"})
"""Elements whose text is one run of words, however it is cut up within."""

_BREAKS = frozenset({"tab", "br", "cr"})
_SAID = frozenset({"descr", "title", "Target", "tooltip", "prompt", "promptTitle", "error"})
"""Attributes that hold words: a picture's alternative text, a link, a cell's message."""

_NO_WORDS = ("styles.xml", "theme1.xml", "fontTable.xml", "settings.xml", "[Content_Types].xml")
"""Parts that hold the names of styles and typefaces alone, some of which people bear too."""


_AROUND = ("docProps/", "word/header", "word/footer")
"""Parts that stand around the words on every page, or that tell of the file."""

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class OfficePart:
    """A part of a file: its name, its lines, its tables, and whether it stands around the words."""

    name: str
    lines: tuple[str, ...]
    tables: tuple[Rows, ...] = ()
    around: bool = False


def parts(data: bytes) -> tuple[OfficePart, ...]:
    """Return each part of a file that holds words, the sheets of a workbook as tables of their own.

    Raises ``UserError`` for what is neither a workbook nor a Word file.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
            told = [
                _part(name, ElementTree.fromstring(package.read(name)))
                for name in names
                if not name.endswith(_NO_WORDS)
            ]
        sheets = _sheets(data) if "xl/workbook.xml" in names else ()
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError) as problem:
        raise UserError(_NO_OFFICE) from problem
    return tuple(part for part in (*told, *sheets) if part.lines or part.tables)


def _part(name: str, root: ElementTree.Element) -> OfficePart:
    tables = (_table(one) for one in root.iter() if _local(one.tag) == "tbl")
    return OfficePart(name, tuple(_lines(root)), tuple(tables), name.startswith(_AROUND))


def _table(table: ElementTree.Element) -> Rows:
    """Return the rows of a table of a Word file, each cell's paragraphs joined."""
    return tuple(
        tuple(
            " ".join(filter(None, (_run(one).strip() for one in cell.iter() if _is_run(one))))
            for cell in row
            if _local(cell.tag) == "tc"
        )
        for row in table
        if _local(row.tag) == "tr"
    )


def _sheets(data: bytes) -> tuple[OfficePart, ...]:
    """Return each sheet of a workbook as a table; its days, which a cell holds as numbers, told."""
    from openpyxl import load_workbook  # slow to import

    found = []
    for sheet in load_workbook(BytesIO(data), data_only=True).worksheets:
        rows = tuple(tuple(map(_shown, row)) for row in sheet.iter_rows(values_only=True))
        days = (
            _shown(cell)
            for row in sheet.iter_rows(values_only=True)
            for cell in row
            if isinstance(cell, date)
        )
        if rows:
            found.append(OfficePart(f"Sheet {sheet.title}", tuple(days), (rows,)))
    return tuple(found)


def _shown(cell: object) -> str:
    if isinstance(cell, date):
        return format_date(cell.date() if isinstance(cell, datetime) else cell)
    return "" if cell is None else str(cell)


def _lines(root: ElementTree.Element) -> Iterator[str]:
    """Yield the words of a part, a run of words a line, and after them what its attributes say."""
    runs = [one for one in root.iter() if _is_run(one)]
    within = {inner for one in runs for inner in one.iter()}
    numbers = {one for cell in root.iter() if cell.get("t") == "s" for one in cell}
    words = [_run(one) for one in runs]
    words += [one.text or "" for one in root.iter() if one not in within and one not in numbers]
    words += [
        value
        for one in root.iter()
        for key, value in one.attrib.items()
        if _local(key) in _SAID or (key == "name" and _local(one.tag) == "sheet")
    ]
    yield from (line.strip() for each in words for line in each.splitlines() if line.strip())


def _is_run(element: ElementTree.Element) -> bool:
    return _local(element.tag) in _WHOLE


def _run(element: ElementTree.Element) -> str:
    """Return the words of a run; a break or a tab in it parts two of them."""
    return "".join(
        " " if _local(inner.tag) in _BREAKS else inner.text or "" for inner in element.iter()
    )


def _local(name: str) -> str:
    return name.rpartition("}")[2]
