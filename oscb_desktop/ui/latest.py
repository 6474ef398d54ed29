"""One sort of work on the worker, of which only what was asked for last is wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from oscb_desktop.errors import UserError
from oscb_desktop.ui.tasks import Tasks

T = TypeVar("T")
Failed = Callable[[BaseException], None]


class Latest:
    """Work that makes an older one of its sort forgotten; ``failed`` is called on this thread."""

    def __init__(self, tasks: Tasks, label: str, failed: Failed) -> None:
        self._tasks = tasks
        self._label = label
        self._when_failed = failed
        self._number: int | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether something of this sort is being done."""
        return self._number is not None

    def start(
        self, work: Callable[[], T], done: Callable[[T], None], label: str | None = None
    ) -> None:
        """Do it on the worker; ``done`` is called with the result, unless another was started."""
        self.forget()
        told = partial(self._done, done)
        self._number = self._tasks.run(label or self._label, work, told, self._failed)

    def forget(self) -> None:
        """Let what is under way end without telling anybody."""
        if self._number is not None:
            self._tasks.forget(self._number)
            self._number = None

    def _done(self, done: Callable[[Any], None], result: Any) -> None:
        self._number = None
        done(result)

    def _failed(self, problem: BaseException) -> None:
        self._number = None
        self._when_failed(problem)


def refusing(refused: Callable[[str], None], otherwise: str) -> Failed:
    """Return what tells a person's mistake as its sentence, and of a fault of ours ``otherwise``.

    The fault itself goes on to the crash dialog.
    """

    def failed(problem: BaseException) -> None:
        if not isinstance(problem, UserError):
            refused(otherwise)
            raise problem
        refused(problem.sentence)

    return failed
