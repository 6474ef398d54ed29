"""The words of a finished PDF: page by page, with whatever stands in it that no page shows."""

from __future__ import annotations

import logging
from io import BytesIO

import pikepdf
from pypdf import PdfReader

from oscb_desktop.domain.disclosure.findings import Line, Place, Printed
from oscb_desktop.errors import UserError
from oscb_desktop.reports.pdf_hidden import hidden_places, printed_tables
from oscb_desktop.reports.pdf_page import PageText, read_page

# What these libraries log of a strange file may quote it, and our log never carries case text.
for _library in ("pypdf", "pikepdf"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

_NO_PDF = (
    "This file cannot be read as a PDF, so it was not checked. Make the paper again, or open the "
    "file in a PDF reader and save it once more."
)
_LOCKED = "This PDF asks for a password, so it was not checked. Save it without the password."
_UNREADABLE = "\ufffd"
_MOSTLY = 0.3


def read(pdf: bytes) -> Printed:
    """Return the text of a PDF, line by line as it was written, and the places of it that hide.

    Raises ``UserError`` for a file that is no PDF, is past repair, or asks for a password.
    """
    try:
        return _printed(pdf)
    except pikepdf.PasswordError as problem:
        raise UserError(_LOCKED) from problem
    except Exception as problem:  # a hostile or broken file can raise anything in either library
        raise UserError(_NO_PDF) from problem


def _printed(pdf: bytes) -> Printed:
    with pikepdf.open(BytesIO(pdf)) as opened:
        texts = [read_page(page) for page in _reader(pdf, opened).pages]
        places, unread = hidden_places(opened, pdf, _attached_lines)
        pages = tuple(
            Place(f"Page {number}", number, text.lines) for number, text in enumerate(texts, 1)
        )
        hidden = tuple(
            Place(f"Hidden text on page {number}", number, text.hidden)
            for number, text in enumerate(texts, 1)
            if text.hidden
        )
        lost = (
            f"The letters of page {number} cannot be read, so it was not searched. Look at it."
            for number, text in enumerate(texts, 1)
            if _is_lost(text)
        )
        tables = tuple(printed_tables(opened, [text.marked for text in texts]))
        pictures = (at for at, text in enumerate(texts, 1) if text.is_drawn and not text.has_body)
        return Printed(pages, (*hidden, *places), tables, (*lost, *unread), tuple(pictures))


def _reader(pdf: bytes, opened: pikepdf.Pdf) -> PdfReader:
    """Return a reader of the file, of a mended and unlocked copy where it needs one."""
    if not opened.is_encrypted:
        try:
            reader = PdfReader(BytesIO(pdf), strict=False)
            if len(reader.pages) == len(opened.pages):
                return reader
        except Exception:  # it is tried again with what pikepdf could mend
            pass
    mended = BytesIO()
    opened.save(mended, encryption=False)
    return PdfReader(mended, strict=False)


def _is_lost(text: PageText) -> bool:
    """Say whether the letters of a page are drawn, and no machine knows which they are."""
    letters = "".join(line.text for line in text.lines)
    return letters.count(_UNREADABLE) > _MOSTLY * len(letters)


def _attached_lines(content: bytes) -> tuple[Line, ...]:
    """Return the lines of a PDF that is attached to another, what hides in it included."""
    within = read(content)
    return tuple(line for place in (*within.pages, *within.hidden) for line in place.lines)
