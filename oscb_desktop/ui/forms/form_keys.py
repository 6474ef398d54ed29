"""The keys that every form answers to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def add_form_keys(form: QWidget, save: Callable[[], object], leave: Callable[[], None]) -> None:
    """Let Ctrl+S save and Esc leave while the keyboard is anywhere in the form."""
    for key, act in ((QKeySequence.StandardKey.Save, save), (Qt.Key.Key_Escape, leave)):
        shortcut = QShortcut(QKeySequence(key), form)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
