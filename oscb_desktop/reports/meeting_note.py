"""The note of a meeting: who was there, what was said and decided, who does what by when."""

from __future__ import annotations

from oscb_desktop.domain.documents import AgendaItem, MeetingNote
from oscb_desktop.reports.telling import Telling


def tell(story: Telling, document: MeetingNote) -> None:
    """Tell it in the order in which a note is read."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.rule()
    story.facts(document.facts)
    story.heading("Who was there")
    story.paragraphs((document.quorum,), "strong")
    story.paragraphs(document.remarks)
    if document.people is not None:
        story.table(document.people)
    if document.items:
        story.heading("What was said and decided")
        for number, item in enumerate(document.items, 1):
            _tell_item(story, number, item)
    for heading, said in (("Note", document.note), ("Disagreement", document.dissent)):
        if said:
            story.heading(heading)
            story.paragraphs(said)
    if document.arising is not None:
        story.heading("Actions arising")
        story.table(document.arising)


def _tell_item(story: Telling, number: int, item: AgendaItem) -> None:
    story.heading(f"{number}. {item.heading}", 3)
    if item.led_by:
        story.paragraphs((f"Led by {item.led_by}",), "quiet")
    story.paragraphs(item.said)
    if item.decided:
        story.paragraphs(("Decided",), "strong")
        story.paragraphs(item.decided)
    if not item.said and not item.decided:
        story.paragraphs(("Nothing recorded.",), "quiet")
