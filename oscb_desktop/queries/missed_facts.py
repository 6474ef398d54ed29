"""What may be missing of a review although no stage follows from it: its fields, its children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.children import Child
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.stages import StageFacts
from oscb_desktop.domain.values import is_empty


def with_what_is_missed(session: Session, facts: Mapping[int, StageFacts]) -> dict[int, StageFacts]:
    """Return the facts of these reviews with what no stage follows from and may yet be missing."""
    filled, children = _filled(session, facts), _children(session, facts)
    return {
        review: replace(
            one,
            filled=filled[review],
            children=len(children[review]),
            left_out=_left_out(session, review, children[review]) if one.is_rapid else (),
        )
        for review, one in facts.items()
    }


def _filled(session: Session, review_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return, by id, which fields of these reviews hold something."""
    fields = [field for field in record_kind("review").fields if not field.is_link]
    return {
        review.id: frozenset(
            field.name for field in fields if not is_empty(getattr(review, field.name, None))
        )
        for review in session.scalars(select(Review).where(Review.id.in_(review_ids)))
    }


def _children(session: Session, review_ids: Iterable[int]) -> dict[int, set[int]]:
    own, other = LINK_TABLES["review", "children"].columns
    query = select(own, other).join(Child, Child.id == other).where(Child.withdrawn_at.is_(None))
    found: dict[int, set[int]] = defaultdict(set)
    for review, child in session.execute(query.where(own.in_(review_ids))):
        found[review].add(child)
    return found


def _left_out(session: Session, review_id: int, children: Collection[int]) -> tuple[str, ...]:
    """Return the names of the children of a review's incident who are not in the review."""
    query = (
        select(Child.known_as)
        .join(Review, Review.incident_id == Child.incident_id)
        .where(Review.id == review_id, Child.withdrawn_at.is_(None), Child.id.not_in(children))
        .order_by(Child.id)
    )
    return tuple(session.scalars(query))
