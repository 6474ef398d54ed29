"""Every action as the lists show it: who, by when, how it stands and what was said last."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session, aliased

from oscb_desktop.database.models.directory import Agency, Person
from oscb_desktop.database.models.recommendations import Action, Evidence, Limb, ProgressNote
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.rag import RagFacts, RagKey, colour_of, load_key
from oscb_desktop.domain.statuses import (
    OPEN,
    ActionScope,
    AssuranceLevel,
    DeliveryStatus,
    days_late,
    is_open,
    lateness,
)
from oscb_desktop.queries.organisation import organisation


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action. ``days_late`` is 0 when it is not late, or was not when it was completed.

    ``due_soon`` is within the organisation's own number of days; ``colour`` is of the printed key.
    """

    id: int
    reference: str
    text: str
    review_id: int
    review: str
    lead_agency: str
    owner: str
    scope: str
    due_on: date | None
    original_due_on: date | None
    delivery: DeliveryStatus
    delivery_words: str
    colour: str
    colour_words: str
    lateness: str
    days_late: int
    due_soon: bool
    assurance: AssuranceLevel
    assurance_words: str
    signed_off: bool
    completed_on: date | None
    note: str
    noted_on: date | None
    note_age_days: int | None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return is_open(self.delivery)

    @property
    def is_national(self) -> bool:
        """Whether it was raised with others and is in nobody's hands here."""
        return self.scope == ActionScope.NATIONAL

    @property
    def is_overdue(self) -> bool:
        """Whether it is open and its day has passed."""
        return self.is_open and self.days_late > 0

    @property
    def awaits_assurance(self) -> bool:
        """Whether it was done and nobody has yet accepted the evidence and signed it off."""
        accepted = self.assurance.reaches(AssuranceLevel.EVIDENCE_ACCEPTED)
        return self.delivery is DeliveryStatus.COMPLETE and not (accepted and self.signed_off)

    @property
    def was_moved(self) -> bool:
        """Whether it is due on another day than at first."""
        return self.original_due_on is not None and self.original_due_on != self.due_on


def actions(session: Session, today: date, *, only_open: bool = False) -> tuple[ActionRow, ...]:
    """Return every live action, or the open ones, the earliest due first."""
    soon = today + timedelta(days=organisation(session).due_soon_days)
    key = load_key()
    wanted = Action.delivery.in_(OPEN) if only_open else true()
    notes = _latest_notes(session, wanted)
    evidence = _evidence(session, wanted)
    rows = [
        _row(found, notes.get(found.id), evidence[found.id], (today, soon), key)
        for found in session.execute(_query().where(wanted))
    ]
    return tuple(sorted(rows, key=lambda row: (row.due_on is None, row.due_on, row.reference)))


def awaiting_assurance(session: Session) -> int:
    """Count the live actions that were done and that nobody has yet accepted and signed off."""
    enough = [level for level in AssuranceLevel if level.reaches(AssuranceLevel.EVIDENCE_ACCEPTED)]
    assured = Action.assurance.in_(enough) & Action.signed_off_on.is_not(None)
    done = Action.delivery == DeliveryStatus.COMPLETE
    counted = select(func.count(Action.id)).where(Action.withdrawn_at.is_(None), done, ~assured)
    return session.scalar(counted) or 0


def _query() -> Select[*tuple[Any, ...]]:
    agency, owner = aliased(Agency), aliased(Person)
    return (
        select(
            Action.id,
            Action.reference,
            Action.text,
            Action.review_id,
            Review.reference.label("review_reference"),
            Review.known_as,
            func.coalesce(agency.short_name, agency.name, "").label("agency"),
            func.coalesce(owner.name, "").label("owner"),
            Action.scope,
            Action.due_on,
            Action.original_due_on,
            Action.delivery,
            Action.assurance,
            Action.signed_off_on,
            Action.completed_on,
            func.coalesce(Action.raised_with, Limb.raised_with, "").label("raised_with"),
            func.coalesce(Action.raised_on, Limb.raised_on).label("raised_on"),
        )
        .join(Review, Review.id == Action.review_id)
        .outerjoin(agency, agency.id == Action.lead_agency_id)
        .outerjoin(owner, owner.id == Action.owner_id)
        .outerjoin(Limb, Limb.id == Action.limb_id)
        .where(Action.withdrawn_at.is_(None))
    )


def _row(
    found: Any,
    note: tuple[str, date] | None,
    evidence: int,
    days: tuple[date, date],
    key: RagKey,
) -> ActionRow:
    today, soon = days
    delivery, scope = DeliveryStatus(found.delivery), ActionScope(found.scope)
    assurance = AssuranceLevel(found.assurance)
    facts = RagFacts(
        delivery,
        scope,
        assurance,
        evidence,
        found.signed_off_on is not None,
        found.original_due_on,
        found.due_on,
        found.completed_on,
        today,
    )
    colour, word = colour_of(facts, key)
    late = days_late(found.due_on, delivery, scope, found.completed_on, today)
    near = found.due_on is not None and today <= found.due_on <= soon
    return ActionRow(
        id=found.id,
        reference=found.reference,
        text=found.text,
        review_id=found.review_id,
        review=f"{found.review_reference} {found.known_as}",
        lead_agency=found.agency,
        owner=found.owner,
        scope=found.scope,
        due_on=found.due_on,
        original_due_on=found.original_due_on,
        delivery=delivery,
        delivery_words=code_list("delivery_status").label_of(delivery),
        colour=colour,
        colour_words=word,
        lateness=lateness(
            found.due_on,
            delivery,
            scope,
            found.completed_on,
            today,
            raised_with=found.raised_with,
            raised_on=found.raised_on,
        ),
        days_late=late,
        due_soon=near and is_open(delivery) and scope is not ActionScope.NATIONAL,
        assurance=assurance,
        assurance_words=code_list("assurance_level").label_of(assurance),
        signed_off=found.signed_off_on is not None,
        completed_on=found.completed_on,
        note=note[0] if note else "",
        noted_on=note[1] if note else None,
        note_age_days=(today - note[1]).days if note else None,
    )


def _latest_notes(session: Session, wanted: ColumnElement[bool]) -> dict[int, tuple[str, date]]:
    """Return the newest live note of each action; of one day, the one added last."""
    found = session.execute(
        select(ProgressNote.action_id, ProgressNote.note, ProgressNote.noted_on)
        .join(Action, Action.id == ProgressNote.action_id)
        .where(ProgressNote.withdrawn_at.is_(None), wanted)
        .order_by(ProgressNote.noted_on, ProgressNote.id)
    )
    return {row.action_id: (row.note, row.noted_on) for row in found}


def _evidence(session: Session, wanted: ColumnElement[bool]) -> Counter[int]:
    live = (
        select(Evidence.action_id)
        .join(Action, Action.id == Evidence.action_id)
        .where(Evidence.withdrawn_at.is_(None), wanted)
    )
    return Counter(session.scalars(live))
