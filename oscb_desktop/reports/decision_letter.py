"""The letter that tells the national Panel what was decided after a rapid review."""

from __future__ import annotations

from oscb_desktop.domain.documents import DecisionLetter
from oscb_desktop.reports.review_record import tell_section
from oscb_desktop.reports.telling import Telling


def tell(story: Telling, document: DecisionLetter) -> None:
    """Tell it as a letter: to whom, about what, each part of the decision, and who signs it."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.rule()
    story.paragraphs((document.unfinished,), "strong")
    story.paragraphs(document.addressee)
    story.facts(document.facts)
    story.paragraphs((document.greeting,))
    story.paragraphs(document.opening)
    for section in document.sections:
        tell_section(story, section, level=2)
    story.paragraphs(document.ending)
    if document.signed or document.to_sign:
        story.heading("For the safeguarding partners")
    if document.signed:
        story.table(document.signed)
    for partner in document.to_sign:
        story.blank(partner)
