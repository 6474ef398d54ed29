"""How declared values reach the mapped columns, the association tables and the search index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from oscb_desktop.database import search_index
from oscb_desktop.database.base import Record
from oscb_desktop.database.models import LINK_TABLES, MODELS, attribute
from oscb_desktop.database.models.keeping import Disposal
from oscb_desktop.database.models.trust import ChangeItem
from oscb_desktop.domain.fields.field import FieldKind, RecordKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Values
from oscb_desktop.queries.records import titles

LOGGED = "oscb_logged"
"""Where a session keeps the records that the change log is told of."""


_DISPOSED = "oscb_disposed"
_WORDS = (FieldKind.TEXT, FieldKind.LONG_TEXT)


def mark_logged(session: Session, row: Record) -> None:
    """Note that the step's log will name this record, so that its flush is allowed."""
    session.info.setdefault(LOGGED, set()).add(row)


def write_values(
    session: Session, kind_name: str, written: Iterable[tuple[Record, Values]]
) -> None:
    """Put values into new or read records and flush them together, links after they have ids."""
    kind = record_kind(kind_name)
    links: list[tuple[Record, str, bool, tuple[object, ...]]] = []
    for row, values in written:
        new = row.id is None
        fresh = new and _give_fresh_id(session, kind_name, row)
        for name, value in values.items():
            if (kind_name, name) in LINK_TABLES:
                assert isinstance(value, tuple)
                links.append((row, name, new, value))
            else:
                setattr(row, attribute(kind.field(name)), value)
        session.add(row)
        if fresh:
            session.flush()  # the next id follows from this one
    session.flush()
    for row, name, new, targets in links:
        own, other = LINK_TABLES[kind_name, name].columns
        if not new:
            session.execute(delete(own.table).where(own == row.id))
        if targets:
            rows = [{own.name: row.id, other.name: target} for target in targets]
            session.execute(insert(own.table), rows)


def _give_fresh_id(session: Session, kind_name: str, row: Record) -> bool:
    """Give a new record an id that no record ever had, once anything was disposed of.

    SQLite gives the number of the last record that was removed again, and the history of that one
    would become the new one's. Until anything was disposed of, what SQLite chooses is right.
    """
    if _DISPOSED not in session.info:
        session.info[_DISPOSED] = session.scalar(select(Disposal.id).limit(1)) is not None
    if session.info[_DISPOSED]:
        told = select(func.max(ChangeItem.record_id)).where(ChangeItem.kind == kind_name)
        held = select(func.max(MODELS[kind_name].id))
        row.id = max(session.scalar(told) or 0, session.scalar(held) or 0) + 1
    return bool(session.info[_DISPOSED])


def is_indexed(kind: RecordKind, names: Iterable[str]) -> bool:
    """Whether a change of these fields changes the words under which a record is found."""
    changed = [kind.field(name) for name in names]
    return any(field.kind in _WORDS or field.name in kind.title for field in changed)


def index_words(
    session: Session, kind_name: str, rows: Sequence[Record], *, new: bool = False
) -> None:
    """Bring the search index up to date for records; identities and the bin stay out of it.

    New records are known not to be in it yet.
    """
    kind = record_kind(kind_name)
    if kind.identifying or kind.singleton or not rows:
        return
    if not new:
        search_index.remove_records(session, kind_name, [row.id for row in rows])
    live = [row for row in rows if row.withdrawn_at is None]
    called = titles(session, kind_name, [row.id for row in live]) if live else {}
    found = [(row.id, called.get(row.id, ""), _words(kind, row)) for row in live]
    search_index.add_records(session, kind_name, found)


def _words(kind: RecordKind, row: Record) -> str:
    return "\n".join(
        str(value)
        for declared in kind.fields
        if declared.kind in _WORDS and (value := getattr(row, declared.name))
    )
