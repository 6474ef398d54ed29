"""The rows that a year's figures count: incidents, children, reviews and actions, read at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.children import Child, Family
from oscb_desktop.database.models.incidents import Incident, NotificationDiscussion
from oscb_desktop.database.models.learning import Impact, Theme
from oscb_desktop.database.models.recommendations import Action
from oscb_desktop.database.models.reviews import (
    CostLine,
    PanelResponse,
    Review,
    review_children,
    review_themes,
)
from oscb_desktop.database.models.settings import Baseline
from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.uncertain_dates import UncertainDate


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """An incident as the figures see it."""

    id: int
    reference: str
    nature: str
    referral_source: str | None
    notified_by: str
    happened_on: UncertainDate | None
    received_on: date | None
    aware_on: date | None
    notified_on: date | None

    @property
    def certain_on(self) -> date | None:
        """Return the first known of the days notified, aware and received."""
        return self.notified_on or self.aware_on or self.received_on

    @property
    def counted_on(self) -> date | None:
        """Return the day that puts it in a year; of an uncertain date, its earliest day."""
        return self.certain_on or (self.happened_on.earliest if self.happened_on else None)

    def may_belong_elsewhere(self, year: ReportingYear) -> bool:
        """Say whether an uncertain date leaves open in which year it belongs, this one or not."""
        if self.certain_on or self.happened_on is None:
            return False
        touches = self.happened_on.may_fall_within(year.first, year.last)
        return touches and not self.happened_on.surely_within(year.first, year.last)


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """A child as the figures see it."""

    id: int
    reference: str
    family: str
    age: Age | None
    sex: str | None
    ethnicity: str | None
    csc_status: str | None
    csc_previous: tuple[str, ...]
    outcome: str | None
    disability: str | None
    legal_status: str | None
    harm_types: tuple[str, ...]
    harmed_by: tuple[str, ...]
    child_factors: tuple[str, ...]
    family_factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """A review as the figures see it, with its incident, children, letters, costs and themes."""

    id: int
    reference: str
    kind: str
    role: str
    started_on: date
    finished_on: date | None
    published_on: date | None
    sent_to_panel_on: date | None
    lcspr_commissioned: bool | None
    rule_set: str | None
    incident: IncidentFacts | None
    children: tuple[ChildFacts, ...]
    letters: tuple[str, ...]
    """The kinds of the Panel's letters, the oldest first."""
    costs: tuple[Decimal, ...]
    themes: tuple[str, ...]
    initiated_on: date | None
    publication: str | None
    arose_from: int | None
    """The id of the rapid review that led to it."""

    @property
    def counted_on(self) -> date:
        """Return the day that puts a rapid review in a year: its notification, else its start."""
        return (self.incident.notified_on if self.incident else None) or self.started_on


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """An action as the figures see it."""

    reference: str
    scope: str
    delivery: str
    agreed_on: date
    due_on: date | None
    completed_on: date | None


T = TypeVar("T", IncidentFacts, ChildFacts, ReviewFacts, ActionFacts)


def read_incidents(session: Session) -> tuple[IncidentFacts, ...]:
    """Return the live incidents by reference."""
    query = select(
        Incident.id,
        Incident.reference,
        Incident.nature,
        Incident.referral_source,
        Incident.notified_by,
        Incident.happened_on,
        Incident.received_on,
        Incident.aware_on,
        Incident.notified_on,
    ).where(Incident.withdrawn_at.is_(None))
    return _by_reference(IncidentFacts(*row) for row in session.execute(query))


def read_discussions(session: Session) -> tuple[tuple[str, date], ...]:
    """Return the incident and the day of each live discussion of whether to notify."""
    query = (
        select(Incident.reference, NotificationDiscussion.held_on)
        .join(Incident, Incident.id == NotificationDiscussion.incident_id)
        .where(NotificationDiscussion.withdrawn_at.is_(None), Incident.withdrawn_at.is_(None))
        .order_by(NotificationDiscussion.held_on, NotificationDiscussion.id)
    )
    return tuple((row.reference, row.held_on) for row in session.execute(query))


def read_children(session: Session) -> dict[int, ChildFacts]:
    """Return the live children by id."""
    query = (
        select(
            Child.id,
            Child.reference,
            Family.reference,
            Child.age_at_incident,
            Child.sex,
            Child.ethnicity,
            Child.csc_status,
            Child.csc_previous,
            Child.outcome,
            Child.disability,
            Child.legal_status,
            Child.harm_types,
            Child.harmed_by,
            Child.child_factors,
            Child.family_factors,
        )
        .join(Family, Family.id == Child.family_id)
        .where(Child.withdrawn_at.is_(None))
    )
    return {row[0]: ChildFacts(*list(row)) for row in session.execute(query)}


def read_reviews(session: Session, incidents: dict[int, IncidentFacts]) -> tuple[ReviewFacts, ...]:
    """Return the live reviews by reference, with all that belongs to them."""
    children, child_ids = read_children(session), _linked(session, review_children)
    themes, theme_ids = _themes(session), _linked(session, review_themes)
    letters, costs = _letters(session), _costs(session)
    query = select(
        Review.id,
        Review.reference,
        Review.kind,
        Review.role,
        Review.started_on,
        Review.finished_on,
        Review.published_on,
        Review.sent_to_panel_on,
        Review.lcspr_commissioned,
        Review.rule_set,
        Review.incident_id,
        Review.initiated_on,
        Review.publication,
        Review.arose_from_id,
    ).where(Review.withdrawn_at.is_(None))
    return _by_reference(
        ReviewFacts(
            *row[:10],
            incidents.get(row.incident_id or 0),
            _by_reference(children[at] for at in child_ids[row.id] if at in children),
            tuple(letters[row.id]),
            tuple(costs[row.id]),
            tuple(sorted(themes[at] for at in theme_ids[row.id] if at in themes)),
            row.initiated_on,
            row.publication,
            row.arose_from_id,
        )
        for row in session.execute(query)
    )


def _themes(session: Session) -> dict[int, str]:
    live = select(Theme.id, Theme.name).where(Theme.withdrawn_at.is_(None))
    return {row.id: row.name for row in session.execute(live)}


def _linked(session: Session, table: Table) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for owner, other in session.execute(select(*table.columns)):
        found[owner].append(other)
    return found


def _letters(session: Session) -> dict[int, list[str]]:
    query = (
        select(PanelResponse.review_id, PanelResponse.kind)
        .where(PanelResponse.withdrawn_at.is_(None))
        .order_by(PanelResponse.received_on, PanelResponse.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(query):
        found[row.review_id].append(row.kind)
    return found


def _costs(session: Session) -> dict[int, list[Decimal]]:
    query = select(CostLine.review_id, CostLine.amount).where(CostLine.withdrawn_at.is_(None))
    found: dict[int, list[Decimal]] = defaultdict(list)
    for row in session.execute(query):
        found[row.review_id].append(row.amount)
    return found


def read_actions(session: Session) -> tuple[ActionFacts, ...]:
    """Return the live actions of live reviews by reference."""
    query = (
        select(
            Action.reference,
            Action.scope,
            Action.delivery,
            Action.agreed_on,
            Review.started_on,
            Action.due_on,
            Action.completed_on,
        )
        .join(Review, Review.id == Action.review_id)
        .where(Action.withdrawn_at.is_(None), Review.withdrawn_at.is_(None))
    )
    return _by_reference(
        ActionFacts(
            row.reference,
            row.scope,
            row.delivery,
            row.agreed_on or row.started_on,
            row.due_on,
            row.completed_on,
        )
        for row in session.execute(query)
    )


def read_impacts(session: Session) -> tuple[tuple[str, date], ...]:
    """Return the reference and the day of each live record of impact."""
    query = select(Impact.reference, Impact.seen_on).where(Impact.withdrawn_at.is_(None))
    found = [(row.reference, row.seen_on) for row in session.execute(query)]
    return tuple(sorted(found, key=lambda row: sort_key(row[0])))


def read_baselines(session: Session) -> tuple[tuple[str, str, int], ...]:
    """Return the year, the figure and the value of each live baseline."""
    query = select(Baseline.year, Baseline.figure, Baseline.value).where(
        Baseline.withdrawn_at.is_(None)
    )
    return tuple((row.year, row.figure, row.value) for row in session.execute(query))


def _by_reference(rows: Iterable[T]) -> tuple[T, ...]:
    rows = tuple(rows)
    return rows if len(rows) < 2 else tuple(sorted(rows, key=lambda row: sort_key(row.reference)))
