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
from oscb_desktop.database.problems import disk_sentence, is_damage
from oscb_desktop.errors import ConflictError, DamagedFileError, UserError
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.gate import Gate
from oscb_desktop.services.rows import LOGGED
from oscb_desktop.services.work import Work

P = ParamSpec("P")
T = TypeVar("T")
Read = Callable[Concatenate[Session, P], T]

READ_ONLY = (
    "{} is open read-only because it is damaged, so nothing can be saved in it. Salvage it into a "
    "new file or restore a backup, and go on there."
)
"""What is said to whoever wants to write, with the name of the file."""

_NOT_SAVED = "Nothing of this change was saved; what was saved before is safe."


class Command(Protocol):
    """One thing a person does: a frozen dataclass that knows the function that does it."""

    def carry_out(self, work: Work) -> None:
        """Do it within the given step."""


class Store:
    """One open file; every reading and writing of the window and the commands goes through it.

    ``damage`` says what is wrong with the file, empty as long as nothing is known to be: from then
    on nothing is written. ``found_damaged`` is called with it, on whatever thread found it;
    ``closed`` is called when the file was closed.
    """

    def __init__(
        self,
        engine: Engine,
        key: FileKey,
        path: Path,
        by: str,
        now: Callable[[], datetime],
        lock: OpenFileLock | None = None,
    ) -> None:
        self._held: Engine | None = engine
        self._lock = lock
        self._now = now
        self._gate = Gate()
        self.key = key
        self.path = path
        self.by = by
        self.practice_today: date | None = None
        self.damage = ""
        self.found_damaged: Callable[[str], object] = _nobody
        self.closed: Callable[[], object] = _nothing

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
            raise self._told(problem, "") from problem

    def write(self, command: Command) -> Changes:
        """Carry out a command in one transaction, with its step in the change log.

        When this returns, the change is on disk. Raises ``UserError`` with nothing changed.
        """
        return self.rehearse(command, keep=True)

    def rehearse(self, command: Command, *, keep: bool = False) -> Changes:
        """Carry out a command and take it back again, unless it is to be kept."""
        self.refuse_if_damaged()
        try:
            with self._gate.using(), Session(for_writing(self._engine)) as session:
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
            raise self._told(problem, _NOT_SAVED) from problem
        touched = frozenset((item.kind, item.record_id) for item in work.items)
        return Changes(work.label, touched, work.record_id)

    def exchange(self, put: Callable[[], FileKey]) -> None:
        """Close the file, let ``put`` put another in its place, and go on with that one's key.

        All other reading and writing waits meanwhile. When ``put`` raises, it has left the file as
        it was, and the store goes on with it.
        """
        self.refuse_if_damaged()
        with self._gate.alone():
            close_file(self._engine)
            self.key = put()
            self._held = make_engine(self.path, self.key)

    def close(self) -> None:
        """Close the file and let others open it."""
        if self._held is not None:
            close_file(self._held)
        if self._lock:
            self._lock.release()
        self.closed()

    def forget(self) -> None:
        """Close the file and overwrite its key; this store reads and writes nothing any more."""
        with self._gate.alone():
            self.close()
            self.key.wipe()
            self._held = None

    @property
    def _engine(self) -> Engine:
        if self._held is None:
            raise UserError(f"{self.path.name} is closed. Open it again to go on.")
        return self._held

    def tell_damage(self, what: str) -> None:
        """Write nothing from now on, and tell whoever wants to know what is wrong."""
        if not self.damage:
            self.damage = what
            self.found_damaged(what)

    def refuse_if_damaged(self) -> None:
        """Raise ``DamagedFileError`` when the file is known to be damaged."""
        if self.damage:
            raise DamagedFileError(READ_ONLY.format(self.path.name), self.key.copy())

    def _told(self, problem: DatabaseError, what_became: str) -> UserError | DatabaseError:
        sentence = disk_sentence(problem, what_became)
        if sentence and is_damage(problem):
            self.tell_damage(sentence)
            return DamagedFileError(sentence, self.key.copy())
        return UserError(sentence) if sentence else problem


def _nobody(_: str) -> None:
    """Nobody wants to know."""


def _nothing() -> None:
    """Nothing is left to be done."""


def _log(work: Work) -> None:
    work.session.flush()
    step = Step(work.at, work.by, work.label, work.act, work.undoes_id)
    write_step(work.session, step, work.items)


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
