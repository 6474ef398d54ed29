"""How one review stands today: its stage in words and its clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.reviews import PanelResponse, Review
from oscb_desktop.domain.statutory_clock import Clock
from oscb_desktop.queries.clocks import clocks_of_review
from oscb_desktop.queries.reviews import stage_of


@dataclass(frozen=True, slots=True)
class Standing:
    """The stage of a review and each of its clocks whose starting day is known."""

    stage: str
    clocks: tuple[Clock, ...]


def standing(session: Session, review_id: int, today: date) -> Standing | None:
    """Return how a review stands, or None where there is none of that id."""
    review = session.get(Review, review_id)
    if review is None:
        return None
    letter = exists().where(
        PanelResponse.review_id == review_id, PanelResponse.withdrawn_at.is_(None)
    )
    answered = bool(session.scalar(select(letter)))
    clocked = clocks_of_review(session, review_id, today)
    stage = stage_of(review, panel_answered=answered, today=today)
    return Standing(stage, clocked.clocks if clocked else ())
