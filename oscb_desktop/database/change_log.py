"""The one change log: every step of work, hash-chained, in the transaction that did the work."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.trust import Change, ChangeItem
from oscb_desktop.domain.values import JsonValue


class Act(StrEnum):
    """What a step is: first settings, work, its undoing or redoing, or a look at an identity."""

    START = "start"
    CHANGE = "change"
    UNDO = "undo"
    REDO = "redo"
    VIEW = "view"


class ItemAct(StrEnum):
    """What happened to one record in a step."""

    ADD = "add"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    VIEW = "view"


@dataclass(frozen=True, slots=True)
class Item:
    """One field of one record, before and after; ``field`` is empty where no field changed."""

    kind: str
    record_id: int
    act: ItemAct
    field: str = ""
    before: JsonValue = None
    after: JsonValue = None

    def texts(self) -> tuple[str | None, str | None]:
        """Return before and after as the JSON that is stored."""
        return _text(self.before), _text(self.after)


@dataclass(frozen=True, slots=True)
class Step:
    """Who did what, when; the items come separately."""

    at: datetime
    by: str
    label: str
    act: Act = Act.CHANGE
    undoes_id: int | None = None


def write_step(session: Session, step: Step, items: Iterable[Item]) -> int:
    """Add a step and its items to the log, chained to the one before, and return its id."""
    previous = session.execute(
        select(Change.id, Change.hash).order_by(Change.id.desc()).limit(1)
    ).one_or_none()
    number = previous.id + 1 if previous else 1
    rows = [(item.kind, item.record_id, str(item.act), item.field, *item.texts()) for item in items]
    at = step.at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    values = {
        "id": number,
        "at": at,
        "by": step.by,
        "act": str(step.act),
        "label": step.label,
        "undoes_id": step.undoes_id,
        "previous_hash": previous.hash if previous else "",
    }
    session.execute(insert(Change).values(**values, hash=_hash(values, rows)))
    names = ("kind", "record_id", "act", "field", "before", "after")
    if rows:
        session.execute(
            insert(ChangeItem),
            [{"change_id": number, **dict(zip(names, row, strict=True))} for row in rows],
        )
    return number


def broken_link(session: Session) -> int | None:
    """Return the number of the first step whose hash does not fit, or None when the chain holds."""
    previous, expected = "", 1
    items = _items_by_step(session)
    for change in session.scalars(
        select(Change).order_by(Change.id).execution_options(yield_per=500)
    ):
        values = {
            "id": change.id,
            "at": change.at,
            "by": change.by,
            "act": change.act,
            "label": change.label,
            "undoes_id": change.undoes_id,
            "previous_hash": change.previous_hash,
        }
        intact = (
            change.id == expected
            and change.previous_hash == previous
            and change.hash == _hash(values, items.pop(change.id, []))
        )
        if not intact:
            return change.id
        previous, expected = change.hash, change.id + 1
    return next(iter(items), None)


def _items_by_step(session: Session) -> dict[int, list[tuple[object, ...]]]:
    found: dict[int, list[tuple[object, ...]]] = {}
    columns = (
        ChangeItem.change_id,
        ChangeItem.kind,
        ChangeItem.record_id,
        ChangeItem.act,
        ChangeItem.field,
        ChangeItem.before,
        ChangeItem.after,
    )
    for row in session.execute(select(*columns).order_by(ChangeItem.id)):
        found.setdefault(row[0], []).append(tuple(row[1:]))
    return found


def _hash(values: dict[str, object], rows: Sequence[tuple[object, ...]]) -> str:
    content = json.dumps([values, rows], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _text(value: JsonValue) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
