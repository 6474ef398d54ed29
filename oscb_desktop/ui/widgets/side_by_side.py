"""Two widgets side by side, or one below the other where the width does not hold both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from oscb_desktop.ui import theme

_LEAST = 340
"""Pixels that either of the two has at least while they stand side by side."""


class SideBySide(QWidget):
    """Turns with the width, as a page does on a small screen.

    ``wanted`` gives the width in pixels in which the first shows all that it holds.
    """

    def __init__(self, first: QWidget, second: QWidget, wanted: Callable[[], int]) -> None:
        super().__init__()
        self._wanted = wanted
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4 * theme.GRID)
        for part in (first, second):
            self._rows.addWidget(part, 1)
            self._rows.setAlignment(part, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand side by side where there is room."""
        super().resizeEvent(event)
        half = (self.width() - self._rows.spacing()) // 2
        both = half >= max(_LEAST, self._wanted())
        way = QBoxLayout.Direction.LeftToRight if both else QBoxLayout.Direction.TopToBottom
        if way != self._rows.direction():
            self._rows.setDirection(way)
