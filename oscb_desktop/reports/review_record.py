"""The full record of a review: one column of sections, as the window shows it."""

from __future__ import annotations

from oscb_desktop.domain.documents import ReviewRecord, Section
from oscb_desktop.reports.telling import NOTHING, Telling


def tell(story: Telling, document: ReviewRecord) -> None:
    """Tell all sections in their order."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.rule()
    for section in document.sections:
        tell_section(story, section, level=2)


def tell_section(story: Telling, section: Section, level: int) -> None:
    """Add a section with all that stands in it; a section with nothing in it says so."""
    story.heading(section.title, level)
    story.facts(section.facts)
    story.paragraphs(section.paragraphs)
    for table in section.tables:
        story.table(table)
    for subsection in section.subsections:
        tell_section(story, subsection, level + 1)
    if not (section.facts or section.paragraphs or section.tables or section.subsections):
        story.paragraphs((NOTHING,), "quiet")
