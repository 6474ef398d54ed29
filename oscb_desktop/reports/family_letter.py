"""The letter to a family: plain, in large type, with room for the names that no file holds."""

from __future__ import annotations

from oscb_desktop.domain.documents import FamilyLetter
from oscb_desktop.reports.page_fit import Sizes
from oscb_desktop.reports.telling import Telling

SIZES = Sizes((1.2, 1.15, 1.1), alone=1.1)
"""Its text is 11 to 12 points high: large enough for most, without asking for large print."""


def tell(story: Telling, document: FamilyLetter) -> None:
    """Tell the letter as one is written: from whom, when, to whom, and what about.

    The day stands open too: a letter is dated when it is signed.
    """
    story.letterhead(document.paper)
    story.blank("Date")
    story.blank("Dear")
    story.paragraphs(document.opening)
    story.heading("Why we write")
    story.blank("This letter is about")
    story.paragraphs(document.about)
    if document.part:
        story.heading("If you would like to take part")
        story.paragraphs(document.part)
    if document.published:
        story.heading("Before anything is published")
        story.paragraphs(document.published)
    if document.after:
        story.heading("What was published")
        story.paragraphs(document.after)
    story.paragraphs(document.ending)
    story.blank("")
    story.paragraphs(document.signed)
    story.contact(document.paper.contact)
