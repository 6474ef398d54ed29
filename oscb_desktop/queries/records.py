"""Any record of any kind, read by its declaration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.base import Record
from oscb_desktop.database.change_log import ItemAct
from oscb_desktop.database.models import LINK_TABLES, MODELS, attribute
from oscb_desktop.database.models.trust import ChangeItem
from oscb_desktop.domain.fields.field import Field, RecordKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.values import Value, Values, is_empty, shown

Titles = Mapping[str, Mapping[int, str]]
"""For each link field by name, the title of each linked record by id."""

_FEW = 500
"""Above so many ids a query asks for all and lets Python choose; SQLite bounds its parameters."""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record as read: its values, the titles of what it links to, and its version.

    ``titles`` holds, for each link field by name, the title of each linked record by id;
    ``withdrawn_at`` is in UTC.
    """

    kind: str
    id: int
    version: int
    title: str
    withdrawn_at: datetime | None
    values: Values
    titles: Titles = field(default_factory=dict)

    def words(self, name: str) -> str:
        """Return a field's value in words; raises ``KeyError`` for a field that is not declared."""
        return shown(record_kind(self.kind).field(name), self.values[name], self.titles.get(name))


@dataclass(frozen=True, slots=True)
class Choice:
    """A record that a link field can point to."""

    id: int
    title: str


def values_of(session: Session, kind_name: str, row: Record) -> dict[str, Value]:
    """Return a record's values by field name; links as ids, in ascending order."""
    return all_values(session, kind_name, [row])[0]


def all_values(session: Session, kind_name: str, rows: Sequence[Record]) -> list[dict[str, Value]]:
    """Return the values of each record, with one query for each field of links, however many."""
    fields = record_kind(kind_name).fields
    linked = {
        declared.name: _linked_ids(session, LINK_TABLES[kind_name, declared.name], rows)
        for declared in fields
        if (kind_name, declared.name) in LINK_TABLES
    }
    return [
        {
            declared.name: tuple(linked[declared.name].get(row.id, ()))
            if declared.name in linked
            else getattr(row, attribute(declared))
            for declared in fields
        }
        for row in rows
    ]


def _linked_ids(session: Session, table: Table, rows: Sequence[Record]) -> dict[int, list[int]]:
    own, other = table.columns
    query = select(own, other).order_by(own, other)
    if len(rows) <= _FEW:
        query = query.where(own.in_([row.id for row in rows]))
    found: dict[int, list[int]] = {}
    for record_id, target in session.execute(query):
        found.setdefault(record_id, []).append(target)
    return found


def record(session: Session, kind_name: str, record_id: int) -> RecordRow | None:
    """Return one record, in the bin or not, or None when there is none of that id."""
    row = session.get(MODELS[kind_name], record_id)
    return None if row is None else _record_row(session, kind_name, [row])[0]


def records_of(session: Session, kind_name: str, ids: Sequence[int]) -> tuple[RecordRow, ...]:
    """Return the records of these ids in this order, in the bin or not; an unknown id is none."""
    model = MODELS[kind_name]
    rows: dict[int, Record] = {}
    for start in range(0, len(ids), _FEW):
        some = select(model).where(model.id.in_(ids[start : start + _FEW]))
        rows.update((row.id, row) for row in session.scalars(some))
    return _record_row(session, kind_name, [rows[each] for each in ids if each in rows])


def record_by_key(session: Session, kind_name: str, key: str) -> RecordRow | None:
    """Return the live record whose reference or name is this text, whatever the capitals."""
    record_id = id_by_key(session, kind_name, key)
    return None if record_id is None else record(session, kind_name, record_id)


def id_by_key(session: Session, kind_name: str, key: str) -> int | None:
    """Return the id of the live record whose single key field holds this text."""
    kind = record_kind(kind_name)
    model = MODELS[kind_name]
    column = getattr(model, attribute(kind.field(kind.key[0])))
    wanted = " ".join(key.split())
    live = select(model.id).where(model.withdrawn_at.is_(None)).limit(1)
    exact = session.scalar(live.where(column == wanted))
    if exact is not None:
        return exact
    if wanted.isascii():  # all that SQLite can fold
        return session.scalar(live.where(func.lower(column) == wanted.lower()))
    every = session.execute(select(column, model.id).where(model.withdrawn_at.is_(None)))
    folded = {str(value).casefold(): record_id for value, record_id in every}
    return folded.get(wanted.casefold())


def records(
    session: Session,
    kind_name: str,
    *,
    owner: int | None = None,
    withdrawn: bool = False,
) -> tuple[RecordRow, ...]:
    """Return the records of a kind, those of one owner or all, live ones or those in the bin.

    They come in the natural order of their titles; notes and other dated records by their date.
    """
    kind = record_kind(kind_name)
    model = MODELS[kind_name]
    in_bin = model.withdrawn_at.is_not(None) if withdrawn else model.withdrawn_at.is_(None)
    query = select(model).where(in_bin).order_by(model.id)
    if owner is not None:
        query = query.where(getattr(model, attribute(kind.field(kind.parent))) == owner)
    found = _record_row(session, kind_name, session.scalars(query).all())
    return tuple(sorted(found, key=lambda row: _order(kind, row)))


def singleton(session: Session, kind_name: str) -> RecordRow | None:
    """Return the one record of a kind of which a file holds one."""
    record_id = first_id(session, kind_name)
    return None if record_id is None else record(session, kind_name, record_id)


def first_id(session: Session, kind_name: str) -> int | None:
    """Return the id of the first live record of a kind."""
    model = MODELS[kind_name]
    return session.scalar(
        select(model.id).where(model.withdrawn_at.is_(None)).order_by(model.id).limit(1)
    )


def choices(session: Session, kind_name: str) -> tuple[Choice, ...]:
    """Return every live record of a kind that a link can point to, in natural order."""
    found = titles(session, kind_name)
    ordered = sorted(found.items(), key=lambda entry: sort_key(entry[1]))
    return tuple(Choice(record_id, title) for record_id, title in ordered)


def title_of(session: Session, kind_name: str, record_id: int) -> str:
    """Return a record's title, such as ``RR-2021-03 Child M``."""
    return titles(session, kind_name, (record_id,)).get(record_id, "")


def titles(session: Session, kind_name: str, ids: Iterable[int] | None = None) -> dict[int, str]:
    """Return the titles of the records of these ids, or of all live records of the kind."""
    kind = record_kind(kind_name)
    model = MODELS[kind_name]
    fields = [kind.field(name) for name in kind.title]
    query = select(model.id, *(getattr(model, attribute(declared)) for declared in fields))
    wanted = None if ids is None else frozenset(ids)
    if wanted is None:
        query = query.where(model.withdrawn_at.is_(None))
    elif len(wanted) <= _FEW:
        query = query.where(model.id.in_(wanted))
    rows = [row for row in session.execute(query) if wanted is None or row[0] in wanted]
    linked = {
        declared.name: titles(session, declared.to, {row[place] for row in rows} - {None})
        for place, declared in enumerate(fields, start=1)
        if declared.is_link
    }
    return {row[0]: _title(fields, row[1:], linked) for row in rows}


def title_from(kind: RecordKind, values: Values, linked: Titles) -> str:
    """Return the title of a record that holds these values; ``linked`` as in a ``RecordRow``."""
    fields = [kind.field(name) for name in kind.title]
    return _title(fields, [values[declared.name] for declared in fields], linked)


def ids_linking(
    session: Session, kind: RecordKind, declared: Field, target: int
) -> tuple[int, ...]:
    """Return the ids of the live records of a kind whose field leads to the given record."""
    model = MODELS[kind.name]
    table = LINK_TABLES.get((kind.name, declared.name))
    query = select(model.id).where(model.withdrawn_at.is_(None)).order_by(model.id)
    if table is None:
        query = query.where(getattr(model, attribute(declared)) == target)
    else:
        own, other = table.columns
        query = query.join(table, own == model.id).where(other == target)
    return tuple(session.scalars(query))


def withdrawn_together(
    session: Session, kind_name: str, record_id: int
) -> tuple[tuple[str, int], ...]:
    """Return a record in the bin with all that went there in the same step and is still there."""
    step = session.scalar(
        select(ChangeItem.change_id)
        .where(
            ChangeItem.kind == kind_name,
            ChangeItem.record_id == record_id,
            ChangeItem.act == ItemAct.WITHDRAW,
        )
        .order_by(ChangeItem.id.desc())
        .limit(1)
    )
    gone = session.execute(
        select(ChangeItem.kind, ChangeItem.record_id).where(
            ChangeItem.change_id == step, ChangeItem.act == ItemAct.WITHDRAW
        )
    )
    together = dict.fromkeys([(kind_name, record_id), *((row[0], row[1]) for row in gone)])
    return tuple(entry for entry in together if _in_bin(session, *entry))


def _in_bin(session: Session, kind_name: str, record_id: int) -> bool:
    row = session.get(MODELS[kind_name], record_id)
    return row is not None and row.withdrawn_at is not None


def _record_row(session: Session, kind_name: str, rows: Sequence[Record]) -> tuple[RecordRow, ...]:
    kind = record_kind(kind_name)
    read = list(zip(rows, all_values(session, kind_name, rows), strict=True))
    found = {
        declared.name: titles(
            session, declared.to, _linked(declared, (values for _, values in read))
        )
        for declared in kind.fields
        if declared.is_link
    }
    return tuple(
        RecordRow(
            kind_name,
            row.id,
            row.version,
            title_from(kind, values, found),
            row.withdrawn_at,
            values,
            found,
        )
        for row, values in read
    )


def _linked(declared: Field, rows: Iterable[Values]) -> set[int]:
    ids: set[int] = set()
    for values in rows:
        value = values[declared.name]
        if isinstance(value, tuple):
            ids.update(int(part) for part in value)
        elif isinstance(value, int):
            ids.add(value)
    return ids


def _title(fields: Iterable[Field], values: Iterable[Value], linked: Titles) -> str:
    words = [
        shown(declared, value, linked.get(declared.name))
        for declared, value in zip(fields, values, strict=True)
    ]
    title = " ".join(word.replace("\n", " ") for word in words if word)
    return title if len(title) <= 160 else title[:159] + "…"


def _order(kind: RecordKind, row: RecordRow) -> tuple[object, ...]:
    first = row.values[kind.title[0]]
    if "number" in kind.names and not is_empty(row.values["number"]):
        return (0, row.values["number"], sort_key(row.title))
    if isinstance(first, date):
        return (1, first.isoformat(), row.id)
    return (2, 0, sort_key(row.title))
