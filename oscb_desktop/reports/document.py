"""From a document's data to the bytes of a tagged PDF, and from the bytes to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame

from oscb_desktop.database.disk import whole_file
from oscb_desktop.domain.documents import (
    ActionLog,
    Agenda,
    AnnualReport,
    ChairSheet,
    CompositePlan,
    DecisionLetter,
    DisposalCertificate,
    Document,
    EscalationReport,
    FamilyLetter,
    LearningSummary,
    MeetingNote,
    Paper,
    PressStatement,
    RecoverySheet,
    RequestLetter,
    ReviewRecord,
    SinceMeeting,
    TermsOfReference,
)
from oscb_desktop.domain.faces import VERSIONS
from oscb_desktop.reports import (
    action_log,
    agenda,
    annual_report,
    chair_sheet,
    composite_plan,
    decision_letter,
    disposal_certificate,
    escalation_report,
    family_letter,
    fonts,
    learning_summary,
    meeting_note,
    press_statement,
    recovery_sheet,
    request_letter,
    review_record,
    since_meeting,
    styles,
    terms,
    text,
)
from oscb_desktop.reports.blocks import Story
from oscb_desktop.reports.page_fit import Built, Sizes, fitted
from oscb_desktop.reports.plain_story import PlainStory
from oscb_desktop.reports.tagging import TaggedCanvas
from oscb_desktop.reports.telling import UNTITLED, Telling
from oscb_desktop.reports.text import TextBlock
from oscb_desktop.reports.word_story import WordStory

_SIDE = 19 * mm
_SIDE_ACROSS = 14 * mm
_TOP = 22 * mm
_BOTTOM = 27 * mm
_SPARED = 6 * mm  # top and bottom of what is published, which bears no marking
rl_config.useA85 = 0  # compressed pages as bytes: quicker to write, a fifth smaller


def render(document: Document, *, invariant: bool = False) -> bytes:
    """Return the PDF of a document, valid PDF/UA-1.

    ``invariant`` leaves the time of making and the random file identifier out, so that the same
    data gives the same bytes.
    """
    return rendered(document, invariant=invariant)[0]


def rendered(document: Document, *, invariant: bool = False) -> tuple[bytes, int]:
    """Return the PDF of a document as ``render`` does, with its number of pages.

    A short document is set as large as its pages allow: see ``page_fit``.
    """
    built = set_out(document, invariant=invariant)
    return built.data, built.pages


def set_out(document: Document, *, invariant: bool = False) -> Built:
    """Return the PDF of a document with what is known of its pages; otherwise as ``render``."""
    fonts.register()
    if isinstance(document, AnnualReport):
        document = _paged(document)
    sizes = _SIZES.get(type(document))
    build = partial(_built, document, invariant=invariant)
    return fitted(build, sizes) if sizes else build(1.0)


def _paged(document: AnnualReport) -> AnnualReport:
    """Return a report with the pages of its chapters, which only a first setting can tell."""
    unpaged = replace(document, pages=tuple((entry.heading, 0) for entry in document.chapters))
    data = _built(unpaged, 1.0, invariant=True).data
    return replace(document, pages=annual_report.chapter_pages(data, document))


def as_word(document: Document) -> bytes:
    """Return a document as a Word file (.docx), to be edited; raises as ``as_text`` does."""
    story = WordStory(document.paper)
    _teller(document)(story, document)
    return story.saved()


def as_text(document: Document) -> str:
    """Return a document as plain text, for an e-mail.

    Raises ``TypeError`` for one that is drawn for paper alone: see ``has_words``.
    """
    story = PlainStory(document.paper)
    _teller(document)(story, document)
    return story.told()


def has_words(document: Document) -> bool:
    """Whether a document can be told as a Word file and as text too."""
    return type(document) in _TOLD


def _teller(document: Document) -> Callable[[Telling, Any], None]:
    if type(document) not in _TOLD:
        raise TypeError(f"{type(document).__name__} is drawn for paper alone")
    return _TOLD[type(document)]


class _Template(BaseDocTemplate):  # type: ignore[misc]
    """A document template that remembers how far down the last page goes, in points."""

    reached = 0.0

    def afterPage(self) -> None:  # noqa: N802  ReportLab's name
        """Remember it of each page, the last one last."""
        self.reached = float(self.frame._y2 - self.frame._y)  # noqa: SLF001  nothing else tells


def _built(document: Document, density: float, *, invariant: bool) -> Built:
    """Lay a document out and return the PDF with its pages."""
    paper = document.paper
    story = Story(paper.accent, density)
    tell = _TOLD.get(type(document)) or _DRAWN[type(document)]
    tell(story, document)
    across = isinstance(document, ActionLog | ChairSheet | CompositePlan | EscalationReport)
    page, side = (landscape(A4), _SIDE_ACROSS) if across else (A4, _SIDE)
    buffer = BytesIO()
    title = text.words(paper.title) or UNTITLED
    template = _Template(
        buffer,
        pagesize=page,
        title=title,
        author=text.words(paper.organisation),
        subject=text.words(paper.subtitle),
        creator="OSCB Desktop",
        invariant=int(invariant),
        pageCompression=1,
    )
    spared = _SPARED if story.is_headed and paper.for_publication else 0.0
    height = page[1] - _TOP - _BOTTOM + 2 * spared
    frame = Frame(side, _BOTTOM - spared, page[0] - 2 * side, height, 0, 0, 0, 0)
    template.addPageTemplates(PageTemplate(frames=[frame]))
    furniture = partial(
        _furniture,
        paper=paper,
        title=title,
        page=page,
        side=side,
        spared=spared,
    )
    template.build(
        story.flowables,
        canvasmaker=partial(TaggedCanvas, root=story.root, furniture=furniture, title=title),
    )
    filled = min(1.0, template.reached / height)
    return Built(buffer.getvalue(), template.page, filled, template.reached)


_TOLD: dict[type[Document], Callable[[Telling, Any], None]] = {
    LearningSummary: learning_summary.tell,
    ReviewRecord: review_record.tell,
    SinceMeeting: since_meeting.tell,
    Agenda: agenda.tell,
    MeetingNote: meeting_note.tell,
    DecisionLetter: decision_letter.tell,
    RequestLetter: request_letter.tell,
    TermsOfReference: terms.tell,
    PressStatement: press_statement.tell,
    FamilyLetter: family_letter.tell,
    AnnualReport: annual_report.tell,
}
"""How each document is told that can be told as pages, as a Word file and as text."""

_SIZES: dict[type[Document], Sizes] = {
    LearningSummary: learning_summary.SIZES,
    PressStatement: press_statement.SIZES,
    FamilyLetter: family_letter.SIZES,
    ChairSheet: chair_sheet.SIZES,
}
"""How large a short document may be set; others have the usual size."""

_DRAWN: dict[type[Document], Callable[[Story, Any], None]] = {
    ActionLog: action_log.tell,
    CompositePlan: composite_plan.tell,
    EscalationReport: escalation_report.tell,
    ChairSheet: chair_sheet.tell,
    RecoverySheet: recovery_sheet.tell,
    DisposalCertificate: disposal_certificate.tell,
}
"""How each document is told whose tables and drawings are made for paper alone."""


def _furniture(
    canvas: TaggedCanvas,
    number: int,
    total: int,
    *,
    paper: Paper,
    title: str,
    page: tuple[float, float],
    side: float,
    spared: float,
) -> None:
    """Draw what stands on every page: marking top and bottom, whose, which copy, which page."""
    width, top, low = page[0] - 2 * side, page[1] - 12 * mm + spared / 2, -spared
    marking = "" if paper.for_publication else paper.marking
    who = "" if paper.for_publication else paper.printed_by
    printed = f"Printed by {who}" if text.words(who) else ""
    version = "" if paper.is_letter else VERSIONS.get(paper.face, "")
    told = (version, paper.version, printed, paper.printed_at, paper.trace)
    copy = " · ".join(filter(None, map(text.words, told)))
    left, right, centre = styles.FURNITURE, styles.FURNITURE_RIGHT, styles.MARKING
    canvas.saveState()
    _put(canvas, text.one_line(marking, centre, width * 0.3), side, top, width)
    room = (width - text.length(text.words(marking)[:40], centre)) / 2 - 8
    if number > 1 or not spared:  # the first page of what is published says so larger
        _put(canvas, text.one_line(paper.organisation, left, room), side, top, width)
    canvas.setStrokeColor(styles.RULE)
    canvas.setLineWidth(0.5)
    canvas.line(side, low + 21 * mm, side + width, low + 21 * mm)
    _put(canvas, text.one_line(title, left, width * 0.7), side, low + 16 * mm, width)
    _put(canvas, text.one_line(copy, left, width * 0.8), side, low + 12 * mm, width)
    _put(
        canvas, text.one_line(f"Page {number} of {total}", right, width), side, low + 16 * mm, width
    )
    _put(canvas, text.one_line(marking, centre, width * 0.6), side, 6.5 * mm, width)
    canvas.restoreState()


def _put(canvas: TaggedCanvas, line: TextBlock, x: float, y: float, width: float) -> None:
    line.wrapOn(canvas, width, 0)
    line.drawOn(canvas, x, y)


def write_pdf(data: bytes, path: Path) -> None:
    """Put a PDF on disk whole or not at all; what stood there stays until the new one is safe.

    Raises ``UserError`` where the disk is full or the folder or file cannot be written.
    """
    with whole_file(path) as file:
        file.write(data)


def write(document: Document, path: Path, *, invariant: bool = False) -> None:
    """Render a document and put it on disk; raises ``UserError`` as ``write_pdf`` does."""
    write_pdf(render(document, invariant=invariant), path)
