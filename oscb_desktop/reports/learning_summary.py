"""The learning summary: one or two pages, in the order of a seven-minute briefing."""

from __future__ import annotations

from oscb_desktop.domain.documents import LearningSummary, Point
from oscb_desktop.reports import text
from oscb_desktop.reports.page_fit import Sizes
from oscb_desktop.reports.telling import Panel, Telling, any_words, says_something

SIZES = Sizes((1.2, 1.15, 1.1, 1.06, 1.03, 1.0), alone=1.06)
"""Its text is 12 points high, or at the least 10: it is read at arm's length, also by a team."""


def tell(story: Telling, document: LearningSummary) -> None:
    """Tell the document; a block with nothing to say is left out, heading and all."""
    kicker = " · ".join(filter(None, map(text.words, ("Learning summary", document.review_kind))))
    heading = document.heading if text.words(document.heading) else document.paper.title
    story.masthead(document.paper, heading, kicker)
    if any_words(document.what_happened):
        story.step("What happened")
        story.paragraphs(document.what_happened, "lead")
    if any(map(says_something, document.what_we_learned)):
        story.step("What we learned")
        story.numbered(document.what_we_learned)
    for pair in _pairs(document):
        story.panels(pair, steps=True)
    if any_words(reading.label + reading.address for reading in document.read_more):
        story.step("Where to read more")
        story.links(document.read_more)
    story.contact(document.paper.contact)


def _pairs(document: LearningSummary) -> tuple[tuple[Panel, Panel], ...]:
    """Return what stands side by side: what was and will be, then what a team can do."""
    asked = _questions_heading(document.questions)
    return (
        (
            Panel("What was good", _points(document.what_was_good)),
            Panel("What will change", document.what_will_change, numbered=True),
        ),
        (
            Panel("What you can do", _points(document.what_you_can_do)),
            Panel(asked, _points(document.questions), numbered=True),
        ),
    )


def _points(texts: tuple[str, ...]) -> tuple[Point, ...]:
    return tuple(Point("", words) for words in texts)


def _questions_heading(questions: tuple[str, ...]) -> str:
    counts = {1: "One question", 2: "Two questions", 3: "Three questions"}
    count = sum(1 for question in questions if text.words(question))
    return f"{counts.get(count, 'Questions')} for your team"
