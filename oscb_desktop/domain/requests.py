"""Requests to agencies: whether one is owed, how late it is, and the usual words of asking."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from oscb_desktop.domain.date_words import counted
from oscb_desktop.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

RETURNED = "returned"
"""The quality of an answer that went back to be completed: it is owed again."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What is asked for a purpose, and by when.

    ``one`` and ``plural`` are what one answer and what several are called. ``step`` is the step of
    a plan whose day is the due day; ``working_days`` count from ``anchor`` where a plan has no such
    step, and ``within`` from today where that day has passed. ``form`` says that a form to fill in
    goes with the letter.
    """

    name: str
    one: str
    plural: str
    step: str
    anchor: str
    working_days: int
    within: int
    form: bool
    asked: str


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What decides whether a request is owed and how late it is or was."""

    purpose: str
    requested_on: date | None
    due_on: date | None
    outcome: str
    received_on: date | None
    quality: str
    withdrawn_on: date | None

    @property
    def is_sent(self) -> bool:
        """Whether it was asked for and not taken back."""
        return self.requested_on is not None and self.withdrawn_on is None

    @property
    def is_owed(self) -> bool:
        """Whether an answer is still to come; one returned to be completed is owed again."""
        if not self.is_sent:
            return False
        return self.quality == RETURNED or (self.outcome == "" and self.received_on is None)

    def days_late(self, today: date) -> int | None:
        """Return how many days late it is, or was when it came back; below 0 when before its day.

        None without a due day, for what was never sent or was taken back, and where no day of
        coming back is known.
        """
        ended = today if self.is_owed else self.received_on
        if not self.is_sent or self.due_on is None or ended is None:
            return None
        return (ended - self.due_on).days

    def stands(self, today: date) -> str:
        """Say how it stands against its day, such as ``3 days late`` or ``came back in time``."""
        if self.withdrawn_on is not None:
            return "withdrawn"
        if self.requested_on is None:
            return "not sent yet"
        late = self.days_late(today)
        if not self.is_owed:
            return _came_back(self.outcome, late)
        if late is None:
            told = "no due date"
        elif late == 0:
            told = "due today"
        else:
            told = f"{counted(late, 'day')} late" if late > 0 else f"due in {counted(-late, 'day')}"
        return f"returned to be completed, {told}" if self.quality == RETURNED else told


def _came_back(outcome: str, late: int | None) -> str:
    if outcome == "refused":
        return "refused"
    told = "nil return" if outcome == "nil_return" else "in"
    return f"{told}, {counted(late, 'day')} late" if late is not None and late > 0 else told


@cache
def purposes() -> dict[str, Purpose]:
    """Return what is asked, by the code of the purpose."""
    table = tomllib.loads(resource("request_texts.toml").read_text("utf-8"))
    return {
        name: Purpose(name, **{**row, "asked": row["asked"].strip()}) for name, row in table.items()
    }


def requests_in(requests: Iterable[RequestFacts], today: date) -> str:
    """Say how many answers are in, ``9 of 11 agency summaries in, 1 late``; empty without any.

    One that alone was asked for is in or to come. What was never sent, or was taken back, is not
    counted.
    """
    sent = [request for request in requests if request.is_sent]
    told = []
    for name, purpose in purposes().items():
        of = [request for request in sent if request.purpose == name]
        if not of:
            continue
        owed = [request for request in of if request.is_owed]
        late = sum((request.days_late(today) or 0) > 0 for request in owed)
        if len(of) == 1:
            stands = "to come, late" if late else "to come" if owed else "in"
            told.append(f"{purpose.one} {stands}")
        else:
            words = f"{len(of) - len(owed)} of {len(of)} {purpose.plural} in"
            told.append(f"{words}, {late} late" if late else words)
    said = "; ".join(told)
    return f"{said[:1].upper()}{said[1:]}"
