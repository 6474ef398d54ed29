"""The steps on the way to an action that are late or due soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.directory import Person
from oscb_desktop.database.models.recommendations import Action, Milestone
from oscb_desktop.domain.statuses import OPEN, ActionScope, DeliveryStatus, lateness


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone of an open action that is still to be done."""

    id: int
    version: int
    action_id: int
    action: str
    text: str
    owner: str
    due_on: date
    words: str

    def is_late(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.due_on < today


def milestones_due(session: Session, today: date, until: date) -> tuple[MilestoneRow, ...]:
    """Return the milestones due up to a day, the longest late first.

    What is no longer asked for is left out with its action; so is what was raised nationally.
    """
    query = (
        select(
            Milestone.id,
            Milestone.version,
            Milestone.action_id,
            Action.reference,
            Milestone.text,
            func.coalesce(Person.name, "").label("owner"),
            Milestone.due_on,
        )
        .join(Action, Action.id == Milestone.action_id)
        .outerjoin(Person, Person.id == Milestone.owner_id)
        .where(
            Milestone.withdrawn_at.is_(None),
            Action.withdrawn_at.is_(None),
            Action.delivery.in_(OPEN),
            Action.scope != ActionScope.NATIONAL,
            Milestone.done_on.is_(None),
            Milestone.due_on <= until,
        )
        .order_by(Milestone.due_on, Action.reference, Milestone.id)
    )
    return tuple(
        MilestoneRow(*row[:6], row.due_on, milestone_words(row.due_on, None, today))
        for row in session.execute(query)
        if row.due_on is not None
    )


def milestone_words(due_on: date | None, done_on: date | None, today: date) -> str:
    """Say how a milestone stands: ``3 days late``, ``due today``, ``completed on time``."""
    done = DeliveryStatus.COMPLETE if done_on else DeliveryStatus.IN_PROGRESS
    return lateness(due_on, done, ActionScope.SINGLE_AGENCY, done_on, today)
