"""The learning summary: one or two pages, in the order of a seven-minute briefing."""

from __future__ import annotations

from oscb_desktop.domain.documents import LearningSummary
from oscb_desktop.reports import text
from oscb_desktop.reports.telling import Telling, any_words

DENSITIES = (1.0, 0.95, 0.9, 0.86)
"""How tightly a summary may be set, loosest first: at the last, text is still over 8.5 points."""


def tell(story: Telling, document: LearningSummary) -> None:
    """Tell the document; a block with nothing to say is left out, heading and all."""
    kicker = " · ".join(filter(None, map(text.words, ("Learning summary", document.review_kind))))
    heading = document.heading if text.words(document.heading) else document.paper.title
    story.masthead(document.paper, heading, kicker)
    if any_words(document.what_happened):
        story.heading("What happened")
        story.paragraphs(document.what_happened, "lead")
    if any_words(point.heading + point.text for point in document.what_we_learned):
        story.heading("What we learned")
        story.numbered(document.what_we_learned)
    if any_words(document.what_was_good):
        story.heading("What was good")
        story.bullets(document.what_was_good)
    if any_words(point.heading + point.text for point in document.what_will_change):
        story.heading("What will change")
        story.numbered(document.what_will_change)
    story.panel("What you can do", document.what_you_can_do)
    story.panel(_questions_heading(document.questions), document.questions, numbered=True)
    if any_words(reading.label + reading.address for reading in document.read_more):
        story.heading("Where to read more")
        story.links(document.read_more)
    story.contact(document.paper.contact)


def _questions_heading(questions: tuple[str, ...]) -> str:
    counts = {1: "One question", 2: "Two questions", 3: "Three questions"}
    count = sum(1 for question in questions if text.words(question))
    return f"{counts.get(count, 'Questions')} for your team"
