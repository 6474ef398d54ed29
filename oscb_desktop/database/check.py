"""Whether a file is sound: its pages, its structure, its references and its chain of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import broken_link
from oscb_desktop.database.problems import reason


def faults(session: Session) -> tuple[str, ...]:
    """Return a sentence for each fault of the file, none when it is sound."""
    damaged = tuple(_told(_pages, session))
    if damaged:  # whatever else is found then is only what a damaged page looks like from elsewhere
        return damaged
    found = (fault for part in (_structure, _references, _chain) for fault in _told(part, session))
    return tuple(dict.fromkeys(found))


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
