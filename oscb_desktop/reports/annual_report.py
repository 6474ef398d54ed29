"""The annual report: chapter by chapter its text, then its facts, tables, charts and points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from oscb_desktop.domain.documents import AnnualReport, Point, ReportChapter, ReportPart, Table
from oscb_desktop.reports import text
from oscb_desktop.reports.telling import Telling

_CONTENTS = (8.0, 1.0)  # how wide the columns are beside each other
_TOP = 2  # the level of a chapter's heading; the title is of level 1


def tell(story: Telling, document: AnnualReport) -> None:
    """Tell the report; chapters and parts with nothing to say were left out before."""
    paper = document.paper
    story.masthead(paper, paper.title)
    story.paragraphs((document.note,), "quiet")
    if document.pages:
        rows = tuple((heading, str(page)) for heading, page in document.pages)
        story.table(Table("Contents", ("Chapter", "Page"), rows, _CONTENTS, is_tight=True))
    for chapter in document.chapters:
        _tell_chapter(story, chapter)
    if not document.chapters:
        story.paragraphs(("Nothing is recorded of this year.",))
    story.contact(paper.contact)


def chapter_pages(data: bytes, document: AnnualReport) -> tuple[tuple[str, int], ...]:
    """Return on which page of a setting each chapter begins, by the bookmarks of its PDF."""
    reader = PdfReader(BytesIO(data))
    found: dict[str, int] = {}
    for title, page in _bookmarks(reader, reader.outline):
        found.setdefault(title, page)
    named = ((entry.heading, found.get(text.words(entry.heading))) for entry in document.chapters)
    return tuple((heading, page) for heading, page in named if page)


def _bookmarks(reader: PdfReader, entries: Sequence[Any]) -> Iterator[tuple[str, int]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _bookmarks(reader, entry)
        else:
            yield str(entry.title), (reader.get_destination_page_number(entry) or 0) + 1


def _tell_chapter(story: Telling, chapter: ReportChapter) -> None:
    level = _TOP + chapter.level - 1
    story.heading(chapter.heading, level)
    story.paragraphs(chapter.text)
    for part in chapter.parts:
        _tell_part(story, part, level + 1)


def _tell_part(story: Telling, part: ReportPart, level: int) -> None:
    if part.table is not None:
        story.paragraphs((part.title,), "strong")
        story.table(part.table)
        if part.chart is not None:
            story.figure(part.chart, told=True)
    elif part.facts or part.points:
        story.heading(part.title, level)
        story.facts(part.facts)
        _tell_points(story, part)
    else:
        story.paragraphs((part.title,), "strong")
    story.paragraphs(part.notes, "quiet")


def _tell_points(story: Telling, part: ReportPart) -> None:
    if part.numbered:
        story.numbered(part.points)
    elif part.points and all(point.heading and point.text for point in part.points):
        for point in part.points:
            story.paragraphs((point.heading,), "strong")
            story.paragraphs((point.text,))
    else:
        story.bullets(_in_one(point) for point in part.points)


def _in_one(point: Point) -> str:
    return ": ".join(filter(None, (point.heading, point.text)))
