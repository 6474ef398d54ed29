"""Backing up and proving on the worker, and telling the window how the backups stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from oscb_desktop.errors import UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.services.backup_place import BackupPlace, place_of
from oscb_desktop.services.backups import (
    BackupRow,
    Standing,
    back_up,
    is_due,
    is_proof_due,
    standing,
)
from oscb_desktop.services.proof import Proof, prove
from oscb_desktop.ui.operations import Operations
from oscb_desktop.ui.tasks import Tasks

_LOOK_EVERY = 5 * 60 * 1000
_FIRST_LOOK = 20 * 1000


def _nothing() -> None:
    """Go on with nothing more."""


@dataclass(frozen=True, slots=True)
class BackupWork:
    """The jobs about the backups of the open file; each tells its outcome to the whole window."""

    operations: Operations
    tasks: Tasks
    paths: AppPaths

    def place(self) -> BackupPlace:
        """Return where backups go just now."""
        return place_of(self.paths)

    def tell(self) -> None:
        """Say how the backups stand."""
        store = self.operations.store
        self.operations.backups_stand.emit(standing(self.place(), store.key, store.now()))

    def back_up(self, then: Callable[[], None] = _nothing) -> None:
        """Make a backup now."""
        store, place = self.operations.store, self.place()

        def made(_: BackupRow) -> None:
            self.tell()
            then()

        self.tasks.run(
            "Backing up", lambda: back_up(store, place, store.now()), made, self.tell_failure
        )

    def prove(self, then: Callable[[Proof], None] = lambda _: None) -> None:
        """Prove the newest backup now."""
        store, place = self.operations.store, self.place()

        def proven(proof: Proof) -> None:
            self.tell()
            then(proof)

        self.tasks.run(
            "Proving the newest backup",
            lambda: prove(store, place, store.now()),
            proven,
            self.tell_failure,
        )

    def tell_failure(self, problem: BaseException) -> None:
        """Say that a job failed; what is not a person's or a disk's doing is raised."""
        if not isinstance(problem, UserError):
            raise problem
        words = f"Backup failed: {problem.sentence}"
        self.operations.backups_stand.emit(Standing(words, problem.sentence, is_failure=True))


class BackupKeeper(QObject):
    """Backs up while work goes on and when the file closes, and proves the newest once a day."""

    def __init__(self, operations: Operations, tasks: Tasks, paths: AppPaths) -> None:
        super().__init__(operations)
        self._work = BackupWork(operations, tasks, paths)
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._first = QTimer(self, interval=_FIRST_LOOK, singleShot=True)
        self._first.timeout.connect(self.look)

    def begin(self) -> None:
        """Say how the backups stand, and look after them from now on."""
        self._work.tell()
        self._first.start()
        self._timer.start()

    def look(self) -> None:
        """Find out on the worker what is due, and do it."""
        if self._work.operations.store.damage:  # no backup is worth making of what is damaged
            return
        store, place = self._work.operations.store, self._work.place()

        def due() -> Callable[[], None]:
            if is_due(store, place, store.now()):
                return self._back_up
            return self._work.prove if is_proof_due(place, store.key, store.now()) else _nothing

        self._work.tasks.run(
            "Looking at the backups", due, lambda act: act(), self._work.tell_failure
        )

    def pause(self) -> None:
        """Look after the backups no more, as before the file closes."""
        self._timer.stop()
        self._first.stop()

    def end(self) -> str:
        """Look after them no more, and back up for the last time; return what went wrong."""
        self.pause()
        return self.last()

    def last(self) -> str:
        """Back up for the last time if anything changed; return what went wrong, or nothing."""
        store, place = self._work.operations.store, self._work.place()
        if store.damage:
            return ""
        try:
            if is_due(store, place, store.now(), closing=True):
                back_up(store, place, store.now())
        except UserError as refused:
            return refused.sentence
        return ""

    def _back_up(self) -> None:
        self._work.back_up(self.look)  # which finds out whether it is to be proven now
