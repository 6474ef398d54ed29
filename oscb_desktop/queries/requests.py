"""Requests to agencies: those of a review, who owes what across all, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from oscb_desktop.database.models.directory import Agency, Membership, Person
from oscb_desktop.database.models.plans import PlanStep
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.database.models.running import AgencyRequest
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.requests import RETURNED, RequestFacts, purposes
from oscb_desktop.domain.working_days import CalendarEnd, add_working_days
from oscb_desktop.queries.organisation import calendar
from oscb_desktop.queries.plans import anchors, day_of

SUBGROUP = "cspr_subgroup"

_COLUMNS = (
    AgencyRequest.id,
    AgencyRequest.version,
    AgencyRequest.review_id,
    Review.reference,
    Review.known_as,
    AgencyRequest.agency_id,
    func.coalesce(Agency.short_name, Agency.name).label("agency"),
    Agency.name.label("agency_name"),
    func.coalesce(Agency.email, "").label("agency_email"),
    Agency.active_until,
    AgencyRequest.purpose,
    func.coalesce(Person.name, "").label("contact"),
    func.coalesce(Person.email, "").label("contact_email"),
    AgencyRequest.requested_on,
    AgencyRequest.due_on,
    AgencyRequest.reminded_on,
    func.coalesce(AgencyRequest.reminders, 0).label("reminders"),
    func.coalesce(AgencyRequest.outcome, "").label("outcome"),
    AgencyRequest.received_on,
    func.coalesce(AgencyRequest.quality, "").label("quality"),
    AgencyRequest.withdrawn_on,
)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request. ``days_late`` is computed: below 0 before its day, None without one.

    ``gone_on`` is the day on which the agency ceased to exist, where that has passed.
    """

    id: int
    version: int
    review_id: int
    review: str
    known_as: str
    agency_id: int
    agency: str
    agency_name: str
    emails: tuple[str, ...]
    gone_on: date | None
    purpose_words: str
    contact: str
    facts: RequestFacts
    quality_words: str
    reminded_on: date | None
    reminders: int
    days_late: int | None
    words: str

    @property
    def is_owed(self) -> bool:
        """Whether an answer is still to come."""
        return self.facts.is_owed

    @property
    def is_late(self) -> bool:
        """Whether it is owed and its day has passed."""
        return self.is_owed and self.days_late is not None and self.days_late > 0

    @property
    def reminded(self) -> str:
        """How often the agency was reminded, and when last."""
        if not self.reminders:
            return ""
        on = f", last {format_date(self.reminded_on)}" if self.reminded_on else ""
        return f"{self.reminders}x{on}" if self.reminders > 1 else f"once{on}"


@dataclass(frozen=True, slots=True)
class AgencyOwes:
    """All that one agency owes, the longest late first."""

    id: int
    agency: str
    name: str
    emails: tuple[str, ...]
    gone_on: date | None
    rows: tuple[RequestRow, ...]

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(row.is_late for row in self.rows)


@dataclass(frozen=True, slots=True)
class AgencyChoice:
    """An agency that can be asked: its kind, whom to write to, and what was asked before.

    ``asked`` says so where it was asked for the same already; ``is_member`` that somebody of it
    sits on the subgroup.
    """

    id: int
    name: str
    kind_words: str
    contact_id: int | None
    contact: str
    email: str
    asked: str
    is_member: bool


def requests_of(session: Session, review_id: int, today: date) -> tuple[RequestRow, ...]:
    """Return the requests of a review in the order of sending, by agency within a day."""
    found = session.execute(_all().where(AgencyRequest.review_id == review_id))
    rows = [_row(row, today) for row in found]
    rows.sort(key=lambda row: (row.facts.requested_on or date.max, sort_key(row.agency), row.id))
    return tuple(rows)


def request(session: Session, request_id: int, today: date) -> RequestRow | None:
    """Return one live request."""
    found = session.execute(_all().where(AgencyRequest.id == request_id)).one_or_none()
    return None if found is None else _row(found, today)


def owed(session: Session, today: date) -> tuple[RequestRow, ...]:
    """Return what agencies owe to reviews that have not ended, the longest late first."""
    query = _all().where(
        AgencyRequest.requested_on.is_not(None),
        AgencyRequest.withdrawn_on.is_(None),
        or_(
            AgencyRequest.quality == RETURNED,
            AgencyRequest.outcome.is_(None) & AgencyRequest.received_on.is_(None),
        ),
        or_(Review.finished_on.is_(None), Review.finished_on > today),
        AgencyRequest.requested_on <= today,
    )
    rows = [_row(row, today) for row in session.execute(query)]
    rows.sort(key=lambda row: (row.facts.due_on or date.max, row.agency.casefold(), row.id))
    return tuple(rows)


def by_agency(rows: Iterable[RequestRow]) -> tuple[AgencyOwes, ...]:
    """Group what is owed by agency, the one that is late longest first."""
    groups: dict[int, list[RequestRow]] = {}
    for row in rows:
        groups.setdefault(row.agency_id, []).append(row)
    return tuple(_owes(found) for found in groups.values())


def agencies_to_ask(
    session: Session, review_id: int, purpose: str, today: date
) -> tuple[AgencyChoice, ...]:
    """Return the agencies that exist, by kind and then by name, with whom to write to in each."""
    asked = _asked(session, review_id, purpose)
    contacts = _contacts(session, today)
    kinds = {code.code: place for place, code in enumerate(code_list("agency_kind").codes)}
    live = select(Agency).where(
        Agency.withdrawn_at.is_(None),
        or_(Agency.active_until.is_(None), Agency.active_until >= today),
        or_(Agency.active_from.is_(None), Agency.active_from <= today),
    )
    found = sorted(
        session.scalars(live), key=lambda row: (kinds.get(row.kind, 999), sort_key(row.name))
    )
    return tuple(_choice(row, contacts.get(row.id), asked.get(row.id, "")) for row in found)


def default_due(session: Session, review_id: int, purpose: str, today: date) -> date:
    """Return the day that the plan gives to a purpose, or so many working days on."""
    wanted, days = purposes()[purpose], calendar(session)
    planned = session.scalar(
        select(PlanStep.due_on).where(
            PlanStep.review_id == review_id,
            PlanStep.withdrawn_at.is_(None),
            func.lower(PlanStep.text) == wanted.step.lower(),
            PlanStep.due_on > today,
        )
    )
    anchor = anchors(session, review_id).get(wanted.anchor)
    day: date | None = planned or day_of(anchor, wanted.working_days, days)
    if day is not None and day > today:
        return day
    try:
        return add_working_days(today, wanted.within, days)
    except CalendarEnd:
        return date.fromordinal(today.toordinal() + 7)


def default_asked(session: Session, review_id: int, purpose: str) -> str:
    """Return the usual text for a purpose, with the period and the key lines of the review."""
    review = session.get_one(Review, review_id)
    parts = [purposes()[purpose].asked, *_period(review)]
    terms = (review.terms or "").strip()
    if terms:
        parts.append(f"Key lines of enquiry:\n{terms}")
    return "\n".join(parts)


def _period(review: Review) -> Iterable[str]:
    since, until = review.scope_from, review.scope_to
    if since and until:
        yield f"The period is from {since.words()} to {until.words()}."
    elif since:
        yield f"The period begins with {since.words()}."
    elif until:
        yield f"The period ends with {until.words()}."


def _all() -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Review, Review.id == AgencyRequest.review_id)
        .join(Agency, Agency.id == AgencyRequest.agency_id)
        .outerjoin(Person, Person.id == AgencyRequest.contact_id)
        .where(AgencyRequest.withdrawn_at.is_(None), Review.withdrawn_at.is_(None))
    )


def _row(row: Any, today: date) -> RequestRow:
    facts = RequestFacts(
        row.purpose,
        row.requested_on,
        row.due_on,
        row.outcome,
        row.received_on,
        row.quality,
        row.withdrawn_on,
    )
    gone = row.active_until if row.active_until and row.active_until < today else None
    return RequestRow(
        row.id,
        row.version,
        row.review_id,
        row.reference,
        row.known_as,
        row.agency_id,
        row.agency,
        row.agency_name,
        tuple(dict.fromkeys(filter(None, (row.contact_email, row.agency_email)))),
        gone,
        code_list("request_purpose").label_of(row.purpose),
        row.contact,
        facts,
        code_list("request_quality").label_of(row.quality) if row.quality else "",
        row.reminded_on,
        row.reminders,
        facts.days_late(today),
        facts.stands(today),
    )


def _owes(rows: Sequence[RequestRow]) -> AgencyOwes:
    first = rows[0]
    emails = dict.fromkeys(email for row in rows for email in row.emails)
    return AgencyOwes(
        first.agency_id, first.agency, first.agency_name, tuple(emails), first.gone_on, tuple(rows)
    )


def _choice(row: Agency, member: tuple[int, str, str] | None, asked: str) -> AgencyChoice:
    contact, name, email = member or (None, "", row.email or "")
    kind = code_list("agency_kind").label_of(row.kind)
    return AgencyChoice(row.id, row.name, kind, contact, name, email, asked, member is not None)


def _asked(session: Session, review_id: int, purpose: str) -> dict[int, str]:
    query = select(AgencyRequest.agency_id, AgencyRequest.requested_on).where(
        AgencyRequest.review_id == review_id,
        AgencyRequest.purpose == purpose,
        AgencyRequest.withdrawn_at.is_(None),
        AgencyRequest.withdrawn_on.is_(None),
    )
    return {
        agency: f"asked {format_date(on)}" if on else "entered, not sent"
        for agency, on in session.execute(query)
    }


def _contacts(session: Session, today: date) -> dict[int, tuple[int, str, str]]:
    """Return for each agency of the subgroup its first member, with the address to write to."""
    person, agency = aliased(Person), aliased(Agency)
    query = (
        select(person.agency_id, person.id, person.name, person.email, agency.email.label("shared"))
        .join(Membership, Membership.person_id == person.id)
        .join(agency, agency.id == person.agency_id)
        .where(
            Membership.withdrawn_at.is_(None),
            person.withdrawn_at.is_(None),
            Membership.body == SUBGROUP,
            Membership.from_on <= today,
            or_(Membership.to_on.is_(None), Membership.to_on >= today),
        )
        .order_by(Membership.from_on, Membership.id)
    )
    found: dict[int, tuple[int, str, str]] = {}
    for row in session.execute(query):
        found.setdefault(row.agency_id, (row.id, row.name, row.email or row.shared or ""))
    return found
