"""The keys that every form answers to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence


def is_ours(event: QKeyEvent) -> bool:
    """Whether a key saves or leaves a form."""
    return event.matches(QKeySequence.StandardKey.Save) or event.key() == Qt.Key.Key_Escape
