"""The letter that tells the national Panel what was decided after a rapid review."""

from __future__ import annotations

from oscb_desktop.domain.documents import DecisionLetter
from oscb_desktop.reports.review_record import tell_section
from oscb_desktop.reports.telling import Telling


def tell(story: Telling, document: DecisionLetter) -> None:
    """Tell to whom, about what, and each part of the decision under its heading."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.rule()
    story.paragraphs(document.addressee, "strong")
    story.facts(document.facts)
    story.paragraphs(document.opening)
    for section in document.sections:
        tell_section(story, section, level=2)
