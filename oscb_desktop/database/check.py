"""Whether a file is sound: its pages, its structure, its references and its chain of changes."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import broken_link


def faults(session: Session) -> tuple[str, ...]:
    """Return a sentence for each fault of the file, none when it is sound."""
    try:
        return tuple(_faults(session))
    except DatabaseError as problem:
        return (f"The file cannot be read to its end: {problem.orig}.",)


def _faults(session: Session) -> Iterator[str]:
    for (page,) in session.execute(text("PRAGMA cipher_integrity_check")):
        yield f"A page was changed from outside: {page}."
    for (line,) in session.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield f"The structure is damaged: {line}."
    for row in session.execute(text("PRAGMA foreign_key_check")):
        yield f"Row {row[1]} of {row[0]} refers to a row of {row[2]} that is missing."
    broken = broken_link(session)
    if broken is not None:
        yield f"The change log was altered: step {broken} does not fit the one before."
