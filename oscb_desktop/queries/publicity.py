"""Where a review stands for those outside, from what is recorded about it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from oscb_desktop.domain.publicity import Publicity, publicity_of
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.queries.stages import stage_facts


def publicity(session: Session, review: RecordRow, today: date) -> Publicity:
    """Return what may be told of a live review by a day."""
    planned = review.values["publication_planned_on"]
    facts = stage_facts(session, today, review.id)[review.id]
    return publicity_of(facts, today, planned if isinstance(planned, date) else None)
