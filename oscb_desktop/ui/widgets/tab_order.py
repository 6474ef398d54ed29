"""The order in which Tab goes through a page whose parts are made anew while it stands."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_in_order(parts: Iterable[QWidget]) -> None:
    """Let Tab go through the parts of a page in the order in which they are read.

    Qt puts whatever is made later at the end, after the last part.
    """
    before: QWidget | None = None
    for part in parts:
        for widget in part.findChildren(QWidget):
            if not takes_keys(widget):
                continue
            if before is not None:
                QWidget.setTabOrder(before, widget)
            before = widget


def first_taking_keys(within: QWidget) -> QWidget | None:
    """Return the first visible thing within a page, in the order of Tab, that takes the keys."""
    here = within.nextInFocusChain()
    while here is not None and here is not within:
        if within.isAncestorOf(here) and here.isVisible() and takes_keys(here):
            return here
        here = here.nextInFocusChain()
    return None


def takes_keys(widget: QWidget) -> bool:
    """Whether Tab stops at a widget itself, not at another on its behalf."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
