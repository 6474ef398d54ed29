"""Recommendations that say the same as others: what is suggested, and what somebody decided."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from oscb_desktop.database.models.recommendations import Likeness, Recommendation
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.domain.likeness import most_alike
from oscb_desktop.domain.references import sort_key

SAME, DIFFERENT = "same", "different"


@dataclass(frozen=True, slots=True)
class LikeRow:
    """A recommendation that may say the same, or was found to, and the words that both use."""

    id: int
    reference: str
    text: str
    review: str
    likeness: float
    shared: tuple[str, ...]


def suggestions(session: Session, recommendation_id: int) -> tuple[LikeRow, ...]:
    """Return the recommendations most like one, without those that somebody decided about.

    Raises ``LookupError`` where there is no such recommendation.
    """
    every = live_recommendations(session)
    own = next((row for row in every if row.id == recommendation_id), None)
    if own is None:
        raise LookupError(f"there is no live recommendation {recommendation_id}")
    decided = _decided(session)
    known = {recommendation_id, *decided[DIFFERENT].get(recommendation_id, ())}
    known |= same_as(session)[recommendation_id]
    others = [row for row in every if row.id not in known]
    found = most_alike(own.text, [row.text for row in others])
    return tuple(_like(others[one.at], one.likeness, one.shared) for one in found)


def confirmed(session: Session, recommendation_id: int) -> tuple[LikeRow, ...]:
    """Return the recommendations that say the same as one, as somebody decided."""
    same = same_as(session)[recommendation_id] - {recommendation_id}
    rows = [row for row in live_recommendations(session) if row.id in same] if same else []
    return tuple(
        _like(row, 1.0, ()) for row in sorted(rows, key=lambda row: sort_key(row.reference))
    )


def same_as(session: Session) -> defaultdict[int, frozenset[int]]:
    """Return of each recommendation all that teach the same lesson, itself among them.

    What is the same as the same is the same too.
    """
    groups: dict[int, set[int]] = {}
    for one, others in _decided(session)[SAME].items():
        whole = {one, *others}
        for member in tuple(whole):
            whole |= groups.get(member, set())
        for member in whole:
            groups[member] = whole
    found: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
    found.update({member: frozenset(whole) for member, whole in groups.items()})
    return found


def decision(session: Session, one: int, other: int) -> tuple[int, str] | None:
    """Return the id and the verdict of what was decided about two recommendations, if it was."""
    query = select(Likeness.id, Likeness.verdict).where(
        Likeness.withdrawn_at.is_(None),
        Likeness.recommendation_id.in_((one, other)),
        Likeness.like_id.in_((one, other)),
    )
    row = session.execute(query.limit(1)).one_or_none()
    return (row.id, row.verdict) if row else None


@dataclass(frozen=True, slots=True)
class LiveRecommendation:
    """A recommendation of a live review, named by ``review``; ``response`` is a code or empty."""

    id: int
    reference: str
    text: str
    review: str
    made_on: date
    response: str


def in_order(session: Session, one: int, other: int) -> tuple[int, int]:
    """Return two recommendations, the later one first."""
    rows = {row.id: row for row in live_recommendations(session) if row.id in (one, other)}
    if len(rows) < 2:
        return one, other
    later, earlier = sorted(rows.values(), key=lambda row: (row.made_on, row.id), reverse=True)
    return later.id, earlier.id


def _like(row: LiveRecommendation, likeness: float, shared: tuple[str, ...]) -> LikeRow:
    return LikeRow(row.id, row.reference, row.text, row.review, likeness, shared)


def live_recommendations(session: Session) -> list[LiveRecommendation]:
    """Return the recommendations of all live reviews."""
    query = (
        select(
            Recommendation.id,
            Recommendation.reference,
            Recommendation.text,
            Recommendation.made_on,
            Recommendation.response,
            Review.reference.label("review"),
            Review.known_as,
            Review.started_on,
        )
        .join(Review, Review.id == Recommendation.review_id)
        .where(Recommendation.withdrawn_at.is_(None), Review.withdrawn_at.is_(None))
    )
    return [
        LiveRecommendation(
            row.id,
            row.reference,
            row.text,
            f"{row.review} {row.known_as}",
            row.made_on or row.started_on,
            row.response or "",
        )
        for row in session.connection().execute(query).all()  # without the session: half the time
    ]


def _decided(session: Session) -> dict[str, dict[int, set[int]]]:
    """Return for each verdict which recommendations it joins, both ways."""
    first, second = aliased(Recommendation), aliased(Recommendation)
    query = (
        select(Likeness.recommendation_id, Likeness.like_id, Likeness.verdict)
        .join(first, first.id == Likeness.recommendation_id)
        .join(second, second.id == Likeness.like_id)
        .where(
            Likeness.withdrawn_at.is_(None),
            first.withdrawn_at.is_(None),
            second.withdrawn_at.is_(None),
        )
    )
    found: dict[str, dict[int, set[int]]] = {SAME: {}, DIFFERENT: {}}
    for one, other, verdict in session.execute(query):
        found[verdict].setdefault(one, set()).add(other)
        found[verdict].setdefault(other, set()).add(one)
    return found
