"""The full-text index behind the one search field; it never holds an identity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from oscb_desktop.database.models.trust import SearchEntry

_FEW = 500
"""So many records are named in one statement; SQLite bounds its parameters."""


def add_records(session: Session, kind: str, found: Sequence[tuple[int, str, str]]) -> None:
    """Put records that are not in the index into it, each by its id, its title and its words."""
    if not found:
        return
    entries = session.scalars(
        insert(SearchEntry).returning(SearchEntry.id, sort_by_parameter_order=True),
        [{"kind": kind, "record_id": each, "title": title} for each, title, _ in found],
    ).all()
    session.execute(
        text("INSERT INTO search_text (rowid, title, body) VALUES (:id, :title, :body)"),
        [
            {"id": entry, "title": title, "body": body}
            for entry, (_, title, body) in zip(entries, found, strict=True)
        ],
    )


def remove_records(session: Session, kind: str, record_ids: Sequence[int]) -> None:
    """Take records out of the index."""
    for some in _some(record_ids):
        entries = session.scalars(
            select(SearchEntry.id).where(SearchEntry.kind == kind, SearchEntry.record_id.in_(some))
        ).all()
        if entries:
            rowids = [{"id": entry} for entry in entries]
            session.execute(text("DELETE FROM search_text WHERE rowid = :id"), rowids)
            gone = delete(SearchEntry).where(SearchEntry.id.in_(entries))
            session.execute(gone, execution_options={"synchronize_session": False})


def _some(ids: Sequence[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while some := list(islice(left, _FEW)):
        yield some
