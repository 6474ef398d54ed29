"""Reading for a page on the worker: what was asked for last is what is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from oscb_desktop.errors import UserError
from oscb_desktop.ui.tasks import Tasks

T = TypeVar("T")


class Reading:
    """One sort of reading of a page; a newer one makes an older one forgotten."""

    def __init__(self, tasks: Tasks, label: str, refused: Callable[[str], None]) -> None:
        self._tasks = tasks
        self._label = label
        self._refused = refused
        self._number: int | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether something is being read."""
        return self._number is not None

    def start(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Read on the worker; ``done`` is called with the result, unless another was started."""
        self.forget()
        self._number = self._tasks.run(self._label, work, partial(self._done, done), self._failed)

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
        if not isinstance(problem, UserError):
            self._refused("This could not be read.")
            raise problem
        self._refused(problem.sentence)
