"""How declared values reach the mapped columns, the association tables and the search index."""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from oscb_desktop.database import search_index
from oscb_desktop.database.base import Record
from oscb_desktop.database.models import LINK_TABLES, MODELS, attribute
from oscb_desktop.database.models.keeping import Disposal
from oscb_desktop.database.models.trust import ChangeItem
from oscb_desktop.domain.fields.field import FieldKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Values
from oscb_desktop.queries.records import title_of

LOGGED = "oscb_logged"
"""Where a session keeps the records that the change log is told of."""


_DISPOSED = "oscb_disposed"


def mark_logged(session: Session, row: Record) -> None:
    """Note that the step's log will name this record, so that its flush is allowed."""
    session.info.setdefault(LOGGED, set()).add(row)


def write_values(session: Session, kind_name: str, row: Record, values: Values) -> None:
    """Put values into a new or read record and flush it, links to many after it has its id."""
    kind = record_kind(kind_name)
    new = row.id is None
    if new:
        _give_fresh_id(session, kind_name, row)
    many = []
    for name, value in values.items():
        if (kind_name, name) in LINK_TABLES:
            many.append((name, value))
        else:
            setattr(row, attribute(kind.field(name)), value)
    session.add(row)
    session.flush()
    for name, value in many:
        assert isinstance(value, tuple)
        own, other = LINK_TABLES[kind_name, name].columns
        if not new:
            session.execute(delete(own.table).where(own == row.id))
        if value:
            rows = [{own.name: row.id, other.name: target} for target in value]
            session.execute(insert(own.table), rows)


def _give_fresh_id(session: Session, kind_name: str, row: Record) -> None:
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


def index_words(session: Session, kind_name: str, row: Record, *, new: bool = False) -> None:
    """Bring the search index up to date for a record; identities and the bin stay out of it.

    A new record is known not to be in it yet.
    """
    kind = record_kind(kind_name)
    if kind.identifying or kind.singleton:
        return
    if row.withdrawn_at is not None:
        search_index.remove_record(session, kind_name, row.id)
        return
    words = [
        str(value)
        for declared in kind.fields
        if declared.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT)
        and (value := getattr(row, declared.name))
    ]
    title = title_of(session, kind_name, row.id)
    if not new:
        search_index.remove_record(session, kind_name, row.id)
    search_index.add_record(session, kind_name, row.id, title, "\n".join(words))
