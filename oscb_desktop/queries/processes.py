"""The courts and other processes that run beside reviews: what comes next, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.reviews import Review
from oscb_desktop.database.models.running import ParallelProcess
from oscb_desktop.domain.codes import label_of


@dataclass(frozen=True, slots=True)
class ProcessDate:
    """The next date of a process that runs; ``review_id`` is the review it runs beside."""

    id: int
    review_id: int
    review: str
    kind: str
    contact: str
    on: date
    what: str
    holds_publication: bool


def process_dates(session: Session, until: date) -> tuple[ProcessDate, ...]:
    """Return the next dates up to a day, the first first; one that has passed stays till it moves.

    A process counts while it runs and its review is neither finished nor published.
    """
    query = (
        select(ParallelProcess, Review.reference, Review.known_as)
        .join(Review, Review.id == ParallelProcess.review_id)
        .where(
            ParallelProcess.withdrawn_at.is_(None),
            ParallelProcess.ended_on.is_(None),
            ParallelProcess.next_on <= until,
            Review.withdrawn_at.is_(None),
            Review.finished_on.is_(None),
            Review.published_on.is_(None),
        )
        .order_by(ParallelProcess.next_on, Review.reference, ParallelProcess.id)
    )
    return tuple(
        ProcessDate(
            row.id,
            row.review_id,
            f"{reference} {known_as}",
            label_of("parallel_process", row.kind),
            row.contact,
            row.next_on,
            row.next_what or "",
            bool(row.holds_publication),
        )
        for row, reference, known_as in session.execute(query)
        if row.next_on is not None
    )
