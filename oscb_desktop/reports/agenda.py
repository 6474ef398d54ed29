"""The agenda of a meeting: when and where, the items by number, who is invited."""

from __future__ import annotations

from oscb_desktop.domain.documents import Agenda, Point
from oscb_desktop.reports.telling import Telling


def tell(story: Telling, document: Agenda) -> None:
    """Tell the document; a list that the meeting looks at stands after the people."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.rule()
    story.facts(document.facts)
    if document.purpose:
        story.heading("Purpose")
        story.paragraphs(document.purpose)
    story.heading("Items")
    if document.items:
        story.numbered(
            Point(item.heading, f"Led by {item.led_by}" if item.led_by else "")
            for item in document.items
        )
    else:
        story.paragraphs(("Nothing is on the agenda yet.",), "quiet")
    if document.people is not None:
        story.heading("Invited")
        story.table(document.people)
    for table in document.tables:
        story.heading(table.caption)
        story.table(table)
