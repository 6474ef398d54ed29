"""What happened since a meeting: the counts in a line, then a table of each kind of happening."""

from __future__ import annotations

from oscb_desktop.domain.documents import SinceMeeting
from oscb_desktop.reports.blocks import Story


def tell(document: SinceMeeting) -> Story:
    """Return the story; what did not happen is left out."""
    paper = document.paper
    story = Story(paper.accent)
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.rule()
    story.paragraphs((document.as_at,), story.styles.lead)
    story.paragraphs((document.totals,), story.styles.strong)
    for table in document.groups:
        story.heading(table.caption)
        story.table(table)
    return story
