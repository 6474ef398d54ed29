"""Every reading and writing of the window, and the one signal that tells of a change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from oscb_desktop.errors import UserError
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.files import adopt_practice_day
from oscb_desktop.services.opened_copies import OpenedCopies
from oscb_desktop.services.store import Command, Store
from oscb_desktop.ui.messages import Messages

P = ParamSpec("P")
T = TypeVar("T")


class Operations(QObject):
    """The open file as the window sees it.

    ``changed`` carries the ``Changes`` of each step; by it every view decides to read again or not.
    ``backups_stand`` carries how the backups of the file stand, whenever that may be otherwise.
    ``damaged`` says what is wrong with the file when that is found out, on whatever thread.
    ``new_day`` says that today is another day than it was: what counts days is to be read again.
    ``copies`` are those of attached files that are open in other programs, once there are any.
    """

    changed = Signal(object)
    backups_stand = Signal(object)
    damaged = Signal(str)
    new_day = Signal()

    def __init__(self, store: Store, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.copies: OpenedCopies | None = None
        self._messages = messages
        self._day = store.today()
        store.found_damaged = self.damaged.emit

    def today(self) -> date:
        """Return today, or the day of a practice file."""
        return self.store.today()

    def look_at_the_day(self) -> None:
        """Tell everybody where midnight has passed since somebody looked last."""
        before, self._day = self._day, self.today()
        if before != self._day:
            self.new_day.emit()

    def read(self, query: Callable[Concatenate[Any, P], T], *args: P.args, **rest: P.kwargs) -> T:
        """Run a query of ``queries`` and return its rows."""
        return self.store.read(query, *args, **rest)

    def write(self, command: Command) -> Changes:
        """Carry out a command and tell everybody; raises ``UserError`` for the form to show."""
        changes = self.store.write(command)
        if "organisation" in changes.kinds:
            adopt_practice_day(self.store)
        self.changed.emit(changes)
        return changes

    def do(self, command: Command, parent: QWidget) -> Changes | None:
        """Carry out a command from a button or a key, showing the sentence if it is refused."""
        try:
            return self.write(command)
        except UserError as refused:
            self._messages.tell(parent, refused.sentence)
            return None
