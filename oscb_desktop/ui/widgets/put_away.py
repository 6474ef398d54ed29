"""Taking a part out of a page for good."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget


def put_away(old: QWidget | None, layout: QLayout) -> None:
    """Take a part out of its layout; without one, do nothing.

    It keeps its parent until the loop ends: left to Python, it might be freed while it is in use.
    """
    if old is not None:
        old.hide()
        layout.removeWidget(old)
        old.deleteLater()
