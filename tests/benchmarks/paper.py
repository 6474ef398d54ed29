"""Paper: the learning summary, and 120 tagged pages, against the same set by ReportLab alone."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from oscb_desktop.domain import documents
from oscb_desktop.domain.documents import Paper, ReviewRecord, Section
from oscb_desktop.reports import fonts
from oscb_desktop.reports.document import rendered
from oscb_desktop.services.printing import make_learning_summary
from oscb_desktop.services.sample import create_sample_store
from tests.benchmarks.files import PASSPHRASE, now
from tests.benchmarks.timing import Measured, median

_PAGES = 120
_SAID = (
    "The health visitor came to the house on each of the days that were agreed and wrote what "
    "she saw and what she was told. Nobody else in the team read it before the summer. "
) * 2
_HEADINGS = ("Step", "Due", "Done")
_ROWS = (("Meeting of the panel", "1 April", "29 March"),) * 8


def measure(folder: Path) -> list[Measured]:
    """Return the lines about the learning summary and about the pages of a long record."""
    path = folder / "sample.oscb"
    with closing(create_sample_store(path, PASSPHRASE, "A. Secretary", now)) as store:
        data = make_learning_summary(store, "SCR-2019-01").data
        ours = median(lambda: make_learning_summary(store, "SCR-2019-01").data)
    words = "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    return [
        Measured("learning summary", ours, median(lambda: _bare(words)), "its words, untagged"),
        _long_record(),
    ]


def _long_record() -> Measured:
    """Compare a record of 120 pages with ReportLab's own paragraphs and tables, both with a page.

    The limit is 0.6 of the untagged rate of pages, a ratio of 1.7.
    """
    table = documents.Table("Steps", _HEADINGS, _ROWS)
    record = ReviewRecord(
        Paper("Record", "Oxmere"),
        tuple(
            Section(f"Part {number}", paragraphs=(_SAID,) * 7, tables=(table,))
            for number in range(1, _PAGES + 1)
        ),
    )
    pages = rendered(record)[1]
    bare_pages = _bare_record()
    ours = median(lambda: rendered(record), 5) / pages
    bare = median(_bare_record, 5) / bare_pages
    return Measured(f"{pages} tagged pages, per page", ours, bare, "untagged")


def _bare_record() -> int:
    fonts.register()
    body = ParagraphStyle("body", fontName=fonts.REGULAR, fontSize=10, leading=14.5, spaceAfter=5)
    look = TableStyle([("FONT", (0, 0), (-1, -1), fonts.REGULAR, 9)])
    story: list[object] = []
    for number in range(1, _PAGES + 1):
        story += [Paragraph(f"Part {number}", body), *(Paragraph(_SAID, body) for _ in range(7))]
        rows = [[Paragraph(cell, body) for cell in row] for row in (_HEADINGS, *_ROWS)]
        story += [Table(rows, style=look, repeatRows=1), PageBreak()]
    template = SimpleDocTemplate(BytesIO(), pagesize=A4)
    template.build(story)
    return int(template.page)


def _bare(words: str) -> None:
    style = getSampleStyleSheet()["BodyText"]
    story = [Paragraph(escape(line), style) for line in words.splitlines()]
    SimpleDocTemplate(BytesIO()).build(story)
