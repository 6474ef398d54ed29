"""A column that scrolls, and bringing a widget into sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

COLUMN_WIDTH = 720
"""The widest line of text that is comfortable to read, in pixels at 100 %."""


def scrolled(inner: QWidget) -> QScrollArea:
    """Return an area that scrolls a widget up and down, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # The fields inside take the keyboard; the area itself would be one more stop for Tab.
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


def bring_into_sight(widget: QWidget) -> None:
    """Scroll whatever holds a widget until it can be seen."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 20, 60)
            return
        above = above.parentWidget()
