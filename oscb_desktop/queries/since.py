"""What became of actions and reviews since a day: read from the change log and the records.

A record that was in the file on that day is compared with what it is now, so that a step which was
undone does not count. One that was added since, or that the file began with, goes by its own dates.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import chain

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import Act, ItemAct, in_utc
from oscb_desktop.database.models.meetings import Meeting
from oscb_desktop.database.models.recommendations import Action, DueRevision
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.database.models.trust import Change, ChangeItem
from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.references import sort_key
from oscb_desktop.queries.actions import ActionRow, actions, actions_touched

_WATCHED = {
    "action": ("reference", "delivery", "due_on", "signed_off_on"),
    "review": ("reference", "started_on", "decided_on", "published_on"),
}
_MANY = 2_000  # actions, above which reading all of them takes no longer
_ENDED = ("complete", "no_longer_required")


@dataclass(frozen=True, slots=True)
class SinceLine:
    """One record to which something happened, and what."""

    kind: str
    id: int
    reference: str
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class SinceRows:
    """What happened from a day up to today, that day included."""

    since: date
    today: date
    meeting: str
    completed: tuple[SinceLine, ...]
    slipped: tuple[SinceLine, ...]
    added: tuple[SinceLine, ...]
    signed_off: tuple[SinceLine, ...]
    reopened: tuple[SinceLine, ...]
    started: tuple[SinceLine, ...]
    decided: tuple[SinceLine, ...]
    published: tuple[SinceLine, ...]

    def groups(self) -> tuple[tuple[str, tuple[SinceLine, ...]], ...]:
        """Return each kind of happening under its heading, in the order in which it is told."""
        return (
            ("Actions completed", self.completed),
            ("Actions that slipped", self.slipped),
            ("Actions added", self.added),
            ("Actions signed off", self.signed_off),
            ("Actions reopened", self.reopened),
            ("Reviews started", self.started),
            ("Rapid reviews decided", self.decided),
            ("Reviews published", self.published),
        )

    def words(self) -> str:
        """Return the counts in a line: ``5 actions completed, 2 slipped, 1 review started``."""
        told = [
            (counted(len(self.completed), "action") + " completed", self.completed),
            (f"{len(self.slipped)} slipped", self.slipped),
            (f"{len(self.added)} added", self.added),
            (f"{len(self.signed_off)} signed off", self.signed_off),
            (f"{len(self.reopened)} reopened", self.reopened),
            (counted(len(self.started), "review") + " started", self.started),
            (f"{len(self.decided)} decided", self.decided),
            (f"{len(self.published)} published", self.published),
        ]
        return ", ".join(words for words, lines in told if lines) or "nothing happened"


@dataclass(frozen=True, slots=True)
class _Log:
    """What the log says of the time since: what was added, and what fields held before."""

    added: frozenset[tuple[str, int]] = frozenset()
    before: Mapping[tuple[str, int, str], object] = field(default_factory=dict)

    def held(self, kind: str, record_id: int, name: str, now: object) -> object:
        """Return what a field held on the day: what it holds now, where it never changed."""
        return self.before.get((kind, record_id, name), now)


def last_meeting(session: Session, today: date) -> tuple[str, date] | None:
    """Return the reference and the day of the last meeting of the subgroup before today."""
    query = (
        select(Meeting.reference, Meeting.held_on)
        .where(Meeting.withdrawn_at.is_(None), Meeting.kind == "subgroup", Meeting.held_on < today)
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return (row.reference, row.held_on) if row else None


def since_last_meeting(session: Session, today: date) -> SinceRows | None:
    """Return what happened since the last meeting, or None where there was none yet."""
    found = last_meeting(session, today)
    return since(session, found[1], today) if found else None


def since(session: Session, day: date, today: date) -> SinceRows:
    """Return what happened from a day up to today; records in the bin are left out."""
    log = _read_log(session, day)
    moved = _moved(session, day)
    found = _concerned(session, today, log, day, moved)
    rows = sorted(found, key=lambda row: sort_key(row.reference))
    happened = partial(_reviews, session, log, day, today)
    completed = _lines(rows, lambda row: _completed(log, day, row))
    agreed = _agreed(session, day, today)
    done = {line.id for line in completed}
    return SinceRows(
        since=day,
        today=today,
        meeting=_meeting_on(session, day),
        completed=completed,
        slipped=_lines(rows, lambda row: _slipped(log, day, moved, row)),
        added=_lines(rows, lambda row: _added(log, agreed, row, done)),
        signed_off=_lines(rows, lambda row: _signed_off(log, day, row)),
        reopened=_lines(rows, lambda row: _reopened(log, row)),
        started=happened("started_on", "Started on"),
        decided=happened("decided_on", "Decided on"),
        published=happened("published_on", "Published on"),
    )


def _read_log(session: Session, day: date) -> _Log:
    """Read of each watched field what it held first, leaving out what the file began with."""
    moment = in_utc(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - this computer's clock
    first = session.scalar(
        select(func.min(Change.id)).where(Change.at >= moment, Change.act != Act.START)
    )
    if first is None:
        return _Log()
    names = tuple(chain.from_iterable(_WATCHED.values()))
    query = (
        select(
            ChangeItem.kind,
            ChangeItem.record_id,
            ChangeItem.field,
            ChangeItem.act,
            ChangeItem.before,
        )
        .where(ChangeItem.change_id >= first, ChangeItem.kind.in_(tuple(_WATCHED)))
        .where(ChangeItem.field.in_(names), ChangeItem.act.in_((ItemAct.ADD, ItemAct.AMEND)))
        .order_by(ChangeItem.id)
    )
    added: set[tuple[str, int]] = set()
    before: dict[tuple[str, int, str], object] = {}
    for kind, record_id, name, act, held in session.execute(query):
        if act == ItemAct.ADD:
            added.add((kind, record_id))
        elif (kind, record_id) not in added:
            before.setdefault((kind, record_id, name), json.loads(held) if held else None)
    return _Log(frozenset(added), before)


def _concerned(
    session: Session, today: date, log: _Log, day: date, moved: Iterable[int]
) -> Iterable[ActionRow]:
    """Return the actions to which something can have happened: of 20,000 it is seldom many."""
    dates = (Action.agreed_on, Action.due_on, Action.completed_on, Action.signed_off_on)
    lately = select(Action.id).where(
        Action.withdrawn_at.is_(None), or_(*(column >= day for column in dates))
    )
    ids = {record_id for kind, record_id in log.added if kind == "action"}
    ids.update(record_id for kind, record_id, _ in log.before if kind == "action")
    ids.update(session.scalars(lately), moved)
    if len(ids) > _MANY:
        return actions(session, today)
    return actions_touched(session, today, [("action", each) for each in ids])[1]


def _moved(session: Session, day: date) -> dict[int, tuple[date | None, str]]:
    """Return of each action its day before it was moved first since, and the newest reason."""
    query = (
        select(DueRevision.action_id, DueRevision.from_on, DueRevision.reason)
        .where(DueRevision.withdrawn_at.is_(None), DueRevision.revised_on >= day)
        .order_by(DueRevision.id)
    )
    found: dict[int, tuple[date | None, str]] = {}
    for action, from_on, reason in session.execute(query):
        found[action] = (found[action][0] if action in found else from_on, reason)
    return found


def _lines(rows: list[ActionRow], told: Callable[[ActionRow], str]) -> tuple[SinceLine, ...]:
    return tuple(
        SinceLine("action", row.id, row.reference, row.text, detail)
        for row in rows
        if (detail := told(row))
    )


def _completed(log: _Log, day: date, row: ActionRow) -> str:
    if not row.is_complete or row.completed_on is None:
        return ""
    newly = log.held("action", row.id, "delivery", row.delivery_code) != row.delivery_code
    if not newly and row.completed_on < day:
        return ""
    return f"Completed on {format_date(row.completed_on)}"


def _slipped(
    log: _Log, day: date, moved: Mapping[int, tuple[date | None, str]], row: ActionRow
) -> str:
    if row.is_national or not row.is_open or row.due_on is None:
        return ""
    now = row.due_on.isoformat()
    held = log.held("action", row.id, "due_on", now)
    first, reason = moved.get(row.id, (None, ""))
    if held == now and first is not None:  # moved, where the log of it is not of this file
        held = first.isoformat()
    if ("action", row.id) in log.added:
        held = now
    if isinstance(held, str) and held < now:
        told = f"Moved from {format_date(date.fromisoformat(held))} to {format_date(row.due_on)}"
        told = f"{told}: {reason}" if reason else told
        return f"{told} ({row.lateness})" if row.is_overdue else told
    if row.is_overdue and row.due_on >= day:
        return f"Became overdue: due {format_date(row.due_on)}"
    return ""


def _agreed(session: Session, day: date, today: date) -> frozenset[int]:
    query = select(Action.id).where(Action.agreed_on >= day, Action.agreed_on <= today)
    return frozenset(session.scalars(query))


def _added(log: _Log, agreed: frozenset[int], row: ActionRow, done: set[int]) -> str:
    """Tell of what is new; an old plan that was only typed in, done long ago, is not."""
    new = ("action", row.id) in log.added or row.id in agreed
    if not new or not (row.is_open or row.id in done):
        return ""
    due = f", due {format_date(row.due_on)}" if row.due_on else ""
    return f"{row.lead_agency or 'No lead agency'}{due}"


def _signed_off(log: _Log, day: date, row: ActionRow) -> str:
    if row.signed_off_on is None:
        return ""
    now = row.signed_off_on.isoformat()
    if log.held("action", row.id, "signed_off_on", now) == now and row.signed_off_on < day:
        return ""
    return f"{row.assurance_words}, signed off on {format_date(row.signed_off_on)}"


def _reopened(log: _Log, row: ActionRow) -> str:
    held = log.held("action", row.id, "delivery", row.delivery_code)
    if not row.is_open or held not in _ENDED:
        return ""
    return f"It was {label_of('delivery_status', str(held)).lower()}"


def _reviews(
    session: Session, log: _Log, day: date, today: date, name: str, verb: str
) -> tuple[SinceLine, ...]:
    """Return the reviews of which a date lies in the time, or was only told in it."""
    column = getattr(Review, name)
    query = select(Review.id, Review.reference, Review.known_as, Review.kind, column).where(
        Review.withdrawn_at.is_(None), column.is_not(None)
    )
    found = [
        SinceLine(
            "review",
            at,
            reference,
            f"{known_as}, {label_of('review_kind', kind).lower()}",
            f"{verb} {format_date(on)}",
        )
        for at, reference, known_as, kind, on in session.execute(query)
        if on <= today and (on >= day or log.held("review", at, name, on.isoformat()) is None)
    ]
    return tuple(sorted(found, key=lambda line: sort_key(line.reference)))


def _meeting_on(session: Session, day: date) -> str:
    query = select(Meeting.reference).where(
        Meeting.withdrawn_at.is_(None), Meeting.kind == "subgroup", Meeting.held_on == day
    )
    return session.scalars(query.order_by(Meeting.id)).first() or ""
