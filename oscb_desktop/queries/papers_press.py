"""The press statement about a review: nothing in it can name a child."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from oscb_desktop.domain.documents import PressStatement
from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.domain.publicity import Standing
from oscb_desktop.queries.papers import Made, live_review, paper
from oscb_desktop.queries.publicity import publicity
from oscb_desktop.queries.summary import SummaryRow, summary_rows
from oscb_desktop.queries.wordings import wordings

_TELLS_NOTHING = (
    "The statement tells of no finding and no recommendation: none is recorded, or all are left "
    "out of the learning summary."
)


def press_statement(session: Session, review_id: int, made: Made) -> PressStatement:
    """Return the statement in our wording; findings and changes are those of the learning summary.

    A review that is under way is told of as that, without either. Raises ``LookupError`` when there
    is no such review, and ``UserError`` for a wording that cannot be filled in.
    """
    review = live_review(session, review_id)
    ours = wordings(session, review)
    around = paper(session, made, f"Press statement: {review.words('known_as')}", face=PUBLIC)
    if publicity(session, review, made.today).standing is Standing.UNDER_WAY:
        return PressStatement(
            paper=around,
            heading=" ".join(ours.lines("press_under_way_heading")),
            opening=ours.lines("press_under_way"),
            notes=ours.lines("press_notes"),
        )
    rows = [row for row in summary_rows(session, review_id) if not row.left_out]
    return PressStatement(
        paper=around,
        heading=" ".join(ours.lines("press_heading")),
        opening=ours.lines("press_opening"),
        about_findings=ours.lines("press_findings"),
        findings=_briefly(rows, "learned"),
        about_changes=ours.lines("press_changes"),
        changes=_briefly(rows, "change"),
        ending=ours.lines("press_ending"),
        notes=ours.lines("press_notes"),
    )


def about_press_statement(
    session: Session, review_id: int, statement: PressStatement, today: date
) -> tuple[str, ...]:
    """Return what to know before a statement is let out: what is not so yet, and what it lacks."""
    found = publicity(session, live_review(session, review_id), today)
    told = found.standing is Standing.UNDER_WAY or statement.findings or statement.changes
    return tuple(filter(None, (found.warning, "" if told else _TELLS_NOTHING)))


def _briefly(rows: list[SummaryRow], block: str) -> tuple[str, ...]:
    """Return the lines of a part in a few words each."""
    return tuple(row.heading or row.text for row in rows if row.block == block)
