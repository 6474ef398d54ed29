"""The ladder of escalation: of each action which step is due, since when, which were taken."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.recommendations import (
    Action,
    Escalation,
    LadderStep,
    Mailing,
    mailing_actions,
)
from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.paths import resource
from oscb_desktop.queries.actions import ActionRow, action_row, actions

_REMINDERS = frozenset({"reminder_before", "reminder_due", "reminder_late"})


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: its code, to whom, and how many days after the due date."""

    step: str
    days: int
    to: str = ""

    def when(self) -> str:
        """Return when it is due, against the due date of the action."""
        if self.days == 0:
            return "on the due date"
        return f"{abs(self.days)} days {'after' if self.days > 0 else 'before'}"


@dataclass(frozen=True, slots=True)
class TakenRow:
    """A step that was taken, and what was answered."""

    id: int
    version: int
    action_id: int
    reference: str
    step: str
    step_words: str
    raised_on: date
    to: str
    message: str
    replied_on: date | None
    reply: str

    def words(self) -> str:
        """Return the step in a line: when, to whom, and the answer if there is one."""
        told = f"{format_date(self.raised_on)}, {self.step_words.lower()}: {self.to}"
        if self.replied_on is None:
            return f"{told}; no answer yet"
        return f"{told}; answered on {format_date(self.replied_on)}: {self.reply or 'no words'}"


@dataclass(frozen=True, slots=True)
class DueEscalation:
    """An action of which a step is due: which, to whom, since when, and what was done before."""

    action_id: int
    reference: str
    text: str
    review: str
    lead_agency: str
    owner: str
    due_on: date
    lateness: str
    step: str
    step_words: str
    to: str
    since: date
    taken: tuple[TakenRow, ...]
    message: str

    def step_to(self) -> str:
        """Return the step that is due and to whom it is taken."""
        return step_to(self.step_words, self.to)


def step_to(step_words: str, to: str) -> str:
    """Return a step and to whom it is taken; the step alone where the one says the other."""
    return to if step_words.casefold() in to.casefold() else f"{step_words}: {to}"


def ladder(session: Session) -> tuple[Rung, ...]:
    """Return the ladder of the file, or the usual one where it defines none; the lowest first."""
    live = select(LadderStep).where(LadderStep.withdrawn_at.is_(None))
    own = [Rung(row.step, row.days, row.to or "") for row in session.scalars(live)]
    return tuple(sorted(own or usual_ladder(), key=lambda rung: rung.days))


@cache
def usual_ladder() -> tuple[Rung, ...]:
    """Return the usual ladder, for a file that defines none."""
    return tuple(Rung(**row) for row in _table()["step"])


def due_escalations(session: Session, today: date) -> tuple[DueEscalation, ...]:
    """Return the actions of which a step is due, the highest step and then the latest first.

    National actions and those without a day are in nobody's hands here, so they have none.
    """
    rungs = ladder(session)
    taken, asked = _taken(session), _asked(session)
    found = []
    for row in actions(session, today, only_open=True):
        if not row.is_open or row.is_national or row.due_on is None:
            continue
        due = next_rung(rungs, row.due_on, today, taken[row.id], asked[row.id])
        if due is not None:
            found.append(_due(row, *due, tuple(taken[row.id])))
    place = {rung.step: at for at, rung in enumerate(rungs)}
    return tuple(sorted(found, key=lambda row: (-place[row.step], row.due_on, row.reference)))


def due_escalation(session: Session, action_id: int, today: date) -> DueEscalation | None:
    """Return the step that is due of one action, or None where none is."""
    action = session.get(Action, action_id)
    if action is None or action.due_on is None:
        return None
    taken, asked = _taken(session, action_id)[action_id], _asked(session, action_id)[action_id]
    due = next_rung(ladder(session), action.due_on, today, taken, asked)
    row = action_row(session, action_id, today) if due else None
    if due is None or row is None or not row.is_open or row.is_national:
        return None
    return _due(row, *due, tuple(taken))


def next_rung(
    rungs: Iterable[Rung],
    due_on: date,
    today: date,
    taken: Iterable[TakenRow],
    asked: Iterable[date] = (),
) -> tuple[Rung, date] | None:
    """Return the step that is due next of an action due on a day, and since when; if one is.

    Steps are taken upwards, each once. Of reminders only the last that is due matters, and asking
    after the action on its day or later (``asked``) is that reminder. After a step was taken late,
    the next one leaves as many days as lie between the two on the ladder.
    """
    rungs = tuple(rungs)
    place = {rung.step: at for at, rung in enumerate(rungs)}
    done = sorted((place[row.step], row.raised_on) for row in taken if row.step in place)
    at, raised_on = done[-1] if done else (-1, None)
    found: tuple[Rung, date] | None = None
    for rung in rungs[at + 1 :]:
        since = due_on + timedelta(days=rung.days)
        if raised_on is not None:
            since = max(since, raised_on + timedelta(days=rung.days - rungs[at].days))
        if since > today:
            break
        if rung.step in _REMINDERS:
            found = None if any(day >= since for day in asked) else (rung, since)
        else:
            return found or (rung, since)
    return found


def steps_taken(session: Session, action_id: int | None = None) -> tuple[TakenRow, ...]:
    """Return the steps taken, of one action or of all, the newest first."""
    rows = [row for one in _taken(session, action_id).values() for row in one]
    return tuple(sorted(rows, key=lambda row: (row.raised_on, row.id), reverse=True))


def _due(row: ActionRow, rung: Rung, since: date, taken: tuple[TakenRow, ...]) -> DueEscalation:
    assert row.due_on is not None
    told = ", ".join(f"{one.step_words.lower()} ({format_date(one.raised_on)})" for one in taken)
    words = _table()["words" if row.is_overdue else "early"].strip()
    # Each part once: what somebody typed may itself look like a place to fill.
    parts = {
        "{reference}": row.reference,
        "{agency}": row.lead_agency or "no lead agency",
        "{due}": format_date(row.due_on),
        "{late}": row.lateness,
        "{text}": row.text,
        "{review}": row.review_reference,
        "{taken}": told or "none",
    }
    return DueEscalation(
        action_id=row.id,
        reference=row.reference,
        text=row.text,
        review=row.review,
        lead_agency=row.lead_agency,
        owner=row.owner,
        due_on=row.due_on,
        lateness=row.lateness,
        step=rung.step,
        step_words=label_of("escalation_step", rung.step),
        to=rung.to or label_of("escalation_step", rung.step),
        since=since,
        taken=taken,
        message=_filled(words, parts),
    )


def _filled(words: str, parts: Mapping[str, str]) -> str:
    pieces = words.split("{")
    told = [pieces[0]]
    for piece in pieces[1:]:
        name, rest = piece.split("}", 1)
        told += [parts["{" + name + "}"], rest]
    return "".join(told)


def _taken(session: Session, action_id: int | None = None) -> dict[int, list[TakenRow]]:
    query = (
        select(Escalation, Action.reference)
        .join(Action, Action.id == Escalation.action_id)
        .where(Escalation.withdrawn_at.is_(None), Action.withdrawn_at.is_(None))
        .order_by(Escalation.raised_on, Escalation.id)
    )
    if action_id is not None:
        query = query.where(Escalation.action_id == action_id)
    found: dict[int, list[TakenRow]] = defaultdict(list)
    for row, reference in session.execute(query):
        found[row.action_id].append(
            TakenRow(
                id=row.id,
                version=row.version,
                action_id=row.action_id,
                reference=reference,
                step=row.step,
                step_words=label_of("escalation_step", row.step),
                raised_on=row.raised_on,
                to=row.to,
                message=row.message or "",
                replied_on=row.replied_on,
                reply=row.reply or "",
            )
        )
    return found


def _asked(session: Session, action_id: int | None = None) -> dict[int, list[date]]:
    """Return the days on which an agency was sent its actions, by action: of one or of all."""
    query = (
        select(mailing_actions.c.action_id, Mailing.sent_on)
        .join(Mailing, Mailing.id == mailing_actions.c.mailing_id)
        .where(Mailing.withdrawn_at.is_(None))
    )
    if action_id is not None:
        query = query.where(mailing_actions.c.action_id == action_id)
    found: dict[int, list[date]] = defaultdict(list)
    for action, sent_on in session.execute(query):
        found[action].append(sent_on)
    return found


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resource("escalation_ladder.toml").read_text("utf-8"))
