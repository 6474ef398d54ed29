"""A column that scrolls, and bringing a widget into sight."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

COLUMN_WIDTH = 720
"""The widest line of text that is comfortable to read, in pixels at 100 %."""

_AIR = 48  # pixels left above what is brought into sight


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
    """Scroll whatever holds a widget until it can be seen, or its top where it is too high."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is None:
        return
    settle()
    if widget.height() > above.viewport().height():
        top = widget.mapTo(above.viewport(), QPoint()).y()
        bar = above.verticalScrollBar()
        bar.setValue(bar.value() + top - _AIR)
    else:
        above.ensureWidgetVisible(widget, _AIR, _AIR)


def settle() -> None:
    """Give everything its place at once, so that scrolling goes where it should."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
