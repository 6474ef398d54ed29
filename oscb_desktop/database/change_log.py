"""The one change log: every step of work, hash-chained, in the transaction that did the work.

The chain runs over digests, each made of some words and a random seal. When a record is disposed of
its words and seals are blanked; the digests stay, so the chain still holds and tells nothing.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Text, delete, insert, select, tuple_, type_coerce, update
from sqlalchemy.orm import Session

from oscb_desktop.database.models.trust import Change, ChangeHead, ChangeItem
from oscb_desktop.domain.values import JsonValue


class Act(StrEnum):
    """What a step is: first settings, work, its undoing or redoing, a look or print, a disposal."""

    START = "start"
    CHANGE = "change"
    UNDO = "undo"
    REDO = "redo"
    VIEW = "view"
    DISPOSE = "dispose"


class ItemAct(StrEnum):
    """What happened to one record in a step."""

    ADD = "add"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    VIEW = "view"
    REMOVE = "remove"


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


FORGOTTEN = "Disposed of"
"""The label of a step whose own label named what was disposed of."""

_KEPT = (Act.START, Act.DISPOSE)
"""The steps whose labels name nobody."""

_FEW = 300
"""So many records are named in one statement; SQLite bounds the depth of what it is asked."""


def in_utc(moment: datetime) -> datetime:
    """Return a moment as the file keeps it; one without a zone is on this machine's clock."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def write_step(session: Session, step: Step, items: Iterable[Item]) -> int:
    """Add a step and its items to the log, chained to the one before, and return its id."""
    head = session.execute(select(ChangeHead.change_id, ChangeHead.hash)).one_or_none()
    number, previous = (head.change_id + 1, head.hash) if head else (1, "")
    logged = _Logged(
        number,
        f"{in_utc(step.at)}.000000",
        step.by,
        str(step.act),
        step.label,
        step.undoes_id,
        *_sealed(step.label),
        previous,
    )
    rows = [_row_of(item) for item in items]
    values = {**logged._asdict(), "at": in_utc(step.at), "hash": logged.chained(rows)}
    session.execute(insert(Change).values(values))
    if rows:
        session.execute(
            insert(ChangeItem), [{"change_id": number, **row._asdict()} for row in rows]
        )
    _set_head(session, number, values["hash"])
    return number


def broken_link(session: Session) -> int | None:
    """Return the number of the first step that does not fit, or None when the chain holds.

    A step fits when nothing of it, of its items or of the step before was altered; what was
    disposed of has lost its words, and nothing else may have. The last step must be the one that
    the head names, so that none is missing at the end.
    """
    last, previous = 0, ""
    removed = _removed(session)
    for step, items, digest in _logged(session):
        follows = step.id > last and step.previous_hash == previous
        if not (follows and _is_whole(step, items, removed) and digest == step.chained(items)):
            return last + 1
        last, previous = step.id, digest
    head = session.execute(select(ChangeHead.change_id, ChangeHead.hash)).one_or_none()
    return None if (head or (0, "")) == (last, previous) else last + 1


def rechain(session: Session) -> None:
    """Chain the log anew as it lies, for a file salvaged from one that lost parts of it.

    The new chain proves nothing of the time before; the salvage itself is its next step.
    """
    last, previous = 0, ""
    for step, items, _ in list(_logged(session)):
        again = step._replace(previous_hash=previous)
        last, previous = step.id, again.chained(items)
        told = {"previous_hash": again.previous_hash, "hash": previous}
        session.execute(update(Change).where(Change.id == step.id).values(told))
    session.execute(delete(ChangeHead))
    if last:
        _set_head(session, last, previous)


def forget(session: Session, gone: Sequence[tuple[str, int]], links: Iterable[str]) -> None:
    """Blank what the log tells of records that are removed for good, and the labels of its steps.

    ``links`` names, as ``kind.field``, the fields that hold nothing but numbers of other records:
    they stay, as do which fields were set, by whom and when.
    """
    kept = frozenset(links)
    for start in range(0, len(gone), _FEW):
        some = tuple_(ChangeItem.kind, ChangeItem.record_id).in_(gone[start : start + _FEW])
        steps = set(session.scalars(select(ChangeItem.change_id).where(some)))
        plain = (ChangeItem.kind + "." + ChangeItem.field).not_in(kept)
        session.execute(
            update(ChangeItem).where(some, plain).values(before=None, after=None, seal=None)
        )
        for step in steps:
            blank = update(Change).where(Change.id == step, Change.act.not_in(_KEPT))
            session.execute(blank.values(label=FORGOTTEN, seal=None))


class _LoggedItem(NamedTuple):
    """One item as it lies in the file, all but its step."""

    kind: str
    record_id: int
    act: str
    field: str
    before: str | None
    after: str | None
    seal: str | None
    digest: str

    @property
    def words(self) -> str:
        """What is sealed: before and after, each as its JSON."""
        return json.dumps([self.before, self.after], ensure_ascii=False)

    @property
    def link(self) -> tuple[str, int, str, str, str]:
        """What the chain runs over."""
        return self.kind, self.record_id, self.act, self.field, self.digest


class _Logged(NamedTuple):
    """One step as it lies in the file, all but its hash."""

    id: int
    at: str
    by: str
    act: str
    label: str
    undoes_id: int | None
    seal: str | None
    digest: str
    previous_hash: str

    def chained(self, items: Sequence[_LoggedItem]) -> str:
        """Return the hash that chains this step and its items to the step before."""
        told = (
            self.id,
            self.at,
            self.by,
            self.act,
            self.undoes_id,
            self.digest,
            self.previous_hash,
        )
        return _hash(json.dumps([told, [item.link for item in items]], ensure_ascii=False))


def _row_of(item: Item) -> _LoggedItem:
    before, after = item.texts()
    bare = _LoggedItem(
        item.kind, item.record_id, str(item.act), item.field, before, after, None, ""
    )
    seal, digest = _sealed(bare.words)
    return bare._replace(seal=seal, digest=digest)


def _is_whole(
    step: _Logged, items: Sequence[_LoggedItem], removed: frozenset[tuple[str, int]]
) -> bool:
    if step.seal is None:
        touched = any((item.kind, item.record_id) in removed for item in items)
        label_fits = step.label == FORGOTTEN and touched
    else:
        label_fits = step.digest == _hash(step.seal + step.label)
    return label_fits and all(_fits(item, removed) for item in items)


def _fits(item: _LoggedItem, removed: frozenset[tuple[str, int]]) -> bool:
    if item.seal is None:
        blank = item.before is None and item.after is None
        return blank and (item.kind, item.record_id) in removed
    return item.digest == _hash(item.seal + item.words)


def _removed(session: Session) -> frozenset[tuple[str, int]]:
    query = select(ChangeItem.kind, ChangeItem.record_id).where(ChangeItem.act == ItemAct.REMOVE)
    return frozenset((row[0], row[1]) for row in session.execute(query))


def _logged(session: Session) -> Iterator[tuple[_Logged, list[_LoggedItem], str]]:
    """Yield each step with its items and its hash, in order."""
    moment = type_coerce(Change.at, Text)  # as it lies in the file, however it was altered
    names = [name for name in _Logged._fields if name != "at"]
    step = [getattr(Change, name) for name in names]
    item = [getattr(ChangeItem, name) for name in _LoggedItem._fields]
    query = (
        select(Change.id, moment, *step[1:], Change.hash, *item)
        .outerjoin(ChangeItem, ChangeItem.change_id == Change.id)
        .order_by(Change.id, ChangeItem.id)
        .execution_options(yield_per=1000)
    )
    wide = len(_Logged._fields) + 1
    for told, rows in groupby(session.execute(query), key=lambda row: tuple(row[:wide])):
        items = [_LoggedItem(*row[wide:]) for row in rows if row[wide] is not None]
        yield _Logged(*told[:-1]), items, told[-1]


def _set_head(session: Session, number: int, digest: str) -> None:
    session.execute(delete(ChangeHead))
    session.execute(insert(ChangeHead).values(id=1, change_id=number, hash=digest))


def _sealed(words: str) -> tuple[str, str]:
    """Return a random seal and the digest of the words under it."""
    seal = secrets.token_hex(16)
    return seal, _hash(seal + words)


def _hash(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _text(value: JsonValue) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
