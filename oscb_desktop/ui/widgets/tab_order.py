"""The order in which Tab goes through a page whose parts are made anew while it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def move_on(*, forward: bool) -> bool:
    """Take the keyboard to the next thing of the window as it is read; return whether it moved.

    Qt itself would go in the order in which the things were made.
    """
    window, here = QApplication.activeWindow(), QApplication.focusWidget()
    stops = _stops(window) if window is not None else []
    if here not in stops:
        return False
    wanted = stops[(stops.index(here) + (1 if forward else -1)) % len(stops)]
    wanted.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def first_taking_keys(within: QWidget) -> QWidget | None:
    """Return the first thing of a page, as it is read, that takes the keyboard."""
    return next(iter(_stops(within)), None)


def _stops(within: QWidget) -> list[QWidget]:
    """Return where Tab stops, leaving out what has another take the keys on its behalf.

    Qt's own chain is not walked: PySide takes what follows in it for a child of what went before.
    """
    return [
        widget
        for widget in within.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
    ]
