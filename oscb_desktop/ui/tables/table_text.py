"""A table as text: for the clipboard, and for a file that a spreadsheet opens."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?", re.ASCII)


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table for a file; a cell that begins like a formula leaves as text."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in headings])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue()


def as_lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with tabs, as spreadsheets take it from the clipboard."""
    table = [headings, *rows]
    return "\n".join("\t".join(_one_line(harmless(cell)) for cell in row) for row in table)


def as_html(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as a word processor takes it from the clipboard."""
    head = "".join(f"<th>{html.escape(heading)}</th>" for heading in headings)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table border='1'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet calculates; plain numbers stay as they are."""
    begins = cell.lstrip(" ").startswith(_FORMULA) or cell.startswith(_FORMULA)
    return f"'{cell}" if begins and not _NUMBER.fullmatch(cell) else cell


def _one_line(cell: str) -> str:
    return " ".join(cell.split())
