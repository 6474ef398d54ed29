"""The change log from its first step to its last, read in portions, so that any length will do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models import MODELS, attribute
from oscb_desktop.database.models.trust import Change, ChangeItem
from oscb_desktop.domain.fields.field import FieldKind
from oscb_desktop.domain.fields.registry import RECORD_KINDS, record_kind
from oscb_desktop.queries.history import HistoryRow, Names, linked_titles, row_of
from oscb_desktop.queries.records import id_by_key, titles

_PORTION = 1000


@dataclass(frozen=True, slots=True)
class Span:
    """Which steps are wanted: from a moment to before another, in UTC, and of one record or all."""

    since: datetime | None = None
    until: datetime | None = None
    record: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class LoggedRow:
    """One thing that happened, in words, with its step's number and hash, and its moment in UTC.

    ``record`` is the title that the record has today, empty for an identity; ``is_gone`` says that
    its words were disposed of.
    """

    number: int
    hash: str
    at: datetime
    kind: str
    record_id: int
    record: str
    told: HistoryRow
    is_gone: bool = False


def tell_steps(
    session: Session,
    span: Span,
    take: Callable[[Sequence[LoggedRow]], None],
    *,
    unlocked: bool = False,
) -> None:
    """Hand over what happened, the oldest first, in portions; links by the titles of today.

    The values of identifying fields are masked unless ``unlocked``.
    """
    columns = (Change.id, Change.hash, Change.at, Change.by, Change.label)
    query = _within(select(*columns, Change.act.label("step_act"), ChangeItem), span)
    query = query.order_by(Change.id, ChangeItem.id).execution_options(yield_per=_PORTION)
    for portion in session.execute(query).partitions():
        take(_told(session, portion, unlocked=unlocked))


def identities_in(session: Session, span: Span) -> tuple[tuple[str, int], ...]:
    """Return each identity that a log of this span would spell out, by kind and id."""
    kinds = [kind.name for kind in RECORD_KINDS.values() if kind.identifying]
    query = _within(select(ChangeItem.kind, ChangeItem.record_id), span)
    found = session.execute(query.where(ChangeItem.kind.in_(kinds)).distinct())
    return tuple(sorted((row.kind, row.record_id) for row in found))


def known_as(session: Session, named: str) -> tuple[tuple[str, int], ...]:
    """Return the records of every kind that have this reference or name; of live ones, else all.

    A record in the bin is found when it is named exactly as it was.
    """
    keyed = [kind.name for kind in RECORD_KINDS.values() if _is_keyed_by_text(kind.name)]
    live = [(kind, id_by_key(session, kind, named)) for kind in keyed]
    found = tuple((kind, at) for kind, at in live if at is not None)
    return found or tuple(
        (kind, at) for kind in keyed for at in _ids_in_bin(session, kind, named.strip())
    )


def _within(query: Any, span: Span) -> Any:
    query = query.select_from(Change).join(ChangeItem, ChangeItem.change_id == Change.id)
    if span.since is not None:
        query = query.where(Change.at >= span.since)
    if span.until is not None:
        query = query.where(Change.at < span.until)
    if span.record is not None:
        kind, record_id = span.record
        query = query.where(ChangeItem.kind == kind, ChangeItem.record_id == record_id)
    return query


def _told(session: Session, rows: Sequence[Any], *, unlocked: bool) -> list[LoggedRow]:
    items: dict[str, list[ChangeItem]] = defaultdict(list)
    for row in rows:
        items[row.ChangeItem.kind].append(row.ChangeItem)
    named = {kind: _named(session, kind, found) for kind, found in items.items()}
    linked: dict[str, Names] = {
        kind: linked_titles(session, kind, found) for kind, found in items.items()
    }
    return [_row(row, named, linked, unlocked=unlocked) for row in rows]


def _row(
    row: Any, named: dict[str, dict[int, str]], linked: dict[str, Names], *, unlocked: bool
) -> LoggedRow:
    item: ChangeItem = row.ChangeItem
    told = row_of(item.kind, row, linked[item.kind], unlocked=unlocked)
    title = named[item.kind].get(item.record_id, "")
    gone = item.seal is None
    return LoggedRow(row.id, row.hash, row.at, item.kind, item.record_id, title, told, gone)


def _named(session: Session, kind: str, items: Sequence[ChangeItem]) -> dict[int, str]:
    if record_kind(kind).identifying:
        return {}
    return titles(session, kind, {item.record_id for item in items})


def _is_keyed_by_text(kind_name: str) -> bool:
    kind = record_kind(kind_name)
    if len(kind.key) != 1 or kind.identifying:
        return False
    return kind.field(kind.key[0]).kind is FieldKind.TEXT


def _ids_in_bin(session: Session, kind_name: str, named: str) -> tuple[int, ...]:
    kind, model = record_kind(kind_name), MODELS[kind_name]
    column = getattr(model, attribute(kind.field(kind.key[0])))
    gone = select(model.id).where(model.withdrawn_at.is_not(None), column == named)
    return tuple(session.scalars(gone.order_by(model.id)))
