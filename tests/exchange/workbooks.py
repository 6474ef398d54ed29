"""Workbooks for tests: plain ones, and hostile ones that no spreadsheet program would write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def moment(*parts: int) -> datetime:
    """Return a moment as a cell holds it, which knows no time zone."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Write a workbook whose sheets hold these rows, headings first."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def with_parts(path: Path, parts: dict[str, bytes]) -> Path:
    """Replace or add parts of a workbook."""
    with ZipFile(path) as package:
        kept = {name: package.read(name) for name in package.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, content in {**kept, **parts}.items():
            package.writestr(name, content)
    return path


def sheet_part(rows: str, after: str = "") -> bytes:
    """Return the XML of a sheet with these rows."""
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
        f"{after}</worksheet>"
    ).encode()


def text_row(number: int, *texts: str) -> str:
    """Return the XML of a row of texts, which are XML already."""
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{number}">{cells}</row>'


def themes(path: Path, rows: str, after: str = "") -> Path:
    """Write a workbook whose sheet of themes holds these rows of XML."""
    workbook(path, {"Themes": []})
    return with_parts(path, {"xl/worksheets/sheet1.xml": sheet_part(rows, after)})
