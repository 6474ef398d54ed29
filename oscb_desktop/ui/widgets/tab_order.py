"""The order in which Tab goes through a page whose parts are made anew while it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def move_on(*, forward: bool) -> bool:
    """Take the keyboard to the next thing of the window as it is read; return whether it moved.

    Qt itself would go in the order in which the things were made.
    """
    window, here = QApplication.activeWindow(), QApplication.focusWidget()
    found = window.findChildren(QWidget) if window is not None else []
    if here not in found or not _takes_keys(here):
        return False
    at = found.index(here)
    following = (*found[at + 1 :], *found[:at])
    # Only as far as the next one: a long page holds a thousand parts.
    wanted = next(filter(_takes_keys, following if forward else reversed(following)), here)
    wanted.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def first_taking_keys(within: QWidget) -> QWidget | None:
    """Return the first thing of a page, as it is read, that takes the keyboard."""
    return next(filter(_takes_keys, within.findChildren(QWidget)), None)


def _takes_keys(widget: QWidget) -> bool:
    """Whether Tab stops at a widget, which it does not where another takes the keys for it.

    Qt's own chain is not walked: PySide takes what follows in it for a child of what went before.
    """
    return bool(
        widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
    )
