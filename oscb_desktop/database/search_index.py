"""The full-text index behind the one search field; it never holds an identity."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from oscb_desktop.database.models.trust import SearchEntry


def add_record(session: Session, kind: str, record_id: int, title: str, body: str) -> None:
    """Put the words of a record that is not in the index into it."""
    result = session.execute(
        insert(SearchEntry)
        .values(kind=kind, record_id=record_id, title=title)
        .returning(SearchEntry.id)
    )
    session.execute(
        text("INSERT INTO search_text (rowid, title, body) VALUES (:id, :title, :body)"),
        {"id": result.scalar_one(), "title": title, "body": body},
    )


def remove_record(session: Session, kind: str, record_id: int) -> None:
    """Take a record out of the index."""
    entry = session.scalar(
        select(SearchEntry.id).where(SearchEntry.kind == kind, SearchEntry.record_id == record_id)
    )
    if entry is not None:
        session.execute(text("DELETE FROM search_text WHERE rowid = :id"), {"id": entry})
        session.execute(delete(SearchEntry).where(SearchEntry.id == entry))
