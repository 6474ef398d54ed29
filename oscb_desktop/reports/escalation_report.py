"""The escalation report: the ladder, then agency by agency what is due and what was done.

It stands on A4 across, so that the words and the answer of a step have room beside it.
"""

from __future__ import annotations

from oscb_desktop.domain.documents import EscalationReport
from oscb_desktop.reports.blocks import Story
from oscb_desktop.reports.review_record import tell_section


def tell(story: Story, document: EscalationReport) -> None:
    """Tell the document; where no step is due and none was taken, it says so."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.paragraphs((document.as_at,), "lead")
    story.paragraphs((document.totals,), "strong")
    if document.ladder is not None:
        story.table(document.ladder)
    for agency in document.agencies:
        tell_section(story, agency, level=2)
    if not document.agencies:
        story.paragraphs(("No step of the ladder is due, and none was taken.",))
