"""The letter that asks an agency for what a review needs."""

from __future__ import annotations

from oscb_desktop.domain.documents import RequestLetter
from oscb_desktop.reports.review_record import tell_section
from oscb_desktop.reports.telling import Telling


def tell(story: Telling, document: RequestLetter) -> None:
    """Tell to whom, about what, what is asked by when, and how to answer."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.rule()
    story.paragraphs(document.addressee, "strong")
    story.facts(document.facts)
    story.paragraphs(document.opening)
    for section in document.sections:
        tell_section(story, section, level=2)
    story.paragraphs(document.ending)
