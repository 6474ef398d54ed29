"""Two widgets side by side, or one below the other where the width does not hold both."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from oscb_desktop.ui import theme

_BOTH = 720
"""The least width in pixels in which two widgets stand side by side."""


class SideBySide(QWidget):
    """Turns with the width, as a page does on a small screen."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4 * theme.GRID)
        self._rows.addWidget(first, 1)
        self._rows.addWidget(second, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand side by side where there is room."""
        super().resizeEvent(event)
        both = self.width() >= _BOTH
        way = QBoxLayout.Direction.LeftToRight if both else QBoxLayout.Direction.TopToBottom
        if way != self._rows.direction():
            self._rows.setDirection(way)
