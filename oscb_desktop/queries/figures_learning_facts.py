"""What was learned, shared and published: the rows that the figures about learning count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.directory import Agency, Membership, Person
from oscb_desktop.database.models.learning import (
    Dissemination,
    LearningPoint,
    learning_point_reviews,
)
from oscb_desktop.database.models.recommendations import Finding, Limb, Recommendation
from oscb_desktop.database.models.running import Engagement
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.references import sort_key

SUBGROUP = "cspr_subgroup"


@dataclass(frozen=True, slots=True)
class PointFacts:
    """A learning point as the figures see it; ``reviews`` are ids."""

    id: int
    reference: str
    audience: str
    heading: str
    text: str
    reviews: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SharedFacts:
    """Learning that was taken somewhere."""

    id: int
    title: str
    product: str
    audience: str
    channel: str | None
    shared_on: date
    reach: int | None


@dataclass(frozen=True, slots=True)
class EngagementFacts:
    """Practitioners or family members who were asked to take part in a review."""

    id: int
    review: int
    kind: str
    who: str
    response: str | None
    contacted_on: date | None
    met_on: date | None
    invited: int | None
    attended: int | None
    said: str

    @property
    def counted_on(self) -> date | None:
        """Return the day that puts it in a year: when they met, else the first contact."""
        return self.met_on or self.contacted_on


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """Somebody's place in the subgroup."""

    person: str
    job_title: str
    agency: str
    role: str
    from_on: date
    to_on: date | None

    def belongs_on(self, day: date) -> bool:
        """Say whether the membership holds on a day."""
        return self.from_on <= day and (self.to_on is None or self.to_on >= day)


@dataclass(frozen=True, slots=True)
class LearningFacts:
    """What the figures about learning are counted from; records in the bin are left out.

    ``findings`` and ``recommendations`` are references by the id of their review; ``limbs`` are
    the reference, the scope and the review's id of each part of a recommendation.
    """

    points: tuple[PointFacts, ...]
    shared: tuple[SharedFacts, ...]
    engagements: tuple[EngagementFacts, ...]
    findings: Mapping[int, tuple[str, ...]]
    recommendations: Mapping[int, tuple[str, ...]]
    limbs: tuple[tuple[str, str, int], ...]
    members: tuple[MemberFacts, ...]


def read_learning(session: Session) -> LearningFacts:
    """Read them in a fixed number of queries."""
    return LearningFacts(
        _points(session),
        _shared(session),
        _engagements(session),
        _by_review(session, Finding),
        _by_review(session, Recommendation),
        _limbs(session),
        _members(session),
    )


def _points(session: Session) -> tuple[PointFacts, ...]:
    reviews: dict[int, list[int]] = defaultdict(list)
    for point, review in session.execute(select(*learning_point_reviews.columns)):
        reviews[point].append(review)
    query = select(
        LearningPoint.id,
        LearningPoint.reference,
        LearningPoint.audience,
        LearningPoint.heading,
        LearningPoint.text,
        LearningPoint.number,
    ).where(LearningPoint.withdrawn_at.is_(None))
    order = {entry.code: at for at, entry in enumerate(code_list("audience").codes)}
    rows = sorted(
        session.execute(query),
        key=lambda row: (order.get(row.audience, 9), row.number or 999, sort_key(row.reference)),
    )
    return tuple(PointFacts(*row[:4], row.text or "", tuple(reviews[row.id])) for row in rows)


def _shared(session: Session) -> tuple[SharedFacts, ...]:
    query = (
        select(
            Dissemination.id,
            Dissemination.product,
            Dissemination.audience,
            Dissemination.channel,
            Dissemination.shared_on,
            Dissemination.reach,
        )
        .where(Dissemination.withdrawn_at.is_(None))
        .order_by(Dissemination.shared_on, Dissemination.id)
    )
    return tuple(
        SharedFacts(row.id, f"{row.product}, {row.audience}", *row[1:])
        for row in session.execute(query)
    )


def _engagements(session: Session) -> tuple[EngagementFacts, ...]:
    query = (
        select(
            Engagement.id,
            Engagement.review_id,
            Engagement.kind,
            Engagement.who,
            Engagement.response,
            Engagement.contacted_on,
            Engagement.met_on,
            Engagement.invited,
            Engagement.attended,
            Engagement.said,
        )
        .where(Engagement.withdrawn_at.is_(None))
        .order_by(Engagement.met_on, Engagement.id)
    )
    return tuple(EngagementFacts(*row[:9], row.said or "") for row in session.execute(query))


def _by_review(
    session: Session, model: type[Finding] | type[Recommendation]
) -> dict[int, tuple[str, ...]]:
    query = (
        select(model.review_id, model.reference)
        .where(model.withdrawn_at.is_(None))
        .order_by(model.review_id, model.number, model.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(query):
        found[row.review_id].append(row.reference)
    return {review: tuple(references) for review, references in found.items()}


def _limbs(session: Session) -> tuple[tuple[str, str, int], ...]:
    query = (
        select(Limb.reference, Limb.scope, Recommendation.review_id)
        .join(Recommendation, Recommendation.id == Limb.recommendation_id)
        .where(Limb.withdrawn_at.is_(None), Recommendation.withdrawn_at.is_(None))
        .order_by(Limb.id)
    )
    return tuple((row[0], row[1], row[2]) for row in session.execute(query))


def _members(session: Session) -> tuple[MemberFacts, ...]:
    query = (
        select(
            Person.name,
            Person.job_title,
            Agency.name,
            Membership.role,
            Membership.from_on,
            Membership.to_on,
        )
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(Agency, Agency.id == Person.agency_id)
        .where(
            Membership.withdrawn_at.is_(None),
            Person.withdrawn_at.is_(None),
            Membership.body == SUBGROUP,
        )
    )
    order = {entry.code: at for at, entry in enumerate(code_list("membership_role").codes)}
    rows = [
        MemberFacts(row[0], row[1] or "", row[2] or "", *row[3:]) for row in session.execute(query)
    ]
    return tuple(sorted(rows, key=lambda row: (order.get(row.role, 9), row.agency, row.person)))
