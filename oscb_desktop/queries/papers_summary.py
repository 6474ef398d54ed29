"""The learning summary of a review, from its lines."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from oscb_desktop.domain.documents import LearningSummary, Point, Reading
from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.queries.papers import Made, live_review, paper
from oscb_desktop.queries.summary import SummaryRow, summary_rows


def learning_summary(
    session: Session, review_id: int, made: Made, worded: Sequence[SummaryRow] | None = None
) -> LearningSummary:
    """Return the learning summary of a review; nothing in it can name a child or a colleague.

    Its lines are those of ``summary_rows``, or those ``worded`` and not saved yet, but for what is
    left out. Raises ``LookupError`` when there is no such review.
    """
    review = live_review(session, review_id)
    name = str(review.values["known_as"])
    every = summary_rows(session, review_id) if worded is None else worded
    rows = [row for row in every if not row.left_out]

    def of(block: str) -> list[SummaryRow]:
        return [row for row in rows if row.block == block]

    return LearningSummary(
        paper=paper(session, made, f"Learning summary: {name}", face=PUBLIC),
        heading=name,
        review_kind=review.words("kind"),
        what_happened=tuple(map(_in_one, of("what_happened"))),
        what_we_learned=tuple(Point(row.heading, row.text) for row in of("learned")),
        what_was_good=tuple(map(_in_one, of("good"))),
        what_will_change=tuple(Point(row.heading, row.text) for row in of("change")),
        what_you_can_do=tuple(map(_in_one, of("can_do"))),
        questions=tuple(map(_in_one, of("question"))),
        read_more=tuple(Reading(row.heading, row.text) for row in of("read_more")),
    )


def _in_one(row: SummaryRow) -> str:
    return f"{row.heading}: {row.text}" if row.heading and row.text else row.heading or row.text
