"""Long work off the window's thread: one worker, results delivered where the window lives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

T = TypeVar("T")


class _Job(QRunnable):
    """Carries one piece of work; it owns no QObject, so nothing dies on the wrong thread."""

    def __init__(self, number: int, work: Callable[[], Any], report: Any) -> None:
        super().__init__()
        self._number = number
        self._work = work
        self._report = report

    def run(self) -> None:
        """Do the work and report its result or its failure."""
        try:
            result, problem = self._work(), None
        except BaseException as caught:
            result, problem = None, caught
        self._report.emit(self._number, result, problem)


class Tasks(QObject):
    """Runs work one piece after another, so that two never touch the file at once."""

    busy = Signal(str)
    idle = Signal()
    _reported = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._waiting: dict[int, tuple[Callable[[Any], None], Callable[[BaseException], None]]] = {}
        self._next = self._under_way = 0
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        label: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> int:
        """Start work and return its number; ``done`` or ``failed`` is called on this thread."""
        self._next += 1
        self._waiting[self._next] = (done, failed)
        self._under_way += 1
        self.busy.emit(label)
        self._pool.start(_Job(self._next, work, self._reported))
        return self._next

    @property
    def is_busy(self) -> bool:
        """Whether any work is under way or waits for its turn."""
        return self._under_way > 0

    def forget(self, number: int) -> None:
        """Let a piece of work end without telling anybody, as when its page is gone."""
        self._waiting.pop(number, None)

    def finish(self) -> None:
        """Wait for the work under way, as before the file closes."""
        self._pool.waitForDone()

    @Slot(int, object, object)
    def _on_reported(self, number: int, result: Any, problem: BaseException | None) -> None:
        self._under_way -= 1
        waiting = self._waiting.pop(number, None)
        if not self._waiting:
            self.idle.emit()
        if waiting is None:
            return
        done, failed = waiting
        if problem is None:
            done(result)
        else:
            failed(problem)
