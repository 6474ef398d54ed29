"""What happened since a meeting: the counts in a line, then a table of each kind of happening."""

from __future__ import annotations

from oscb_desktop.domain.documents import SinceMeeting
from oscb_desktop.reports.telling import Telling


def tell(story: Telling, document: SinceMeeting) -> None:
    """Tell the document; what did not happen is left out."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.rule()
    story.paragraphs((document.as_at,), "lead")
    story.paragraphs((document.totals,), "strong")
    for table in document.groups:
        story.heading(table.caption)
        story.table(table)
