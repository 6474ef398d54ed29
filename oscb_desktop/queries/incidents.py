"""Every incident as the list shows it, those below the threshold too."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.children import Child
from oscb_desktop.database.models.directory import Agency
from oscb_desktop.database.models.incidents import Incident, NotificationDiscussion
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.uncertain_dates import UncertainDate
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
    if incident.notified_on is not None:
        return "Notified"
    if decision:
        return code_list("notify_decision").label_of(decision)
    return "To be decided" if incident.aware_on is not None else "Recorded"


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
