"""How an action stands: delivery, lateness and assurance are three things, told apart here."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from oscb_desktop.domain.date_words import counted, format_date

if TYPE_CHECKING:
    from datetime import date


class DeliveryStatus(StrEnum):
    """Whether an action has been done."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    NO_LONGER_REQUIRED = "no_longer_required"


class AssuranceLevel(StrEnum):
    """How sure the subgroup is that an action was done and helped, from the least to the most."""

    NONE = "none"
    EVIDENCE_RECEIVED = "evidence_received"
    EVIDENCE_ACCEPTED = "evidence_accepted"
    IMPACT_SHOWN = "impact_shown"
    EMBEDDED = "embedded"

    def reaches(self, floor: AssuranceLevel) -> bool:
        """Say whether this is as much assurance as the other level, or more."""
        return _LEVELS[self] >= _LEVELS[floor]


_LEVELS = {level: place for place, level in enumerate(AssuranceLevel)}


class ActionScope(StrEnum):
    """Who has to act; what is raised nationally is in nobody's hands here."""

    SINGLE_AGENCY = "single_agency"
    MULTI_AGENCY = "multi_agency"
    REGIONAL = "regional"
    NATIONAL = "national"


_NEXT: dict[DeliveryStatus, frozenset[DeliveryStatus]] = {
    DeliveryStatus.NOT_STARTED: frozenset(
        {DeliveryStatus.IN_PROGRESS, DeliveryStatus.COMPLETE, DeliveryStatus.NO_LONGER_REQUIRED}
    ),
    DeliveryStatus.IN_PROGRESS: frozenset(
        {DeliveryStatus.COMPLETE, DeliveryStatus.NO_LONGER_REQUIRED}
    ),
    DeliveryStatus.COMPLETE: frozenset({DeliveryStatus.IN_PROGRESS}),
    DeliveryStatus.NO_LONGER_REQUIRED: frozenset({DeliveryStatus.IN_PROGRESS}),
}


def may_follow(before: DeliveryStatus, after: DeliveryStatus) -> bool:
    """Say whether an action may move from one status to the other; ended ones only reopen."""
    return after in _NEXT[before]


OPEN = (DeliveryStatus.NOT_STARTED, DeliveryStatus.IN_PROGRESS)
"""The statuses of an action of which something is still to be done."""


def is_open(delivery: DeliveryStatus) -> bool:
    """Say whether something is still to be done."""
    return delivery in OPEN


def days_late(
    due_on: date | None,
    delivery: DeliveryStatus,
    scope: ActionScope,
    completed_on: date | None,
    today: date,
) -> int:
    """Return how many days an action is late, or was when it was completed; 0 when it is not.

    What is raised nationally or is no longer required is never late.
    """
    if due_on is None or scope is ActionScope.NATIONAL:
        return 0
    if delivery is DeliveryStatus.NO_LONGER_REQUIRED:
        return 0
    ended = completed_on if delivery is DeliveryStatus.COMPLETE else today
    return max(0, (ended - due_on).days) if ended else 0


def lateness(
    due_on: date | None,
    delivery: DeliveryStatus,
    scope: ActionScope,
    completed_on: date | None,
    today: date,
    *,
    raised_with: str = "",
    raised_on: date | None = None,
) -> str:
    """Say how an action stands against its due date: ``12 days late``, ``due in 5 days``.

    What is raised nationally says with whom and when instead.
    """
    if delivery is DeliveryStatus.NO_LONGER_REQUIRED:
        return ""
    if scope is ActionScope.NATIONAL:
        return _raised(raised_with, raised_on)
    late = days_late(due_on, delivery, scope, completed_on, today)
    if delivery is DeliveryStatus.COMPLETE:
        return _completed(due_on, late)
    if due_on is None:
        return "no due date"
    if late:
        return f"{counted(late, 'day')} late"
    left = (due_on - today).days
    return f"due in {counted(left, 'day')}" if left else "due today"


def _completed(due_on: date | None, late: int) -> str:
    if late:
        return f"completed {counted(late, 'day')} late"
    return "completed on time" if due_on else "completed"


def _raised(raised_with: str, raised_on: date | None) -> str:
    if not raised_with and raised_on is None:
        return "not yet raised"
    whom = f" with {raised_with}" if raised_with else ""
    when = f" on {format_date(raised_on)}" if raised_on else ""
    return f"raised{whom}{when}"
