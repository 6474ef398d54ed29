"""The open file: the only place where a session begins, one for each reading or writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from oscb_desktop.database.base import Record
from oscb_desktop.database.change_log import Step, write_step
from oscb_desktop.database.engine import for_writing, make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.database.lock import OpenFileLock
from oscb_desktop.database.problems import disk_sentence
from oscb_desktop.errors import ConflictError, UserError
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.gate import Gate
from oscb_desktop.services.rows import LOGGED
from oscb_desktop.services.work import Work

P = ParamSpec("P")
T = TypeVar("T")
Read = Callable[Concatenate[Session, P], T]

_NOT_SAVED = "Nothing of this change was saved; what was saved before is safe."


class Command(Protocol):
    """One thing a person does: a frozen dataclass that knows the function that does it."""

    def carry_out(self, work: Work) -> None:
        """Do it within the given step."""


class Store:
    """One open file; every reading and writing of the window and the commands goes through it."""

    def __init__(
        self,
        engine: Engine,
        key: FileKey,
        path: Path,
        by: str,
        now: Callable[[], datetime],
        lock: OpenFileLock | None = None,
    ) -> None:
        self._engine = engine
        self._writer = for_writing(engine)
        self._lock = lock
        self._now = now
        self._gate = Gate()
        self.key = key
        self.path = path
        self.by = by
        self.practice_today: date | None = None

    def today(self) -> date:
        """Return today, or the day that a practice file sets."""
        return self.practice_today or self._now().date()

    def now(self) -> datetime:
        """Return this moment."""
        return self._now()

    def read(self, query: Read[P, T], *args: P.args, **rest: P.kwargs) -> T:
        """Run a query in a session of its own and return its rows.

        Raises ``UserError`` when the file cannot be read.
        """
        try:
            with self._gate.using(), Session(self._engine) as session:
                return query(session, *args, **rest)
        except DatabaseError as problem:
            raise _told(problem, "") from problem

    def write(self, command: Command) -> Changes:
        """Carry out a command in one transaction, with its step in the change log.

        When this returns, the change is on disk. Raises ``UserError`` with nothing changed.
        """
        return self.rehearse(command, keep=True)

    def rehearse(self, command: Command, *, keep: bool = False) -> Changes:
        """Carry out a command and take it back again, unless it is to be kept."""
        try:
            with self._gate.using(), Session(self._writer) as session:
                work = Work(session, self.by, self._now(), self.today())
                _refuse_unlogged_writes(session)
                command.carry_out(work)
                if work.items:
                    _log(work)
                if keep:
                    session.commit()
                else:
                    session.rollback()
        except StaleDataError:
            raise ConflictError(
                "Somebody else has just changed this record. Open it again to see what it holds."
            ) from None
        except DatabaseError as problem:
            raise _told(problem, _NOT_SAVED) from problem
        touched = frozenset((item.kind, item.record_id) for item in work.items)
        return Changes(work.label, touched, work.record_id)

    def exchange(self, put: Callable[[], FileKey]) -> None:
        """Close the file, let ``put`` put another in its place, and go on with that one's key.

        All other reading and writing waits meanwhile. When ``put`` raises, it has left the file as
        it was, and the store goes on with it.
        """
        with self._gate.alone():
            close_file(self._engine)
            self.key = put()
            self._engine = make_engine(self.path, self.key)
            self._writer = for_writing(self._engine)

    def close(self) -> None:
        """Close the file and let others open it."""
        close_file(self._engine)
        if self._lock:
            self._lock.release()


def _log(work: Work) -> None:
    work.session.flush()
    step = Step(work.at, work.by, work.label, work.act, work.undoes_id)
    write_step(work.session, step, work.items)


def _told(problem: DatabaseError, what_became: str) -> UserError | DatabaseError:
    sentence = disk_sentence(problem, what_became)
    return UserError(sentence) if sentence else problem


def _refuse_unlogged_writes(session: Session) -> None:
    """Make the flush of any record that the change log was not told of an error of ours."""
    session.info[LOGGED] = set()

    @event.listens_for(session, "before_flush")
    def _check(session: Session, _context: Any, _instances: Any) -> None:
        for row in (*session.new, *session.dirty):
            if isinstance(row, Record) and row not in session.info[LOGGED]:
                raise RuntimeError(f"a {row.__tablename__} was written outside the change log")
        if session.deleted:
            raise RuntimeError("records are withdrawn, never deleted")
