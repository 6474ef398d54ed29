"""The legal holds that stand, and what each of them keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.children import Child, ChildIdentity
from oscb_desktop.database.models.keeping import LegalHold
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.queries.record_web import Ref
from oscb_desktop.queries.records import values_of


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold that stands: on everything, or on what it names."""

    name: str
    everything: bool
    held: frozenset[Ref]


def holds_on(session: Session, kind: str, record_id: int, today: date) -> tuple[str, ...]:
    """Return the names of the holds that keep a review, an incident, a child or an identity."""
    holds = standing_holds(session, today)
    return names_of(holds, _near(session, kind, record_id)) if holds else ()


def standing_holds(session: Session, today: date) -> tuple[Hold, ...]:
    """Return the holds that are not lifted; one that begins later stands already."""
    standing = or_(LegalHold.lifted_on.is_(None), LegalHold.lifted_on > today)
    query = select(LegalHold).where(LegalHold.withdrawn_at.is_(None), standing)
    return tuple(
        Hold(row.name, row.everything, _held(values_of(session, "legal_hold", row)))
        for row in session.scalars(query.order_by(LegalHold.id))
    )


def _near(session: Session, kind: str, record_id: int) -> frozenset[Ref]:
    """Return what a hold must name to keep a record, read for this record alone."""
    if kind == "review":
        return _with_incidents(session, record_id)
    if kind == "child_identity":
        identity = session.get(ChildIdentity, record_id)
        kind, record_id = "child", identity.child_id if identity else 0
    if kind == "child":
        child = session.get(Child, record_id)
        kind, record_id = "incident", child.incident_id if child else 0
    if kind != "incident":
        return frozenset()
    named = LINK_TABLES["review", "children"].c
    through = (
        select(named.review_id)
        .join(Child, Child.id == named.child_id)
        .where(Child.incident_id == record_id)
    )
    naming = select(Review.id).where(or_(Review.incident_id == record_id, Review.id.in_(through)))
    return frozenset(
        [("incident", record_id), *(("review", one) for one in session.scalars(naming))]
    )


def _with_incidents(session: Session, review_id: int) -> frozenset[Ref]:
    named = LINK_TABLES["review", "children"].c
    through = select(Child.incident_id).join(named.child_id.table, named.child_id == Child.id)
    own = select(Review.incident_id).where(Review.id == review_id, Review.incident_id.is_not(None))
    found = {*session.scalars(through.where(named.review_id == review_id)), *session.scalars(own)}
    return frozenset([("review", review_id), *(("incident", one) for one in found if one)])


def _held(values: Mapping[str, Any]) -> frozenset[Ref]:
    reviews = (("review", one) for one in values["reviews"])
    return frozenset([*reviews, *(("incident", one) for one in values["incidents"])])


def names_of(holds: Iterable[Hold], held_by: frozenset[Ref]) -> tuple[str, ...]:
    """Return the names of the holds on everything or on any of these records."""
    return tuple(hold.name for hold in holds if hold.everything or hold.held & held_by)
