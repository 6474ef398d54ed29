"""Every incident as the list shows it, those below the threshold too, and how one stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.children import Child, ChildIdentity
from oscb_desktop.database.models.directory import Agency
from oscb_desktop.database.models.incidents import Incident, NotificationDiscussion
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.stages import RAPID_REVIEW
from oscb_desktop.domain.statutory_clock import Clock
from oscb_desktop.domain.still_missing import Missing
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.queries.clocks import clocks_of_incident
from oscb_desktop.queries.organisation import organisation


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident; ``outcome`` says in words whether it was notified, and ``year`` is its own."""

    id: int
    reference: str
    known_as: str
    nature_words: str
    happened_on: UncertainDate | None
    received_on: date | None
    notified_on: date | None
    outcome: str
    referred_by: str
    children: int
    reviews: tuple[str, ...]
    year: str


def incidents(session: Session) -> tuple[IncidentRow, ...]:
    """Return every live incident, the newest reference first."""
    decisions = _decisions(session)
    children = _children(session)
    reviewed = _reviews(session)
    start_month = organisation(session).year_start_month
    query = (
        select(Incident, func.coalesce(Agency.short_name, Agency.name, "").label("agency"))
        .outerjoin(Agency, Agency.id == Incident.referring_agency_id)
        .where(Incident.withdrawn_at.is_(None))
    )
    rows = [
        IncidentRow(
            id=incident.id,
            reference=incident.reference,
            known_as=incident.known_as,
            nature_words=code_list("incident_nature").label_of(incident.nature),
            happened_on=incident.happened_on,
            received_on=incident.received_on,
            notified_on=incident.notified_on,
            outcome=outcome_of(incident, decisions.get(incident.id, "")),
            referred_by=agency or _source(incident),
            children=children[incident.id],
            reviews=tuple(reviewed[incident.id]),
            year=_year(incident, start_month),
        )
        for incident, agency in session.execute(query)
    ]
    return tuple(sorted(rows, key=lambda row: sort_key(row.reference), reverse=True))


def outcome_of(incident: Incident, decision: str) -> str:
    """Say in a few words what became of an incident, from what is recorded on it."""
    if incident.notified_by != "us":
        return "Notified by another area" if incident.notified_on else "For another area"
    if incident.notified_on is not None:
        return "Notified"
    if decision == "notify":
        return "To be sent: decided to notify"
    if decision:
        return code_list("notify_decision").label_of(decision)
    return "To be decided" if incident.aware_on is not None else "Recorded"


def _outcome_with_reason(incident: Incident, last: LastDecision | None) -> str:
    """Say what became of an incident, and why where it is not notified."""
    told = outcome_of(incident, last.decision if last else "")
    if last is None or not last.why_not or incident.notified_on or incident.notified_by != "us":
        return told
    why = code_list("not_notified_reason").label_of(last.why_not)
    return f"{told}: {why[:1].lower()}{why[1:]}"


def _source(incident: Incident) -> str:
    source = incident.referral_source
    return code_list("referral_source").label_of(source) if source else ""


def _decisions(session: Session) -> dict[int, str]:
    """Return the latest decision on each incident."""
    query = (
        select(NotificationDiscussion.incident_id, NotificationDiscussion.decision)
        .where(NotificationDiscussion.withdrawn_at.is_(None))
        .where(NotificationDiscussion.decision.is_not(None))
        .order_by(NotificationDiscussion.held_on, NotificationDiscussion.id)
    )
    return {row.incident_id: row.decision or "" for row in session.execute(query)}


def _children(session: Session) -> Counter[int]:
    return Counter(session.scalars(select(Child.incident_id).where(Child.withdrawn_at.is_(None))))


def _reviews(session: Session) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = select(Review.incident_id, Review.reference).where(
        Review.withdrawn_at.is_(None), Review.incident_id.is_not(None)
    )
    for incident_id, reference in session.execute(query.order_by(Review.started_on)):
        found[incident_id or 0].append(reference)
    return found


def _year(incident: Incident, start_month: int) -> str:
    """Return the reporting year of the first day that is known for certain."""
    day = incident.notified_on or incident.received_on or incident.aware_on
    return ReportingYear.containing(day, start_month).label if day else ""


@dataclass(frozen=True, slots=True)
class LastDecision:
    """The latest discussion of an incident: its decision, the day it was made or held, and why.

    ``why_not`` is a code of the list ``not_notified_reason``.
    """

    decision: str
    on: date
    reason: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class IncidentStanding:
    """How one incident stands: what became of it, what is missing next, and its clocks."""

    outcome: str
    missing: tuple[Missing, ...]
    clocks: tuple[Clock, ...]
    may_notify: bool
    may_be_outside: bool


def incident_standing(session: Session, incident_id: int, today: date) -> IncidentStanding | None:
    """Return how an incident stands, or None where there is none of that id."""
    incident = session.get(Incident, incident_id)
    if incident is None:
        return None
    last = last_decision(session, incident_id)
    decision = last.decision if last else ""
    clocked = clocks_of_incident(session, incident_id, today)
    ours = incident.notified_by == "us" and incident.notified_on is None
    return IncidentStanding(
        _outcome_with_reason(incident, last),
        tuple(_missing(incident, last, reviewed=_is_reviewed(session, incident_id))),
        clocked.clocks if clocked else (),
        may_notify=ours and decision == "notify",
        may_be_outside=ours,
    )


def last_decision(session: Session, incident_id: int) -> LastDecision | None:
    """Return the latest discussion of an incident that says what was decided, if there is one."""
    made = NotificationDiscussion
    row = session.scalar(
        select(made)
        .where(made.incident_id == incident_id, made.withdrawn_at.is_(None))
        .where(made.decision.is_not(None))
        .order_by(made.held_on.desc(), made.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    why_not = row.not_notified_reason or ""
    return LastDecision(
        row.decision or "", row.decided_on or row.held_on, row.reason or "", why_not
    )


def identities_of(session: Session, incident_id: int) -> tuple[int, ...]:
    """Return the ids of the identities of an incident's children."""
    query = (
        select(ChildIdentity.id)
        .join(Child, Child.id == ChildIdentity.child_id)
        .where(Child.incident_id == incident_id, Child.withdrawn_at.is_(None))
        .where(ChildIdentity.withdrawn_at.is_(None))
        .order_by(ChildIdentity.id)
    )
    return tuple(session.scalars(query))


def rapid_reviews_of(session: Session, incident_id: int) -> tuple[int, ...]:
    """Return the ids of the live rapid reviews of an incident."""
    query = select(Review.id).where(
        Review.incident_id == incident_id,
        Review.kind == RAPID_REVIEW,
        Review.withdrawn_at.is_(None),
    )
    return tuple(session.scalars(query))


def _is_reviewed(session: Session, incident_id: int) -> bool:
    live = exists().where(Review.incident_id == incident_id, Review.withdrawn_at.is_(None))
    return bool(session.scalar(select(live)))


def _missing(incident: Incident, last: LastDecision | None, *, reviewed: bool) -> Iterator[Missing]:
    """Yield what is missing until it is settled whether and when an incident was notified.

    A review without a notification asks for it on its own page; old cases have none.
    """
    if reviewed and incident.notified_on is None:
        return
    if incident.notified_by != "us":
        if not incident.incident_authority:
            sentence = "Where it happened, whose authority notifies, is not recorded."
            yield Missing(sentence, "incident", "incident_authority")
        return
    if incident.aware_on is None:
        sentence = "When the local authority became aware is not recorded; a clock counts on it."
        yield Missing(sentence, "incident", "aware_on")
    if last is None or last.decision == "undecided":
        if incident.notified_on is None:
            sentence = "The local authority's decision on notifying is not recorded."
            yield Missing(sentence, "notification_discussion")
    elif not last.reason and not last.why_not:
        sentence = "The reason for the decision on notifying is not recorded."
        yield Missing(sentence, "notification_discussion", "reason")
    if incident.notified_on is None and last is not None and last.decision == "notify":
        yield Missing("The notification has not been sent.", "incident", "notified_on")
    if incident.notified_on is not None:
        yield from _missing_of_the_sent(incident)


def _missing_of_the_sent(incident: Incident) -> Iterator[Missing]:
    if not incident.notification_reference:
        sentence = "The reference of the national system is not recorded."
        yield Missing(sentence, "incident", "notification_reference")
    if incident.partners_told_on is None:
        sentence = "When the safeguarding partners were told is not recorded."
        yield Missing(sentence, "incident", "partners_told_on")
