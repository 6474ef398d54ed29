"""The press statement: one page that a journalist can quote, and what protects the family."""

from __future__ import annotations

from collections.abc import Sequence

from oscb_desktop.domain.documents import PressStatement
from oscb_desktop.reports import text
from oscb_desktop.reports.page_fit import Sizes
from oscb_desktop.reports.telling import Telling, any_words

SIZES = Sizes((1.12, 1.06, 1.0), alone=1.0)


def tell(story: Telling, document: PressStatement) -> None:
    """Tell the statement; a part with nothing to say is left out, heading and all."""
    paper = document.paper
    heading = document.heading if text.words(document.heading) else paper.title
    day = text.words(paper.printed_at)
    story.masthead(paper, heading, f"Press statement · Issued {day}" if day else "Press statement")
    story.paragraphs(document.opening, "lead")
    _tell_list(story, "What the review found", document.about_findings, document.findings)
    _tell_list(story, "What will change", document.about_changes, document.changes)
    story.paragraphs(document.ending)
    if any_words(document.notes):
        story.heading("Notes for editors")
        story.paragraphs(document.notes)
    story.contact(paper.contact)


def _tell_list(story: Telling, heading: str, about: Sequence[str], said: Sequence[str]) -> None:
    if any_words(said):
        story.heading(heading)
        story.paragraphs(about)
        story.bullets(said)
