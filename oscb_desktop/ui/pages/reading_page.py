"""A page that reads on the worker: what was asked for last is what is shown."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent

from oscb_desktop.ui.context import Context
from oscb_desktop.ui.latest import Failed, Latest, refusing
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.widgets.labels import fault


class ReadingPage(Page):
    """A page that reads on the worker; a sentence that refuses something stands in ``fault``."""

    def __init__(self, context: Context, title: str) -> None:
        super().__init__(context, title)
        self.fault = fault()
        self._readings: list[Latest] = []

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

    def reading(self, label: str, failed: Failed | None = None) -> Latest:
        """Return a new sort of reading for this page."""
        told = failed or refusing(self.refuse, "This could not be read.")
        self._readings.append(Latest(self.context.tasks, label, told))
        return self._readings[-1]

    def refuse(self, sentence: str) -> None:
        """Say why something cannot be shown."""
        self.fault.setText(sentence)
        self.fault.show()
