"""Taking rows out of a file for good, so that no page of it holds their words any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import delete, exists, select, text
from sqlalchemy.orm import Session

from oscb_desktop.database.engine import connect
from oscb_desktop.database.key import FileKey
from oscb_desktop.database.models import LINK_TABLES, MODELS
from oscb_desktop.database.models.keeping import Attachment
from oscb_desktop.database.models.trust import AttachmentContent, Draft, SearchEntry
from oscb_desktop.errors import UserError

_FEW = 400
"""So many ids are named in one statement; SQLite bounds its parameters."""


def remove_rows(session: Session, gone: Iterable[tuple[str, int]]) -> None:
    """Delete records with their links, their place in the search index, and files of no other use.

    References are checked when the step is committed: nothing may stay that leads to what is gone.
    """
    session.flush()
    session.execute(text("PRAGMA secure_delete = ON"))  # what is freed is overwritten at once
    session.execute(text("PRAGMA defer_foreign_keys = ON"))
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, record_id in gone:
        by_kind[kind].append(record_id)
    digests = _digests(session, by_kind["attachment"])
    for kind, ids in by_kind.items():
        for some in _portions(ids):
            _remove(session, kind, some)
    for digest in digests:
        _remove_content(session, digest)
    session.execute(text("INSERT INTO search_text (search_text) VALUES ('rebuild')"))


def remove_drafts(session: Session, ids: Iterable[int]) -> None:
    """Delete typing that was never saved."""
    session.execute(text("PRAGMA secure_delete = ON"))
    for draft in ids:
        session.execute(delete(Draft).where(Draft.id == draft))


def compact(path: Path, key: FileKey) -> FileKey:
    """Write a closed file anew without its free pages, and return its key.

    Killed at any instant, it stays whole.
    Raises ``UserError`` when it is in use or the disk is full; it is whole then too.
    """
    try:
        with closing(connect(path, key)) as alone:
            alone.execute("PRAGMA busy_timeout = 1000")
            (mode,) = alone.execute("PRAGMA journal_mode = DELETE").fetchone()
            if mode != "delete":
                raise sqlcipher.OperationalError("database is locked")
            alone.execute("PRAGMA secure_delete = ON")
            alone.execute("VACUUM")
    except sqlcipher.Error as problem:
        raise UserError(
            f"{path.name} could not be written anew ({problem}). What was removed is overwritten "
            "in it already; only its free space was not given back."
        ) from problem
    return key


def _remove(session: Session, kind: str, ids: list[int]) -> None:
    for (owner, _), table in LINK_TABLES.items():
        if owner == kind:
            session.execute(delete(table).where(table.columns[0].in_(ids)))
    entries = select(SearchEntry.id).where(SearchEntry.kind == kind, SearchEntry.record_id.in_(ids))
    indexed = list(session.scalars(entries))
    for entry in indexed:
        session.execute(text("DELETE FROM search_text WHERE rowid = :id"), {"id": entry})
    session.execute(delete(SearchEntry).where(SearchEntry.id.in_(indexed)))
    model = MODELS[kind]
    session.execute(
        delete(model).where(model.id.in_(ids)).execution_options(synchronize_session=False)
    )


def _digests(session: Session, ids: list[int]) -> set[str]:
    return {
        digest
        for some in _portions(ids)
        for digest in session.scalars(select(Attachment.digest).where(Attachment.id.in_(some)))
    }


def _remove_content(session: Session, digest: str) -> None:
    """Remove the content of a file that no record has attached any more."""
    used = exists().where(Attachment.digest == AttachmentContent.digest)
    session.execute(delete(AttachmentContent).where(AttachmentContent.digest == digest, ~used))


def _portions(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + _FEW] for start in range(0, len(ids), _FEW))
