"""A pack of 500 pages and 40 attachments against pikepdf's own merge with an overlay a page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pikepdf import Pdf, Rectangle
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from oscb_desktop.domain.packs import AttachedPart, Pack, PackCopy
from oscb_desktop.reports.pack import bind
from tests.benchmarks.timing import Measured, median

_FILES, _PAGES = 40, 500
_COPY = PackCopy(2, 9, "J. Marlowe, Oxmere County Council", "K7Q2-M")


def measure(_folder: Path) -> list[Measured]:
    """Return the lines about a pack: bound and stamped whole, and one more copy of it."""
    parts = tuple(
        AttachedPart(f"Return {number}", f"return {number}.pdf", _sent(number))
        for number in range(_FILES)
    )
    pack = Pack("PK-2022-01", "Pack of a meeting", "Oxmere", parts, marking="OFFICIAL-SENSITIVE")
    files = [part.content for part in parts]
    bound = bind(pack)
    words = f"pack of {bound.pages} pages, {_FILES} files"
    bare = median(lambda: _bare(files))
    return [
        Measured(words, median(lambda: bind(pack).copy(_COPY)), bare, "merged and overlaid"),
        Measured("one more copy of it", median(lambda: bound.copy(_COPY)), bare, "the same"),
    ]


def _sent(number: int) -> bytes:
    """Return what an agency sends: twelve or thirteen pages of words."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for page in range(_PAGES // _FILES + number % 2):
        for line in range(40):
            said = f"{number}.{page}.{line} What was known to the agency about the family then"
            canvas.drawString(72, 760 - line * 17, said)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _bare(files: list[bytes]) -> bytes:
    """Merge the files and lay a page of stamps over each of theirs, by the libraries alone."""
    pdf = Pdf.new()
    for content in files:
        pdf.pages.extend(Pdf.open(BytesIO(content)).pages)
    drawn = BytesIO()
    canvas = Canvas(drawn, pagesize=A4)
    for number in range(1, len(pdf.pages) + 1):
        canvas.drawCentredString(297, 820, "OFFICIAL-SENSITIVE")
        canvas.drawCentredString(297, 18, "OFFICIAL-SENSITIVE")
        canvas.drawString(30, 18, _COPY.words())
        canvas.drawRightString(565, 820, f"Page {number} of {len(pdf.pages)}")
        canvas.showPage()
    canvas.save()
    for page, stamp in zip(pdf.pages, Pdf.open(drawn).pages, strict=True):
        page.add_overlay(stamp, Rectangle(page.mediabox))
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()
