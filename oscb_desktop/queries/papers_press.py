"""The press statement about a review: nothing in it can name a child."""

from __future__ import annotations

from sqlalchemy.orm import Session

from oscb_desktop.domain.documents import PressStatement
from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.queries.papers import Made, live_review, paper
from oscb_desktop.queries.summary import SummaryRow, summary_rows
from oscb_desktop.queries.wordings import wordings


def press_statement(session: Session, review_id: int, made: Made) -> PressStatement:
    """Return the statement in our wording; findings and changes are those of the learning summary.

    Raises ``LookupError`` when there is no such review, and ``UserError`` for a wording that cannot
    be filled in.
    """
    review = live_review(session, review_id)
    ours = wordings(session, review)
    rows = [row for row in summary_rows(session, review_id) if not row.left_out]
    known_as = review.words("known_as")
    return PressStatement(
        paper=paper(session, made, f"Press statement: {known_as}", face=PUBLIC),
        heading=" ".join(ours.lines("press_heading")),
        opening=ours.lines("press_opening"),
        about_findings=ours.lines("press_findings"),
        findings=_briefly(rows, "learned"),
        about_changes=ours.lines("press_changes"),
        changes=_briefly(rows, "change"),
        ending=ours.lines("press_ending"),
        notes=ours.lines("press_notes"),
    )


def _briefly(rows: list[SummaryRow], block: str) -> tuple[str, ...]:
    """Return the lines of a part in a few words each."""
    return tuple(row.heading or row.text for row in rows if row.block == block)
