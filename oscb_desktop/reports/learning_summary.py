"""The learning summary: one or two pages, in the order of a seven-minute briefing."""

from __future__ import annotations

from collections.abc import Iterable

from oscb_desktop.domain.documents import LearningSummary
from oscb_desktop.reports import text
from oscb_desktop.reports.blocks import Story

DENSITIES = (1.0, 0.95, 0.9, 0.86)
"""How tightly a summary may be set, loosest first: at the last, text is still over 8.5 points."""


def tell(document: LearningSummary, density: float = 1.0) -> Story:
    """Return the story; a block with nothing to say is left out, heading and all."""
    story = Story(document.paper.accent, density)
    kicker = " · ".join(filter(None, map(text.words, ("Learning summary", document.review_kind))))
    story.title(
        document.heading if text.words(document.heading) else document.paper.title,
        kicker=kicker,
        subtitle=document.paper.subtitle,
    )
    story.rule()
    if _any(document.what_happened):
        story.heading("What happened")
        story.paragraphs(document.what_happened, story.styles.lead)
    if _any(point.heading + point.text for point in document.what_we_learned):
        story.heading("What we learned")
        story.numbered(document.what_we_learned)
    if _any(document.what_was_good):
        story.heading("What was good")
        story.bullets(document.what_was_good)
    if _any(point.heading + point.text for point in document.what_will_change):
        story.heading("What will change")
        story.numbered(document.what_will_change)
    story.panel("What you can do", document.what_you_can_do)
    story.panel(_questions_heading(document.questions), document.questions, numbered=True)
    if _any(reading.label + reading.address for reading in document.read_more):
        story.heading("Where to read more")
        story.links(document.read_more)
    return story


def _any(texts: Iterable[str]) -> bool:
    return any(map(text.words, texts))


def _questions_heading(questions: tuple[str, ...]) -> str:
    counts = {1: "One question", 2: "Two questions", 3: "Three questions"}
    count = sum(1 for question in questions if text.words(question))
    return f"{counts.get(count, 'Questions')} for your team"
