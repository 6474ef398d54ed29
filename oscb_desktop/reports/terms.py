"""The terms of reference of a review: what it asks, of what time, how and by whom."""

from __future__ import annotations

from oscb_desktop.domain.documents import Point, TermsOfReference
from oscb_desktop.reports import text
from oscb_desktop.reports.review_record import tell_section
from oscb_desktop.reports.telling import Telling


def tell(story: Telling, document: TermsOfReference) -> None:
    """Tell it in the order in which a panel reads it."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.rule()
    story.facts(document.facts)
    story.heading("Purpose")
    story.paragraphs(document.purpose)
    story.heading("Key lines of enquiry")
    asked = [Point("", line) for line in document.enquiry if text.words(line)]
    if asked:
        story.numbered(asked)
    else:
        story.paragraphs(("Not set yet.",), "quiet")
    for section in document.sections:
        tell_section(story, section, level=2)
