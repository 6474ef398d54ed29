"""Reading for a page on the worker: what was asked for last is what is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtGui import QHideEvent

from oscb_desktop.errors import UserError
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tasks import Tasks
from oscb_desktop.ui.widgets.labels import fault

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


class ReadingPage(Page):
    """A page that reads on the worker; a sentence that refuses something stands in ``fault``."""

    def __init__(self, context: Context, title: str) -> None:
        super().__init__(context, title)
        self.fault = fault()
        self._readings: list[Reading] = []

    @property
    def is_reading(self) -> bool:
        """Whether what is shown is still being read."""
        return any(reading.is_under_way for reading in self._readings)

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing out of sight: the file may be closing; it is read when it is seen again."""
        super().hideEvent(event)
        if self.is_reading:
            self._stale = True
        for reading in self._readings:
            reading.forget()

    def reading(self, label: str) -> Reading:
        """Return a new sort of reading for this page."""
        self._readings.append(Reading(self.context.tasks, label, self.refuse))
        return self._readings[-1]

    def refuse(self, sentence: str) -> None:
        """Say why something cannot be shown."""
        self.fault.setText(sentence)
        self.fault.show()
