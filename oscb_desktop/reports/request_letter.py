"""The letter that asks an agency for what a review needs."""

from __future__ import annotations

from oscb_desktop.domain.documents import RequestLetter
from oscb_desktop.reports.blocks import Story
from oscb_desktop.reports.review_record import tell_section


def tell(document: RequestLetter) -> Story:
    """Return the story: to whom, about what, what is asked by when, and how to answer."""
    paper = document.paper
    story = Story(paper.accent)
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.rule()
    story.paragraphs(document.addressee, story.styles.strong)
    story.facts(document.facts)
    story.paragraphs(document.opening)
    for section in document.sections:
        tell_section(story, section, level=2)
    story.paragraphs(document.ending)
    return story
