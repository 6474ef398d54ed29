"""The one change log: every step of work, hash-chained, in the transaction that did the work."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Text, delete, insert, select, type_coerce
from sqlalchemy.orm import Session

from oscb_desktop.database.models.trust import Change, ChangeHead, ChangeItem
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


_ITEM = ("kind", "record_id", "act", "field", "before", "after")


def in_utc(moment: datetime) -> datetime:
    """Return a moment as the file keeps it; one without a zone is on this machine's clock."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def write_step(session: Session, step: Step, items: Iterable[Item]) -> int:
    """Add a step and its items to the log, chained to the one before, and return its id."""
    head = session.execute(select(ChangeHead.change_id, ChangeHead.hash)).one_or_none()
    number, previous = (head.change_id + 1, head.hash) if head else (1, "")
    rows = [(item.kind, item.record_id, str(item.act), item.field, *item.texts()) for item in items]
    told = (step.by, str(step.act), step.label, step.undoes_id, previous)
    at = in_utc(step.at)
    digest = _hash((number, f"{at}.000000", *told), rows)
    names = ("by", "act", "label", "undoes_id", "previous_hash")
    values = {"id": number, "at": at, **dict(zip(names, told, strict=True)), "hash": digest}
    session.execute(insert(Change).values(values))
    if rows:
        session.execute(
            insert(ChangeItem),
            [{"change_id": number, **dict(zip(_ITEM, row, strict=True))} for row in rows],
        )
    session.execute(delete(ChangeHead))
    session.execute(insert(ChangeHead).values(id=1, change_id=number, hash=digest))
    return number


def broken_link(session: Session) -> int | None:
    """Return the number of the first step that does not fit, or None when the chain holds.

    A step fits when nothing of it, of its items or of the step before was altered; the last one
    must be the one that the head names, so that none is missing at the end.
    """
    last, previous = 0, ""
    for (number, *told, digest), rows in groupby(_logged(session), key=lambda row: row[:8]):
        items: list[tuple[object, ...]] = [row[8:] for row in rows if row.kind is not None]
        follows = number == last + 1 and told[-1] == previous
        if not follows or digest != _hash((number, *told), items):
            return last + 1
        last, previous = number, digest
    head = session.execute(select(ChangeHead.change_id, ChangeHead.hash)).one_or_none()
    return None if (head or (0, "")) == (last, previous) else last + 1


def _logged(session: Session) -> Iterable[Row[Any]]:
    """Return each step beside each of its items, or beside nothing when it has none."""
    step = (
        Change.id,
        type_coerce(Change.at, Text),  # as it lies in the file, however it was altered
        Change.by,
        Change.act,
        Change.label,
        Change.undoes_id,
        Change.previous_hash,
        Change.hash,
    )
    item = (getattr(ChangeItem, name) for name in _ITEM)
    query = (
        select(*step, *item)
        .outerjoin(ChangeItem, ChangeItem.change_id == Change.id)
        .order_by(Change.id, ChangeItem.id)
    )
    return session.execute(query.execution_options(yield_per=1000))


def _hash(step: Sequence[object], items: Sequence[tuple[object, ...]]) -> str:
    content = json.dumps([step, items], ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _text(value: JsonValue) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
