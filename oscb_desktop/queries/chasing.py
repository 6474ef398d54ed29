"""Who owes an answer: the actions due soon or late by agency and owner, and what was sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.directory import Agency, Person
from oscb_desktop.database.models.recommendations import (
    Action,
    Evidence,
    Mailing,
    ProgressNote,
    Recommendation,
)
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.database.models.trust import Change
from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.statuses import OPEN, ActionScope

SHEET = "action_sheet"
"""The kind of mailing that is a sheet of actions."""


@dataclass(frozen=True, slots=True)
class OwedAction:
    """One open action. ``days_late`` is below 0 while it is not yet due, None without a date."""

    id: int
    version: int
    reference: str
    text: str
    review: str
    recommendation: str
    agency_id: int | None
    owner: str
    owner_email: str
    due_on: date | None
    days_late: int | None
    delivery: str
    outcome: str

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.days_late is not None and self.days_late > 0

    def words(self) -> str:
        """Say how it stands against its day: ``12 days late``, ``due in 5 days``."""
        if self.days_late is None:
            return "no due date"
        if self.days_late == 0:
            return "due today"
        if self.is_late:
            return f"{counted(self.days_late, 'day')} late"
        return f"due in {counted(-self.days_late, 'day')}"

    def is_owed(self, until: date) -> bool:
        """Whether it is late or due by a day."""
        return self.due_on is not None and self.due_on <= until


@dataclass(frozen=True, slots=True)
class HeldAction:
    """How an action that was sent stands now, with its notes by day and its evidence."""

    id: int
    version: int
    reference: str
    in_bin: bool
    agency_id: int | None
    agency: str
    due_on: date | None
    delivery: str
    completed_on: date | None
    outcome: str
    notes: tuple[tuple[date, str], ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailingRow:
    """One sheet that was sent, with the references of its actions."""

    id: int
    version: int
    reference: str
    agency_id: int
    agency: str
    sent_on: date
    to: str
    due_back_on: date | None
    returned_on: date | None
    sheet: str
    answer_digest: str
    actions: tuple[str, ...]

    def words(self) -> str:
        """Say what was sent to whom and when, and what became of it."""
        told = f"{self.reference} to {self.agency} on {format_date(self.sent_on)}"
        if self.returned_on is not None:
            return f"{told}, answered on {format_date(self.returned_on)}"
        return f"{told}, answer due {format_date(self.due_back_on)}" if self.due_back_on else told


@dataclass(frozen=True, slots=True)
class ChaseRow:
    """One agency that owes something: whom to write to, what is owed, what was sent last.

    ``owed`` is what is late or due soon, by owner and then by date; ``open`` all of its open
    actions in the same order.
    """

    id: int
    agency: str
    name: str
    emails: tuple[str, ...]
    owed: tuple[OwedAction, ...]
    open: tuple[OwedAction, ...]
    sent: MailingRow | None
    answered_on: date | None

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(action.is_late for action in self.owed)

    @property
    def days_late(self) -> int:
        """By how many days the oldest is late; 0 when none is."""
        return max([action.days_late or 0 for action in self.owed if action.is_late], default=0)

    def by_owner(self) -> tuple[tuple[str, tuple[OwedAction, ...]], ...]:
        """Return what is owed under each owner's name; those without one come last."""
        owners = dict.fromkeys(action.owner for action in self.owed)
        return tuple(
            (owner, tuple(action for action in self.owed if action.owner == owner))
            for owner in owners
        )


@dataclass(frozen=True, slots=True)
class Chase:
    """Whom to chase, and what nobody can be chased for as it has no lead agency."""

    rows: tuple[ChaseRow, ...]
    nobodys: tuple[OwedAction, ...]


def chase(session: Session, today: date, days: int) -> Chase:
    """Return each agency that owes something within so many days, the longest late first."""
    until = today + timedelta(days=days)
    owing: dict[int | None, list[OwedAction]] = {}
    for action in _open_actions(session, today):
        owing.setdefault(action.agency_id, []).append(action)
    sent = mailings(session)
    agencies = {row.id: row for row in session.execute(_agencies())}
    rows = [
        _row(agencies[agency_id], actions, until, [m for m in sent if m.agency_id == agency_id])
        for agency_id, actions in owing.items()
        if agency_id in agencies and any(action.is_owed(until) for action in actions)
    ]
    rows.sort(key=lambda row: (-row.days_late, sort_key(row.agency)))
    lost = [
        action
        for agency_id, actions in owing.items()
        if agency_id not in agencies
        for action in actions
        if action.is_owed(until)
    ]
    return Chase(tuple(rows), tuple(lost))


def mailings(session: Session, action: int | None = None) -> tuple[MailingRow, ...]:
    """Return the sheets that were sent, all or those that held an action, the newest first."""
    pairs = LINK_TABLES["mailing", "actions"]
    own, other = pairs.columns
    query = (
        select(Mailing, func.coalesce(Agency.short_name, Agency.name).label("agency"))
        .join(Agency, Agency.id == Mailing.agency_id)
        .where(Mailing.withdrawn_at.is_(None), Mailing.kind == SHEET)
        .order_by(Mailing.sent_on.desc(), Mailing.id.desc())
    )
    named = select(own, Action.reference).join(Action, Action.id == other)
    if action is not None:
        again = pairs.alias()
        holding = select(again.c[own.name]).where(again.c[other.name] == action)
        query, named = query.where(Mailing.id.in_(holding)), named.where(own.in_(holding))
    held: dict[int, list[str]] = {}
    for mailing_id, reference in session.execute(named):
        held.setdefault(mailing_id, []).append(reference)
    return tuple(
        MailingRow(
            row.id,
            row.version,
            row.reference,
            row.agency_id,
            agency,
            row.sent_on,
            row.to or "",
            row.due_back_on,
            row.returned_on,
            row.sheet or "",
            row.answer_digest or "",
            tuple(sorted(held.get(row.id, ()), key=sort_key)),
        )
        for row, agency in session.execute(query)
    )


def held_actions(session: Session, mailing: int) -> dict[str, HeldAction]:
    """Return the actions of a sheet that was sent, in the bin or not, by their reference."""
    own, other = LINK_TABLES["mailing", "actions"].columns
    wanted = select(other).where(own == mailing)
    notes: dict[int, list[tuple[date, str]]] = {}
    live_notes = select(ProgressNote.action_id, ProgressNote.noted_on, ProgressNote.note).where(
        ProgressNote.action_id.in_(wanted), ProgressNote.withdrawn_at.is_(None)
    )
    for action_id, noted_on, note in session.execute(live_notes):
        notes.setdefault(action_id, []).append((noted_on, note))
    evidence: dict[int, list[str]] = {}
    live_evidence = select(Evidence.action_id, Evidence.description).where(
        Evidence.action_id.in_(wanted), Evidence.withdrawn_at.is_(None)
    )
    for action_id, description in session.execute(live_evidence):
        evidence.setdefault(action_id, []).append(description)
    query = (
        select(Action, func.coalesce(Agency.short_name, Agency.name, "").label("agency"))
        .outerjoin(Agency, Agency.id == Action.lead_agency_id)
        .where(Action.id.in_(wanted))
    )
    return {
        row.reference: HeldAction(
            row.id,
            row.version,
            row.reference,
            row.withdrawn_at is not None,
            row.lead_agency_id,
            agency,
            row.due_on,
            row.delivery,
            row.completed_on,
            row.outcome or "",
            tuple(notes.get(row.id, ())),
            tuple(evidence.get(row.id, ())),
        )
        for row, agency in session.execute(query)
    }


def file_mark(session: Session) -> str:
    """Return what tells this file from any other of ours, for good: its first step, sealed."""
    at, digest = session.execute(
        select(Change.at, Change.digest).order_by(Change.id).limit(1)
    ).one()
    return hashlib.sha256(f"{at.isoformat()}|{digest}".encode()).hexdigest()[:16]


def _row(
    agency: Any, actions: Iterable[OwedAction], until: date, sent: Sequence[MailingRow]
) -> ChaseRow:
    ordered = sorted(actions, key=_order)
    owed = tuple(action for action in ordered if action.is_owed(until))
    answered = [mailing.returned_on for mailing in sent if mailing.returned_on]
    emails = dict.fromkeys([agency.email or "", *(action.owner_email for action in owed)])
    return ChaseRow(
        agency.id,
        agency.short_name or agency.name,
        agency.name,
        tuple(email for email in emails if email),
        owed,
        tuple(ordered),
        sent[0] if sent else None,
        max(answered, default=None),
    )


def _order(action: OwedAction) -> tuple[object, ...]:
    due = action.due_on or date.max
    return (not action.owner, action.owner.casefold(), due, sort_key(action.reference))


def _agencies() -> Select[*tuple[Any, ...]]:
    return select(Agency.id, Agency.name, Agency.short_name, Agency.email).where(
        Agency.withdrawn_at.is_(None)
    )


def _open_actions(session: Session, today: date) -> list[OwedAction]:
    """Return every open action that somebody here has to do."""
    return [
        OwedAction(
            row.id,
            row.version,
            row.reference,
            row.text,
            row.known_as,
            row.recommendation,
            row.lead_agency_id,
            row.owner,
            row.email,
            row.due_on,
            (today - row.due_on).days if row.due_on else None,
            row.delivery,
            row.outcome,
        )
        for row in session.execute(_open_query())
    ]


def _open_query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Action.id,
            Action.version,
            Action.reference,
            Action.text,
            Review.known_as,
            func.coalesce(Recommendation.text, "").label("recommendation"),
            Action.lead_agency_id,
            func.coalesce(Person.name, "").label("owner"),
            func.coalesce(Person.email, "").label("email"),
            Action.due_on,
            Action.delivery,
            func.coalesce(Action.outcome, "").label("outcome"),
        )
        .join(Review, Review.id == Action.review_id)
        .outerjoin(Recommendation, Recommendation.id == Action.recommendation_id)
        .outerjoin(Person, Person.id == Action.owner_id)
        .where(
            Action.withdrawn_at.is_(None),
            Action.delivery.in_(OPEN),
            Action.scope != ActionScope.NATIONAL,
        )
    )
