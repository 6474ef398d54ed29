"""The letter that tells the national Panel what was decided after a rapid review."""

from __future__ import annotations

from oscb_desktop.domain.documents import DecisionLetter
from oscb_desktop.reports.blocks import Story
from oscb_desktop.reports.review_record import tell_section


def tell(document: DecisionLetter) -> Story:
    """Return the story: to whom, about what, and each part of the decision under its heading."""
    paper = document.paper
    story = Story(paper.accent)
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.rule()
    story.paragraphs(document.addressee, story.styles.strong)
    story.facts(document.facts)
    story.paragraphs(document.opening)
    for section in document.sections:
        tell_section(story, section, level=2)
    return story
