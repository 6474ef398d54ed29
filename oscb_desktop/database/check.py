"""Whether a file is sound: its pages, structure, references, chain of changes and kept files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import broken_link
from oscb_desktop.database.models.keeping import Attachment
from oscb_desktop.database.models.trust import AttachmentContent
from oscb_desktop.database.problems import reason


def faults(session: Session) -> tuple[str, ...]:
    """Return a sentence for each fault of the file, none when it is sound."""
    damaged = tuple(_told(_pages, session))
    if damaged:  # whatever else is found then is only what a damaged page looks like from elsewhere
        return damaged
    parts = (_structure, _references, _chain, _kept_files)
    found = (fault for part in parts for fault in _told(part, session))
    return tuple(dict.fromkeys(found))


def is_whole(session: Session, digest: str) -> bool:
    """Whether what is kept under a digest is there and is what was attached; one is read at once.

    Only as much is held in memory as the largest attached file.
    """
    kept = select(AttachmentContent.content).where(AttachmentContent.digest == digest)
    content = session.scalar(kept)
    return isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == digest


def _told(examine: Callable[[Session], Iterator[str]], session: Session) -> Iterator[str]:
    try:
        yield from examine(session)
    except DatabaseError as problem:
        yield f"The file cannot be read to its end: {reason(problem)}."


def _pages(session: Session) -> Iterator[str]:
    for (page,) in session.execute(text("PRAGMA cipher_integrity_check")):
        yield f"A page was changed from outside: {page}."


def _structure(session: Session) -> Iterator[str]:
    for (line,) in session.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield f"The structure is damaged: {line}."


def _references(session: Session) -> Iterator[str]:
    for table, row, target, _ in session.execute(text("PRAGMA foreign_key_check")):
        yield f"Row {row} of {table} refers to a row of {target} that is missing."


def _chain(session: Session) -> Iterator[str]:
    broken = broken_link(session)
    if broken is not None:
        yield f"The change log was altered: step {broken} is missing or not as it was written."


def _kept_files(session: Session) -> Iterator[str]:
    there = set(session.scalars(select(AttachmentContent.digest)))
    names: dict[str, str] = {}
    for digest, name in session.execute(select(Attachment.digest, Attachment.name)):
        if digest in there:
            names[digest] = name
        else:
            yield f"What the attached file “{name}” holds is missing."
    for digest in sorted(there):
        if not is_whole(session, digest):
            name = names.get(digest, "")
            called = f"the attached file “{name}”" if name else "an attached file"
            yield f"What {called} holds was altered since it was attached."
